"""The engine is the judge: what it refuses becomes a step for a person, or stays refused.

The importer keeps no list of what the engine supports; it asks, and turns each refused element
that a person could stand in for into a user task, until nothing more can be done.
"""

from collections.abc import Iterable
from typing import cast

from lxml import etree

from engine.bpmn import parse_process
from engine.domain.findings import Finding, Severity
from engine.errors import DeploymentRefused
from engine.importer import human
from engine.importer.draft import Draft
from engine.importer.xml import (
    BPMN,
    TASKS,
    Element,
    event_definitions,
    flag,
    local_name,
    name_of,
    nodes_in,
    unset,
)

MAX_ROUNDS = 5

_A_PERSON_CAN = frozenset(
    {
        "unsupported-element",
        "start-in-subprocess",
        "setting-missing",
        "settings-clash",
        "message-missing",
        "correlation-key-missing",
        "code-missing",
        "compensation-target",
        "cancel-misplaced",
        "timer-missing",
        "trigger-missing",
        "timer-invalid",
        "timer-cycle-misplaced",
        "loop-collection-missing",
        "loop-cardinality",
        "loop-endless",
        "events-combined",
        "invalid-value",
    }
)
_REPLACEABLE = (TASKS - {"userTask"}) | {
    "adHocSubProcess",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "endEvent",
}


def written(draft: Draft) -> bytes:
    """Return the file as it is now."""
    return etree.tostring(draft.root, xml_declaration=True, encoding="UTF-8")


def verdict(data: bytes, resource_name: str) -> tuple[Finding, ...]:
    """Return all that the engine says about a file."""
    try:
        return parse_process(data, resource_name=resource_name).findings
    except DeploymentRefused as refusal:
        return tuple(cast("Finding", finding) for finding in refusal.findings)


def stand_in(draft: Draft, findings: Iterable[Finding]) -> bool:
    """Replace what a person can stand in for; tell whether anything changed."""
    changed = False
    racing = _behind_races(draft)
    elements = {e.get("id"): e for e in draft.root.iter(f"{BPMN}*") if e.get("id")}
    for finding in findings:
        node = elements.get(finding.element_id)
        if finding.severity is not Severity.ERROR or node is None:
            continue
        if finding.rule not in _A_PERSON_CAN:
            continue
        if local_name(node) == "startEvent":
            changed |= _make_plain_start(draft, node)
        elif _is_replaceable(node) and finding.element_id not in racing:
            human.replace(draft, node, _what(node), finding)
            changed = True
        elif local_name(node) == "userTask":
            changed |= _drop_marker(draft, node, finding)
    return changed


def _is_replaceable(node: Element) -> bool:
    """Tell whether a person could do what *node* stands for; true of an empty sub-process too."""
    empty = local_name(node) == "subProcess" and not nodes_in(node)
    return local_name(node) in _REPLACEABLE or (empty and not flag(node, "triggeredByEvent"))


def _make_plain_start(draft: Draft, node: Element) -> bool:
    definitions = event_definitions(node)
    if not definitions:
        return False
    what = ", ".join(local_name(definition) for definition in definitions)
    for definition in definitions:
        node.remove(definition)
    unset(node, "parallelMultiple")
    draft.report.add("start-event-plain", node.get("id"), what=what)
    return True


def _drop_marker(draft: Draft, node: Element, finding: Finding) -> bool:
    """A person repeats a step as often as its description says: the marker may go."""
    markers = [part for part in node if local_name(part).endswith("LoopCharacteristics")]
    if not markers:
        return False
    for marker in markers:
        node.remove(marker)
    human.say(draft, node, _what(node), finding)
    return True


def _behind_races(draft: Draft) -> set[str]:
    """Return the nodes behind event-based gateways, where only events may wait."""
    races = {gateway.get("id") for gateway in draft.root.iter(f"{BPMN}eventBasedGateway")}
    return {
        flow.get("targetRef", "")
        for flow in draft.root.iter(f"{BPMN}sequenceFlow")
        if flow.get("sourceRef") in races
    }


def _what(node: Element) -> str:
    kind = local_name(node)
    definitions = ", ".join(local_name(part) for part in event_definitions(node))
    label = f"{kind} ({definitions})" if definitions else kind
    return f"{label} “{name_of(node)}”"
