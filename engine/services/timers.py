"""Timers: fired when due, each in a transaction of its own, so that one failure blocks no other."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import timedelta

import structlog

from engine.domain.events import IncidentRaised
from engine.domain.identity import ENGINE
from engine.errors import RevisionConflict, StorageFull, Unavailable
from engine.persistence.stores import waits
from engine.persistence.stores.waits import TimerRow
from engine.points import Point, reached
from engine.services.command import Command, run
from engine.services.context import Context
from engine.services.start_events import start_by_timer

MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
BATCH = 200

_log = structlog.get_logger(__name__)


class TimerService:
    """Fires what is due and knows when the next is."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def fire_due(self) -> int:
        """Fire every timer that is due, the longest overdue first; return how many were seen.

        Several nodes may do so at once: each passes over what another one holds, and waits for it
        only when nothing else is left of the batch.
        """
        seen = 0
        while fired := self.fire_some():
            seen += fired
        return seen

    def fire_some(
        self, *, pool: Executor | None = None, may_go_on: Callable[[], bool] = lambda: True
    ) -> int:
        """Fire up to `BATCH` timers as `fire_due` does; return how many were seen.

        With a *pool* several at a time, but those of one instance still one after the other in
        the order in which they were due. Before each one it is asked whether it *may go on*.
        """
        due = self._due()

        def fire_each(keys: Sequence[int]) -> list[int]:
            return [key for key in keys if may_go_on() and not self._fire(key, patiently=False)]

        if pool is None:
            held = fire_each([key for key, _ in due])
        else:
            held = [key for keys in pool.map(fire_each, _by_owner(due)) for key in keys]
        for key in held:
            if may_go_on():
                self._fire(key, patiently=True)
        return len(due)

    def _due(self) -> list[tuple[int, int]]:
        with self._context.database.read() as connection:
            return waits.due_timers(connection, self._context.clock.now(), BATCH)

    def _fire(self, key: int, *, patiently: bool) -> bool:
        """Fire a timer; False if somebody holds it, or its instance, and we did not wait."""
        claim = _wait_for if patiently else _claim
        try:
            fired = run(self._context, ENGINE, lambda command: _fire_in(command, key, claim))
        except RevisionConflict:
            _log.info("timer lost a race and is tried again", timer_key=key)
        except (Unavailable, StorageFull):
            raise  # not the timer's fault: it stays due
        except Exception as error:
            _log.exception("timer failed", timer_key=key)
            self._note_failure(key, str(error))
        else:
            reached(Point.TIMER_FIRED)
            return fired
        return True

    def _note_failure(self, key: int, message: str) -> None:
        def work(command: Command) -> None:
            timer = _wait_for(command, key)
            if timer is None:
                return
            attempts = timer.attempts + 1
            blocked = attempts >= MAX_ATTEMPTS
            waits.delay_timer(
                command.connection,
                key,
                due_at=timer.due_at if blocked else command.now + RETRY_AFTER * attempts,
                attempts=attempts,
                blocked=blocked,
            )
            if blocked:
                _open_incident(command, timer, message)

        run(self._context, ENGINE, work)


def _by_owner(due: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the keys in one list per owner, each in the order given."""
    owned: dict[int, list[int]] = {}
    for key, owner in due:
        owned.setdefault(owner, []).append(key)
    return list(owned.values())


def _claim(command: Command, key: int) -> TimerRow | None:
    """Take the timer and its instance if nobody holds either of them."""
    timer = waits.claim_timer(command.connection, key, skip_locked=True)
    if timer is None or timer.process_instance_key is None:
        return timer
    return timer if command.try_lock(timer.process_instance_key) else None


def _wait_for(command: Command, key: int) -> TimerRow | None:
    """Take the instance and then the timer, as all others do, after whoever holds them."""
    timer = waits.find_timer(command.connection, key)
    if timer is not None and timer.process_instance_key is not None:
        command.lock(timer.process_instance_key)
    return waits.claim_timer(command.connection, key, skip_locked=False)


def _fire_in(command: Command, key: int, claim: Callable[[Command, int], TimerRow | None]) -> bool:
    """Fire a timer that can be claimed; False if it is there and cannot."""
    timer = claim(command, key)
    if timer is None:
        return waits.find_timer(command.connection, key) is None
    reached(Point.TIMER_CLAIMED)
    if not timer.blocked and timer.due_at <= command.now:  # else somebody else moved it
        _fire_claimed(command, timer)
    return True


def _fire_claimed(command: Command, timer: TimerRow) -> None:
    key = timer.key
    waits.delete_timer(command.connection, key)
    if timer.process_instance_key is None or timer.element_instance_key is None:
        start_by_timer(command, timer)
        return
    running = command.load(timer.process_instance_key)
    command.record(
        running.row.key,
        "timer_fired",
        element_id=timer.element_id,
        payload={"due_at": timer.due_at, "timer_key": key},
    )
    running.execution.fire_timer(timer.element_instance_key)


def _open_incident(command: Command, timer: TimerRow, message: str) -> None:
    if timer.process_instance_key is None or timer.element_instance_key is None:
        waits.delete_timer(command.connection, timer.key)
        start_by_timer(command, timer, held=message)
        return
    command.open_incident(
        command.load(timer.process_instance_key),
        IncidentRaised(
            element_instance_key=timer.element_instance_key,
            element_id=timer.element_id,
            error_type="UNKNOWN",
            message=message,
        ),
        timer_key=timer.key,
    )
