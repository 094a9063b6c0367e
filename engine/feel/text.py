"""How a value reads as text: ``string(value)``, and the canonical form of numbers."""

from decimal import Decimal

from engine.errors import LimitExceeded
from engine.feel.limits import MAX_VALUE_DEPTH, Budget
from engine.feel.temporal import format_temporal
from engine.feel.values import Range


def format_number(value: Decimal) -> str:
    """Write a number without an exponent; its trailing zeros are kept (``1.00``)."""
    return format(value if value else abs(value), "f")


def to_text(value: object, budget: Budget) -> str | None:
    """Return what ``string(value)`` gives: the text itself, null for null and functions."""
    if value is None:
        return None
    return value if isinstance(value, str) else _inner_text(value, budget, 0)


def _inner_text(value: object, budget: Budget, depth: int) -> str | None:
    if depth > MAX_VALUE_DEPTH:
        raise LimitExceeded(f"A value is nested deeper than {MAX_VALUE_DEPTH} levels.")
    text = _scalar_text(value)
    if text is None:
        text = _container_text(value, budget, depth)
    if text is not None:
        budget.spend_on(text)
    return text


def _scalar_text(value: object) -> str | None:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return format_temporal(value)


def _container_text(value: object, budget: Budget, depth: int) -> str | None:
    if isinstance(value, list):
        items = [str(_inner_text(item, budget, depth + 1)) for item in value]
        return f"[{', '.join(items)}]"
    if isinstance(value, dict):
        entries = [f"{key}: {_inner_text(item, budget, depth + 1)}" for key, item in value.items()]
        return f"{{{', '.join(entries)}}}"
    return _range_text(value, budget, depth) if isinstance(value, Range) else None


def _range_text(value: Range, budget: Budget, depth: int) -> str:
    start = _inner_text(value.start, budget, depth + 1)
    end = _inner_text(value.end, budget, depth + 1)
    if value.start is None:
        return f"{'<=' if value.end_included else '<'} {end}"
    if value.end is None:
        return f"{'>=' if value.start_included else '>'} {start}"
    opening = "[" if value.start_included else "("
    return f"{opening}{start}..{end}{']' if value.end_included else ')'}"
