"""Timers: fired when due (`engine.services.due_work`)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from engine.domain.events import IncidentRaised
from engine.persistence.database import Connection
from engine.persistence.stores import waits
from engine.persistence.stores.waits import TimerRow
from engine.points import Point, reached
from engine.services.command import Command
from engine.services.context import Context
from engine.services.due_work import DueWork
from engine.services.start_events import start_by_timer


class TimerService:
    """Fires what is due."""

    def __init__(self, context: Context) -> None:
        self._work = DueWork(context, _Timers())

    def fire_due(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Fire in batches what never failed, while it *may go on*; return how many were seen."""
        return self._work.do_batches(may_go_on)

    def fire_failed(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Fire what has failed before, one by one; return how many were seen."""
        return self._work.do_failed(may_go_on)


class _Timers:
    name = "timer"

    def told(self, row: TimerRow) -> Mapping[str, object]:
        return {"timer_key": row.key}

    def take(
        self, connection: Connection, now: datetime, limit: int, *, failed: bool
    ) -> Sequence[TimerRow]:
        return waits.take_due_timers(connection, now, limit, failed=failed)

    def claim(self, connection: Connection, row: TimerRow) -> TimerRow | None:
        return waits.claim_timer(connection, row.key)

    def do(self, command: Command, row: TimerRow) -> None:
        reached(Point.TIMER_CLAIMED)
        if row.process_instance_key is None or row.element_instance_key is None:
            start_by_timer(command, row)
            return
        running = command.load(row.process_instance_key)
        command.record(
            running.row.key,
            "timer_fired",
            element_id=row.element_id,
            payload={"due_at": row.due_at, "timer_key": row.key},
        )
        running.execution.fire_timer(row.element_instance_key)

    def remove(self, command: Command, rows: Sequence[TimerRow]) -> None:
        waits.delete_timers(command.batch, [row.key for row in rows])

    def delay(
        self, command: Command, row: TimerRow, *, due_at: datetime, attempts: int, blocked: bool
    ) -> None:
        waits.delay_timer(
            command.connection, row.key, due_at=due_at, attempts=attempts, blocked=blocked
        )

    def open_incident(self, command: Command, row: TimerRow, message: str) -> None:
        if row.process_instance_key is None or row.element_instance_key is None:
            self.remove(command, [row])
            start_by_timer(command, row, held=message)
            return
        command.open_incident(
            command.load(row.process_instance_key),
            IncidentRaised(
                element_instance_key=row.element_instance_key,
                element_id=row.element_id,
                error_type="UNKNOWN",
                message=message,
            ),
            timer_key=row.key,
        )

    def committed(self) -> None:
        reached(Point.TIMER_FIRED)
