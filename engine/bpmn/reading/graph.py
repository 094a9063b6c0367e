"""Checks of the drawn graph: what only shows when nodes and flows are seen together."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from engine.bpmn.nodes import (
    AwaitedMessage,
    AwaitedSignal,
    CaughtCancel,
    CaughtCompensation,
    CaughtError,
    CaughtEscalation,
    Content,
    ElementType,
    Flow,
    Link,
    Node,
    Process,
    StartMessage,
    StartSignal,
    UndoneBy,
    UserTaskWork,
)
from engine.bpmn.reading.compensation import check_compensation
from engine.bpmn.refuse import Findings

FOUR_EYES = "fourEyesWith"
"""The property of a user task that names another, whose completer may not do this one."""

_HOSTS = frozenset(
    {
        ElementType.TASK,
        ElementType.MANUAL_TASK,
        ElementType.USER_TASK,
        ElementType.SERVICE_TASK,
        ElementType.SEND_TASK,
        ElementType.RECEIVE_TASK,
        ElementType.SCRIPT_TASK,
        ElementType.BUSINESS_RULE_TASK,
        ElementType.SUB_PROCESS,
        ElementType.CALL_ACTIVITY,
    }
)
_HAPPENING = frozenset({ElementType.BOUNDARY_EVENT, ElementType.START_EVENT})
_BEGINNINGS = frozenset({ElementType.START_EVENT, ElementType.EVENT_SUB_PROCESS})
_CHOOSING = frozenset({ElementType.EXCLUSIVE_GATEWAY, ElementType.INCLUSIVE_GATEWAY})


def check_process(process: Process, findings: Findings) -> None:
    """Check a process and all its sub-processes."""
    starts = process.content.starts()
    if not starts:
        findings.add("start-missing", process.id, what="The process", what_zh="流程")
    if sum(node.work is None for node in starts) > 1:
        findings.add("start-ambiguous", process.id)
    for content in contents_of(process.content):
        _check_content(content, findings)
    check_compensation(process.content, findings)
    _check_four_eyes(process, findings)


def contents_of(content: Content) -> Iterator[Content]:
    """Iterate over *content* and everything nested in it."""
    yield content
    for node in content.nodes.values():
        if isinstance(node.work, Content):
            yield from contents_of(node.work)


def _check_content(content: Content, findings: Findings) -> None:
    flows = [flow for flow in content.flows if _is_sound(flow, content, findings)]
    outgoing: dict[str, list[Flow]] = defaultdict(list)
    incoming: dict[str, list[Flow]] = defaultdict(list)
    for flow in flows:
        outgoing[flow.source].append(flow)
        incoming[flow.target].append(flow)
    for node in content.nodes.values():
        _check_node(node, content, outgoing[node.id], incoming[node.id], findings)
        if node.type is ElementType.EVENT_BASED_GATEWAY:
            _check_event_gateway(node, content, outgoing[node.id], incoming, findings)
        if isinstance(node.work, Content):
            _check_sub_process(node, node.work, findings)
    _check_edges(content, findings)
    _check_links(content, outgoing, incoming, findings)
    _check_reachable(content, outgoing, findings)


def _is_sound(flow: Flow, content: Content, findings: Findings) -> bool:
    sound = flow.source in content.nodes and flow.target in content.nodes
    if not sound:
        findings.add("broken-flow", flow.id)
    return sound


def _check_node(
    node: Node, content: Content, outgoing: list[Flow], incoming: list[Flow], findings: Findings
) -> None:
    for flow in (
        incoming if node.type in (ElementType.START_EVENT, ElementType.BOUNDARY_EVENT) else ()
    ):
        findings.add("impossible-flow", flow.id, what="lead to this event", what_zh="指向该事件")
    for flow in [*incoming, *outgoing] if node.type is ElementType.EVENT_SUB_PROCESS else ():
        findings.add(
            "impossible-flow", flow.id, what="join an event sub-process", what_zh="连接事件子流程"
        )
    for flow in [*incoming, *outgoing] if node.undoes else ():
        findings.add(
            "impossible-flow", flow.id, what="join a compensation activity", what_zh="连接补偿活动"
        )
    for flow in outgoing if isinstance(node.work, UndoneBy) else ():
        findings.add(
            "impossible-flow",
            flow.id,
            what="leave a compensation event",
            what_zh="从补偿边界事件流出",
        )
    for flow in outgoing if node.type is ElementType.END_EVENT else ():
        findings.add(
            "impossible-flow", flow.id, what="leave an end event", what_zh="从结束事件流出"
        )
    if node.default_flow is not None and node.default_flow not in {flow.id for flow in outgoing}:
        findings.add("default-unknown", node.id)
    _check_conditions(node, outgoing, findings)
    if node.type is ElementType.BOUNDARY_EVENT:
        host = content.nodes.get(node.attached_to or "")
        if host is None or host.type not in _HOSTS:
            findings.add("boundary-host", node.id)


def _check_conditions(node: Node, outgoing: list[Flow], findings: Findings) -> None:
    gateway = node.type in _CHOOSING
    for flow in outgoing:
        if flow.condition is not None and not gateway and node.type not in _HOSTS:
            findings.add("condition-not-at-gateway", flow.id)
        elif flow.id == node.default_flow:
            if flow.condition is not None:
                findings.add("condition-on-default", flow.id)
        elif flow.condition is None and gateway and len(outgoing) > 1:
            findings.add("condition-missing", flow.id)


def _check_event_gateway(
    node: Node,
    content: Content,
    outgoing: list[Flow],
    incoming: dict[str, list[Flow]],
    findings: Findings,
) -> None:
    if len(outgoing) < 2:
        findings.add("event-gateway-ways", node.id)
    names = Counter[tuple[type, str]]()
    for flow in outgoing:
        target = content.nodes[flow.target]
        catches = target.type is ElementType.INTERMEDIATE_CATCH_EVENT
        if not catches or len(incoming[target.id]) > 1:
            findings.add("event-gateway-target", target.id)
        if isinstance(target.work, AwaitedMessage | AwaitedSignal):
            names[type(target.work), target.work.name.text] += 1
    for (kind, _), count in names.items():
        if count > 1:
            what, what_zh = _AWAITED_WORDS[kind]
            findings.add("caught-twice", node.id, what=what, what_zh=what_zh)


_AWAITED_WORDS: dict[type, tuple[str, str]] = {
    AwaitedMessage: ("message", "消息"),
    StartMessage: ("message", "消息"),
    AwaitedSignal: ("signal", "信号"),
    StartSignal: ("signal", "信号"),
}


def _check_sub_process(node: Node, content: Content, findings: Findings) -> None:
    by_event = node.type is ElementType.EVENT_SUB_PROCESS
    if len(content.starts()) != 1:
        findings.add("trigger-missing" if by_event else "start-in-subprocess", node.id)


def _check_links(
    content: Content,
    outgoing: dict[str, list[Flow]],
    incoming: dict[str, list[Flow]],
    findings: Findings,
) -> None:
    """Each throwing link event needs one catching one, and no sequence flow between them."""
    links = [(n, n.work.name) for n in content.nodes.values() if isinstance(n.work, Link)]
    catching = Counter(
        name for node, name in links if node.type is ElementType.INTERMEDIATE_CATCH_EVENT
    )
    for node, name in links:
        catches = node.type is ElementType.INTERMEDIATE_CATCH_EVENT
        if catching[name] != 1:
            findings.add("link-unmatched", node.id, name=name)
        for flow in incoming[node.id] if catches else outgoing[node.id]:
            if flow.drawn:
                findings.add(
                    "impossible-flow",
                    flow.id,
                    what="join the two ends of a link",
                    what_zh="连接链接事件的两端",
                )


def _check_edges(content: Content, findings: Findings) -> None:
    """No two events on one edge, or of one scope, may answer to the same thing."""
    seen: set[tuple[object, ...]] = set()
    for node in content.nodes.values():
        caught = _caught(node)
        if caught is None:
            continue
        if (node.attached_to, *caught) in seen:
            what, what_zh, _ = caught
            findings.add("caught-twice", node.id, what=what, what_zh=what_zh)
        seen.add((node.attached_to, *caught))


def _caught(node: Node) -> tuple[str, str, str | None] | None:
    """Name what an event on an edge answers to; None for timers and conditions.

    Those never collide.
    """
    match node.work:
        case Content() if node.type is ElementType.EVENT_SUB_PROCESS:
            return next((_caught(start) for start in node.work.starts()), None)
        case AwaitedMessage(name=name) | AwaitedSignal(name=name) if node.type in _HAPPENING:
            return *_AWAITED_WORDS[type(node.work)], name.text
        case StartMessage(name=name) | StartSignal(name=name):
            return *_AWAITED_WORDS[type(node.work)], name
        case CaughtError(code=code):
            return "error", "错误", code
        case CaughtEscalation(code=code):
            return "escalation", "升级", code
        case UndoneBy() | CaughtCompensation():
            return "compensation", "补偿", None
        case CaughtCancel():
            return "cancel", "取消", None
        case _:
            return None


def _check_reachable(content: Content, outgoing: dict[str, list[Flow]], findings: Findings) -> None:
    edges: dict[str, list[str]] = defaultdict(list)
    for node in content.nodes.values():
        edges[node.id].extend(flow.target for flow in outgoing[node.id])
        if node.attached_to is not None:
            edges[node.attached_to].append(node.id)
        if isinstance(node.work, UndoneBy):
            edges[node.id].append(node.work.handler)
    pending = [n.id for n in content.nodes.values() if n.type in _BEGINNINGS]
    reached = set(pending)
    while pending:
        for target in edges[pending.pop()]:
            if target not in reached:
                reached.add(target)
                pending.append(target)
    for node in content.nodes.values():
        if node.id not in reached:
            findings.add("unreachable", node.id)


def _check_four_eyes(process: Process, findings: Findings) -> None:
    nodes = [node for content in contents_of(process.content) for node in content.nodes.values()]
    user_tasks = {node.id for node in nodes if isinstance(node.work, UserTaskWork)}
    for node in nodes:
        other = node.properties.get(FOUR_EYES)
        if other is not None and (other not in user_tasks or node.id not in user_tasks):
            findings.add("four-eyes-unknown", node.id, task=other)
