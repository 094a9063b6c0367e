"""Runs jobs that the services have leased, a bounded number at a time.

The executor knows nothing of tables, leases or connectors: it is told how to claim and how to run.
A claimed job is always run, so that stopping never leaves a lease behind that nobody works off.
Each runs in a thread of its own that does not keep the program alive: one that hangs when the
program has to end is given up, and another node takes the job when the lease has run out.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

import structlog

_log = structlog.get_logger(__name__)


class ClaimedJob(Protocol):
    """A job that this process holds the lease of."""

    @property
    def key(self) -> int:
        """The job's key, for the log."""
        ...


J = TypeVar("J", bound=ClaimedJob)


class JobExecutor(Generic[J]):
    """A pool of threads that claims jobs when poked and runs them.

    Args:
        pool_size: Jobs that run at the same time, at least 1.
        claim: Leases up to the given number of jobs to this process and returns them; fewer than
            asked for means that there are no more for now.
        run: Runs one job and records its result. It handles what it expects; whatever it lets
            through is logged with the job's key, and the lease runs out by itself.

    Raises:
        ValueError: *pool_size* is below 1.
    """

    def __init__(
        self,
        *,
        pool_size: int,
        claim: Callable[[int], Sequence[J]],
        run: Callable[[J], None],
    ) -> None:
        if pool_size < 1:
            raise ValueError(f"pool_size must be at least 1, got {pool_size}")
        self._pool_size = pool_size
        self._claim = claim
        self._run = run
        self._state = threading.Condition()
        self._poked = True  # jobs may wait from before the start
        self._stopping = False
        self._busy = 0
        self._claimer: threading.Thread | None = None

    def start(self) -> None:
        """Start claiming; jobs that already wait are taken at once.

        Raises:
            RuntimeError: It was started or stopped before; an executor starts once.
        """
        with self._state:
            if self._claimer is not None or self._stopping:
                raise RuntimeError("a job executor starts once")
            self._claimer = threading.Thread(target=self._claim_and_hand_out, name="job-claimer")
            self._claimer.start()

    def poke(self) -> None:
        """Say that there may be a job to claim. Returns at once; many pokes count as one."""
        with self._state:
            self._poked = True
            self._state.notify_all()

    def stop(self, *, within: timedelta | None = None) -> bool:
        """Claim nothing more and wait for the jobs that run. Does no harm twice.

        Returns:
            Whether all have ended; False if some had not *within* that time (None: however long).
        """
        with self._state:
            self._stopping = True
            self._state.notify_all()
            claimer = self._claimer
        if claimer is not None:
            claimer.join()
        with self._state:
            seconds = None if within is None else within.total_seconds()
            return self._state.wait_for(lambda: self._busy == 0, seconds)

    @property
    def is_running(self) -> bool:
        """Whether the pool has a job in hand."""
        with self._state:
            return self._busy > 0

    def wait_for_running(self) -> None:
        """Return when no job of the pool is running; others may begin right after."""
        with self._state:
            self._state.wait_for(lambda: self._busy == 0)

    def run_until_idle(self) -> int:
        """Run whatever can be claimed in the calling thread, also what that work makes claimable.

        For tests, scenarios and virtual time; needs no `start`.

        Returns:
            How many jobs were run.

        Raises:
            Exception: Whatever *claim* raises; the caller is there to hear it.
        """
        count = 0
        while jobs := self._claim(self._pool_size):
            for job in jobs:
                self._run_safely(job)
            count += len(jobs)
        return count

    def _claim_and_hand_out(self) -> None:
        while (free := self._wait_for_work()) is not None:
            jobs = self._claim_safely(free)
            with self._state:
                self._busy += len(jobs)
                self._poked = self._poked or len(jobs) >= free
            for job in jobs:
                threading.Thread(
                    target=self._run_in_pool, args=(job,), name=f"job-{job.key}", daemon=True
                ).start()

    def _wait_for_work(self) -> int | None:
        """Return how many jobs may be claimed now, or None when it is time to stop."""
        with self._state:
            self._state.wait_for(
                lambda: self._stopping or (self._poked and self._busy < self._pool_size)
            )
            if self._stopping:
                return None
            self._poked = False
            return self._pool_size - self._busy

    def _claim_safely(self, count: int) -> Sequence[J]:
        try:
            return self._claim(count)
        except Exception:
            _log.exception("jobs could not be claimed; the next poke tries again")
            return ()

    def _run_in_pool(self, job: J) -> None:
        try:
            self._run_safely(job)
        finally:
            with self._state:
                self._busy -= 1
                self._state.notify_all()

    def _run_safely(self, job: J) -> None:
        try:
            self._run(job)
        except Exception:
            _log.exception("a job handler raised unexpectedly", job_key=job.key)
