"""Waiting for a job without asking the database all the time (long polling)."""

import threading
from collections.abc import Callable
from datetime import timedelta

from engine.clock import monotonic_seconds
from engine.persistence.search.jobs import is_any_activatable
from engine.services.context import Context

RECHECK_SECONDS = 1.0
"""A back-off that ends makes a job ready without a commit, so nothing would wake us."""


class JobWait:
    """Holds back requests for jobs until there is one; woken by commits.

    Every waiting request holds a thread of the server, so only a few may wait at a time; the
    others are answered at once, as if their time was over.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._changed = threading.Condition()
        self._commits = 0
        self._waiting = 0
        context.woken.append(self._on_commit)

    def wait(
        self, type: str, *, longest: timedelta, at_most: int, given_up: Callable[[], bool]
    ) -> None:
        """Return when a job of that type may be taken, or *longest* has passed.

        Returns at once where *at_most* requests wait already, and soon when it is *given_up*.
        """
        ends_at = monotonic_seconds() + longest.total_seconds()
        with self._changed:
            if self._waiting >= at_most:
                return
            self._waiting += 1
        try:
            self._wait_until(type, ends_at, given_up)
        finally:
            with self._changed:
                self._waiting -= 1

    def _wait_until(self, type: str, ends_at: float, given_up: Callable[[], bool]) -> None:
        seen = self._commits
        while not given_up() and not self._is_ready(type):
            left = ends_at - monotonic_seconds()
            if left <= 0:
                return
            with self._changed:
                if self._commits == seen:
                    self._changed.wait(min(left, RECHECK_SECONDS))
                seen = self._commits

    def _is_ready(self, type: str) -> bool:
        with self._context.database.read() as connection:
            return is_any_activatable(connection, type, self._context.clock.now())

    def _on_commit(self) -> None:
        with self._changed:
            self._commits += 1
            self._changed.notify_all()
