"""Events: links become flows, and events that say nothing become questions."""

from collections import defaultdict

from engine.importer import flows, human
from engine.importer.draft import Draft
from engine.importer.xml import (
    BPMN,
    Element,
    containers,
    event_definitions,
    local_name,
    name_of,
    nodes_in,
    remove,
)

_LINK = f"{BPMN}linkEventDefinition"


def stitch_links(draft: Draft) -> None:
    """Turn each pair of link events into plain events with a sequence flow between them."""
    for container in containers(draft.root):
        catching: dict[str, list[Element]] = defaultdict(list)
        throwing: list[tuple[str, Element]] = []
        for node in nodes_in(container):
            link = node.find(_LINK)
            if link is None:
                continue
            name = (link.get("name") or "").strip() or name_of(node)
            if local_name(node) == "intermediateCatchEvent":
                catching[name].append(node)
            else:
                throwing.append((name, node))
        for name, node in throwing:
            if len(catching[name]) != 1:
                draft.report.add(
                    "link-unmatched", node.get("id"), name=name, count=len(catching[name])
                )
                continue
            (target,) = catching[name]
            _make_plain(node)
            flows.add_flow(draft, container, node.get("id", ""), target.get("id", ""))
            draft.report.add(
                "link-stitched", node.get("id"), name=name, target=target.get("id", "")
            )
        for name in {name for name, _ in throwing if len(catching[name]) == 1}:
            _make_plain(catching[name][0])


def _make_plain(node: Element) -> None:
    """Make a link event one that only lets its token pass."""
    for link in node.findall(_LINK):
        remove(link)
    node.tag = f"{BPMN}intermediateThrowEvent"


def question_events(draft: Draft) -> None:
    """Ask a person about each event that does not say what it waits for."""
    for container in containers(draft.root):
        for node in nodes_in(container):
            if event_definitions(node):
                continue
            if local_name(node) == "intermediateCatchEvent":
                human.make_step(node)
                draft.report.add("event-undefined", node.get("id"))
            elif local_name(node) == "boundaryEvent":
                draft.report.add("boundary-undefined", node.get("id"))
