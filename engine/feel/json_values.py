"""FEEL values as JSON, and back."""

import json
from datetime import datetime
from decimal import Decimal
from math import isinf

from engine.errors import ExpressionError, LimitExceeded
from engine.feel.limits import MAX_VALUE_DEPTH, Budget
from engine.feel.temporal import format_java, format_temporal
from engine.feel.values import kind_of, number

_EXACT = Decimal(10) ** 34


def to_json(value: object) -> object:
    """Return the JSON value of a FEEL value.

    Whole numbers of up to 34 digits become ``int``, other numbers ``float`` (the nearest one);
    dates, times and durations become ISO 8601 texts (a moment in a named zone as Java writes it:
    ``2024-07-01T12:00:00+02:00[Europe/Paris]``).

    Raises:
        ExpressionError: *value* is or contains a range or a function.
        LimitExceeded: It is too large or nested too deeply, or a number is too large for JSON.
    """
    return _to_json(value, 0, Budget())


def _to_json(value: object, depth: int, budget: Budget) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return _json_number(value)
    if depth > MAX_VALUE_DEPTH:
        raise LimitExceeded(f"A value is nested deeper than {MAX_VALUE_DEPTH} levels.")
    if isinstance(value, list | dict):
        return _json_container(value, depth, budget)
    text = format_java(value) if isinstance(value, datetime) else format_temporal(value)
    if text is None:
        raise ExpressionError(f"A {kind_of(value)} cannot be kept as a value.")
    return text


def _json_container(value: list[object] | dict[str, object], depth: int, budget: Budget) -> object:
    budget.spend_on(value)
    if isinstance(value, list):
        return [_to_json(item, depth + 1, budget) for item in value]
    return {key: _to_json(item, depth + 1, budget) for key, item in value.items()}


def _json_number(value: Decimal) -> int | float:
    if abs(value) < _EXACT and value == value.to_integral_value():
        return int(value)
    nearest = float(value)
    if isinf(nearest):
        raise LimitExceeded("A number is too large to be kept as a value.")
    return nearest


def parse_json(text: str) -> object:
    """Read a JSON text with exact numbers; ValueError when it is none."""
    return json.loads(text, parse_float=number, parse_int=number, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
