"""What can the rest of Redress rely on?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from engine.errors import ExpressionError, LimitExceeded
from engine.feel import (
    Expression,
    Literal,
    YearsMonths,
    compile_expression,
    compile_unary_tests,
    parse_value,
    to_json,
)
from tests.feel.evaluating import value_of


class _Colour(StrEnum):
    RED = "red"


def test_the_same_text_is_compiled_once() -> None:
    assert compile_expression("a + 1") is compile_expression("a + 1")
    assert compile_unary_tests("> 1") is compile_unary_tests("> 1")


def test_declared_names_are_part_of_what_is_compiled() -> None:
    declared = compile_expression("a-b", names=["a-b"])

    assert declared.evaluate({"a-b": 1, "a": 5, "b": 3}) == 1
    assert compile_expression("a-b").evaluate({"a-b": 1, "a": 5, "b": 3}) == 2


def test_a_value_with_a_leading_equals_sign_is_an_expression() -> None:
    value = parse_value("=1 + 1")

    assert isinstance(value, Expression)
    assert (value.source, value.evaluate({})) == ("1 + 1", 2)


def test_a_value_without_one_is_a_literal_text() -> None:
    assert parse_value("1 + 1") == Literal("1 + 1")


def test_a_wrong_expression_in_a_value_is_an_error() -> None:
    with pytest.raises(ExpressionError):
        parse_value("=1 +")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(5, Decimal(5), id="int"),
        pytest.param(0.1, Decimal("0.1"), id="float"),
        pytest.param(Decimal("1.50"), Decimal("1.50"), id="decimal"),
        pytest.param(True, True, id="bool-is-no-number"),
        pytest.param((1, "a"), [Decimal(1), "a"], id="tuple"),
        pytest.param({"a": [1.5]}, {"a": [Decimal("1.5")]}, id="nested"),
        pytest.param(_Colour.RED, "red", id="str-enum"),
        pytest.param(date(2024, 1, 2), date(2024, 1, 2), id="date"),
        pytest.param(timedelta(hours=1), timedelta(hours=1), id="timedelta"),
    ],
)
def test_values_of_the_host_become_feel_values(value: object, expected: object) -> None:
    actual = value_of("x", {"x": value})

    assert (type(actual), actual) == (type(expected), expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, None, id="null"),
        pytest.param(True, True, id="boolean"),
        pytest.param("a", "a", id="string"),
        pytest.param(Decimal("7.00"), 7, id="whole-number"),
        pytest.param(Decimal("0.3"), 0.3, id="fraction"),
        pytest.param(Decimal(10**30), 10**30, id="large-whole-number-is-exact"),
        pytest.param(Decimal("1e300"), 1e300, id="larger-than-34-digits"),
        pytest.param(date(2024, 1, 2), "2024-01-02", id="date"),
        pytest.param(time(10, 11, tzinfo=UTC), "10:11:00Z", id="time"),
        pytest.param(datetime(2024, 1, 2, 3, tzinfo=UTC), "2024-01-02T03:00:00Z", id="moment"),
        pytest.param(
            datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Paris")),
            "2024-07-01T12:00:00+02:00[Europe/Paris]",
            id="moment-in-a-named-zone",
        ),
        pytest.param(timedelta(hours=36), "P1DT12H", id="duration"),
        pytest.param(YearsMonths(14), "P1Y2M", id="months"),
        pytest.param({"a": [Decimal(1)]}, {"a": [1]}, id="nested"),
    ],
)
def test_feel_values_become_json(value: object, expected: object) -> None:
    actual = to_json(value)

    assert (type(actual), actual) == (type(expected), expected)


@pytest.mark.parametrize("source", ["[1..2]", "[function(a) a]"])
def test_ranges_and_functions_are_no_json(source: str) -> None:
    with pytest.raises(ExpressionError, match="cannot be kept as a value"):
        to_json(value_of(source))


def test_a_number_beyond_json_is_an_error_and_not_infinity() -> None:
    with pytest.raises(LimitExceeded, match="too large"):
        to_json(Decimal("1e400"))


def test_the_context_is_never_changed() -> None:
    context = {"a": {"b": [1]}}

    value_of('context put(a, "b", append(a.b, 2))', context)

    assert context == {"a": {"b": [1]}}


def test_an_expression_can_be_evaluated_by_many_threads_at_once() -> None:
    expression = compile_expression("for i in 1..50 return i * n")

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: expression.evaluate({"n": n}), range(40)))

    assert results == [[Decimal(i * n) for i in range(1, 51)] for n in range(40)]


def test_a_large_variable_is_not_copied_for_one_entry_of_it() -> None:
    wide = {f"k{i}": [0] * 1000 for i in range(500)}

    assert (
        value_of("some i in 1..5000 satisfies wide.a.b > 3", {"wide": {**wide, "a": {"b": 1}}})
        is False
    )
