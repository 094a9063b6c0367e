"""Signals: broadcast once, then brought to each receiver in a transaction of its own.

Rules of Camunda 8: a signal reaches all who wait for its name at that moment, in every instance,
and starts the newest version of each process that begins with it; it is never kept for others.
Who is addressed is written with the command that broadcasts (decision 0003); whoever has ceased
to wait when its turn comes is passed over.
"""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from engine.domain.events import IncidentRaised
from engine.domain.identity import ENGINE, Actor
from engine.errors import RevisionConflict, StorageFull, Unavailable
from engine.persistence.stores import signals
from engine.persistence.stores.signals import DeliveryRow, SignalRow
from engine.points import Point, reached
from engine.services import permissions
from engine.services.command import Command, Running, refuse, run
from engine.services.context import Context

MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
BATCH = 200

_log = structlog.get_logger(__name__)
_Key = tuple[int, int]


class SignalService:
    """Broadcasts signals and brings them to their receivers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def broadcast(self, actor: Actor, *, name: str, variables: Mapping[str, object]) -> int:
        """Broadcast a signal and return its key; the receivers have it right afterwards."""
        if not permissions.may_start(actor):
            refuse(self._context, actor, f"you may not broadcast the signal {name!r}")

        def work(command: Command) -> int:
            key = command.next_key()
            command.record_system("signal_broadcast", {"signal_key": key, "name": name})
            command.projection.broadcast(SignalRow(key=key, name=name, variables=dict(variables)))
            return key

        return run(self._context, actor, work)

    def deliver_due(self) -> int:
        """Bring every broadcast to its receivers, the oldest first; return how many were seen.

        Several nodes may do so at once: each passes over what another one holds, and waits for it
        only when nothing else is left of the batch.
        """
        seen = 0
        while delivered := self.deliver_some():
            seen += delivered
        return seen

    def deliver_some(self) -> int:
        """Make up to `BATCH` deliveries as `deliver_due` does; return how many were seen."""
        keys = self._due()
        held = [key for key in keys if not self._deliver(key, patiently=False)]
        for key in held:
            self._deliver(key, patiently=True)
        if keys:
            run(self._context, ENGINE, lambda command: signals.forget_delivered(command.connection))
        return len(keys)

    def _due(self) -> list[_Key]:
        with self._context.database.read() as connection:
            return signals.due(connection, self._context.clock.now(), BATCH)

    def _deliver(self, key: _Key, *, patiently: bool) -> bool:
        """Bring a broadcast to one receiver; False if somebody else is at it."""
        try:
            return run(self._context, ENGINE, lambda c: _deliver_in(c, key, patiently=patiently))
        except RevisionConflict:
            _log.info("signal lost a race and is tried again", signal_key=key[0])
        except (Unavailable, StorageFull):
            raise  # not the receiver's fault: it stays due
        except Exception as error:
            _log.exception("signal failed", signal_key=key[0], subscription_key=key[1])
            self._note_failure(key, str(error))
        return True

    def _note_failure(self, key: _Key, message: str) -> None:
        def work(command: Command) -> None:
            row = signals.claim(command.connection, *key, skip_locked=False)
            if row is None:
                return
            attempts = row.attempts + 1
            blocked = attempts >= MAX_ATTEMPTS
            signals.delay(
                command.connection,
                row,
                due_at=row.due_at if blocked else command.now + RETRY_AFTER * attempts,
                attempts=attempts,
                blocked=blocked,
            )
            command.projection.woke_something = True
            if blocked:
                _open_incident(command, row, message)

        run(self._context, ENGINE, work)


def _deliver_in(command: Command, key: _Key, *, patiently: bool) -> bool:
    row = signals.claim(command.connection, *key, skip_locked=not patiently)
    if row is None:
        return not signals.is_pending(command.connection, *key)
    signal = signals.find(command.connection, row.signal_key)
    if signal is not None and not row.blocked and row.due_at <= command.now:
        signals.delete_delivery(command.connection, row)
        _give(command, row, signal)
        reached(Point.SIGNAL_DELIVERED)
    return True


def _give(command: Command, row: DeliveryRow, signal: SignalRow) -> None:
    if row.process_instance_key is None or row.element_instance_key is None:
        _start(command, row, signal)
        return
    command.lock(row.process_instance_key)
    if signals.still_waits(command.connection, row.subscription_key):
        running = command.load(row.process_instance_key)
        _note_received(command, running, row, signal)
        running.execution.complete(row.element_instance_key, signal.variables)


def _start(
    command: Command, row: DeliveryRow, signal: SignalRow, *, held: str | None = None
) -> None:
    """Start an instance; one that is *held* stands at its start event with this incident."""
    definition = command.context.models.definition(command.connection, row.definition_key)
    started = command.start(definition, signal.variables, start_event_id=row.element_id, held=held)
    _note_received(command, started, row, signal)


def _note_received(command: Command, running: Running, row: DeliveryRow, signal: SignalRow) -> None:
    command.record(
        running.row.key,
        "signal_received",
        element_id=row.element_id,
        payload={"signal_key": signal.key, "name": signal.name},
    )


def _open_incident(command: Command, row: DeliveryRow, message: str) -> None:
    if row.process_instance_key is None or row.element_instance_key is None:
        signal = signals.find(command.connection, row.signal_key)
        if signal is not None:
            signals.delete_delivery(command.connection, row)
            _start(command, row, signal, held=message)
        return
    if signals.still_waits(command.connection, row.subscription_key):
        incident = IncidentRaised(
            element_instance_key=row.element_instance_key,
            element_id=row.element_id,
            error_type="UNKNOWN",
            message=message,
        )
        command.open_incident(command.load(row.process_instance_key), incident)
