"""Short ways to evaluate FEEL in tests."""

from collections.abc import Mapping
from datetime import UTC, datetime

from engine.feel import compile_expression, compile_unary_tests

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def value_of(source: str, context: Mapping[str, object] | None = None) -> object:
    """Evaluate *source* in *context* at :data:`NOW`."""
    return compile_expression(source).evaluate(context or {}, now=NOW)


def assert_value(source: str, expected: str, context: Mapping[str, object] | None = None) -> None:
    """Assert that *source* has the value of the FEEL literal *expected*, of the same type."""
    actual, wanted = value_of(source, context), value_of(expected)

    assert (type(actual), actual) == (type(wanted), wanted)


def passes(tests: str, value: object, context: Mapping[str, object] | None = None) -> bool:
    """Say whether *value* passes the unary *tests*."""
    return compile_unary_tests(tests).matches(value, context or {}, now=NOW)
