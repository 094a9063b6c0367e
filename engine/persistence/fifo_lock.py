"""A lock that serves waiters in the order they came."""

import threading
from collections import deque
from datetime import timedelta
from types import TracebackType

from engine.errors import Unavailable


class FifoLock:
    """First come, first served; not re-entrant.

    SQLite has one writer at a time and hands its lock to whoever retries at the right moment:
    with four greedy writers an occasional one waited seconds. Waiting here, in order, keeps the
    longest wait near the sum of those ahead; whoever has waited for *patience* gets Unavailable,
    so that one writer that is stuck does not hold every thread of the server.
    """

    def __init__(self, *, patience: timedelta) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            my_turn = threading.Event()
            self._waiting.append(my_turn)
        if not my_turn.wait(self._patience.total_seconds()):
            self._give_up(my_turn)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False

    def _give_up(self, my_turn: threading.Event) -> None:
        with self._guard:
            if my_turn.is_set():  # it came while we gave up: the lock is ours
                return
            self._waiting.remove(my_turn)
        raise Unavailable("others have been writing to the database for too long; try again")
