"""What runs without being asked: timers, broadcast signals and the built-in connectors' jobs."""

from datetime import datetime

import structlog

from engine.errors import Unavailable
from engine.jobs.executor import JobExecutor
from engine.jobs.scheduler import Waker
from engine.persistence.stores import jobs
from engine.services.connector_jobs import ConnectorJobs
from engine.services.context import Context
from engine.services.jobs import ActivatedJob
from engine.services.signals import SignalService
from engine.services.timers import TimerService

POOL_SIZE = 4

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
        self._executor: JobExecutor[ActivatedJob] = JobExecutor(
            pool_size=POOL_SIZE, claim=connector_jobs.claim, run=connector_jobs.run
        )
        self._waker = Waker(self._run_due, clock=context.clock)

    def start(self) -> None:
        """Start working, now and whenever something is due."""
        self._context.woken.append(self.wake)
        self._executor.start()
        self._waker.start()

    def stop(self) -> None:
        """Finish what is in hand and take nothing more."""
        self._waker.stop()
        self._executor.stop()

    def run_until_idle(self) -> None:
        """Do all that is due, in this thread; for virtual time and tests.

        Jobs that the pool is running end first: their leases must not run out on a clock that
        is about to jump.
        """
        self._executor.wait_for_running()
        while self._fire_and_deliver() + self._executor.run_until_idle():
            pass

    def settle(self) -> datetime | None:
        """Do all that is due and return when the next thing is, with nothing left running."""
        while True:
            self.run_until_idle()
            due = self.next_due()
            if not self._executor.is_running:
                return due

    def next_due(self) -> datetime | None:
        """Return when something happens next, or None if nothing is planned."""
        return _earliest(self._next_timer_or_signal(), self._next_job())

    def wake(self) -> None:
        """Look again at when the next thing is due.

        It is asked after a commit, so it fails nobody: what it misses, the next sweep finds.
        """
        try:
            due = self.next_due()
        except Unavailable as error:
            _log.warning("what is due next is not known; the next sweep looks", why=str(error))
            return
        if due is not None:
            self._waker.wake_at(due)

    def _run_due(self) -> datetime | None:
        self._fire_and_deliver()
        self._executor.poke()
        # Jobs that may be taken now are in the executor's hands; a timer that came due meanwhile
        # is in nobody's.
        after = self._context.clock.now()
        return _earliest(self._next_timer_or_signal(), self._next_job(after=after))

    def _fire_and_deliver(self) -> int:
        return self._timers.fire_due() + self._signals.deliver_due()

    def _next_timer_or_signal(self) -> datetime | None:
        return _earliest(self._timers.next_due(), self._signals.next_due())

    def _next_job(self, *, after: datetime | None = None) -> datetime | None:
        with self._context.database.read() as connection:
            return jobs.next_due(connection, self._connector_jobs.types, after=after)


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((time for time in (one, other) if time is not None), default=None)
