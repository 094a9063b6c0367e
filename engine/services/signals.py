"""Signals: broadcast once, then brought to the receivers (`engine.services.due_work`).

Rules of Camunda 8: a signal reaches all who wait for its name at that moment, in every instance,
and starts the newest version of each process that begins with it; it is never kept for others.
Who is addressed is written with the command that broadcasts (decision 0003); whoever has ceased
to wait when its turn comes is passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from engine.domain.events import IncidentRaised
from engine.domain.identity import ENGINE, Actor
from engine.persistence.database import Connection
from engine.persistence.stores import signals
from engine.persistence.stores.signals import DeliveryRow, SignalRow
from engine.points import Point, reached
from engine.services import permissions
from engine.services.command import Command, Running, refuse, run
from engine.services.context import Context
from engine.services.due_work import DueWork


class SignalService:
    """Broadcasts signals and brings them to their receivers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._work = DueWork(context, _Deliveries())

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

    def deliver_due(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Bring in batches what never failed to its receivers, while it *may go on*.

        Returns how many receivers were seen.
        """
        return self._forget_delivered(self._work.do_batches(may_go_on))

    def deliver_failed(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Bring what has failed before, one by one; return how many receivers were seen."""
        return self._forget_delivered(self._work.do_failed(may_go_on))

    def _forget_delivered(self, seen: int) -> int:
        if seen:
            run(self._context, ENGINE, lambda command: signals.forget_delivered(command.connection))
        return seen


class _Deliveries:
    name = "signal"

    def told(self, row: DeliveryRow) -> Mapping[str, object]:
        return {"signal_key": row.signal_key, "subscription_key": row.subscription_key}

    def take(
        self, connection: Connection, now: datetime, limit: int, *, failed: bool
    ) -> Sequence[DeliveryRow]:
        return signals.take_due(connection, now, limit, failed=failed)

    def claim(self, connection: Connection, row: DeliveryRow) -> DeliveryRow | None:
        return signals.claim(connection, row)

    def do(self, command: Command, row: DeliveryRow) -> None:
        signal = signals.find(command.connection, row.signal_key)
        if signal is not None:
            _give(command, row, signal)
            reached(Point.SIGNAL_DELIVERED)

    def remove(self, command: Command, rows: Sequence[DeliveryRow]) -> None:
        signals.delete_deliveries(command.connection, rows)

    def delay(
        self, command: Command, row: DeliveryRow, *, due_at: datetime, attempts: int, blocked: bool
    ) -> None:
        signals.delay(command.connection, row, due_at=due_at, attempts=attempts, blocked=blocked)

    def open_incident(self, command: Command, row: DeliveryRow, message: str) -> None:
        _open_incident(command, row, message)

    def committed(self) -> None:
        """Nobody waits for that."""


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
            signals.delete_deliveries(command.connection, [row])
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
