"""Contexts and their paths, functions and how they are called."""

from datetime import timedelta

import pytest

from engine.errors import ExpressionError
from engine.feel import compile_expression
from tests.feel.evaluating import assert_value, value_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("{a: 1, b: a + 1}.b", "2", id="an-entry-sees-those-before-it"),
        pytest.param("{a: {b: {c: 3}}}.a.b.c", "3", id="paths"),
        pytest.param("{a: 1}.b", "null", id="missing-entry"),
        pytest.param("{a: x}.a", "5", id="outer-variables-are-seen"),
        pytest.param("{x: 1, y: x}.y", "1", id="an-entry-hides-an-outer-variable"),
        pytest.param('{"a b": 1}.`a b`', "1", id="quoted-key"),
        pytest.param('"text".length', "null", id="a-string-has-no-properties"),
        pytest.param('@"2024-02-03".year', "2024", id="year"),
        pytest.param('@"2024-02-03".weekday', "6", id="weekday-of-saturday-is-6"),
        pytest.param('@"10:11:12.5".second', "12", id="second"),
        pytest.param('@"10:11:12+01:30".time offset', '@"PT1H30M"', id="time-offset"),
        pytest.param('@"2024-01-01T00:00:00@Europe/Paris".timezone', '"Europe/Paris"', id="zone"),
        pytest.param('@"10:00:00+02:00".timezone', "null", id="an-offset-has-no-zone-name"),
        pytest.param('@"2024-07-01T00:00:00@Europe/Paris".time offset', '@"PT2H"', id="summer"),
        pytest.param('@"-P1DT2H".hours', "-2", id="part-of-a-negative-duration"),
        pytest.param('@"P1Y2M".months', "2", id="months-without-the-years"),
    ],
)
def test_contexts_and_properties(source: str, expected: str) -> None:
    assert_value(source, expected, {"x": 5})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("(function(a, b) a - b)(5, 3)", "2", id="by-position"),
        pytest.param("{f: function(a, b) a - b, r: f(b: 3, a: 5)}.r", "2", id="by-name"),
        pytest.param("{f: function(a) a, r: f()}.r", "null", id="too-few-arguments"),
        pytest.param("{f: function(a) a, r: f(c: 1)}.r", "null", id="unknown-argument"),
        pytest.param('{f: function(a: number) a, r: f("x")}.r', "null", id="wrong-type"),
        pytest.param("{f: function(a: number) a, r: f([7])}.r", "7", id="list-of-one-for-value"),
        pytest.param("{f: function(a) function(b) a + b, r: f(1)(2)}.r", "3", id="closure"),
        pytest.param("{m: {f: function(a) a + 1}, r: m.f(1)}.r", "2", id="function-in-a-context"),
        pytest.param(
            "{fac: function(n) if n <= 1 then 1 else n * fac(n - 1), r: fac(20)}.r",
            "2432902008176640000",
            id="recursion",
        ),
        pytest.param("{f: function(g, x) g(x), r: f(abs, -3)}.r", "3", id="built-in-as-value"),
        pytest.param('substring(start position: 2, string: "abc")', '"bc"', id="built-in-by-name"),
        pytest.param("123(4)", "null", id="a-number-is-no-function"),
        pytest.param("not(true)", "false", id="not-is-a-function"),
        pytest.param("and([true, false])", "false", id="and-as-a-function"),
    ],
)
def test_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


def test_the_host_adds_functions_with_blanks_in_their_names() -> None:
    def working_time(start: object, duration: object, calendar: object = "cn") -> object:
        return [start, duration, calendar]

    functions = {"working time": working_time, "case": lambda: {"id": 7}}

    by_position = compile_expression('working time(1, @"P2D")')
    by_name = compile_expression('working time(duration: @"P2D", start: 1, calendar: "de")')

    assert by_position.evaluate({}, functions=functions) == [1, timedelta(days=2), "cn"]
    assert by_name.evaluate({}, functions=functions) == [1, timedelta(days=2), "de"]
    assert compile_expression("case().id + 1").evaluate({}, functions=functions) == 8


def test_a_function_of_the_host_called_wrongly_is_an_error() -> None:
    expression = compile_expression("sla due(1, 2)")

    with pytest.raises(ExpressionError, match=r"sla due\(\) cannot be called like this"):
        expression.evaluate({}, functions={"sla due": lambda name: name})


def test_what_a_function_of_the_host_raises_is_passed_on() -> None:
    def broken() -> object:
        raise LookupError("no calendar")

    with pytest.raises(LookupError, match="no calendar"):
        compile_expression("broken()").evaluate({}, functions={"broken": broken})


def test_a_function_that_does_not_exist_is_an_error_and_not_null() -> None:
    with pytest.raises(ExpressionError, match=r"There is no function uper case\(\)"):
        value_of('uper case("a")')


def test_a_variable_does_not_hide_a_built_in_function() -> None:
    assert value_of("sum(sum)", {"sum": [1, 2]}) == 3


def test_an_expression_reaches_nothing_of_python() -> None:
    assert value_of("a.__class__", {"a": "text"}) is None
    assert value_of("a.append", {"a": [1]}) == [None]
    assert value_of("`__import__`", {}) is None
