"""Wakes the engine when the next timer or job is due. The only importer of APScheduler.

APScheduler holds two jobs in memory, however many timers wait: one for the next due time and one
that sweeps at an interval, in case another node made something due. Both only ring a bell, in
APScheduler's own thread; a thread of ours hears it and does the work. A run in a pool of
APScheduler's would count as an instance of its job until after it has planned the next one, which
is then skipped ("maximum number of running instances reached") and the wake-up lost.
What is due is in the database; this module knows only when to look.
"""

import queue
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from engine.clock import Clock, SystemClock

_log = structlog.get_logger(__name__)

# APScheduler measures by the machine's clock, so a far due time is looked at again in between.
_LONGEST_WAIT = timedelta(hours=1)
# Keeps a virtual clock that stands still just before a due time from being asked without a pause.
_WAIT_AFTER_EARLY_WAKE = timedelta(seconds=1)


class Waker:
    """Calls ``run_due`` when something is due, at each sweep, and when asked; never twice at once.

    What is asked for while ``run_due`` runs causes one more run after it, however often it is
    asked for. All methods may be called from any thread, also by ``run_due`` itself.

    Args:
        run_due: Does all that is due and returns the next due time, or None when it knows of none.
            If it raises, that is logged and the next wake or sweep tries again.
        clock: By which due times are meant; a virtual one is followed by `poke`.
        sweep_every: Machine time between two sweeps, more than zero.

    Raises:
        ValueError: *sweep_every* is not more than zero.
    """

    def __init__(
        self,
        run_due: Callable[[], datetime | None],
        *,
        clock: Clock,
        sweep_every: timedelta = timedelta(seconds=1),
    ) -> None:
        if sweep_every <= timedelta(0):
            raise ValueError(f"sweep_every must be more than zero, got {sweep_every}")
        self._run_due = run_due
        self._clock = clock
        self._machine_clock = SystemClock()
        self._sweep_every = sweep_every
        self._state = threading.Condition()
        self._armed_for: datetime | None = None
        self._asked = 0
        self._answered = 0
        self._sweep_rung = False
        self._runner: int | None = None
        self._started = False
        self._stopped = False
        self._rings: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="waker", daemon=True)
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": DebugExecutor()},  # rings in APScheduler's own thread
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )

    @property
    def armed_for(self) -> datetime | None:
        """The earliest time, by the clock given, for which a run is planned; None for none."""
        with self._state:
            return self._armed_for

    def start(self) -> None:
        """Start waking; the first sweep is at once.

        Raises:
            RuntimeError: It was started or stopped before; a waker starts once.
        """
        with self._state:
            if self._started or self._stopped:
                raise RuntimeError("a waker starts once")
            self._started = True
            self._listener.start()
            self._scheduler.start()
            self._plan_sweeps()

    def stop(self) -> None:
        """Start no further run and return when the running one has ended. Does no harm twice.

        Raises:
            RuntimeError: ``run_due`` called it; it would wait for itself.
        """
        with self._state:
            if self._runner == threading.get_ident():
                raise RuntimeError("run_due must not stop the waker that called it")
            self._stopped = True
            self._state.wait_for(lambda: self._runner is None)
        if self._started and self._scheduler.running:
            # Only now, when nobody plans any more: its shutdown holds the lock that planning needs.
            self._scheduler.shutdown(wait=True)
            self._rings.put(None)
            self._listener.join()

    def wake_at(self, due: datetime) -> None:
        """Make sure that a run starts at *due*, or at once if that is past. Returns at once.

        An earlier time already planned stays. After `stop` this does nothing.

        Raises:
            ValueError: *due* has no time zone.
        """
        if due.tzinfo is None:
            raise ValueError("due must be aware")
        with self._state:
            self._note(due)
            if self._runner is None:
                self._plan()

    def ask(self) -> None:
        """Run soon, in the waker's own thread. Returns at once; asked often, it runs once.

        Before `start` and after `stop` this does nothing: starting looks anyway.
        """
        with self._state:
            if self._runner is not None:
                self._ask()
            elif self._started and not self._sweep_rung:
                self._sweep_rung = True
                self._rings.put(self._sweep)

    def poke(self) -> None:
        """Run now in this thread and return when it is done; say it after moving a virtual clock.

        If a run is under way in another thread, wait for it and for the one after it, which sees
        what the caller has changed. Called by ``run_due``, it returns at once and one more run
        follows. After `stop` this does nothing.
        """
        with self._state:
            ticket = self._ask()
            if self._runner == threading.get_ident():
                return
            self._state.wait_for(lambda: self._runner is None or self._answered >= ticket)
            if self._runner is not None or self._answered >= ticket:
                return
            self._runner = threading.get_ident()
        self._run_until_answered()

    def _listen(self) -> None:
        """Do what the rings say, until the waker is stopped.

        Were the machine's clock set back, APScheduler would wait as long for the next sweep: it is
        planned anew when nothing rang for twice its interval.
        """
        while True:
            try:
                ring = self._rings.get(timeout=2 * self._sweep_every.total_seconds())
            except queue.Empty:
                self._plan_sweeps()
                continue
            if ring is None:
                return
            ring()

    def _sweep(self) -> None:
        """Run, unless another thread does: then that one runs once more."""
        with self._state:
            self._sweep_rung = False
            self._ask()
            if self._runner is not None:
                return
            self._runner = threading.get_ident()
        self._run_until_answered()

    def _wake(self, planned_for: datetime) -> None:
        """Run if the clock given has come to the planned time, else wait on.

        A ring may be heard late, when another run has served its time: the time that is planned
        since then has a ring of its own.
        """
        with self._state:
            if self._armed_for is not None and self._armed_for > self._clock.now():
                if self._armed_for == planned_for:
                    self._plan(at_least=_WAIT_AFTER_EARLY_WAKE)
                return
        self._sweep()

    def _ask(self) -> int:
        """Ask for one more run and return the number by which its answer is known."""
        self._asked += 1
        return self._asked

    def _run_until_answered(self) -> None:
        while (ticket := self._next_ticket()) is not None:
            next_due = self._run_safely()
            with self._state:
                self._answered = ticket
                if next_due is not None:
                    self._note(next_due)

    def _next_ticket(self) -> int | None:
        """Begin the next run, or leave the run to others when all that was asked is answered."""
        with self._state:
            if self._stopped or self._answered == self._asked:
                self._runner = None
                self._plan()
                self._state.notify_all()
                return None
            self._state.notify_all()
            if self._armed_for is not None and self._armed_for <= self._clock.now():
                self._armed_for = None
            return self._asked

    def _run_safely(self) -> datetime | None:
        try:
            return self._run_due()
        except Exception:
            _log.exception("what is due could not be run; the next wake or sweep tries again")
            return None

    def _note(self, due: datetime) -> None:
        """Take *due* into account: past means one more run, if a run is under way to do it."""
        if self._runner is not None and due <= self._clock.now():
            self._ask()
        elif self._armed_for is None or due < self._armed_for:
            self._armed_for = due

    def _plan_sweeps(self) -> None:
        """Tell APScheduler to sweep, now and at the interval."""
        self._scheduler.add_job(
            self._rings.put,
            IntervalTrigger(seconds=self._sweep_every.total_seconds(), timezone=UTC),
            args=(self._sweep,),
            id="sweep",
            next_run_time=self._machine_clock.now(),
            replace_existing=True,
        )

    def _plan(self, at_least: timedelta = timedelta(0)) -> None:
        """Tell APScheduler when to wake, from the armed time and the clocks as they are now."""
        if self._armed_for is None or not self._started or self._stopped:
            return
        wait = min(max(self._armed_for - self._clock.now(), at_least), _LONGEST_WAIT)
        self._scheduler.add_job(
            self._rings.put,
            DateTrigger(self._machine_clock.now() + wait),
            args=(partial(self._wake, self._armed_for),),
            id="wake",
            replace_existing=True,
        )
