"""Texts of a diagram that may be FEEL, and what an element expects of their values.

As in Camunda 8 a text that begins with ``=`` is an expression and any other text is itself.
Expressions are compiled once, when the file is read; nothing else of a file is ever evaluated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.errors import ExpressionError, InvalidInput, LimitExceeded
from engine.feel import Expression, HostFunction, compile_expression, to_json
from engine.feel.temporal import parse_date_and_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A text of the diagram: ``expression`` is None when it stands for itself."""

    text: str
    expression: Expression | None = None

    @property
    def is_static(self) -> bool:
        """Say whether the text stands for itself."""
        return self.expression is None


def compile_value(text: str) -> Value:
    """Understand *text* of a diagram.

    Raises:
        ExpressionError: It begins with ``=`` and the rest is not FEEL.
    """
    stripped = text.strip()
    if not stripped.startswith("="):
        return Value(text=text)
    return Value(text=stripped, expression=compile_expression(stripped[1:].strip()))


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a text with commas (``a, b``)."""
    return tuple(part for part in (p.strip() for p in text.split(",")) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluator:
    """Evaluates values at one moment, with the functions of the host."""

    now: datetime
    functions: Mapping[str, HostFunction]

    def feel(self, value: Value, variables: Mapping[str, object]) -> object:
        """Return the FEEL value of *value*, or its text.

        Raises:
            ElementFailed: The expression cannot be evaluated.
        """
        if value.expression is None:
            return value.text
        try:
            return value.expression.evaluate(variables, now=self.now, functions=self.functions)
        except (ExpressionError, LimitExceeded, InvalidInput) as problem:
            raise ElementFailed(
                ErrorType.EXTRACT_VALUE_ERROR,
                f"The expression {value.text} could not be evaluated: {problem}",
            ) from problem

    def json(self, value: Value, variables: Mapping[str, object]) -> object:
        """Return *value* as a JSON value, ready to be a variable."""
        result = self.feel(value, variables)
        try:
            return to_json(result)
        except (ExpressionError, LimitExceeded) as problem:
            raise ElementFailed(
                ErrorType.EXTRACT_VALUE_ERROR,
                f"The result of {value.text} cannot be kept as a variable: {problem}",
            ) from problem

    def boolean(self, value: Value, variables: Mapping[str, object]) -> bool:
        """Return *value*, which must be true or false; null is neither."""
        result = self.feel(value, variables)
        if not isinstance(result, bool):
            raise unexpected(value, "true or false", result)
        return result

    def text(self, value: Value, variables: Mapping[str, object]) -> str:
        """Return *value*, which must be a text that is not empty."""
        result = self.feel(value, variables)
        if not isinstance(result, str) or not result:
            raise unexpected(value, "a text", result)
        return result

    def integer(self, value: Value, variables: Mapping[str, object]) -> int:
        """Return *value*, which must be a whole number or the text of one."""
        result = self.feel(value, variables)
        number = _whole(result)
        if number is None:
            raise unexpected(value, "a whole number", result)
        return number

    def texts(self, value: Value, variables: Mapping[str, object]) -> tuple[str, ...]:
        """Return *value* as texts: a FEEL list of texts, or a text with commas (``a, b``)."""
        result = self.feel(value, variables)
        if result is None:
            return ()
        if isinstance(result, str):
            return listed(result)
        if isinstance(result, list) and all(isinstance(item, str) for item in result):
            return tuple(str(item) for item in result)
        raise unexpected(value, "a list of texts", result)

    def items(self, value: Value, variables: Mapping[str, object]) -> list[object]:
        """Return *value*, which must be a list, as a list of JSON values."""
        result = self.json(value, variables)
        if not isinstance(result, list):
            raise unexpected(value, "a list", result)
        return result

    def moment(self, value: Value, variables: Mapping[str, object]) -> datetime | None:
        """Return *value*, a date and time with a time zone, in UTC; null means none."""
        result = self.feel(value, variables)
        if result is None:
            return None
        found = as_moment(result)
        if found is None:
            raise unexpected(value, "a date and time with a time zone", result)
        return found


def as_moment(value: object) -> datetime | None:
    """Return *value*, a date and time or the ISO 8601 text of one, in UTC.

    None when it is something else, or has no time zone: whose noon would it be?
    """
    if isinstance(value, str):
        value = parse_date_and_time(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return value.astimezone(UTC)


def unexpected(value: Value, expected: str, result: object) -> ElementFailed:
    """Make the failure that says what *value* should have been."""
    shown = "null" if result is None else repr(result) if isinstance(result, str) else str(result)
    return ElementFailed(
        ErrorType.EXTRACT_VALUE_ERROR,
        f"{value.text} should give {expected}, but gave {shown[:200]}",
    )


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else None
    if isinstance(value, Decimal | int | float) and value == int(value):
        return int(value)
    return None
