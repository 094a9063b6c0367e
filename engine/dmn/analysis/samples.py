"""Sample values of each type: every constant, and one value in each space between two of them.

A cell that only compares its input with the constants answers the same for all values of one
space, so one sample stands for them all.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from engine.feel.temporal import as_instant, shift
from engine.feel.values import NUMBERS, YearsMonths, kind_of

_DAY = dt.timedelta(days=1)
_MOMENT = dt.timedelta.resolution

Kind = tuple[str, bool]
"""A FEEL type, and whether its dates and times have a zone: those with and without never meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """How to find a value before, between and after; what does not exist is None or overflows."""

    below: Callable[..., object]
    between: Callable[..., object]
    above: Callable[..., object]
    usual: object
    key: Callable[..., object] = lambda value: value


def kind_of_sample(value: object) -> Kind:
    """Return the kind of a scalar."""
    return kind_of(value), getattr(value, "tzinfo", None) is not None


def samples(kind: Kind, constants: Sequence[object], *, whole: bool = False) -> list[object] | None:
    """Return the sample values of a type, in order; None when it cannot be sampled.

    Args:
        kind: The type.
        constants: The values of that type that cells compare with; there may be none.
        whole: Whether only whole numbers lie between the constants.
    """
    name, zoned = kind
    if name == "boolean":
        return [False, True]
    if name == "string":
        texts = sorted(map(str, constants))
        return [*texts, _other_text(texts)]
    scale = _WHOLE if whole and name == "number" else _SCALES.get(name)
    if scale is None or (zoned and name == "time"):
        return None
    return _spread(scale, constants or [scale.usual])


def _other_text(texts: Sequence[str]) -> str:
    return next(text for i in range(len(texts) + 1) if (text := f"other{i or ''}") not in texts)


def _spread(scale: _Scale, constants: Sequence[object]) -> list[object]:
    points = sorted(constants, key=scale.key)  # type: ignore[arg-type]
    found = [_try(scale.below, points[0])]
    for low, high in pairwise(points):
        found += [low, _try(scale.between, low, high)]
    found += [points[-1], _try(scale.above, points[-1])]
    return [value for value in found if value is not None]


def _try(step: Callable[..., object], *ends: object) -> object:
    try:
        return step(*ends)
    except (OverflowError, ArithmeticError):
        return None


def _strictly(low: object, value: object, high: object) -> object:
    return value if low < value < high else None  # type: ignore[operator]


def _number_below(value: Decimal) -> object:
    below = NUMBERS.subtract(value, 1)
    return below if below < value else None


def _number_above(value: Decimal) -> object:
    above = NUMBERS.add(value, 1)
    return above if above > value else None


def _number_between(low: Decimal, high: Decimal) -> object:
    half = NUMBERS.divide(NUMBERS.subtract(high, low), 2)
    return _strictly(low, NUMBERS.add(low, half).normalize(NUMBERS), high)


def _integer(value: Decimal, rounding: str) -> Decimal:
    return value.to_integral_value(rounding)


def _integer_between(low: Decimal, high: Decimal) -> object:
    return _strictly(low, NUMBERS.add(_integer(low, ROUND_FLOOR), 1), high)


def _date_between(low: dt.date, high: dt.date) -> object:
    return _strictly(low, low + (high - low) // 2, high)


def _moment_between(low: dt.datetime, high: dt.datetime) -> object:
    half = (as_instant(high) - as_instant(low)) // 2
    return shift(low, half) if half else None


def _duration_between(low: dt.timedelta, high: dt.timedelta) -> object:
    return _strictly(low, low + (high - low) // 2, high)


def _months_between(low: YearsMonths, high: YearsMonths) -> object:
    return _strictly(low, YearsMonths((low.months + high.months) // 2), high)


def _time_between(low: dt.time, high: dt.time) -> object:
    ticks = (_ticks(low) + _ticks(high)) // 2
    return _strictly(low, _time(ticks), high)


def _time_below(value: dt.time) -> object:
    return _time(_ticks(value) // 2) if _ticks(value) else None


def _time_above(value: dt.time) -> object:
    ticks = (_ticks(value) + _DAY // _MOMENT + 1) // 2
    return _time(ticks) if ticks < _DAY // _MOMENT else None


def _ticks(value: dt.time) -> int:
    moment = dt.datetime.combine(dt.date.min, value)
    return (moment - dt.datetime.min) // _MOMENT  # noqa: DTZ901


def _time(ticks: int) -> dt.time:
    return (dt.datetime.min + ticks * _MOMENT).time()  # noqa: DTZ901


_NUMBERS = _Scale(
    below=_number_below, between=_number_between, above=_number_above, usual=Decimal(0)
)
_WHOLE = _Scale(
    below=lambda value: NUMBERS.subtract(_integer(value, ROUND_CEILING), 1),
    between=_integer_between,
    above=lambda value: NUMBERS.add(_integer(value, ROUND_FLOOR), 1),
    usual=Decimal(0),
)
_SCALES = {
    "number": _NUMBERS,
    "date": _Scale(
        below=lambda value: value - _DAY,
        between=_date_between,
        above=lambda value: value + _DAY,
        usual=dt.date(2026, 1, 1),
    ),
    "date and time": _Scale(
        below=lambda value: shift(value, -_DAY),
        between=_moment_between,
        above=lambda value: shift(value, _DAY),
        usual=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        key=as_instant,
    ),
    "time": _Scale(below=_time_below, between=_time_between, above=_time_above, usual=dt.time(12)),
    "days and time duration": _Scale(
        below=lambda value: value - _DAY,
        between=_duration_between,
        above=lambda value: value + _DAY,
        usual=_DAY,
    ),
    "years and months duration": _Scale(
        below=lambda value: YearsMonths(value.months - 1),
        between=_months_between,
        above=lambda value: YearsMonths(value.months + 1),
        usual=YearsMonths(12),
    ),
}
