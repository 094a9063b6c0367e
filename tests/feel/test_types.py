"""Which values are instances of which types?"""

import pytest

from engine.feel import TypeName, compile_expression
from tests.feel.evaluating import assert_value

EXAMPLES = {
    "string": '"a"',
    "number": "1",
    "boolean": "true",
    "date": '@"2024-01-01"',
    "time": '@"10:00:00"',
    "date and time": '@"2024-01-01T10:00:00"',
    "days and time duration": '@"P1D"',
    "years and months duration": '@"P1Y"',
    "list<Any>": "[1]",
    "context<>": "{a: 1}",
    "range<number>": "[1..2]",
    "function<Any>->Any": "function(a) a",
}


@pytest.mark.parametrize("type_name", EXAMPLES)
def test_a_value_is_an_instance_of_its_own_type_only(type_name: str) -> None:
    for other, example in EXAMPLES.items():
        expected = "true" if other == type_name else "false"

        assert_value(f"({example}) instance of {type_name}", expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("1 instance of Any", "true", id="everything-is-any"),
        pytest.param("null instance of Any", "false", id="null-is-not-even-any"),
        pytest.param("null instance of Null", "true", id="null-is-null"),
        pytest.param("[1, 2] instance of list<number>", "true", id="list-of-numbers"),
        pytest.param('[1, "a"] instance of list<number>', "false", id="list-of-two-types"),
        pytest.param(
            '{a: 1, b: "x"} instance of context<a: number, b: string>', "true", id="context"
        ),
        pytest.param("{a: 1} instance of context<a: number, b: string>", "false", id="missing-key"),
        pytest.param("{a: 1, c: 2} instance of context<a: number>", "true", id="further-key"),
        pytest.param("(function(a, b) a) instance of function<Any>->Any", "false", id="arity"),
        pytest.param("abs instance of function<number>->number", "true", id="built-in-function"),
        pytest.param("1 instance of Unheard", "null", id="a-type-nobody-defined"),
        pytest.param("[[1]] instance of list<list<number>>", "true", id="nested-types"),
        pytest.param("1 + 1 instance of number", "true", id="binds-like-a-comparison"),
    ],
)
def test_instance_of(source: str, expected: str) -> None:
    assert_value(source, expected)


def test_a_model_defines_types_of_its_own() -> None:
    types = {"order line": TypeName(position=0, name="string")}
    expression = compile_expression("x instance of order line", types=types)

    assert expression.evaluate({"x": "a"}) is True
    assert expression.evaluate({"x": 1}) is False
