"""What starts a process by itself: message, signal and timer starts of its newest version."""

from dataclasses import replace

from engine.bpmn import Evaluator, Schedule, StartEventInfo
from engine.bpmn.incidents import ElementFailed
from engine.bpmn.refuse import RULES
from engine.domain.definitions import Definition, DefinitionKind
from engine.errors import Conflict, DeploymentRefused
from engine.persistence.stores import definitions, signals, waits
from engine.persistence.stores.signals import SignalSubscriptionRow
from engine.persistence.stores.waits import SubscriptionRow, TimerRow
from engine.services.command import Command


def replace_start_events(command: Command, definition: Definition) -> None:
    """Let the new version's start events wait instead of the version before it."""
    if definition.version > 1:
        before = definitions.with_version(
            command.connection, DefinitionKind.PROCESS, definition.id, definition.version - 1
        )
        if before is not None:
            waits.end_starts(command.connection, before.key)
            signals.end_starts(command.connection, before.key)
    model = command.context.models.process(command.connection, definition)
    waits.insert_subscriptions(
        command.batch,
        [
            SubscriptionRow(
                key=command.next_key(),
                message_name=start.message_name,
                correlation_key=None,
                process_instance_key=None,
                element_instance_key=None,
                definition_key=definition.key,
                element_id=start.id,
                interrupting=True,
                created_at=command.now,
            )
            for start in model.start_events
            if start.message_name is not None
        ],
    )
    signals.insert_subscriptions(
        command.batch,
        [
            SignalSubscriptionRow(
                key=command.next_key(),
                signal_name=start.signal_name,
                process_instance_key=None,
                element_instance_key=None,
                definition_key=definition.key,
                element_id=start.id,
            )
            for start in model.start_events
            if start.signal_name is not None
        ],
    )
    timers = [
        (start.id, first)
        for start in model.start_events
        if (first := _first(command, start, model.resource_name)) is not None
    ]
    waits.insert_timers(
        command.batch,
        [
            TimerRow(
                key=command.next_key(),
                due_at=first.due_at,
                repetitions=first.repetitions,
                process_instance_key=None,
                element_instance_key=None,
                definition_key=definition.key,
                element_id=element_id,
            )
            for element_id, first in timers
        ],
    )
    command.projection.woke_something |= bool(timers)


def start_by_timer(command: Command, timer: TimerRow) -> None:
    """Start an instance by a timer start event, and let its cycle go on."""
    if timer.definition_key is None:
        raise Conflict(f"timer {timer.key} belongs to nothing")
    definition = command.context.models.definition(command.connection, timer.definition_key)
    command.start(definition, {}, start_event_id=timer.element_id)
    model = command.context.models.process(command.connection, definition)
    start = model.start_event(timer.element_id)
    cycle = _schedule(command, start) if start else None
    if cycle is None:
        return
    fired = replace(cycle, due_at=timer.due_at, repetitions=timer.repetitions)
    following = fired.next(command.now)
    if following is not None:
        again = replace(
            timer,
            key=command.next_key(),
            due_at=following.due_at,
            repetitions=following.repetitions,
            attempts=0,
        )
        waits.insert_timers(command.batch, [again])
        command.projection.woke_something = True


def _first(command: Command, start: StartEventInfo, resource_name: str) -> Schedule | None:
    """Return when a timer start event is due first; one that cannot say it refuses the file."""
    try:
        return _schedule(command, start)
    except ElementFailed as failure:
        text = start.timer.value.text if start.timer is not None else ""
        finding = RULES["expression-error"].finding(
            "expression-error",
            resource=resource_name,
            element_id=start.id,
            parts={"expression": text, "reason": failure},
        )
        raise DeploymentRefused(f"{resource_name} cannot be deployed", [finding]) from failure


def _schedule(command: Command, start: StartEventInfo) -> Schedule | None:
    if start.timer is None:
        return None
    evaluator = Evaluator(now=command.now, functions=command.context.functions)
    return start.timer.schedule(evaluator, {})
