"""A lock that serves waiters in the order they came."""

import threading
from collections import deque
from types import TracebackType


class FifoLock:
    """First come, first served; not re-entrant.

    SQLite has one writer at a time and hands its lock to whoever retries at the right moment:
    with four greedy writers an occasional one waited seconds. Waiting here, in order, keeps the
    longest wait near the sum of those ahead.
    """

    def __init__(self) -> None:
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
        my_turn.wait()

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
