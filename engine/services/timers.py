"""Timers: fired when due, several in one transaction as long as none of them fails.

Firing in batches shares the statements and the commit. Nobody is waited for in a batch, its
timers are of different trees of instances, and it ends early when it takes long, so that nobody
else waits for it for long either. If it fails, each of its timers is fired in a transaction of
its own, so that one failure blocks no other.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from engine.clock import monotonic_seconds
from engine.domain.events import IncidentRaised
from engine.domain.identity import ENGINE
from engine.errors import RevisionConflict, StorageFull, Unavailable
from engine.persistence.locks import wait_at_most
from engine.persistence.stores import waits
from engine.persistence.stores.waits import TimerRow
from engine.points import Point, reached
from engine.services.command import Command, run
from engine.services.context import Context
from engine.services.start_events import start_by_timer

MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
BATCH = 20
BATCH_SECONDS = 0.1
"""A batch that has taken so long ends with what it has."""
PATIENCE_MS = 200
"""How long one attempt waits for an instance that somebody else holds."""

_log = structlog.get_logger(__name__)


class TimerService:
    """Fires what is due."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def fire_due(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Fire what is due, the longest overdue first; return how many timers were seen.

        Several threads and nodes may do so at once: each passes over what another one holds, and
        waits for it only when there is nothing else. Before each batch it is asked whether it
        *may go on*.
        """
        seen = 0
        while may_go_on() and (taken := self._fire_some()):
            seen += taken
        return seen

    def _fire_some(self) -> int:
        """Fire a batch; return how many timers were seen."""
        taken: list[TimerRow] = []

        def fire_batch(command: Command) -> int:
            taken[:] = _batch_of(waits.take_due_timers(command.connection, command.now, BATCH))
            return _fire_free(command, taken)

        try:
            fired = run(self._context, ENGINE, fire_batch)
        except (Unavailable, StorageFull):
            raise  # not the timers' fault: they stay due
        except Exception as error:
            if len(taken) == 1:
                self._note_failure(taken[0].key, error)
            else:
                self._fire_each(taken)
        else:
            if fired:
                reached(Point.TIMER_FIRED)
            else:
                self._fire_each(taken[:1])
        return len(taken)

    def _fire_each(self, timers: Sequence[TimerRow]) -> None:
        """Fire each in a transaction of its own, after whoever holds it or its instance."""
        for timer in timers:
            try:
                self._fire_one(timer.key)
            except (Unavailable, StorageFull):
                raise
            except Exception as error:
                self._note_failure(timer.key, error)
            else:
                reached(Point.TIMER_FIRED)

    def _fire_one(self, key: int) -> None:
        run(self._context, ENGINE, lambda command: _fire_alone(command, key))

    def _note_failure(self, key: int, error: Exception) -> None:
        if isinstance(error, RevisionConflict):
            _log.info("timer lost a race and is tried again", timer_key=key)
            return
        _log.error("timer failed", timer_key=key, exc_info=error)

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
                _open_incident(command, timer, str(error))

        run(self._context, ENGINE, work)


def _batch_of(due: Sequence[TimerRow]) -> Sequence[TimerRow]:
    """Return what may be fired together: a timer that has failed before is fired by itself."""
    if due and due[0].attempts:
        return due[:1]
    return [timer for timer in due if not timer.attempts]


def _fire_free(command: Command, timers: Sequence[TimerRow]) -> int:
    """Fire the first in each tree of instances that nobody holds; return how many."""
    roots = command.lock_free([key for t in timers if (key := t.process_instance_key) is not None])
    until = monotonic_seconds() + BATCH_SECONDS
    busy: set[int] = set()
    fired: list[int] = []
    for timer in timers:
        if timer.process_instance_key is not None:
            root = roots.get(timer.process_instance_key)
            if root is None or root in busy:
                continue
            busy.add(root)
        if fired and monotonic_seconds() > until:
            break
        _fire(command, timer)
        fired.append(timer.key)
    waits.delete_timers(command.batch, fired)
    return len(fired)


def _fire_alone(command: Command, key: int) -> None:
    """Fire a timer unless somebody else did, or moved it, or holds it for too long."""
    wait_at_most(command.connection, PATIENCE_MS)
    timer = _wait_for(command, key)
    if timer is not None and not timer.blocked and timer.due_at <= command.now:
        _fire(command, timer)
        waits.delete_timers(command.batch, [key])


def _wait_for(command: Command, key: int) -> TimerRow | None:
    """Take the instance and then the timer, as all others do, after whoever holds them."""
    timer = waits.find_timer(command.connection, key)
    if timer is not None and timer.process_instance_key is not None:
        command.lock(timer.process_instance_key)
    return waits.claim_timer(command.connection, key)


def _fire(command: Command, timer: TimerRow) -> None:
    reached(Point.TIMER_CLAIMED)
    if timer.process_instance_key is None or timer.element_instance_key is None:
        start_by_timer(command, timer)
        return
    running = command.load(timer.process_instance_key)
    command.record(
        running.row.key,
        "timer_fired",
        element_id=timer.element_id,
        payload={"due_at": timer.due_at, "timer_key": timer.key},
    )
    running.execution.fire_timer(timer.element_instance_key)


def _open_incident(command: Command, timer: TimerRow, message: str) -> None:
    if timer.process_instance_key is None or timer.element_instance_key is None:
        waits.delete_timers(command.batch, [timer.key])
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
