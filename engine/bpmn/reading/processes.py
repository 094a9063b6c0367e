"""Reads the processes of a file and what they hold."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from engine.bpmn.nodes import Content, ElementType, Flow, Link, Node, Process
from engine.bpmn.reading.context import Message, Reading
from engine.bpmn.reading.elements import DRAWN_ONLY, Around, Place, read_node, type_of
from engine.bpmn.reading.extensions import read_extensions, read_properties
from engine.bpmn.reading.lanes import Lane, read_lanes
from engine.bpmn.reading.vocabulary import check_vocabulary
from engine.bpmn.reading.xml import BPMN, ZEEBE, Element, child, children, local_name, tag, text_of
from engine.bpmn.refuse import Findings

MAX_DEPTH = 20
"""Sub-processes inside sub-processes; deeper ones are refused."""

_REFUSED = {
    "complexGateway": ("A complex gateway", "复杂网关"),
    "adHocSubProcess": ("An ad-hoc sub-process", "临时子流程"),
    "globalTask": ("A global task", "全局任务"),
    "eventDefinition": ("An event definition outside an event", "事件之外的事件定义"),
}
_SILENT = frozenset(
    {
        "documentation",
        "extensionElements",
        "laneSet",
        "sequenceFlow",
        "textAnnotation",
        "association",
        "group",
        "incoming",
        "outgoing",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
    }
)
_PROCESS_SETTINGS = frozenset({"properties", "versionTag"})
_FLOW_SETTINGS = frozenset({"properties"})
_MESSAGE_SETTINGS = frozenset({"subscription", "properties"})


def read_definitions(
    root: Element, findings: Findings, functions: Collection[str]
) -> list[Process]:
    """Read every executable process of a BPMN file; *functions* are those of the host."""
    reading = Reading(
        findings=findings,
        functions=functions,
        messages=_messages(root, findings),
        signals=_codes(root, "signal", "name"),
        errors=_codes(root, "error", "errorCode"),
        escalations=_codes(root, "escalation", "escalationCode"),
        associations=_associations(root),
    )
    check_vocabulary(root, findings)
    _check_ids(root, findings)
    executable = [p for p in children(root, "process") if p.get("isExecutable") in ("true", "1")]
    if not executable:
        findings.add("no-process", None)
    return [_process(reading, element) for element in executable]


def _process(reading: Reading, element: Element) -> Process:
    process_id = element.get("id", "")
    settings = read_extensions(reading, element, process_id, _PROCESS_SETTINGS)
    tag_element = settings.get("versionTag")
    lanes = read_lanes(reading, element)
    return Process(
        id=process_id,
        name=element.get("name", ""),
        version_tag=None if tag_element is None else tag_element.get("value") or None,
        properties=read_properties(settings),
        content=_content(reading, element, process_id, lanes, Around.PROCESS, depth=0),
    )


def _content(
    reading: Reading,
    container: Element,
    container_id: str,
    lanes: Mapping[str, Lane],
    around: Around,
    *,
    depth: int,
) -> Content:
    if depth > MAX_DEPTH:
        reading.findings.add(
            "unsupported-element",
            container_id,
            what=f"A sub-process nested more than {MAX_DEPTH} deep",
            what_zh=f"嵌套超过 {MAX_DEPTH} 层的子流程",
        )
        return Content(nodes={}, flows=())

    def inner(element: Element, element_id: str) -> Content:
        lane = lanes.get(element_id)
        below = {} if lane is None else dict.fromkeys(_ids_below(element), lane)
        by_event = type_of(element) is ElementType.EVENT_SUB_PROCESS
        plain = Around.TRANSACTION if local_name(element) == "transaction" else Around.SUB_PROCESS
        kind = Around.EVENT_SUB_PROCESS if by_event else plain
        return _content(reading, element, element_id, {**below, **lanes}, kind, depth=depth + 1)

    nodes: dict[str, Node] = {}
    for element in container:
        if not tag(element).startswith(BPMN):
            continue  # refused by name (engine.bpmn.reading.vocabulary)
        if type_of(element) is not None:
            place = Place(
                parent_id=container_id,
                around=around,
                lane=lanes.get(element.get("id", "")),
            )
            node = read_node(reading, element, place, inner)
            nodes[node.id] = node
        else:
            _other_part(reading, element, container_id, drawn_is_news=depth == 0)
    elements = children(container, "sequenceFlow")
    flows = tuple(_flow(reading, element, number) for number, element in enumerate(elements, 1))
    return Content(nodes=nodes, flows=(*flows, *_jumps(nodes)))


def _jumps(nodes: Mapping[str, Node]) -> Iterator[Flow]:
    """Lead from every throwing link event to the catching one of the same name."""
    catching = {
        node.work.name: node.id
        for node in nodes.values()
        if isinstance(node.work, Link) and node.type is ElementType.INTERMEDIATE_CATCH_EVENT
    }
    for node in nodes.values():
        throws = node.type is ElementType.INTERMEDIATE_THROW_EVENT
        if throws and isinstance(node.work, Link) and node.work.name in catching:
            target = catching[node.work.name]
            jump = f"{node.id}->{target} (link)"
            yield Flow(id=jump, name="", source=node.id, target=target, drawn=False)


def _other_part(
    reading: Reading, element: Element, container_id: str, *, drawn_is_news: bool
) -> None:
    """Refuse what is no flow node, unless it is known to mean nothing to a token.

    *drawn_is_news* is false in sub-processes, whose parts were reported when they were read as
    nodes.
    """
    name, element_id = local_name(element), element.get("id", container_id)
    if name in _SILENT:
        return
    if name in DRAWN_ONLY:
        if drawn_is_news:
            what, what_zh = DRAWN_ONLY[name]
            reading.findings.add("not-executed", element_id, what=what, what_zh=what_zh)
        return
    what, what_zh = _REFUSED.get(name, (f"The element {name}", f"元素 {name}"))
    reading.findings.add("unsupported-element", element_id, what=what, what_zh=what_zh)


def _flow(reading: Reading, element: Element, number: int) -> Flow:
    source, target = element.get("sourceRef", ""), element.get("targetRef", "")
    flow_id = element.get("id") or f"{source}->{target} ({number})"
    settings = read_extensions(reading, element, flow_id, _FLOW_SETTINGS)
    condition = text_of(child(element, "conditionExpression"))
    if condition and not condition.startswith("="):
        reading.findings.add("condition-not-feel", flow_id, condition=condition)
    return Flow(
        id=flow_id,
        name=element.get("name", ""),
        source=source,
        target=target,
        condition=reading.optional_value(flow_id, condition),
        properties=read_properties(settings),
    )


def _messages(root: Element, findings: Findings) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for element in children(root, "message"):
        message_id = element.get("id", "")
        subscription = element.find(f"{BPMN}extensionElements/{ZEEBE}subscription")
        read_extensions(Reading(findings=findings), element, message_id, _MESSAGE_SETTINGS)
        found[message_id] = Message(
            name=(element.get("name") or "").strip(),
            correlation_key=None if subscription is None else subscription.get("correlationKey"),
        )
    return found


def _codes(root: Element, name: str, attribute: str) -> dict[str, str]:
    return {
        element.get("id", ""): (element.get(attribute) or "").strip()
        for element in children(root, name)
    }


def _associations(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for element in root.iter(f"{BPMN}association"):
        found[element.get("sourceRef", "")].append(element.get("targetRef", ""))
    return found


def _check_ids(root: Element, findings: Findings) -> None:
    """Demand an id of all that is executed, and that none is used twice."""
    counts = Counter(
        element.get("id") for element in root.iter(f"{BPMN}*") if element.get("id") is not None
    )
    for element_id, count in counts.items():
        if count > 1:
            findings.add("duplicate-id", element_id, id=element_id)
    for element in root.iter(f"{BPMN}*"):
        named = type_of(element) is not None or local_name(element) in ("process", "lane")
        if named and not element.get("id"):
            findings.add("missing-id", None, what=local_name(element))


def _ids_below(element: Element) -> list[str]:
    return [part.get("id", "") for part in element.iter() if part is not element and part.get("id")]
