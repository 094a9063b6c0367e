"""What a FEEL value is in Python, and how values of the host become FEEL values.

============================  =====================================================
FEEL                          Python
============================  =====================================================
null, boolean, string         ``None``, ``bool``, ``str``
number                        ``Decimal`` (34 digits, as IEEE 754 decimal128)
date, time, date and time     ``datetime.date``, ``.time``, ``.datetime``
days and time duration        ``datetime.timedelta``
years and months duration     :class:`YearsMonths`
list, context                 ``list``, ``dict`` with string keys
range                         :class:`Range`
function                      :class:`Function`
============================  =====================================================

Values are never changed in place. Years outside 1 to 9999 and fractions finer than a microsecond
do not exist here; the literal of such a value is null (DMN 1.3, 10.3.2.3, allows implementations
their own limits for the first, not for the second).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from math import isfinite

from engine.errors import ExpressionError, LimitExceeded
from engine.feel.limits import MAX_VALUE_DEPTH, Budget

NUMBERS = Context(
    prec=34, Emin=-6143, Emax=6144, traps=[DivisionByZero, InvalidOperation, Overflow]
)
"""The arithmetic of FEEL numbers: decimal128 (DMN 1.3, 10.3.2.3.1), half-even rounding."""


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration as its whole number of months, negative when backwards."""

    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """All values between two ends; an end of None is unbounded (as in ``>= 5``)."""

    start: object
    end: object
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Function:
    """A FEEL function as a value: its name for messages, its parameters and what it does.

    ``call`` takes the arguments by position, already FEEL values. ``parameter_types`` are the
    declared ones, None where there is no declaration.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Sequence[object]], object]
    parameter_types: tuple[object, ...] = ()


SCALARS = frozenset(
    {type(None), bool, str, Decimal, dt.date, dt.time, dt.datetime, dt.timedelta, YearsMonths}
)
"""Python types whose values are FEEL values as they stand."""


def number(value: int | str | float) -> Decimal:
    """Make a FEEL number, rounded to 34 digits; a float counts as the decimal that it prints as."""
    text = repr(value) if isinstance(value, float) else value
    try:
        return NUMBERS.create_decimal(text)
    except Overflow:
        raise LimitExceeded("A number is larger than 10 to the power of 6144.") from None


class Importer:
    """Turns values of the host into FEEL values, each container once per evaluation."""

    __slots__ = ("_budget", "_done")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._done: dict[int, tuple[object, object]] = {}

    def convert(self, value: object, depth: int = 0) -> object:
        """Return the FEEL value of *value*.

        Raises:
            ExpressionError: *value* is, or contains, something that FEEL has no word for.
            LimitExceeded: It is too large or nested too deeply (or contains itself).
        """
        kind = type(value)
        if kind in SCALARS:
            return value
        if kind is int:
            return number(value)  # type: ignore[arg-type]
        if isinstance(value, Mapping | list | tuple):
            return self._container(value, depth)
        return _odd_scalar(value)

    def _container(
        self, value: Mapping[str, object] | Sequence[object], depth: int
    ) -> dict[str, object] | list[object]:
        known = self._done.get(id(value))
        if known is not None:
            return known[1]  # type: ignore[return-value]
        if depth > MAX_VALUE_DEPTH:
            raise LimitExceeded(f"A value is nested deeper than {MAX_VALUE_DEPTH} levels.")
        converted: dict[str, object] | list[object]
        if isinstance(value, Mapping):
            converted = {_key(key): self.convert(item, depth + 1) for key, item in value.items()}
        else:
            converted = [self.convert(item, depth + 1) for item in value]
        self._budget.spend_on(converted)
        # The originals are kept alive beside their copies, so that an id never names two things.
        self._done[id(value)] = (value, converted)
        self._done[id(converted)] = (converted, converted)
        return converted


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    raise ExpressionError(f"A context has the key {key!r}; keys must be strings.")


def _odd_scalar(value: object) -> object:
    if isinstance(value, Range | Function):
        return value
    if isinstance(value, float) and isfinite(value):
        return number(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return number(int(value))
    raise ExpressionError(f"A Python {type(value).__name__} is not a FEEL value.")


_KIND_NAMES: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    Decimal: "number",
    dt.date: "date",
    dt.time: "time",
    dt.datetime: "date and time",
    dt.timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind_of(value: object) -> str:
    """Name the FEEL type of a FEEL value, e.g. ``date and time``."""
    return _KIND_NAMES[type(value)]
