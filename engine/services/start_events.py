"""What starts a process by itself: message, signal and timer starts of its newest version."""

from dataclasses import replace
from datetime import datetime

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
    _end_starts_before(command, definition)
    model = command.context.models.process(command.connection, definition)
    for start in model.start_events:
        if start.message_name is not None:
            _await_message(command, definition, start.id, start.message_name)
        if start.signal_name is not None:
            _await_signal(command, definition, start.id, start.signal_name)
        first = _first(command, start, model.resource_name)
        if first is not None:
            _await_time(command, definition, start.id, first)


def start_by_timer(command: Command, timer: TimerRow, *, held: str | None = None) -> None:
    """Start an instance by a timer start event, and let its cycle go on.

    One that is *held* stands at its start event with this incident.
    """
    if timer.definition_key is None:
        raise Conflict(f"timer {timer.key} belongs to nothing")
    definition = command.context.models.definition(command.connection, timer.definition_key)
    command.start(definition, {}, start_event_id=timer.element_id, held=held)
    model = command.context.models.process(command.connection, definition)
    start = model.start_event(timer.element_id)
    deployed_at = definitions.deployed_at(command.connection, definition.deployment_key)
    cycle = _schedule(command, start, deployed_at) if start else None
    if cycle is None:
        return
    fired = replace(cycle, due_at=timer.due_at, repetitions=timer.repetitions)
    following = fired.next(command.now)
    if following is not None:
        again = timer._replace(
            key=command.next_key(),
            due_at=following.due_at,
            repetitions=following.repetitions,
            attempts=0,
        )
        waits.insert_timers(command.batch, [again])
        command.projection.woke_something = True


def _end_starts_before(command: Command, definition: Definition) -> None:
    if definition.version == 1:
        return
    before = definitions.with_version(
        command.connection, DefinitionKind.PROCESS, definition.id, definition.version - 1
    )
    if before is not None:
        waits.end_starts(command.connection, before.key)
        signals.end_starts(command.connection, before.key)


def _await_message(command: Command, definition: Definition, start_id: str, name: str) -> None:
    row = SubscriptionRow(
        key=command.next_key(),
        message_name=name,
        correlation_key=None,
        process_instance_key=None,
        element_instance_key=None,
        definition_key=definition.key,
        element_id=start_id,
        interrupting=True,
        created_at=command.now,
    )
    waits.insert_subscriptions(command.batch, [row])


def _await_signal(command: Command, definition: Definition, start_id: str, name: str) -> None:
    row = SignalSubscriptionRow(
        key=command.next_key(),
        signal_name=name,
        process_instance_key=None,
        element_instance_key=None,
        definition_key=definition.key,
        element_id=start_id,
    )
    signals.insert_subscriptions(command.batch, [row])


def _await_time(command: Command, definition: Definition, start_id: str, first: Schedule) -> None:
    row = TimerRow(
        key=command.next_key(),
        due_at=first.due_at,
        repetitions=first.repetitions,
        process_instance_key=None,
        element_instance_key=None,
        definition_key=definition.key,
        element_id=start_id,
    )
    waits.insert_timers(command.batch, [row])
    command.projection.woke_something = True


def _first(command: Command, start: StartEventInfo, resource_name: str) -> Schedule | None:
    """Return when a timer start event is due first; one that cannot say it refuses the file."""
    try:
        return _schedule(command, start, command.now)
    except ElementFailed as failure:
        text = start.timer.value.text if start.timer is not None else ""
        finding = RULES["expression-error"].finding(
            "expression-error",
            resource=resource_name,
            element_id=start.id,
            parts={"expression": text, "reason": failure},
        )
        raise DeploymentRefused(f"{resource_name} cannot be deployed", [finding]) from failure


def _schedule(command: Command, start: StartEventInfo, at: datetime) -> Schedule | None:
    """Return the schedule of a timer start event as it was seen when it was deployed, *at*."""
    if start.timer is None:
        return None
    evaluator = Evaluator(now=at, functions=command.context.functions)
    return start.timer.schedule(evaluator, {})
