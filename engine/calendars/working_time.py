"""Working time: when a promise falls due, and how much work lies between two moments."""

import calendar as gregorian
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.calendars.calendar import Calendar
from engine.calendars.durations import DurationLike, working_duration
from engine.errors import LimitExceeded

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_HORIZON_YEARS = 20
"""A promise further away than this is a mistake: a calendar without work, or a unit mixed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """When a promise falls due.

    ``at`` is aware UTC. ``provisional`` says that holidays on the way are not published yet, so
    that the date must be computed again when they are.
    """

    at: datetime
    provisional: bool


def add_working_time(calendar: Calendar, start: datetime, duration: DurationLike) -> DueDate:
    """Say when *duration* of work after *start* is over.

    Months come first: the same day of a later month (or that month's last day), and from there the
    next working day unless it is one. Then working days: the n-th working day after that date. Both
    keep the local time of day, even when it lies outside the windows. Then hours are counted inside
    the windows; they end at the earliest moment, closing time rather than the next opening.
    No time at all leaves *start* where it is, working or not.

    Args:
        calendar: Where the work is done.
        start: Aware, any zone.
        duration: See :func:`engine.calendars.durations.working_duration`.

    Raises:
        ValueError: *start* has no time zone.
        InvalidInput: *duration* is not understood or negative.
        LimitExceeded: the calendar has not that much work in 20 years, or before the year 10000.

    >>> from engine.calendars.china import china
    >>> noon = datetime(2025, 9, 30, 4, tzinfo=UTC)
    >>> add_working_time(china(), noon, "P2D").at.isoformat()
    '2025-10-10T04:00:00+00:00'
    """
    amount = working_duration(duration)
    at = _aware(start)
    try:
        if amount.months:
            at = _after_months(calendar, at, amount.months)
        if amount.days:
            at = _after_days(calendar, at, amount.days)
        if amount.time:
            at = _after_time(calendar, at, amount.time)
    except OverflowError:
        raise _out_of_reach(calendar) from None
    return DueDate(at=at, provisional=calendar.is_provisional(at.astimezone(calendar.zone).date()))


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the time inside the windows from *start* to *end*, both aware; negative backwards.

    Raises:
        ValueError: a datetime has no time zone.
    """
    start, end = _aware(start), _aware(end)
    if end < start:
        return -working_time_between(calendar, end, start)
    return sum((closes - opens for opens, closes in _stretches(calendar, start, end)), _NOTHING)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a datetime without a time zone: {moment}")
    return moment.astimezone(UTC)


def _after_months(calendar: Calendar, start: datetime, months: int) -> datetime:
    local = start.astimezone(calendar.zone)
    years, month = divmod(local.month - 1 + months, 12)
    year = local.year + years
    if year > min(local.year + _HORIZON_YEARS, date.max.year):
        raise _out_of_reach(calendar)
    last_day = gregorian.monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(local.day, last_day))
    if not calendar.is_workday(day):
        day = _nth_workday_after(calendar, day, 1)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def _after_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    local = start.astimezone(calendar.zone)
    day = _nth_workday_after(calendar, local.date(), days)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def _nth_workday_after(calendar: Calendar, day: date, count: int) -> date:
    for _ in range(_HORIZON_YEARS * 366):
        day += _ONE_DAY
        if calendar.is_workday(day):
            count -= 1
            if not count:
                return day
    raise _out_of_reach(calendar)


def _after_time(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    for opens, closes in _stretches(calendar, start, start + _HORIZON_YEARS * 366 * _ONE_DAY):
        if amount <= closes - opens:
            return opens + amount
        amount -= closes - opens
    raise _out_of_reach(calendar)


def _out_of_reach(calendar: Calendar) -> LimitExceeded:
    return LimitExceeded(f"calendar {calendar.id!r} has not that much working time in 20 years")


def _stretches(
    calendar: Calendar, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of work between *start* and *end*: UTC, in order, apart, not empty."""
    day = start.astimezone(calendar.zone).date()
    last_day = end.astimezone(calendar.zone).date()
    earliest = start
    while day <= last_day:
        for opens, closes in _stretches_of(calendar, day):
            # A window may end in the hour that summer time skips, after the next one begins.
            opens, closes = max(opens, earliest), min(closes, end)
            if opens < closes:
                earliest = closes
                yield opens, closes
        day += _ONE_DAY


def _stretches_of(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    windows = calendar.windows_on(day)
    if not windows:
        return
    midnight = datetime.combine(day, time.min, calendar.zone)
    for window in windows:
        # An aware datetime plus a timedelta moves the hands of the wall clock, in the same zone.
        yield (midnight + window.opens).astimezone(UTC), (midnight + window.closes).astimezone(UTC)
