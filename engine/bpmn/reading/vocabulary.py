"""Refuses what only looks like a part of the process, or is hidden, doubled or out of place.

A diagram must mean the same to every program that opens it. The other readers look elements up by
their names in BPMN's namespace and pass over the rest; so nothing that is passed over may look to
a person, or to another program, as if it were carried out.
"""

import re
from collections import Counter
from collections.abc import Iterator

from engine.bpmn.reading.xml import BPMN, BPMNDI, ZEEBE, Element, local_name, tag
from engine.bpmn.refuse import Findings

MAX_NAME = 255
"""Characters of an id, a name or a code; tables and lists hold no longer ones."""

_POSSIBLE_ID = re.compile(r"[^\W\d][\w.\-]*")
_SHORT = ("id", "name", "errorCode", "escalationCode")

_CONTAINERS = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
_PARENTS = {
    "process": frozenset({"definitions"}),
    **dict.fromkeys(
        (
            *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"),
            *("boundaryEvent", "task", "manualTask", "userTask", "serviceTask", "sendTask"),
            *("receiveTask", "scriptTask", "businessRuleTask", "callActivity", "subProcess"),
            *("transaction", "adHocSubProcess", "exclusiveGateway", "parallelGateway"),
            *("inclusiveGateway", "eventBasedGateway", "complexGateway", "sequenceFlow"),
        ),
        _CONTAINERS,
    ),
    **dict.fromkeys(("message", "error", "escalation", "signal"), frozenset({"definitions"})),
    "lane": frozenset({"laneSet", "childLaneSet"}),
}
"""Where an element that is executed may lie; the readers look for it nowhere else."""

_AT_MOST_ONCE = frozenset(
    {
        *("extensionElements", "conditionExpression", "completionCondition", "loopCondition"),
        *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "childLaneSet"),
        *("timeDate", "timeDuration", "timeCycle", "condition", "loopCardinality"),
    }
)
_TEXTS = frozenset(
    {
        *("conditionExpression", "completionCondition", "loopCondition", "condition"),
        *("timeDate", "timeDuration", "timeCycle", "script", "flowNodeRef"),
    }
)
"""Elements whose text is read: one inside it would cut the text short."""

_PROSE = frozenset({"documentation", "text"})
"""Elements whose content is for people: any markup may stand in it."""

_SETTINGS = frozenset(
    {
        *("userTask", "formDefinition", "assignmentDefinition", "taskSchedule", "script"),
        *("priorityDefinition", "taskDefinition", "taskHeaders", "ioMapping", "properties"),
        *("calledDecision", "calledElement", "subscription", "loopCharacteristics"),
        *("executionListeners", "taskListeners", "versionTag", "adHoc", "userTaskForm"),
    }
)


def check_vocabulary(root: Element, findings: Findings) -> None:
    """Look at every element of the file but drawings and processes that are not executed."""
    for element in _looked_at(root):
        if not tag(element).startswith(BPMN):
            named = element.get("id") or _owner(element)
            findings.add("foreign-element", named, what=_written(element))
            continue
        _check_attributes(element, findings)
        _check_place(element, findings)
        _check_parts(element, findings)
        if local_name(element) == "extensionElements":
            _check_settings(element, findings)


def _looked_at(root: Element) -> Iterator[Element]:
    """Iterate over what stands in the open; not over settings, prose and foreign elements."""
    pending = [root]
    while pending:
        element = pending.pop()
        yield element
        name = local_name(element)
        closed = name in _PROSE or name == "extensionElements"
        if tag(element).startswith(BPMN) and not closed:
            pending.extend(part for part in reversed(element) if not _is_set_aside(part))


def _is_set_aside(element: Element) -> bool:
    drawing = tag(element).startswith(BPMNDI)
    idle = tag(element) == f"{BPMN}process" and element.get("isExecutable") not in ("true", "1")
    return drawing or idle


def _check_attributes(element: Element, findings: Findings) -> None:
    element_id = element.get("id")
    if element_id is not None and _POSSIBLE_ID.fullmatch(element_id) is None:
        findings.add("impossible-id", element_id, id=element_id)
    for name in _SHORT:
        if len(element.get(name) or "") > MAX_NAME:
            findings.add("too-long", _owner(element), what=name, most=MAX_NAME)
    for key in element.keys():  # noqa: SIM118  an lxml element iterates over its children
        if str(key).startswith(BPMN):
            findings.add("prefixed-attribute", _owner(element), what=str(key).removeprefix(BPMN))


def _check_place(element: Element, findings: Findings) -> None:
    possible = _PARENTS.get(local_name(element))
    parent = element.getparent()
    if possible is not None and parent is not None and local_name(parent) not in possible:
        findings.add(
            "misplaced-element",
            _owner(element),
            what=local_name(element),
            where=local_name(parent),
        )


def _check_parts(element: Element, findings: Findings) -> None:
    counts = Counter(tag(part) for part in element if tag(part).startswith(BPMN))
    for name, count in counts.items():
        plain = name.removeprefix(BPMN)
        if count > 1 and plain in _AT_MOST_ONCE:
            findings.add("part-twice", _owner(element), what=plain)
    if local_name(element) in _TEXTS and len(element):
        findings.add("markup-in-text", _owner(element), what=local_name(element))


def _check_settings(holder: Element, findings: Findings) -> None:
    for extension in holder:
        for inner in extension.iter("*"):
            own = tag(inner).startswith(ZEEBE)
            if tag(inner).startswith(BPMN) and local_name(inner) in _PARENTS:
                findings.add("hidden-element", _owner(inner), what=local_name(inner))
            elif not own and (tag(extension).startswith(ZEEBE) or _looks_like_ours(inner, holder)):
                findings.add("look-alike-setting", _owner(holder), what=_written(inner))


def _looks_like_ours(element: Element, holder: Element) -> bool:
    """Say whether somebody could take a setting of another program for one that is carried out."""
    if element.getparent() is not holder:
        return False
    return "zeebe" in tag(element).lower() or local_name(element) in _SETTINGS


def _written(element: Element) -> str:
    prefix = element.prefix
    return f"{prefix}:{local_name(element)}" if prefix else local_name(element)


def _owner(element: Element) -> str | None:
    """Return the id of the BPMN element that *element* is or belongs to."""
    for around in (element, *element.iterancestors()):
        if tag(around).startswith(BPMN) and around.get("id"):
            return around.get("id")
    return None
