"""Equality, order and membership in FEEL's three-valued logic.

Every function answers True, False or None; None means that the two values cannot be compared
(DMN 1.3, tables 49 to 53). Comparing long strings and nested lists takes from the budget: a list
that holds another one twice, ten times over, is small in memory and endless to compare.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from engine.feel.limits import CHARACTERS_PER_STEP, Budget
from engine.feel.temporal import as_instant, seconds_of_day, time_offset
from engine.feel.values import Range, YearsMonths

_ORDERED = frozenset({Decimal, dt.date, dt.timedelta, YearsMonths})


def equal(left: object, right: object, budget: Budget) -> bool | None:
    """Say whether two values are equal; None when their types differ and neither is null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is str:
        budget.spend(len(left) // CHARACTERS_PER_STEP)  # type: ignore[arg-type]
        return left == right
    special = _EQUALITIES.get(kind)
    return left == right if special is None else special(left, right, budget)


def _equal_lists(left: list[object], right: list[object], budget: Budget) -> bool:
    budget.spend(1 + len(left))
    if len(left) != len(right):
        return False
    # A loop and not all(): nested lists are compared three times as fast.
    for one, other in zip(left, right, strict=True):  # noqa: SIM110
        if not equal(one, other, budget):
            return False
    return True


def _equal_contexts(left: dict[str, object], right: dict[str, object], budget: Budget) -> bool:
    budget.spend(1 + len(left))
    return left.keys() == right.keys() and all(equal(left[key], right[key], budget) for key in left)


def _equal_ranges(left: Range, right: Range, budget: Budget) -> bool:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start, budget) is True
        and equal(left.end, right.end, budget) is True
    )


def _equal_moments(left: dt.datetime, right: dt.datetime, budget: Budget) -> bool:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    return as_instant(left) == as_instant(right)


def _equal_times(left: dt.time, right: dt.time, budget: Budget) -> bool:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    return seconds_of_day(left) == seconds_of_day(right)


_EQUALITIES: dict[type, Callable[..., bool]] = {
    list: _equal_lists,
    dict: _equal_contexts,
    Range: _equal_ranges,
    dt.datetime: _equal_moments,
    dt.time: _equal_times,
}


def less(left: object, right: object, budget: Budget) -> bool | None:
    """Say whether *left* comes before *right*; None when they have no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return left < right  # type: ignore[operator, no-any-return]
    if isinstance(left, str) and isinstance(right, str):
        budget.spend(len(left) // CHARACTERS_PER_STEP)
        return left < right
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        if (left.tzinfo is None) != (right.tzinfo is None):
            return None
        return as_instant(left) < as_instant(right)
    if isinstance(left, dt.time) and isinstance(right, dt.time):
        if (time_offset(left) is None) != (time_offset(right) is None):
            return None
        return seconds_of_day(left) < seconds_of_day(right)
    return None


def less_or_equal(left: object, right: object, budget: Budget) -> bool | None:
    """Say whether *left* does not come after *right*; None when they have no order."""
    after = less(right, left, budget)
    return None if after is None else not after


def in_range(value: object, bounds: Range, budget: Budget) -> bool | None:
    """Say whether *value* lies within *bounds*; None when it has no order with an end."""
    above = bounds.start is None or _ordered(bounds.start, value, bounds.start_included, budget)
    below = bounds.end is None or _ordered(value, bounds.end, bounds.end_included, budget)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _ordered(low: object, high: object, or_equal: bool, budget: Budget) -> bool | None:
    return less_or_equal(low, high, budget) if or_equal else less(low, high, budget)


def member(value: object, test: object, budget: Budget) -> bool | None:
    """Say whether *value* satisfies *test* as one cell of a decision table, or after ``in``.

    A range must contain it, a list must hold it (or a range that contains it), anything else
    must equal it.
    """
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test, budget)
    if isinstance(test, list):
        budget.spend(1 + len(test))
        if isinstance(value, list) and equal(value, test, budget):
            return True
        return any(member(value, item, budget) for item in test)
    return equal(value, test, budget)
