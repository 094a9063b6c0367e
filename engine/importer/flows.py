"""Makes the graph whole: dangling flows, starts, ends and splits that were only implied."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from lxml import etree

from engine.importer import diagram
from engine.importer.draft import Draft
from engine.importer.xml import (
    ACTIVITIES,
    BPMN,
    EVENTS,
    Element,
    containers,
    event_definitions,
    flag,
    flows_in,
    local_name,
    name_of,
    nodes_in,
    remove,
    text_of,
    unset,
)

_LEADING = frozenset({"documentation", "extensionElements"})


def mend_flows(draft: Draft) -> None:
    """Complete flows that name one end only, and remove those that lead nowhere."""
    for container in containers(draft.root):
        ids = {node.get("id", "") for node in nodes_in(container)}
        _find_lost_ends(draft, container)
        for flow in flows_in(container):
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            if source in ids and target in ids:
                continue
            draft.report.add(
                "dangling-flow",
                flow.get("id"),
                name=name_of(flow),
                source=source or "?",
                target=target or "?",
            )
            diagram.erase(draft, flow.get("id", ""))
            remove(flow)


def _find_lost_ends(draft: Draft, container: Element) -> None:
    touching = {
        (local_name(part), text_of(part)): node.get("id", "")
        for node in nodes_in(container)
        for part in node.iterchildren(f"{BPMN}incoming", f"{BPMN}outgoing")
    }
    for flow in flows_in(container):
        for attribute, side in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            found = touching.get((side, flow.get("id", "")))
            if not flow.get(attribute) and found:
                flow.set(attribute, found)
                draft.report.add("flow-end-found", flow.get("id"))


def make_explicit(draft: Draft) -> None:
    """Draw the start and end events that the file only implies."""
    for process in draft.root.iterchildren(f"{BPMN}process"):
        for container in [process, *(c for c in containers(process) if c is not process)]:
            if local_name(container) == "adHocSubProcess" or not nodes_in(container):
                continue
            _start(draft, container)
            _end(draft, container)


def add_flow(
    draft: Draft, container: Element, source: str, target: str, condition: str = ""
) -> Element:
    """Draw a sequence flow."""
    flow = etree.SubElement(container, f"{BPMN}sequenceFlow")
    flow.set("id", draft.new_id(f"flow_{source}_{target}"))
    flow.set("sourceRef", source)
    flow.set("targetRef", target)
    if condition:
        set_condition(flow, condition)
    diagram.draw_flow(draft, flow)
    return flow


def set_condition(flow: Element, text: str) -> None:
    """Give *flow* a condition instead of the one it has."""
    for old in list(flow.iterchildren(f"{BPMN}conditionExpression")):
        flow.remove(old)
    etree.SubElement(flow, f"{BPMN}conditionExpression").text = text


def insert_before(draft: Draft, node: Element, added: Element) -> None:
    """Put *added* on every way into *node*, and a flow between the two."""
    container = node.getparent()
    assert container is not None  # noqa: S101  a flow node always lies in a process
    node_id, added_id = node.get("id", ""), added.get("id", "")
    node.addprevious(added)
    diagram.draw_beside(draft, node_id, added, before=True)
    for flow in flows_in(container):
        if flow.get("targetRef") == node_id:
            flow.set("targetRef", added_id)
            diagram.end_at(draft, flow)
    add_flow(draft, container, added_id, node_id)


def draw_splits(draft: Draft) -> None:
    """Draw the gateway where several flows leave an activity or event."""
    for container in containers(draft.root):
        _split(draft, container)


def _split(draft: Draft, container: Element) -> None:
    leaving: dict[str, list[Element]] = defaultdict(list)
    for flow in flows_in(container):
        leaving[flow.get("sourceRef", "")].append(flow)
    for node in nodes_in(container):
        outgoing = leaving[node.get("id", "")]
        if local_name(node) not in ACTIVITIES | EVENTS or len(outgoing) < 2:
            continue
        conditional = any(text_of(f.find(f"{BPMN}conditionExpression")) for f in outgoing)
        kind = "inclusiveGateway" if conditional else "parallelGateway"
        gateway = etree.Element(f"{BPMN}{kind}", id=draft.new_id(f"split_{node.get('id')}"))
        node.addnext(gateway)
        diagram.draw_beside(draft, node.get("id", ""), gateway, before=False)
        default = node.get("default")
        unset(node, "default")
        if conditional and default is not None:
            gateway.set("default", default)
        for flow in outgoing:
            flow.set("sourceRef", gateway.get("id", ""))
            diagram.end_at(draft, flow)
            always = not text_of(flow.find(f"{BPMN}conditionExpression"))
            if conditional and always and flow.get("id") != default:
                set_condition(flow, "=true")
        add_flow(draft, container, node.get("id", ""), gateway.get("id", ""))
        what = (
            ("inclusive gateway", "包容网关") if conditional else ("parallel gateway", "并行网关")
        )
        draft.report.add("implicit-split", node.get("id"), what=what[0], what_zh=what[1])


def _start(draft: Draft, container: Element) -> None:
    nodes = nodes_in(container)
    if any(local_name(node) == "startEvent" for node in nodes):
        return
    targets = {flow.get("targetRef") for flow in flows_in(container)}
    first = [n for n in nodes if n.get("id") not in targets and _is_entered(n)]
    if not first:
        draft.report.add("start-not-found", container.get("id"))
        return
    start = etree.Element(f"{BPMN}startEvent", id=draft.new_id(f"start_{container.get('id')}"))
    first[0].addprevious(start)
    source = start.get("id", "")
    if len(first) > 1:
        fork = etree.Element(f"{BPMN}parallelGateway", id=draft.new_id(f"fork_{source}"))
        first[0].addprevious(fork)
        diagram.draw_beside(draft, first[0].get("id", ""), fork, before=True)
        diagram.draw_beside(draft, fork.get("id", ""), start, before=True)
        add_flow(draft, container, source, fork.get("id", ""))
        source = fork.get("id", "")
    else:
        diagram.draw_beside(draft, first[0].get("id", ""), start, before=True)
    for node in first:
        add_flow(draft, container, source, node.get("id", ""))
    draft.report.add("implicit-start", container.get("id"), nodes=_names(first))


def _end(draft: Draft, container: Element) -> None:
    sources = {flow.get("sourceRef") for flow in flows_in(container)}
    for node in nodes_in(container):
        undone = any(local_name(d).startswith("compensate") for d in event_definitions(node))
        boundary_undoing = undone and local_name(node) == "boundaryEvent"
        ends = local_name(node) == "endEvent" or node.get("id") in sources
        if ends or boundary_undoing or not _is_left(node):
            continue
        end = etree.Element(f"{BPMN}endEvent", id=draft.new_id(f"end_{node.get('id')}"))
        node.addnext(end)
        diagram.draw_beside(draft, node.get("id", ""), end, before=False)
        add_flow(draft, container, node.get("id", ""), end.get("id", ""))
        draft.report.add("implicit-end", node.get("id"))


def _is_entered(node: Element) -> bool:
    return local_name(node) != "boundaryEvent" and _is_left(node)


def _is_left(node: Element) -> bool:
    """Tell whether a token passes *node* on sequence flows at all."""
    return not flag(node, "triggeredByEvent") and not flag(node, "isForCompensation")


def _names(nodes: Iterable[Element]) -> str:
    return ", ".join(name_of(node) for node in nodes)


def rewrite_ends(draft: Draft) -> None:
    """Make what each node says of its flows (``incoming``, ``outgoing``) agree with the flows."""
    for container in containers(draft.root):
        nodes = {node.get("id", ""): node for node in nodes_in(container)}
        for node in nodes.values():
            for part in list(node.iterchildren(f"{BPMN}incoming", f"{BPMN}outgoing")):
                remove(part)
        for side, attribute in (("outgoing", "sourceRef"), ("incoming", "targetRef")):
            for flow in reversed(flows_in(container)):
                node = nodes[flow.get(attribute, "")]
                part = etree.Element(BPMN + side)
                part.text = flow.get("id", "")
                leading = sum(1 for _ in takewhile(lambda c: local_name(c) in _LEADING, node))
                node.insert(leading, part)
