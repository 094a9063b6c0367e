"""What runs without being asked: timers, broadcast signals and the built-in connectors' jobs."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import structlog

from engine.clock import monotonic_seconds
from engine.jobs.executor import JobExecutor
from engine.jobs.heartbeat import Heartbeat
from engine.jobs.scheduler import Waker
from engine.persistence.stores import due
from engine.persistence.stores.due import Due
from engine.services.connector_jobs import LEASE, ConnectorJobs
from engine.services.context import Context
from engine.services.jobs import ActivatedJob
from engine.services.signals import SignalService
from engine.services.timers import TimerService

POOL_SIZE = 4
FIRING_THREADS = 2
"""Batches of timers that one node fires at the same time on PostgreSQL."""
THREADS = FIRING_THREADS + 2
"""The others deliver signals, and do what has failed before."""
FIRING_SECONDS = 1.0
"""However many timers are due: after so long it is looked what else is."""
HELD_BY_OTHERS = timedelta(seconds=0.1)
"""When to look again at what is due and in the hands of another node."""
HEARTBEAT_EVERY = LEASE / 4
LONGEST_JOB = timedelta(minutes=5)
"""A connector's call that takes longer is given up: another node may take the job."""

_Work = Callable[[Callable[[], bool]], int]

_log = structlog.get_logger(__name__)


class Background:
    """Fires timers, delivers signals, runs connector jobs; woken by `Waker` when they are due."""

    def __init__(
        self,
        context: Context,
        *,
        connector_jobs: ConnectorJobs,
        timers: TimerService,
        signals: SignalService,
    ) -> None:
        self._context = context
        self._connector_jobs = connector_jobs
        self._timers = timers
        self._signals = signals
        self._stopping = threading.Event()
        self._looked_at: float | None = None
        self._heartbeat: Heartbeat[ActivatedJob] = Heartbeat(
            connector_jobs.prolong, every=HEARTBEAT_EVERY, longest=LONGEST_JOB
        )
        self._executor: JobExecutor[ActivatedJob] = JobExecutor(
            pool_size=POOL_SIZE, claim=connector_jobs.claim, run=self._run_job
        )
        # SQLite has one writer at a time: more threads would only wait for each other.
        self._threads = None if context.database.is_sqlite else ThreadPoolExecutor(THREADS)
        self._failing: Future[int] | None = None
        self._waker = Waker(self._run_due, clock=context.clock)

    def start(self) -> None:
        """Start working, now and whenever something is due."""
        self._looked_at = monotonic_seconds()
        self._context.woken.append(self.wake)
        self._heartbeat.start()
        self._executor.start()
        self._waker.start()

    def stop(self, *, within: timedelta | None = None) -> bool:
        """Finish what is in hand and take nothing more.

        Returns:
            Whether all has ended. False if connectors still waited after *within* (None: however
            long): their calls may have their effect, so their leases run out and are not returned.
        """
        self._stopping.set()
        self._waker.stop()
        if self._threads is not None:
            self._threads.shutdown()
        finished = self._executor.stop(within=within)
        self._heartbeat.stop()
        if not finished:
            _log.warning("stopped before a connector's call was answered; its lease runs out")
        return finished

    def seconds_since_look(self) -> float | None:
        """Say how long ago it last looked for due work; None for a node that does none.

        It looks each second, and between two batches when there is much to do.
        """
        return None if self._looked_at is None else monotonic_seconds() - self._looked_at

    def run_until_idle(self) -> None:
        """Do all that is due, in this thread; for virtual time and tests.

        Jobs that the pool is running end first: their leases must not run out on a clock that
        is about to jump.
        """
        self._executor.wait_for_running()
        while self._do_all_due() + self._executor.run_until_idle():
            pass

    def settle(self) -> datetime | None:
        """Do all that is due and return when the next thing is, with nothing left running."""
        while True:
            self.run_until_idle()
            next_due = self.next_due()
            if not self._executor.is_running:
                return next_due

    def next_due(self) -> datetime | None:
        """Return when something happens next, or None if nothing is planned."""
        return self._due(self._context.clock.now()).first

    def wake(self) -> None:
        """Look soon at what is due and when the next thing is. Returns at once."""
        self._waker.ask()

    def _run_due(self) -> datetime | None:
        """Do what is due, jobs beside the rest; return when the next thing is.

        One statement when nothing is due, however much waits.
        """
        while True:
            self._looked_at = monotonic_seconds()
            now = self._context.clock.now()
            waiting = self._due(now)
            if waiting.job is not None and waiting.job <= now:
                self._executor.poke()
            ours = waiting.next_timer_or_signal
            if ours is None or ours > now or self._stopping.is_set():
                return waiting.next_beside_jobs_at_hand
            if not self._do_due(waiting, now):
                return now + HELD_BY_OTHERS

    def _do_due(self, waiting: Due, now: datetime) -> int:
        """Fire and deliver what is due for a while; return how many rows were seen.

        What has failed before has its turn then, though more be due meanwhile.
        """
        works: list[_Work] = []
        if waiting.timer is not None and waiting.timer <= now:
            works += [self._timers.fire_due] * (FIRING_THREADS if self._threads else 1)
        if waiting.signal is not None and waiting.signal <= now:
            works.append(self._signals.deliver_due)
        may_go_on = self._for_a_while()
        if self._threads is None:
            return sum(work(may_go_on) for work in works) + self._do_failed()
        threads = [self._threads.submit(work, may_go_on) for work in works]
        wait(threads)  # though one raises: a round ends as a whole
        return sum(thread.result() for thread in threads) + self._do_failed_beside()

    def _for_a_while(self) -> Callable[[], bool]:
        until = monotonic_seconds() + FIRING_SECONDS
        return lambda: monotonic_seconds() < until and not self._stopping.is_set()

    def _do_failed_beside(self) -> int:
        """Let a thread do what has failed before, which nobody waits for: it may run for long.

        Returns how many rows it has seen since it was asked the last time.
        """
        before = self._failing
        if self._threads is None or (before is not None and not before.done()):
            return 0
        self._failing = self._threads.submit(self._do_failed)
        return 0 if before is None else before.result()

    def _do_failed(self) -> int:
        """Do failed timers for a while, and then failed signals for as long."""
        timers = self._timers.fire_failed(self._for_a_while())
        return timers + self._signals.deliver_failed(self._for_a_while())

    def _do_all_due(self) -> int:
        batches = self._timers.fire_due() + self._signals.deliver_due()
        return batches + self._timers.fire_failed() + self._signals.deliver_failed()

    def _run_job(self, job: ActivatedJob) -> None:
        with self._heartbeat.of(job):
            self._connector_jobs.run(job)

    def _due(self, now: datetime) -> Due:
        with self._context.database.read() as connection:
            return due.find(connection, self._connector_jobs.types, now)
