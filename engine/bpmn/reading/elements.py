"""Reads one flow node: its kind, its settings and what it does."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, auto

from engine.bpmn.nodes import (
    CaughtCancel,
    CaughtCompensation,
    Content,
    ElementType,
    JobWork,
    Loop,
    Node,
    StandardLoop,
    Terminate,
    ThrownCancel,
    Work,
)
from engine.bpmn.reading import events, work
from engine.bpmn.reading.context import Reading
from engine.bpmn.reading.extensions import (
    Extensions,
    read_extensions,
    read_mappings,
    read_properties,
)
from engine.bpmn.reading.lanes import Lane
from engine.bpmn.reading.xml import Element, child, children, local_name

_TYPES = {
    "startEvent": ElementType.START_EVENT,
    "endEvent": ElementType.END_EVENT,
    "intermediateCatchEvent": ElementType.INTERMEDIATE_CATCH_EVENT,
    "intermediateThrowEvent": ElementType.INTERMEDIATE_THROW_EVENT,
    "boundaryEvent": ElementType.BOUNDARY_EVENT,
    "task": ElementType.TASK,
    "manualTask": ElementType.MANUAL_TASK,
    "userTask": ElementType.USER_TASK,
    "serviceTask": ElementType.SERVICE_TASK,
    "sendTask": ElementType.SEND_TASK,
    "receiveTask": ElementType.RECEIVE_TASK,
    "scriptTask": ElementType.SCRIPT_TASK,
    "businessRuleTask": ElementType.BUSINESS_RULE_TASK,
    "exclusiveGateway": ElementType.EXCLUSIVE_GATEWAY,
    "parallelGateway": ElementType.PARALLEL_GATEWAY,
    "inclusiveGateway": ElementType.INCLUSIVE_GATEWAY,
    "eventBasedGateway": ElementType.EVENT_BASED_GATEWAY,
    "subProcess": ElementType.SUB_PROCESS,
    "transaction": ElementType.SUB_PROCESS,
    "callActivity": ElementType.CALL_ACTIVITY,
}

DRAWN_ONLY = {
    "dataObject": ("A data object", "数据对象"),
    "dataObjectReference": ("A data object", "数据对象"),
    "dataStoreReference": ("A data store", "数据存储"),
    "ioSpecification": ("A data specification", "数据规范"),
    "dataInputAssociation": ("A data association", "数据关联"),
    "dataOutputAssociation": ("A data association", "数据关联"),
    "property": ("A BPMN property", "BPMN 属性"),
}
"""Parts that a token does not notice: allowed, with a warning."""

_MAPPED = frozenset({"ioMapping", "properties"})
_PROPERTIES = frozenset({"properties"})
_JOB = _MAPPED | {"taskDefinition", "taskHeaders"}
_SETTINGS = {
    ElementType.START_EVENT: _MAPPED | {"formDefinition"},
    ElementType.END_EVENT: _JOB,
    ElementType.INTERMEDIATE_CATCH_EVENT: _MAPPED,
    ElementType.INTERMEDIATE_THROW_EVENT: _JOB,
    ElementType.BOUNDARY_EVENT: _MAPPED,
    ElementType.TASK: _PROPERTIES,
    ElementType.MANUAL_TASK: _PROPERTIES,
    ElementType.USER_TASK: _MAPPED
    | {
        "userTask",
        "formDefinition",
        "assignmentDefinition",
        "taskSchedule",
        "priorityDefinition",
    },
    ElementType.SERVICE_TASK: _JOB,
    ElementType.SEND_TASK: _JOB,
    ElementType.RECEIVE_TASK: _MAPPED,
    ElementType.SCRIPT_TASK: _JOB | {"script"},
    ElementType.BUSINESS_RULE_TASK: _JOB | {"calledDecision"},
    ElementType.EXCLUSIVE_GATEWAY: _PROPERTIES,
    ElementType.PARALLEL_GATEWAY: _PROPERTIES,
    ElementType.INCLUSIVE_GATEWAY: _PROPERTIES,
    ElementType.EVENT_BASED_GATEWAY: _PROPERTIES,
    ElementType.SUB_PROCESS: _MAPPED,
    ElementType.EVENT_SUB_PROCESS: _PROPERTIES,
    ElementType.CALL_ACTIVITY: _MAPPED | {"calledElement"},
}

_WAITED_FOR = frozenset(
    {
        ElementType.START_EVENT,
        ElementType.INTERMEDIATE_CATCH_EVENT,
        ElementType.BOUNDARY_EVENT,
    }
)
_ACTIVITIES = frozenset(
    kind
    for kind in _TYPES.values()
    if kind.endswith("TASK") or kind in ("SUB_PROCESS", "CALL_ACTIVITY")
)


class Around(Enum):
    """What a node lies in."""

    PROCESS = auto()
    SUB_PROCESS = auto()
    TRANSACTION = auto()
    EVENT_SUB_PROCESS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a node lies: in which process or sub-process, in which lane."""

    parent_id: str
    around: Around
    lane: Lane | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    reading: Reading
    element: Element
    id: str
    settings: Extensions
    place: Place
    definition: Element | None


def type_of(element: Element) -> ElementType | None:
    """Return the kind of a flow node that is supported, None for anything else."""
    kind = _TYPES.get(local_name(element))
    by_event = element.get("triggeredByEvent", "false").strip() in ("true", "1")
    return ElementType.EVENT_SUB_PROCESS if kind is ElementType.SUB_PROCESS and by_event else kind


def read_node(
    reading: Reading,
    element: Element,
    place: Place,
    read_content: Callable[[Element, str], Content],
) -> Node:
    """Read one flow node; *read_content* reads what a sub-process holds."""
    kind = type_of(element) or ElementType.TASK
    element_id = element.get("id", "")
    settings = read_extensions(reading, element, element_id, _SETTINGS[kind])
    _refuse_markers(reading, element, element_id, kind)
    outputs = read_mappings(reading, settings, element_id, "output")
    inputs = read_mappings(reading, settings, element_id, "input")
    if inputs and kind in _WAITED_FOR:
        reading.findings.add("input-not-applied", element_id)
    definition = events.event_definition(reading, element, element_id)
    read = _Read(
        reading=reading,
        element=element,
        id=element_id,
        settings=settings,
        place=place,
        definition=definition,
    )
    holds = kind in (ElementType.SUB_PROCESS, ElementType.EVENT_SUB_PROCESS)
    what = read_content(element, element_id) if holds else None
    return Node(
        id=element_id,
        name=element.get("name", ""),
        type=kind,
        parent_id=place.parent_id,
        work=what if what is not None else _work(read, kind),
        loop=_loop(read, kind),
        inputs=inputs,
        outputs=outputs,
        default_flow=element.get("default"),
        attached_to=element.get("attachedToRef"),
        interrupting=_interrupting(reading, element, element_id, what),
        lane=None if place.lane is None else place.lane.id,
        lane_group=None if place.lane is None else place.lane.group,
        start_form=work.read_form(reading, settings, element_id)
        if kind is ElementType.START_EVENT
        else None,
        undoes=reading.flag(element, element_id, _UNDOES, default=False),
        transaction=local_name(element) == "transaction",
        properties=read_properties(settings),
    )


def _loop(read: _Read, kind: ElementType) -> Loop | StandardLoop | None:
    if kind in _ACTIVITIES:
        return work.read_loop(read.reading, read.element, read.id)
    if any(child(read.element, marker) is not None for marker in _LOOP_MARKERS):
        what, what_zh = "A loop marker here", "此处的循环标记"
        read.reading.findings.add("unsupported-element", read.id, what=what, what_zh=what_zh)
    return None


def _interrupting(
    reading: Reading, element: Element, element_id: str, content: Content | None
) -> bool:
    """Say whether an event interrupts; an event sub-process does as its start event does."""
    if content is not None:
        return all(start.interrupting for start in content.starts())
    attribute = "isInterrupting" if local_name(element) == "startEvent" else "cancelActivity"
    return reading.flag(element, element_id, attribute, default=True)


def _work(read: _Read, kind: ElementType) -> Work | None:
    reader = _WORK.get(kind)
    return None if reader is None else reader(read)


def _start_event(read: _Read) -> Work | None:
    definition = read.definition
    if read.place.around is Around.EVENT_SUB_PROCESS:
        return _trigger(read)
    if definition is None:
        return None
    if read.place.around is not Around.PROCESS:
        read.reading.findings.add("start-in-subprocess", read.id)
        return None
    name = local_name(definition)
    if name == "timerEventDefinition":
        return events.read_start_timer(read.reading, definition, read.id)
    if name == "messageEventDefinition":
        return events.read_start_message(read.reading, definition, read.id)
    if name == "signalEventDefinition":
        return events.read_start_signal(read.reading, definition, read.id)
    events.refuse_event(read.reading, read.id, definition, "start event")
    return None


def _end_event(read: _Read) -> Work | None:
    if _cancels(read):
        if read.place.around is Around.TRANSACTION:
            return ThrownCancel()
        read.reading.findings.add("cancel-misplaced", read.id)
        return None
    return _thrown(read, {"terminateEventDefinition", *_THROWN, "errorEventDefinition"})


def _cancels(read: _Read) -> bool:
    return read.definition is not None and local_name(read.definition) == "cancelEventDefinition"


def _throw_event(read: _Read) -> Work | None:
    if read.definition is not None and local_name(read.definition) == _LINK:
        return events.read_link(read.reading, read.definition, read.id)
    return _thrown(read, _THROWN)


_LINK = "linkEventDefinition"
_COMPENSATE = "compensateEventDefinition"
_THROWN = frozenset(
    {
        "messageEventDefinition",
        "escalationEventDefinition",
        "signalEventDefinition",
        _COMPENSATE,
    }
)


def _thrown(read: _Read, possible: Collection[str]) -> Work | None:
    definition = read.definition
    name = "" if definition is None else local_name(definition)
    if name == "messageEventDefinition":
        return _job(read)
    if "taskDefinition" in read.settings:
        read.reading.findings.add("unsupported-extension", read.id, what="zeebe:taskDefinition")
    if definition is None:
        return None
    if name == "terminateEventDefinition" and name in possible:
        return Terminate()
    if name == _COMPENSATE:
        return events.read_thrown_compensation(read.reading, definition, read.id)
    if name == "signalEventDefinition":
        return events.read_thrown_signal(read.reading, definition, read.id)
    if name in possible:
        return events.read_thrown(read.reading, definition, read.id)
    events.refuse_event(read.reading, read.id, definition, "throwing event")
    return None


def _job(read: _Read) -> JobWork:
    return work.read_job(read.reading, read.settings, read.id)


def _catch_event(read: _Read) -> Work | None:
    definition = read.definition
    if definition is None:
        read.reading.findings.add(
            "unsupported-element",
            read.id,
            what="An intermediate catch event that waits for nothing",
            what_zh="没有触发条件的中间捕获事件",
        )
        return None
    name = local_name(definition)
    if name == "timerEventDefinition":
        return events.read_timer(read.reading, definition, read.id, cycle_allowed=False)
    if name in _AWAITED:
        return _AWAITED[name](read.reading, definition, read.id)
    if name == _LINK:
        return events.read_link(read.reading, definition, read.id)
    events.refuse_event(read.reading, read.id, definition, "intermediate catch event")
    return None


def _boundary_event(read: _Read) -> Work | None:
    definition = read.definition
    if definition is None:
        read.reading.findings.add("boundary-host", read.id)
        return None
    if local_name(definition) == _COMPENSATE:
        if "ioMapping" in read.settings:
            read.reading.findings.add("unsupported-extension", read.id, what="zeebe:ioMapping")
        return events.read_undone_by(read.reading, read.id)
    interrupting = read.reading.flag(read.element, read.id, "cancelActivity", default=True)
    if _cancels(read):
        if not interrupting:
            read.reading.findings.add("error-not-interrupting", read.id)
        return CaughtCancel()
    return _happening(read, definition, interrupting, "boundary event")


def _trigger(read: _Read) -> Work | None:
    """Read what starts an event sub-process."""
    if read.definition is None:
        read.reading.findings.add("trigger-missing", read.id)
        return None
    if local_name(read.definition) == _COMPENSATE:
        return CaughtCompensation()
    interrupting = read.reading.flag(read.element, read.id, "isInterrupting", default=True)
    return _happening(read, read.definition, interrupting, "start of an event sub-process")


def _happening(read: _Read, definition: Element, interrupting: bool, where: str) -> Work | None:
    """Read what may happen to an activity or to a scope."""
    name = local_name(definition)
    if name in ("errorEventDefinition", "escalationEventDefinition"):
        if name == "errorEventDefinition" and not interrupting:
            read.reading.findings.add("error-not-interrupting", read.id)
        return events.read_caught(read.reading, definition, read.id)
    if name == "timerEventDefinition":
        return events.read_timer(read.reading, definition, read.id, cycle_allowed=not interrupting)
    if name in _AWAITED:
        return _AWAITED[name](read.reading, definition, read.id)
    events.refuse_event(read.reading, read.id, definition, where)
    return None


_AWAITED: dict[str, Callable[[Reading, Element, str], Work]] = {
    "messageEventDefinition": events.read_message,
    "signalEventDefinition": events.read_signal,
    "conditionalEventDefinition": events.read_condition,
}


def _user_task(read: _Read) -> Work:
    group = None if read.place.lane is None else read.place.lane.group
    return work.read_user_task(read.reading, read.settings, read.id, group)


_WORK: dict[ElementType, Callable[[_Read], Work | None]] = {
    ElementType.START_EVENT: _start_event,
    ElementType.END_EVENT: _end_event,
    ElementType.INTERMEDIATE_THROW_EVENT: _throw_event,
    ElementType.INTERMEDIATE_CATCH_EVENT: _catch_event,
    ElementType.BOUNDARY_EVENT: _boundary_event,
    ElementType.USER_TASK: _user_task,
    ElementType.SERVICE_TASK: _job,
    ElementType.SEND_TASK: _job,
    ElementType.RECEIVE_TASK: lambda r: events.read_message(r.reading, r.element, r.id),
    ElementType.SCRIPT_TASK: lambda r: work.read_script_task(r.reading, r.settings, r.id),
    ElementType.BUSINESS_RULE_TASK: lambda r: work.read_business_rule_task(
        r.reading, r.settings, r.id
    ),
    ElementType.CALL_ACTIVITY: lambda r: work.read_call_activity(r.reading, r.settings, r.id),
}

_UNDOES = "isForCompensation"
_MARKERS = {
    "instantiate": ("An element that starts the process by receiving", "通过接收启动流程的元素"),
    "parallelMultiple": ("A parallel multiple event", "并行多重事件"),
}
_LOOP_MARKERS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_PARTS = {
    "potentialOwner": ("An assignment by BPMN roles", "BPMN 角色分配"),
    "humanPerformer": ("An assignment by BPMN roles", "BPMN 角色分配"),
    "performer": ("An assignment by BPMN roles", "BPMN 角色分配"),
    "script": ("A script that is not FEEL", "非 FEEL 脚本"),
}


def _refuse_markers(reading: Reading, element: Element, element_id: str, kind: ElementType) -> None:
    if kind not in _ACTIVITIES and reading.flag(element, element_id, _UNDOES, default=False):
        what, what_zh = "A compensation marker here", "此处的补偿标记"
        reading.findings.add("unsupported-element", element_id, what=what, what_zh=what_zh)
    for attribute, (what, what_zh) in _MARKERS.items():
        if element.get(attribute, "false").strip() in ("true", "1"):
            reading.findings.add("unsupported-element", element_id, what=what, what_zh=what_zh)
    loops = list(children(element, "multiInstanceLoopCharacteristics"))
    for part in [*element, *(inner for loop in loops for inner in loop)]:
        name = local_name(part)
        if name == "loopCardinality":
            reading.findings.add("loop-cardinality", element_id)
        elif name in _PARTS:
            what, what_zh = _PARTS[name]
            reading.findings.add("unsupported-element", element_id, what=what, what_zh=what_zh)
        elif name in DRAWN_ONLY:
            what, what_zh = DRAWN_ONLY[name]
            reading.findings.add("not-executed", element_id, what=what, what_zh=what_zh)
