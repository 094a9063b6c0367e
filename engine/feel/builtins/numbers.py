"""Functions of one or two numbers."""

import datetime as dt
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from secrets import SystemRandom

from engine.feel.arithmetic import negate
from engine.feel.builtins.registry import builtin
from engine.feel.limits import TRANSCENDENTAL_COST
from engine.feel.runtime import Run
from engine.feel.values import NUMBERS, YearsMonths

_SMALLEST_SCALE, _LARGEST_SCALE = -6111, 6176
_MODES = {
    "UP": ROUND_UP,
    "DOWN": ROUND_DOWN,
    "CEILING": ROUND_CEILING,
    "FLOOR": ROUND_FLOOR,
    "HALF_UP": ROUND_HALF_UP,
    "HALF_DOWN": ROUND_HALF_DOWN,
    "HALF_EVEN": ROUND_HALF_EVEN,
}
_ZERO = Decimal(0)


def _round(value: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """Round to *scale* digits after the point, as DMN bounds them; null outside the bounds."""
    places = int(scale)
    if not _SMALLEST_SCALE <= places <= _LARGEST_SCALE:
        return None
    try:
        return value.quantize(Decimal((0, (1,), -places)), rounding=mode, context=NUMBERS)
    except ArithmeticError:
        # More digits are asked for than a number has: it is exact already.
        return value


@builtin("decimal(n: number, scale: number)")
def decimal(n: Decimal, scale: Decimal) -> Decimal | None:
    """Round half-even to a number of decimal places."""
    return _round(n, scale, ROUND_HALF_EVEN)


@builtin("decimal(n: number, scale: number, mode: string)")
def decimal_by_mode(n: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """Round by a named mode such as ``HALF_UP``."""
    rounding = _MODES.get(mode.upper())
    return None if rounding is None else _round(n, scale, rounding)


@builtin("floor(n: number, [scale: number])")
def floor(n: Decimal, scale: Decimal = _ZERO) -> Decimal | None:
    """Round down to the next smaller number."""
    return _round(n, scale or _ZERO, ROUND_FLOOR)


@builtin("ceiling(n: number, [scale: number])")
def ceiling(n: Decimal, scale: Decimal = _ZERO) -> Decimal | None:
    """Round up to the next larger number."""
    return _round(n, scale or _ZERO, ROUND_CEILING)


@builtin("round up(n: number, scale: number)")
def round_up(n: Decimal, scale: Decimal) -> Decimal | None:
    """Round away from zero."""
    return _round(n, scale, ROUND_UP)


@builtin("round down(n: number, scale: number)")
def round_down(n: Decimal, scale: Decimal) -> Decimal | None:
    """Round towards zero."""
    return _round(n, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number)")
def round_half_up(n: Decimal, scale: Decimal) -> Decimal | None:
    """Round to the nearest, halves away from zero."""
    return _round(n, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number)")
def round_half_down(n: Decimal, scale: Decimal) -> Decimal | None:
    """Round to the nearest, halves towards zero."""
    return _round(n, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number)")
@builtin("abs(number: number)")
def absolute(n: Decimal) -> Decimal:
    """Return the size of a number."""
    return NUMBERS.abs(n)


@builtin("abs(n: duration)")
def absolute_duration(n: dt.timedelta | YearsMonths) -> object:
    """Return the size of a duration."""
    zero = dt.timedelta() if isinstance(n, dt.timedelta) else YearsMonths(0)
    return negate(n) if n < zero else n  # type: ignore[operator]


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """Return ``dividend - divisor * floor(dividend / divisor)``: the sign is the divisor's."""
    try:
        rest = NUMBERS.remainder(dividend, divisor)
    except ArithmeticError:
        return None
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt(number: number)")
def sqrt(value: Decimal) -> Decimal | None:
    """Return the square root; null below zero."""
    return NUMBERS.sqrt(value) if value >= 0 else None


@builtin("log(number: number)", needs_run=True)
def log(run: Run, value: Decimal) -> Decimal | None:
    """Return the natural logarithm; null at and below zero."""
    run.budget.spend(TRANSCENDENTAL_COST)
    return NUMBERS.ln(value) if value > 0 else None


@builtin("exp(number: number)", needs_run=True)
def exp(run: Run, value: Decimal) -> Decimal | None:
    """Return e to that power; null beyond the largest number."""
    run.budget.spend(TRANSCENDENTAL_COST)
    try:
        return NUMBERS.exp(value)
    except ArithmeticError:
        return None


@builtin("odd(number: number)")
def odd(value: Decimal) -> bool | None:
    """Say whether a whole number is odd; null for a fraction."""
    return _parity(value, 1)


@builtin("even(number: number)")
def even(value: Decimal) -> bool | None:
    """Say whether a whole number is even; null for a fraction."""
    return _parity(value, 0)


def _parity(value: Decimal, wanted: int) -> bool | None:
    if value != value.to_integral_value():
        return None
    return int(value) % 2 == wanted


@builtin("random number()")
def random_number() -> Decimal:
    """Return a number from 0 up to, but not including, 1."""
    return Decimal(repr(SystemRandom().random()))
