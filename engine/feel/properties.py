"""What ``value.name`` means on dates, times, durations and ranges (DMN 1.3, table 65)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.temporal import time_offset, whole_units
from engine.feel.values import Range, YearsMonths

_Property = Callable[..., object]


def _attribute(name: str) -> _Property:
    return lambda value: Decimal(getattr(value, name))


def _second(value: dt.time | dt.datetime) -> Decimal:
    return Decimal(value.second)


def _timezone(value: dt.time | dt.datetime) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _total_months(value: YearsMonths, unit: int) -> Decimal:
    sign = -1 if value.months < 0 else 1
    years, months = divmod(abs(value.months), 12)
    return Decimal(sign * (years, months)[unit])


_DATE: dict[str, _Property] = {
    "year": _attribute("year"),
    "month": _attribute("month"),
    "day": _attribute("day"),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_TIME: dict[str, _Property] = {
    "hour": _attribute("hour"),
    "minute": _attribute("minute"),
    "second": _second,
    "time offset": time_offset,
    "timezone": _timezone,
}
_PROPERTIES: dict[type, dict[str, _Property]] = {
    dt.date: _DATE,
    dt.time: _TIME,
    dt.datetime: {**_DATE, **_TIME},
    dt.timedelta: {
        "days": lambda value: Decimal(whole_units(value)[0]),
        "hours": lambda value: Decimal(whole_units(value)[1]),
        "minutes": lambda value: Decimal(whole_units(value)[2]),
        "seconds": lambda value: whole_units(value)[3],
    },
    YearsMonths: {
        "years": lambda value: _total_months(value, 0),
        "months": lambda value: _total_months(value, 1),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}

PROPERTY_NAMES = frozenset(name for names in _PROPERTIES.values() for name in names)
"""Every property there is; those with a space are known to the parser by this list."""


def read_property(value: object, name: str) -> object:
    """Return the property of a date, time, duration or range; null when there is none."""
    properties = _PROPERTIES.get(type(value))
    if properties is None or name not in properties:
        return None
    return properties[name](value)
