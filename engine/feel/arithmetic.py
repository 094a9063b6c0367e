"""``+ - * / **`` on FEEL values; null when the operands do not fit (DMN 1.3, tables 54 to 58)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from engine.feel.temporal import as_instant, seconds_of_day, shift, time_offset, years_months
from engine.feel.values import NUMBERS, YearsMonths

_Operation = Callable[..., object]
_DAY = dt.timedelta(days=1)


def add(left: object, right: object) -> object:
    """Return ``left + right``."""
    if type(left) is Decimal and type(right) is Decimal:
        return _guarded(NUMBERS.add, left, right)
    operation = _ADD.get((type(left), type(right)))
    if operation is not None:
        return _guarded(operation, left, right)
    operation = _ADD.get((type(right), type(left)))
    return None if operation is None else _guarded(operation, right, left)


def subtract(left: object, right: object) -> object:
    """Return ``left - right``."""
    return _apply(_SUBTRACT, left, right)


def multiply(left: object, right: object) -> object:
    """Return ``left * right``."""
    if isinstance(left, Decimal) and not isinstance(right, Decimal):
        left, right = right, left
    return _apply(_MULTIPLY, left, right)


def divide(left: object, right: object) -> object:
    """Return ``left / right``, null when *right* is zero."""
    return _apply(_DIVIDE, left, right)


def power(left: object, right: object) -> object:
    """Return ``left ** right``."""
    return _apply({(Decimal, Decimal): NUMBERS.power}, left, right)


def negate(operand: object) -> object:
    """Return ``-operand``."""
    if isinstance(operand, Decimal):
        return NUMBERS.minus(operand)
    if isinstance(operand, dt.timedelta):
        return _guarded(dt.timedelta.__neg__, operand)
    return YearsMonths(-operand.months) if isinstance(operand, YearsMonths) else None


def _apply(table: dict[tuple[type, type], _Operation], left: object, right: object) -> object:
    operation = table.get((type(left), type(right)))
    return None if operation is None else _guarded(operation, left, right)


def _guarded(operation: _Operation, *operands: object) -> object:
    """Apply *operation*; a result that no FEEL value can hold is null."""
    try:
        return operation(*operands)
    except (ArithmeticError, ValueError):
        return None


def add_months(date: dt.date | dt.datetime, months: int) -> dt.date | dt.datetime | None:
    """Move by whole months; a day that the month lacks becomes its last day."""
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    day = min(date.day, days_in_month(year, month + 1))
    return date.replace(year=year, month=month + 1, day=day)


def days_in_month(year: int, month: int) -> int:
    """Return how many days the month has (1 to 12 for *month*)."""
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _add_period(date: dt.date, period: YearsMonths) -> object:
    return add_months(date, period.months)


def _subtract_period(date: dt.date, period: YearsMonths) -> object:
    return add_months(date, -period.months)


def _shift_date(date: dt.date, by: dt.timedelta) -> dt.date:
    # From midnight on: 36 hours after a date is the next date, 36 hours before it the one
    # before the last. Floor division on negative durations does both.
    return date + by // _DAY * _DAY


def _shift_time(time: dt.time, by: dt.timedelta) -> dt.time:
    day = dt.datetime.combine(dt.date(2000, 1, 3), time.replace(tzinfo=None)) + by % _DAY
    return day.time().replace(tzinfo=time.tzinfo)


def _between_moments(left: dt.datetime, right: dt.datetime) -> dt.timedelta | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return as_instant(left) - as_instant(right)


def _between_times(left: dt.time, right: dt.time) -> dt.timedelta | None:
    if (time_offset(left) is None) != (time_offset(right) is None):
        return None
    return seconds_of_day(left) - seconds_of_day(right)


def midnight(date: dt.date, like: dt.datetime) -> dt.datetime:
    """Return the start of *date*: in UTC when *like* has a zone, else local (10.3.2.3.5)."""
    zone = None if like.tzinfo is None else dt.UTC
    return dt.datetime(date.year, date.month, date.day, tzinfo=zone)


def _total(months: Decimal) -> YearsMonths | None:
    return years_months(int(months))


def _scale(duration: dt.timedelta, factor: Decimal) -> dt.timedelta:
    microseconds = NUMBERS.multiply(Decimal(duration // dt.timedelta(microseconds=1)), factor)
    return dt.timedelta(microseconds=int(microseconds))


def _ratio(left: dt.timedelta, right: dt.timedelta) -> Decimal:
    unit = dt.timedelta(microseconds=1)
    return NUMBERS.divide(Decimal(left // unit), Decimal(right // unit))


_ADD: dict[tuple[type, type], _Operation] = {
    (str, str): lambda left, right: left + right,
    (dt.date, YearsMonths): _add_period,
    (dt.date, dt.timedelta): _shift_date,
    (dt.datetime, YearsMonths): _add_period,
    (dt.datetime, dt.timedelta): shift,
    (dt.time, dt.timedelta): _shift_time,
    (YearsMonths, YearsMonths): lambda left, right: years_months(left.months + right.months),
    (dt.timedelta, dt.timedelta): lambda left, right: left + right,
}

_SUBTRACT: dict[tuple[type, type], _Operation] = {
    (Decimal, Decimal): NUMBERS.subtract,
    (dt.date, dt.date): lambda left, right: left - right,
    (dt.date, dt.datetime): lambda left, right: _between_moments(midnight(left, right), right),
    (dt.datetime, dt.date): lambda left, right: _between_moments(left, midnight(right, left)),
    (dt.date, YearsMonths): _subtract_period,
    (dt.date, dt.timedelta): lambda date, by: _shift_date(date, -by),
    (dt.datetime, dt.datetime): _between_moments,
    (dt.datetime, YearsMonths): _subtract_period,
    (dt.datetime, dt.timedelta): lambda moment, by: shift(moment, -by),
    (dt.time, dt.time): _between_times,
    (dt.time, dt.timedelta): lambda time, by: _shift_time(time, -by),
    (YearsMonths, YearsMonths): lambda left, right: years_months(left.months - right.months),
    (dt.timedelta, dt.timedelta): lambda left, right: left - right,
}

_MULTIPLY: dict[tuple[type, type], _Operation] = {
    (Decimal, Decimal): NUMBERS.multiply,
    (YearsMonths, Decimal): lambda left, right: _total(NUMBERS.multiply(left.months, right)),
    (dt.timedelta, Decimal): _scale,
}

_DIVIDE: dict[tuple[type, type], _Operation] = {
    (Decimal, Decimal): NUMBERS.divide,
    (YearsMonths, Decimal): lambda left, right: _total(NUMBERS.divide(left.months, right)),
    (YearsMonths, YearsMonths): lambda left, right: NUMBERS.divide(left.months, right.months),
    (dt.timedelta, Decimal): lambda left, right: _scale(left, NUMBERS.divide(1, right)),
    (dt.timedelta, dt.timedelta): _ratio,
}
