"""When a failed job is tried again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

_LONGEST_DELAY = timedelta(days=366)
_LARGEST_FACTOR = 100.0
_RANDOM_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How far apart the attempts at one job lie.

    Attributes:
        first_delay: Wait after the first failure. More than zero.
        factor: Each further wait is this many times the one before; from 1 to 100.
        max_delay: No wait is longer than this; from ``first_delay`` to 366 days.
        jitter: The share of a wait that may be cut off, from 0 (none) up to, but not, 1. It keeps
            jobs that failed together from coming back together.

    Raises:
        ValueError: A value lies outside its range.
    """

    first_delay: timedelta = timedelta(seconds=30)
    factor: float = 4.0
    max_delay: timedelta = timedelta(hours=1)
    jitter: float = 0.1

    def __post_init__(self) -> None:
        if self.first_delay <= timedelta(0):
            raise ValueError(f"first_delay must be more than zero, got {self.first_delay}")
        if not 1 <= self.factor <= _LARGEST_FACTOR:
            raise ValueError(f"factor must be from 1 to 100, got {self.factor}")
        if not self.first_delay <= self.max_delay <= _LONGEST_DELAY:
            raise ValueError(
                f"max_delay must be from first_delay to 366 days, got {self.max_delay}"
            )
        if not 0 <= self.jitter < 1:
            raise ValueError(f"jitter must be at least 0 and less than 1, got {self.jitter}")

    def next_attempt_at(self, *, failed_attempts: int, failed_at: datetime, key: str) -> datetime:
        """Say when to try again after a failure.

        The wait after failure *n* (1, 2, ...) is
        ``min(first_delay * factor ** (n - 1), max_delay)``, less a share of at most ``jitter``.
        The share is drawn from *key* and *n* alone: asked again, on any node, the answer is the
        same, so the time shown to an operator is the one that is used.

        Args:
            failed_attempts: Failures so far, this one included. At least 1.
            failed_at: Time of this failure, aware.
            key: What is tried again, for instance the job's idempotency key.

        Returns:
            A time later than *failed_at*, in its time zone.

        Raises:
            ValueError: *failed_attempts* is below 1, or *failed_at* has no time zone.
        """
        if failed_attempts < 1:
            raise ValueError(f"failed_attempts must be at least 1, got {failed_attempts}")
        if failed_at.tzinfo is None:
            raise ValueError("failed_at must be aware")
        cut = self.jitter * _share(f"{key}:{failed_attempts}")
        return failed_at + self._full_delay(failed_attempts) * (1 - cut)

    def _full_delay(self, failed_attempts: int) -> timedelta:
        delay = self.first_delay
        for _ in range(failed_attempts - 1):
            longer = delay * self.factor
            # Stops at the cap, because a power of a large attempt number overflows.
            if longer >= self.max_delay or longer == delay:
                return min(longer, self.max_delay)
            delay = longer
        return delay


def _share(text: str) -> float:
    """Return a number from 0 up to, but not, 1 that looks random but depends on *text* only."""
    digest = hashlib.sha256(text.encode()).digest()[:_RANDOM_BYTES]
    return int.from_bytes(digest) / (1 << 8 * _RANDOM_BYTES)
