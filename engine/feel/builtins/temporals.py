"""Functions of dates and times, and the current time."""

import datetime as dt
from decimal import Decimal

from engine.feel.arithmetic import days_in_month
from engine.feel.builtins.registry import builtin
from engine.feel.runtime import Run

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@builtin("now()", needs_run=True)
def now(run: Run) -> dt.datetime:
    """Return the time of the evaluation, in the zone in which the host gave it."""
    return run.now


@builtin("today()", needs_run=True)
def today(run: Run) -> dt.date:
    """Return the date of the evaluation, in the zone in which the host gave the time."""
    return run.now.date()


@builtin("day of week(date: date or date and time)")
def day_of_week(date: dt.date) -> str:
    """Return the English name of the day."""
    return _DAYS[date.weekday()]


@builtin("day of year(date: date or date and time)")
def day_of_year(date: dt.date) -> Decimal:
    """Return the number of the day in its year."""
    return Decimal(date.timetuple().tm_yday)


@builtin("week of year(date: date or date and time)")
def week_of_year(date: dt.date) -> Decimal:
    """Return the ISO 8601 number of the week."""
    return Decimal(date.isocalendar().week)


@builtin("month of year(date: date or date and time)")
def month_of_year(date: dt.date) -> str:
    """Return the English name of the month."""
    return _MONTHS[date.month - 1]


@builtin("last day of month(date: date or date and time)")
def last_day_of_month(date: dt.date) -> dt.date:
    """Return the date of the last day of the month."""
    return dt.date(date.year, date.month, days_in_month(date.year, date.month))
