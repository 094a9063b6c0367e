"""Slows down guessing: each name has to wait after repeated failures, twice as long each time."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

from engine.clock import monotonic_seconds
from engine.errors import TooManyAttempts

FREE_FAILURES = 5
LONGEST_WAIT_SECONDS = 60.0
FORGOTTEN_AFTER_SECONDS = 900.0
REMEMBERED_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float

    def wait_until(self) -> float:
        over = self.count - FREE_FAILURES
        if over < 0:
            return 0.0
        return self.last + min(2.0 ** min(over, 10), LONGEST_WAIT_SECONDS)


class Throttle:
    """Counts failed attempts by name, in this process.

    The first `FREE_FAILURES` cost nothing; after each further one the name waits 1, 2, 4 …
    seconds, `LONGEST_WAIT_SECONDS` at most, so that nobody can be locked out for long.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def check(self, name: str) -> None:
        """Raise TooManyAttempts while *name* has to wait."""
        now = monotonic_seconds()
        with self._lock:
            failures = self._failures.get(name)
        if failures and now < failures.wait_until():
            seconds = math.ceil(failures.wait_until() - now)
            raise TooManyAttempts(
                f"too many failed attempts; try again in {seconds} s", retry_after_seconds=seconds
            )

    def failed(self, name: str) -> None:
        """Count a failed attempt."""
        now = monotonic_seconds()
        with self._lock:
            before = self._failures.get(name)
            is_old = before is None or now - before.last > FORGOTTEN_AFTER_SECONDS
            count = 1 if is_old or before is None else before.count + 1
            self._failures[name] = _Failures(count, now)
            self._failures.move_to_end(name)
            if len(self._failures) > REMEMBERED_AT_MOST:
                self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name that has signed in."""
        with self._lock:
            self._failures.pop(name, None)
