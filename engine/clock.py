"""Where the time comes from; nothing else asks the operating system for it (decision 0010)."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the current time as an aware UTC datetime."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the operating system's time."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only when told to: for tests, scenarios and the demo's virtual days."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the time last set."""
        return self._now

    def set(self, to: datetime) -> None:
        """Move to *to*, forwards or backwards."""
        with self._lock:
            self._now = to.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move forward by *by*."""
        with self._lock:
            self._now += by


def monotonic_seconds() -> float:
    """Return seconds of a clock that never goes back; only differences mean anything."""
    return time.monotonic()
