"""Keeps the leases of jobs alive while they are worked on.

A lease is short, so that a dead node's jobs go on soon; a call to a slow server may be long. The
heart of a living node beats for what it has in hand, up to a limit: a job that hangs for ever is
given up, and whoever has it next is protected from this node by the lease's token.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Generic, TypeVar

import structlog

from engine.clock import monotonic_seconds
from engine.jobs.executor import ClaimedJob

_log = structlog.get_logger(__name__)

J = TypeVar("J", bound=ClaimedJob)


class Heartbeat(Generic[J]):
    """Calls ``beat`` for every job that is in hand, every so often.

    Args:
        beat: Prolongs the lease of one job. What it raises is logged; the next beat tries again.
        every: Time between two beats, well below the length of a lease. More than zero.
        longest: A job that has been in hand for so long is not prolonged any more.

    Raises:
        ValueError: *every* is not more than zero.
    """

    def __init__(self, beat: Callable[[J], None], *, every: timedelta, longest: timedelta) -> None:
        if every <= timedelta(0):
            raise ValueError(f"every must be more than zero, got {every}")
        self._beat = beat
        self._every = every.total_seconds()
        self._longest = longest.total_seconds()
        self._state = threading.Condition()
        self._in_hand: dict[object, tuple[J, float]] = {}
        self._stopped = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start beating."""
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Beat no more; what is still in hand loses its lease in time. Does no harm twice."""
        with self._state:
            self._stopped = True
            self._state.notify_all()
        if self._thread is not None:
            self._thread.join()

    @contextmanager
    def of(self, job: J) -> Iterator[None]:
        """Beat for *job* as long as the block lasts."""
        hold = object()  # not the key: a job that was given up may be taken here once more
        with self._state:
            self._in_hand[hold] = (job, monotonic_seconds())
        try:
            yield
        finally:
            with self._state:
                del self._in_hand[hold]

    def _beat_on(self) -> None:
        while not self._is_stopped_within(self._every):
            for job in self._living():
                try:
                    self._beat(job)
                except Exception:
                    _log.exception("a lease could not be prolonged", job_key=job.key)

    def _is_stopped_within(self, seconds: float) -> bool:
        with self._state:
            return self._state.wait_for(lambda: self._stopped, seconds)

    def _living(self) -> list[J]:
        now = monotonic_seconds()
        with self._state:
            return [job for job, since in self._in_hand.values() if now - since < self._longest]
