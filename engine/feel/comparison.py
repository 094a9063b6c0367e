"""Equality, order and membership in FEEL's three-valued logic.

Every function answers True, False or None; None means that the two values cannot be compared
(DMN 1.3, tables 49 to 53).
"""

import datetime as dt
from decimal import Decimal

from engine.feel.temporal import as_instant, seconds_of_day, time_offset
from engine.feel.values import Range, YearsMonths

_ORDERED = frozenset({Decimal, str, dt.date, dt.timedelta, YearsMonths})


def equal(left: object, right: object) -> bool | None:
    """Say whether two values are equal; None when their types differ and neither is null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if isinstance(left, list):
        return _equal_lists(left, right)  # type: ignore[arg-type]
    if isinstance(left, dict):
        return _equal_contexts(left, right)  # type: ignore[arg-type]
    if kind is dt.datetime or kind is dt.time:
        return _equal_times(left, right)  # type: ignore[arg-type]
    if isinstance(left, Range):
        return _equal_ranges(left, right)  # type: ignore[arg-type]
    return left == right


def _equal_lists(left: list[object], right: list[object]) -> bool:
    return len(left) == len(right) and all(map(equal, left, right))


def _equal_contexts(left: dict[str, object], right: dict[str, object]) -> bool:
    return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)


def _equal_ranges(left: Range, right: Range) -> bool:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )


def _equal_times(left: dt.datetime | dt.time, right: dt.datetime | dt.time) -> bool:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        return as_instant(left) == as_instant(right)
    return (
        isinstance(left, dt.time)
        and isinstance(right, dt.time)
        and seconds_of_day(left) == seconds_of_day(right)
    )


def less(left: object, right: object) -> bool | None:
    """Say whether *left* comes before *right*; None when they have no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return left < right  # type: ignore[operator, no-any-return]
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        if (left.tzinfo is None) != (right.tzinfo is None):
            return None
        return as_instant(left) < as_instant(right)
    if isinstance(left, dt.time) and isinstance(right, dt.time):
        if (time_offset(left) is None) != (time_offset(right) is None):
            return None
        return seconds_of_day(left) < seconds_of_day(right)
    return None


def less_or_equal(left: object, right: object) -> bool | None:
    """Say whether *left* does not come after *right*; None when they have no order."""
    after = less(right, left)
    return None if after is None else not after


def in_range(value: object, bounds: Range) -> bool | None:
    """Say whether *value* lies within *bounds*; None when it has no order with an end."""
    above = bounds.start is None or _ordered(bounds.start, value, bounds.start_included)
    below = bounds.end is None or _ordered(value, bounds.end, bounds.end_included)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _ordered(low: object, high: object, or_equal: bool) -> bool | None:
    return less_or_equal(low, high) if or_equal else less(low, high)


def member(value: object, test: object) -> bool | None:
    """Say whether *value* satisfies *test* as one cell of a decision table, or after ``in``.

    A range must contain it, a list must hold it (or a range that contains it), anything else
    must equal it.
    """
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test)
    if isinstance(test, list):
        if isinstance(value, list) and equal(value, test):
            return True
        return any(member(value, item) for item in test)
    return equal(value, test)
