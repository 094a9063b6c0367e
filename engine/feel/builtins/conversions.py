"""From one type to another, and building dates and times."""

import datetime as dt
import json
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.errors import ExpressionError
from engine.feel import temporal
from engine.feel.builtins.registry import builtin
from engine.feel.json_values import parse_json, to_json
from engine.feel.runtime import Run
from engine.feel.text import to_text
from engine.feel.values import YearsMonths, number

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_MIDNIGHT = dt.time(tzinfo=dt.UTC)


@builtin("string(from: any)", needs_run=True)
def string(run: Run, value: object) -> str | None:
    """Return the value as text."""
    return to_text(value, run.budget)


@builtin("number(from: number)")
def number_of_number(value: Decimal) -> Decimal:
    """Return a number as it is."""
    return value


@builtin("number(from: string, [grouping separator: string or null])")
@builtin(
    "number(from: string, grouping separator: string or null, decimal separator: string or null)"
)
def number_of_text(text: str, grouping: str | None = None, point: str | None = None) -> object:
    """Read a number whose groups of digits and decimals are separated by these signs."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or len(text) > 1000:
        return None
    if grouping is not None and grouping == point:
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if point is not None:
        text = text.replace(point, ".")
    return number(text) if _NUMBER.fullmatch(text) else None


@builtin("date(from: string)")
def date_of_text(text: str) -> dt.date | None:
    """Read a date."""
    return temporal.parse_date(text)


@builtin("date(from: date or date and time)")
def date_of_moment(value: dt.date) -> dt.date:
    """Return the date of a date and time."""
    return dt.date(value.year, value.month, value.day)


@builtin("date(year: number, month: number, day: number)")
def date_of_numbers(year: Decimal, month: Decimal, day: Decimal) -> dt.date | None:
    """Build a date."""
    try:
        return dt.date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


@builtin("date and time(from: string)")
def date_and_time_of_text(text: str) -> dt.datetime | None:
    """Read a date and time."""
    return temporal.parse_date_and_time(text)


@builtin("date and time(from: date or date and time)")
def date_and_time_of_date(value: dt.date) -> dt.datetime:
    """Return the midnight that a date begins with, or a date and time as it is."""
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a local time


@builtin("date and time(date: date or date and time, time: time)")
def date_and_time_of_parts(date: dt.date, time: dt.time) -> dt.datetime:
    """Join a date and a time; the zone is the time's."""
    return dt.datetime.combine(dt.date(date.year, date.month, date.day), time)


@builtin("date and time(date: date and time, timezone: string)")
def date_and_time_in_zone(moment: dt.datetime, name: str) -> dt.datetime | None:
    """Return the moment in another zone; a local one is taken to be in that zone."""
    try:
        zone = temporal.zone(name)
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


@builtin("time(from: string)")
def time_of_text(text: str) -> dt.time | None:
    """Read a time."""
    return temporal.parse_time(text)


@builtin("time(from: time)")
def time_of_time(value: dt.time) -> dt.time:
    """Return a time as it is."""
    return value


@builtin("time(from: date or date and time)")
def time_of_moment(value: dt.date) -> dt.time:
    """Return the time of a date and time with its zone; of a date, midnight in UTC."""
    if not isinstance(value, dt.datetime):
        return _MIDNIGHT
    zone = value.tzinfo
    if isinstance(zone, ZoneInfo):
        # The date, which decides on summer time, is lost: the offset of that moment stays.
        zone = temporal.offset_zone(value.utcoffset() or dt.timedelta())
    return value.time().replace(tzinfo=zone)


@builtin(
    "time(hour: number, minute: number, second: number, [offset: days and time duration or null])"
)
def time_of_numbers(
    hour: Decimal, minute: Decimal, second: Decimal, offset: dt.timedelta | None = None
) -> dt.time | None:
    """Build a time, with an offset from UTC where one is given."""
    microsecond = int(second % 1 * 1_000_000)
    try:
        zone = None if offset is None else temporal.offset_zone(offset)
        return dt.time(int(hour), int(minute), int(second), microsecond, zone)
    except (ValueError, OverflowError):
        return None


@builtin("duration(from: string)")
def duration_of_text(text: str) -> dt.timedelta | YearsMonths | None:
    """Read a duration of either kind."""
    return temporal.parse_duration(text)


@builtin("duration(from: duration)")
def duration_of_duration(value: dt.timedelta | YearsMonths) -> dt.timedelta | YearsMonths:
    """Return a duration as it is."""
    return value


@builtin("years and months duration(from: date or date and time, to: date or date and time)")
def years_and_months_between(start: dt.date, end: dt.date) -> YearsMonths:
    """Return the whole months from one date to another, negative when backwards."""
    sign = 1
    if (start.year, start.month, start.day) > (end.year, end.month, end.day):
        start, end, sign = end, start, -1
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day:
        months -= 1
    return YearsMonths(sign * months)


@builtin("from json(json: string)", needs_run=True)
def from_json(run: Run, text: str) -> object:
    """Read a JSON text; null when it is none."""
    try:
        return run.importer.convert(parse_json(text))
    except (ValueError, RecursionError):
        return None


@builtin("to json(value: any)")
def to_json_text(value: object) -> str | None:
    """Write a value as JSON; null for ranges and functions."""
    try:
        return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))
    except ExpressionError:
        return None
