"""A transaction that lost a race begins anew; nobody is told who need not know."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from engine import metrics
from engine.errors import RevisionConflict

P = ParamSpec("P")
T = TypeVar("T")

MAX_ATTEMPTS = 5


def begins_anew(transaction: Callable[P, T]) -> Callable[P, T]:
    """Let a function that is one transaction begin anew when it loses a race (RevisionConflict).

    It reads everything again, so the next attempt sees what the winner did; what it does before
    the transaction must bear repetition. After `MAX_ATTEMPTS` the caller is told.
    """

    @wraps(transaction)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> T:
        for left in reversed(range(MAX_ATTEMPTS)):
            try:
                return transaction(*args, **kwargs)
            except RevisionConflict:
                metrics.RACES.labels("retried" if left else "refused").inc()
                if not left:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    return attempt
