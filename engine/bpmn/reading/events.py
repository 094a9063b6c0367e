"""What an event waits for or throws."""

from datetime import UTC, datetime

from engine.bpmn.expressions import Evaluator, Value
from engine.bpmn.incidents import ElementFailed
from engine.bpmn.nodes import (
    AwaitedCondition,
    AwaitedMessage,
    AwaitedSignal,
    CaughtError,
    CaughtEscalation,
    Link,
    StartMessage,
    StartSignal,
    ThrownCompensation,
    ThrownError,
    ThrownEscalation,
    ThrownSignal,
    UndoneBy,
)
from engine.bpmn.reading.context import Message, Reading
from engine.bpmn.reading.extensions import read_extensions
from engine.bpmn.reading.xml import BPMN, Element, child, local_name, tag, text_of
from engine.bpmn.timers import EXPECTED, EXPECTED_ZH, TimerDefinition, TimerKind, schedule_of

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)

UNSUPPORTED_EVENTS = {
    "conditionalEventDefinition": ("A conditional event here", "此处的条件事件"),
    "compensateEventDefinition": ("A compensation event", "补偿事件"),
    "cancelEventDefinition": ("A cancel event", "取消事件"),
}
_KIND_ZH = {
    "message": "消息",
    "timer": "定时器",
    "error": "错误",
    "escalation": "升级",
    "signal": "信号",
    "link": "链接",
    "terminate": "终止",
}
_WHERE_ZH = {
    "start event": "开始事件",
    "throwing event": "抛出事件",
    "intermediate catch event": "中间捕获事件",
    "boundary event": "边界事件",
    "start of an event sub-process": "事件子流程的开始事件",
}


def event_definition(reading: Reading, element: Element, element_id: str) -> Element | None:
    """Return the one event definition of *element*; None for a plain event."""
    found = [
        part
        for part in element
        if tag(part).startswith(BPMN) and local_name(part).lower().endswith("eventdefinition")
    ]
    references = element.findall(BPMN + "eventDefinitionRef")
    if len(found) + len(references) > 1:
        reading.findings.add("events-combined", element_id)
    elif references:
        reading.findings.add(
            "unsupported-element",
            element_id,
            what="A shared event definition (eventDefinitionRef)",
            what_zh="共享的事件定义（eventDefinitionRef）",
        )
    return found[0] if found else None


def refuse_event(reading: Reading, element_id: str, definition: Element, where: str) -> None:
    """Say that an event of this kind is not possible at this place."""
    name = local_name(definition)
    plain = name.removesuffix("EventDefinition")
    what, what_zh = UNSUPPORTED_EVENTS.get(
        name, (f"A {plain} {where}", f"{_WHERE_ZH[where]}{_KIND_ZH.get(plain, plain)}")
    )
    reading.findings.add("unsupported-element", element_id, what=what, what_zh=what_zh)


def read_timer(
    reading: Reading, definition: Element, element_id: str, *, cycle_allowed: bool
) -> TimerDefinition:
    """Read a timer; a fixed time is checked at once."""
    given = [(kind, child(definition, kind.value)) for kind in TimerKind]
    chosen = [(kind, text_of(part)) for kind, part in given if part is not None and text_of(part)]
    if len(chosen) != 1:
        reading.findings.add("timer-missing", element_id)
        return TimerDefinition(kind=TimerKind.DURATION, value=Value(text=""))
    kind, text = chosen[0]
    if kind is TimerKind.CYCLE and not cycle_allowed:
        reading.findings.add("timer-cycle-misplaced", element_id)
    value = reading.value(element_id, text)
    if value.is_static and not text.startswith("="):
        _check_fixed_time(reading, element_id, kind, text)
    return TimerDefinition(kind=kind, value=value)


def _check_fixed_time(reading: Reading, element_id: str, kind: TimerKind, text: str) -> None:
    schedule = schedule_of(kind, text, _ANY_MOMENT)
    if schedule is None:
        reading.findings.add(
            "timer-invalid",
            element_id,
            value=text,
            expected=EXPECTED[kind],
            expected_zh=EXPECTED_ZH[kind],
        )
    elif kind is TimerKind.DURATION and schedule.due_at < _ANY_MOMENT:
        reading.findings.add("timer-backwards", element_id, value=text)


def read_start_timer(reading: Reading, definition: Element, element_id: str) -> TimerDefinition:
    """Read the timer that starts a process; there are no variables yet that it could depend on."""
    timer = read_timer(reading, definition, element_id, cycle_allowed=True)
    expression = timer.value.expression
    if expression is None or expression.functions & set(reading.functions):
        return timer
    try:
        timer.schedule(Evaluator(now=_ANY_MOMENT, functions={}), {})
    except ElementFailed as failure:
        reading.findings.add(
            "expression-error", element_id, expression=timer.value.text, reason=failure
        )
    return timer


def read_message(reading: Reading, holder: Element, element_id: str) -> AwaitedMessage:
    """Read the message that an event or receive task (*holder*) waits for inside an instance."""
    message = _message(reading, holder, element_id)
    key = message.correlation_key
    if message.name and not (key or "").strip():
        reading.findings.add("correlation-key-missing", element_id, name=message.name)
    return AwaitedMessage(
        name=reading.value(element_id, message.name),
        correlation_key=reading.value(element_id, key or ""),
    )


def read_start_message(reading: Reading, holder: Element, element_id: str) -> StartMessage:
    """Read the message that starts an instance; it needs no key."""
    name = _message(reading, holder, element_id).name
    if name.startswith("="):
        reading.findings.add("message-name-not-static", element_id)
    return StartMessage(name=name)


def read_signal(reading: Reading, definition: Element, element_id: str) -> AwaitedSignal:
    """Read the signal that an event waits for inside an instance."""
    return AwaitedSignal(name=reading.value(element_id, _signal(reading, definition, element_id)))


def read_thrown_signal(reading: Reading, definition: Element, element_id: str) -> ThrownSignal:
    """Read the signal that an event broadcasts."""
    return ThrownSignal(name=reading.value(element_id, _signal(reading, definition, element_id)))


def read_start_signal(reading: Reading, definition: Element, element_id: str) -> StartSignal:
    """Read the signal that starts an instance."""
    name = _signal(reading, definition, element_id)
    if name.startswith("="):
        reading.findings.add("signal-name-not-static", element_id)
    return StartSignal(name=name)


def read_condition(reading: Reading, definition: Element, element_id: str) -> AwaitedCondition:
    """Read a condition and which changes it looks at (``zeebe:conditionalFilter``)."""
    text = text_of(child(definition, "condition"))
    if not text:
        reading.findings.add("setting-missing", element_id, what="condition", what_zh="条件")
    elif not text.startswith("="):
        reading.findings.add("condition-not-feel", element_id, condition=text)
    settings = read_extensions(reading, definition, element_id, _CONDITION_SETTINGS)
    chosen = settings.get("conditionalFilter")
    names, changes = (
        (frozenset(), frozenset())
        if chosen is None
        else (_words(chosen.get("variableNames")), _words(chosen.get("variableEvents")))
    )
    for word in sorted(changes - _CHANGES):
        reading.findings.add("invalid-value", element_id, value=word, what="variableEvents")
    return AwaitedCondition(
        condition=reading.value(element_id, text),
        variable_names=names,
        on_create=not changes or "create" in changes,
        on_update=not changes or "update" in changes,
    )


_CONDITION_SETTINGS = frozenset({"conditionalFilter"})
_CHANGES = frozenset({"create", "update"})


def _words(text: str | None) -> frozenset[str]:
    return frozenset(part for part in (p.strip() for p in (text or "").split(",")) if part)


def read_link(reading: Reading, definition: Element, element_id: str) -> Link:
    """Read the name of a link event; its two ends are brought together by it."""
    name = (definition.get("name") or "").strip()
    if not name:
        reading.findings.add("setting-missing", element_id, what="link name", what_zh="链接名称")
    return Link(name=name)


def read_thrown(
    reading: Reading, definition: Element, element_id: str
) -> ThrownError | ThrownEscalation:
    """Read the error or escalation that an event throws; it needs a code."""
    code = _code(reading, definition)
    if not code:
        what, what_zh = ("error", "错误") if _is_error(definition) else ("escalation", "升级")
        reading.findings.add("code-missing", element_id, what=what, what_zh=what_zh)
    value = reading.value(element_id, code)
    return ThrownError(code=value) if _is_error(definition) else ThrownEscalation(code=value)


def read_caught(
    reading: Reading, definition: Element, element_id: str
) -> CaughtError | CaughtEscalation:
    """Read the error or escalation that an event on an edge catches; without a code, every one."""
    code = _code(reading, definition) or None
    if code is not None and code.startswith("="):
        reading.findings.add(
            "expression-not-allowed",
            element_id,
            what="the code that is caught",
            what_zh="捕获的代码",
        )
    return CaughtError(code=code) if _is_error(definition) else CaughtEscalation(code=code)


def read_undone_by(reading: Reading, element_id: str) -> UndoneBy:
    """Read which activity a compensation event on an edge is associated with."""
    handlers = reading.associations.get(element_id, ())
    if len(handlers) != 1:
        reading.findings.add("compensation-handler", element_id)
    return UndoneBy(handler=handlers[0] if handlers else "")


def read_thrown_compensation(
    reading: Reading, definition: Element, element_id: str
) -> ThrownCompensation:
    """Read what is to be undone, and whether the event waits for it."""
    return ThrownCompensation(
        activity=(definition.get("activityRef") or "").rpartition(":")[2] or None,
        waits=reading.flag(definition, element_id, "waitForCompletion", default=True),
    )


def _is_error(definition: Element) -> bool:
    return local_name(definition) == "errorEventDefinition"


def _code(reading: Reading, definition: Element) -> str:
    if _is_error(definition):
        return reading.errors.get(definition.get("errorRef", ""), "")
    return reading.escalations.get(definition.get("escalationRef", ""), "")


def _signal(reading: Reading, definition: Element, element_id: str) -> str:
    name = reading.signals.get(definition.get("signalRef", ""), "")
    if not name:
        reading.findings.add("signal-missing", element_id)
    return name


def _message(reading: Reading, holder: Element, element_id: str) -> Message:
    message = reading.messages.get(holder.get("messageRef", ""))
    if message is None or not message.name:
        reading.findings.add("message-missing", element_id)
        return Message(name="", correlation_key=None)
    return message
