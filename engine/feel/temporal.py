"""Dates, times and durations: reading them, writing them, their zones and their properties.

Formats are those of XML Schema part 2 as DMN 1.3 (10.3.4.1) asks for them. A time zone is an
offset (``+02:00``, ``Z``) or a name of the tz database (``@Europe/Paris``). As in Camunda the
seconds of a time may be left out, a time may begin with ``T``, and a zone may be written as in
Java's ``+02:00[Europe/Paris]``, where the name counts.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel.values import YearsMonths

MAX_MONTHS = 12 * 999_999_999

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"T?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?"
    r"(?:(Z|z|[+-]\d\d:\d\d(?::\d\d)?)(?:\[([\w+/-]+)\])?|@([\w+/-]+))?",
    re.ASCII,
)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_YEARS_MONTHS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-?)P(?:(\d{1,12})D)?(T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d*))?S)?)?",
    re.ASCII,
)
_WIDEST_OFFSET = dt.timedelta(hours=18)


def parse_date(text: str) -> dt.date | None:
    """Read ``YYYY-MM-DD``; None when it is no such date."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def parse_time(text: str) -> dt.time | None:
    """Read ``hh:mm[:ss[.fff]]`` with an optional offset or zone; None when it is no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    try:
        return dt.time(
            int(found[1]),
            int(found[2]),
            int(found[3] or 0),
            int((found[4] or "")[:6].ljust(6, "0")),
            _parse_zone(found[5], found[6] or found[7]),
        )
    except ValueError:
        return None


def parse_date_and_time(text: str) -> dt.datetime | None:
    """Read ``<date>T<time>``, or a date alone, which means its midnight."""
    date_text, separator, time_text = text.partition("T")
    date = parse_date(date_text)
    if date is None:
        return None
    if not separator:
        return dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 - a local date and time
    time_text, next_day = _end_of_day(time_text)
    time = parse_time(time_text)
    if time is None:
        return None
    try:
        return dt.datetime.combine(date, time) + dt.timedelta(days=next_day)
    except OverflowError:
        return None


def _end_of_day(text: str) -> tuple[str, int]:
    """Turn ``24:00:00``, the end of a day, into midnight and one day more."""
    if text.startswith("24:00:00"):
        return "00" + text[2:], 1
    return text, 0


def parse_duration(text: str) -> dt.timedelta | YearsMonths | None:
    """Read an ISO 8601 duration of either kind; None for a mixture or anything else."""
    if len(text.lstrip("-")) < 3 or text.endswith("T"):
        return None
    months = _YEARS_MONTHS.fullmatch(text)
    if months is not None:
        total = int(months[2] or 0) * 12 + int(months[3] or 0)
        return years_months(-total if months[1] else total)
    days = _DAYS_TIME.fullmatch(text)
    return None if days is None else _days_time(days)


def _days_time(found: re.Match[str]) -> dt.timedelta | None:
    try:
        size = dt.timedelta(
            days=int(found[2] or 0),
            hours=int(found[4] or 0),
            minutes=int(found[5] or 0),
            seconds=int(found[6] or 0),
            microseconds=int((found[7] or "")[:6].ljust(6, "0")),
        )
        return -size if found[1] else size
    except OverflowError:
        return None


def years_months(months: int) -> YearsMonths | None:
    """Make a duration of *months*, None when beyond a thousand million years."""
    return YearsMonths(months) if abs(months) <= MAX_MONTHS else None


def parse_temporal(text: str) -> object:
    """Read what stands in ``@"..."``: a date, time, date and time or duration; else None."""
    if "P" in text[:2]:
        return parse_duration(text)
    date = _DATE.match(text)
    if date is None:
        return parse_time(text)
    return parse_date(text) if date.end() == len(text) else parse_date_and_time(text)


def _parse_zone(offset: str | None, name: str | None) -> dt.tzinfo | None:
    if name:
        return zone(name)
    if offset is None:
        return None
    found = _OFFSET.fullmatch(offset)
    if found is None:
        return dt.UTC
    if int(found[3]) > 59 or int(found[4] or 0) > 59:
        raise ValueError(offset)
    size = dt.timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if size > _WIDEST_OFFSET:
        raise ValueError(offset)
    return offset_zone(-size if found[1] == "-" else size)


def offset_zone(offset: dt.timedelta) -> dt.tzinfo:
    """Make a zone of a fixed offset; ValueError beyond 18 hours."""
    if abs(offset) > _WIDEST_OFFSET:
        raise ValueError(offset)
    return dt.timezone(offset) if offset else dt.UTC


@lru_cache(maxsize=1024)
def zone(name: str) -> dt.tzinfo:
    """Find a zone by an offset or a name of the tz database; ValueError when there is none."""
    if _OFFSET.fullmatch(name) or name == "Z":
        return _parse_zone(name, None) or dt.UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"There is no time zone {name!r}.") from None


def as_instant(value: dt.datetime) -> dt.datetime:
    """Return an aware *value* in UTC and a local one as it stands.

    Python compares and subtracts two times of one zone by their wall clocks; FEEL means the
    instants, which differ across a change to summer time.
    """
    return value if value.tzinfo is None else value.astimezone(dt.UTC)


def shift(value: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Add elapsed time: across a change of summer time 24 hours are not always one date."""
    if value.tzinfo is None:
        return value + by
    return (as_instant(value) + by).astimezone(value.tzinfo)


def time_offset(value: dt.datetime | dt.time) -> dt.timedelta | None:
    """Return the distance from UTC; None for a local value.

    A time that names a zone has no date to look up its offset by, so 1970-01-01 stands in.
    """
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(1970, 1, 1), value)
    return value.utcoffset()


def seconds_of_day(value: dt.time) -> dt.timedelta:
    """Return the time since midnight in UTC, or since local midnight for a local time."""
    elapsed = dt.timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )
    return elapsed - (time_offset(value) or dt.timedelta())


def format_temporal(value: object) -> str | None:
    """Write a date, time or duration in its canonical form; None for any other value."""
    writer = _WRITERS.get(type(value))
    return None if writer is None else writer(value)


def _format_time(value: dt.time) -> str:
    text = value.replace(tzinfo=None).isoformat()
    if "." in text:
        text = text.rstrip("0")
    return text + _format_zone(value)


def _format_date_and_time(value: dt.datetime) -> str:
    return f"{value.date().isoformat()}T{_format_time(value.time())}{_format_zone(value)}"


def format_java(value: dt.datetime) -> str:
    """Write a moment as Camunda's JSON has it: a named zone after its offset, in brackets."""
    if not isinstance(value.tzinfo, ZoneInfo):
        return _format_date_and_time(value)
    fixed = value.replace(tzinfo=offset_zone(value.utcoffset() or dt.timedelta()))
    return f"{_format_date_and_time(fixed)}[{value.tzinfo.key}]"


def _format_zone(value: dt.datetime | dt.time) -> str:
    if value.tzinfo is None:
        return ""
    if isinstance(value.tzinfo, ZoneInfo):
        return f"@{value.tzinfo.key}"
    offset = value.utcoffset()
    if not offset:
        return "Z"
    sign, size = ("-", -offset) if offset < dt.timedelta() else ("+", offset)
    hours, seconds = divmod(int(size.total_seconds()), 3600)
    text = f"{sign}{hours:02}:{seconds // 60:02}"
    return text + (f":{seconds % 60:02}" if seconds % 60 else "")


def _format_years_months(value: YearsMonths) -> str:
    years, months = divmod(abs(value.months), 12)
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if value.months < 0 else "") + "P" + (parts or "0Y")


def _format_days_time(value: dt.timedelta) -> str:
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{size.microseconds:06}".rstrip("0") if size.microseconds else ""
    time_parts = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{seconds}{fraction}S" if seconds or fraction else "")
    )
    text = "P" + (f"{size.days}D" if size.days else "") + (f"T{time_parts}" if time_parts else "")
    return ("-" if value < dt.timedelta() else "") + (text if len(text) > 1 else "P0D")


_WRITERS: dict[type, Callable[..., str]] = {
    dt.date: dt.date.isoformat,
    dt.time: _format_time,
    dt.datetime: _format_date_and_time,
    dt.timedelta: _format_days_time,
    YearsMonths: _format_years_months,
}


def whole_units(value: dt.timedelta) -> tuple[int, int, int, Decimal]:
    """Split a duration into days, hours, minutes and seconds, all with the duration's sign."""
    sign = -1 if value < dt.timedelta() else 1
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact_seconds = Decimal(seconds) + Decimal(size.microseconds).scaleb(-6)
    return sign * size.days, sign * hours, sign * minutes, sign * exact_seconds
