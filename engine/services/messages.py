"""Messages: published once, correlated to the instances that wait or to a process they start.

Rules of Camunda 8: a message reaches each process (by id) at most once; with a time to live it is
kept for a receiver that comes later; a message id is accepted once while the first is kept.
"""

from collections.abc import Mapping
from datetime import timedelta

from engine.domain.definitions import Definition
from engine.domain.identity import Actor
from engine.errors import InvalidInput, LimitExceeded, NotFound, RevisionConflict
from engine.persistence.stores import messages, waits
from engine.persistence.stores.messages import MessageRow
from engine.persistence.stores.waits import SubscriptionRow
from engine.points import Point, reached
from engine.services import permissions
from engine.services.command import Command, Running, refuse
from engine.services.context import Context
from engine.services.runaways import RanAway, ReceiverRanAway, hold_back, run_past

MAX_TIME_TO_LIVE = timedelta(days=366)


class MessageService:
    """Publishes messages."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def publish(
        self,
        actor: Actor,
        *,
        name: str,
        correlation_key: str,
        variables: Mapping[str, object],
        message_id: str | None = None,
        time_to_live: timedelta = timedelta(0),
        business_id: str | None = None,
    ) -> int:
        """Publish a message and return its key, whether or not anybody waits for it yet.

        Raises Conflict for a message id that was published before and is still kept.
        """
        self._check(actor, name)

        def work(command: Command, ran_away: RanAway) -> int:
            return publish_in(
                command,
                ran_away=ran_away,
                name=name,
                correlation_key=correlation_key,
                variables=variables,
                message_id=message_id,
                time_to_live=time_to_live,
                business_id=business_id,
            )[0]

        return run_past(self._context, actor, work)

    def correlate(
        self, actor: Actor, *, name: str, correlation_key: str, variables: Mapping[str, object]
    ) -> tuple[int, int]:
        """Deliver a message now; return its key and that of the first instance that had it.

        Raises NotFound if nobody waits for it.
        """
        self._check(actor, name)

        def work(command: Command, ran_away: RanAway) -> tuple[int, int]:
            key, receivers = publish_in(
                command,
                ran_away=ran_away,
                name=name,
                correlation_key=correlation_key,
                variables=variables,
            )
            if not receivers:
                raise NotFound(f"nobody waits for the message {name!r} with {correlation_key!r}")
            return key, receivers[0]

        return run_past(self._context, actor, work)

    def _check(self, actor: Actor, name: str) -> None:
        if not permissions.may_start(actor):
            refuse(self._context, actor, f"you may not publish the message {name!r}")


def publish_in(
    command: Command,
    *,
    name: str,
    correlation_key: str,
    variables: Mapping[str, object],
    message_id: str | None = None,
    time_to_live: timedelta = timedelta(0),
    business_id: str | None = None,
    ran_away: RanAway,
) -> tuple[int, list[int]]:
    """Publish inside a command of `run_past`; return the message's key and who had it at once.

    The instances that the message starts belong to the case *business_id*, or to one new case.
    """
    if not timedelta(0) <= time_to_live <= MAX_TIME_TO_LIVE:
        raise InvalidInput(f"a message lives from 0 to {MAX_TIME_TO_LIVE.days} days")
    row = MessageRow(
        key=command.next_key(),
        name=name,
        correlation_key=correlation_key,
        message_id=message_id,
        variables=dict(variables),
        published_at=command.now,
        expires_at=command.now + time_to_live,
    )
    messages.delete_expired(command.connection, command.now)
    messages.insert(command.connection, row)
    reached(Point.MESSAGE_KEPT)
    command.record_message(
        name,
        correlation_key,
        "message_published",
        {"message_key": row.key, "name": name, "message_id": message_id},
    )
    return row.key, _deliver_to_waiting(command, row, ran_away) + _start_by(
        command, row, business_id, ran_away
    )


def _deliver_to_waiting(command: Command, row: MessageRow, ran_away: RanAway) -> list[int]:
    command.settle_events()
    free = waits.lock_receivers(command.connection, row.name, row.correlation_key)
    waits.hold_correlation(command.connection, row.name, row.correlation_key)
    receivers: dict[str, int] = {}
    for wait in waits.subscriptions_to(command.connection, row.name, row.correlation_key):
        if wait.process_instance_key is None or wait.element_instance_key is None:
            continue
        running = command.load(wait.process_instance_key)
        if running.row.root_key not in free:
            raise RevisionConflict("somebody began to wait for the message just now")
        # Whoever had it before may have ended this one, such as a caller its called instance.
        waits_still = running.execution.is_waiting(wait.element_instance_key)
        if waits_still and running.row.process_id not in receivers:
            receivers[running.row.process_id] = running.row.key
            _deliver(command, row, running, wait, ran_away)
    return list(receivers.values())


def _deliver(
    command: Command, row: MessageRow, running: Running, wait: SubscriptionRow, ran_away: RanAway
) -> None:
    receiver = wait.element_instance_key or 0  # the caller has passed over start events
    command.settle_events()
    command.note_received(running, wait.element_id, row.key, row.name)
    if receiver in ran_away:
        hold_back(command, running, wait, row.key, ran_away[receiver])
        return
    try:
        command.deliver(running, receiver, row.key, row.variables)
        command.settle_events()
    except LimitExceeded as runaway:
        raise ReceiverRanAway(receiver, runaway) from runaway


def _start_by(
    command: Command, row: MessageRow, business_id: str | None, ran_away: RanAway
) -> list[int]:
    started = []
    for start in waits.start_subscriptions_to(command.connection, row.name):
        if start.definition_key is None:
            continue
        definition = command.context.models.definition(command.connection, start.definition_key)
        running = _start(command, row, start, definition, business_id, ran_away.get(start.key))
        business_id = running.row.business_id
        messages.record_correlation(
            command.connection,
            message_key=row.key,
            process_id=definition.id,
            instance_key=running.row.key,
            at=command.now,
        )
        started.append(running.row.key)
    return started


def _start(
    command: Command,
    row: MessageRow,
    start: SubscriptionRow,
    definition: Definition,
    business_id: str | None,
    held: str | None,
) -> Running:
    try:
        running = command.start(
            definition,
            row.variables,
            business_id=business_id,
            start_event_id=start.element_id,
            held=None if held is None else f"after the message was received: {held}",
        )
        command.settle_events()
    except LimitExceeded as runaway:
        if held is not None:
            raise
        raise ReceiverRanAway(start.key, runaway) from runaway
    return running
