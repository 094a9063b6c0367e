"""What starts a process by itself: message and timer start events of its newest version."""

from engine.domain.definitions import Definition, DefinitionKind
from engine.persistence.stores import definitions, waits
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
    model = command.context.models.process(command.connection, definition)
    waits.insert_subscriptions(
        command.connection,
        [
            SubscriptionRow(
                key=command.context.keys.next_key(),
                message_name=start.message_name,
                correlation_key=None,
                process_instance_key=None,
                element_instance_key=None,
                definition_key=definition.key,
                element_id=start.element_id,
                interrupting=True,
                created_at=command.now,
            )
            for start in model.message_starts
        ],
    )
    timers = [
        (start.element_id, first)
        for start in model.timer_starts
        if (first := model.first_timer_start(start.element_id, now=command.now)) is not None
    ]
    waits.insert_timers(
        command.connection,
        [
            TimerRow(
                key=command.context.keys.next_key(),
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
