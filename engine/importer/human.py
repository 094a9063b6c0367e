"""Turns what cannot run into a step for a person, in its place and with its name."""

from engine.domain.findings import Finding
from engine.importer.draft import Draft, make_user_task
from engine.importer.xml import (
    BPMN,
    SUB_PROCESSES,
    Element,
    flows_in,
    is_node,
    local_name,
    remove,
)

_KEPT = frozenset({"documentation", "extensionElements", "incoming", "outgoing"})
_KEPT_ATTRIBUTES = frozenset({"id", "name", "default", "isForCompensation"})


def make_step(node: Element) -> None:
    """Make *node* a user task; only its id, name, documentation and flows stay."""
    node.tag = f"{BPMN}userTask"
    for part in list(node):
        if local_name(part) not in _KEPT:
            remove(part)
        elif local_name(part) == "extensionElements":
            for inner in list(part):
                remove(inner)
    for attribute in list(node.attrib):
        if str(attribute) not in _KEPT_ATTRIBUTES:
            del node.attrib[attribute]
    make_user_task(node)


def replace(draft: Draft, node: Element, what: str, why: Finding) -> None:
    """Make *node* a step for a person and say *why*; what it holds is named too."""
    if local_name(node) in SUB_PROCESSES:
        for inner in node.iter(f"{BPMN}*"):
            if inner is not node and is_node(inner):
                draft.report.add("inside-human-step", inner.get("id"), id=node.get("id"))
                _erase(draft, inner)
            elif local_name(inner) in SUB_PROCESSES | {"sequenceFlow"} and inner is not node:
                _erase(draft, inner)
        for flow in flows_in(node):
            _erase(draft, flow)
    make_step(node)
    say(draft, node, what, why)


def say(draft: Draft, node: Element, what: str, why: Finding) -> None:
    """Record that *node* is a step for a person now, and *why*."""
    draft.report.add(
        "human-step",
        node.get("id"),
        what=what,
        reason=why.message_en,
        reason_zh=why.message_zh,
    )


def _erase(draft: Draft, element: Element) -> None:
    shape = draft.shapes.pop(element.get("id", ""), None)
    if shape is not None:
        remove(shape)
