"""What does a wrong expression say, and where?"""

import pytest

from engine.errors import ExpressionError
from engine.feel import compile_expression, compile_unary_tests


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        pytest.param("1 +", 3, "ends where a value is expected", id="missing-operand"),
        pytest.param("", 0, "ends where a value is expected", id="empty"),
        pytest.param("1 2", 2, "where an operator or the end is expected", id="two-values"),
        pytest.param('1 "+" 2', 2, "where an operator", id="a-string-is-no-operator"),
        pytest.param("1 `or` 2", 2, "where an operator", id="a-quoted-name-is-no-operator"),
        pytest.param("let me", 4, "If one name is meant: `let me`", id="two-words"),
        pytest.param("(1", 2, "ends where \\) is expected", id="open-bracket"),
        pytest.param("[1, 2", 5, "ends where \\] is expected", id="open-list"),
        pytest.param("if a then b", 11, "ends where 'else' is expected", id="if-without-else"),
        pytest.param("for x of y return x", 19, "'in' is expected", id="for-without-in"),
        pytest.param("some x in y", 11, "'satisfies' is expected", id="some-without-satisfies"),
        pytest.param("1 < 2 < 3", 6, "Comparisons do not chain", id="chained-comparison"),
        pytest.param('"abc', 0, "never closed", id="open-string"),
        pytest.param("`abc", 0, "never closed", id="open-name"),
        pytest.param("1 /* x", 2, "no use for '/'", id="open-comment"),
        pytest.param("a # b", 2, "no use for '#'", id="foreign-sign"),
        pytest.param("a && b", 2, "no use for '&'", id="operators-of-other-languages"),
        pytest.param('a == "b"', 3, "Here stands =", id="two-equals-signs"),
        pytest.param("and", 0, "Here stands and", id="keyword-as-a-variable"),
        pytest.param("{a: 1, a: 2}", 0, "same key twice", id="key-twice"),
        pytest.param("{a 1}", 4, "Here stands }", id="context-without-colon"),
        pytest.param("f(1, b: 2)", 10, "either by position or by name", id="mixed-arguments"),
        pytest.param("x + substring()", 4, "cannot be called with 0 arguments", id="no-arguments"),
        pytest.param('trim("a", "b")', 0, "cannot be called with 2 arguments", id="too-many"),
        pytest.param('trim(text: "a")', 0, "with the arguments text", id="unknown-argument"),
        pytest.param('@"2024-13-01"', 0, "is no date, time or duration", id="no-such-date"),
        pytest.param("function(a) external {}", 12, "are not run", id="external-function"),
        pytest.param("1 + ?", 4, "only in the cells", id="question-mark-outside-a-test"),
        pytest.param("1 instance of", 13, "the name of a type", id="missing-type"),
        pytest.param("a.1", 1, "Here stands .1", id="number-as-a-member"),
        pytest.param("[1..)", 4, "Here stands \\)", id="range-without-end"),
    ],
)
def test_a_fault_is_named_with_its_place(source: str, position: int, message: str) -> None:
    with pytest.raises(ExpressionError, match=message) as caught:
        compile_expression(source)

    assert (caught.value.source, caught.value.position) == (source, position)


@pytest.mark.parametrize("cell", ["> ", "1,", 'not("a"', "in (1)", "1 2", ">> 5"])
def test_a_wrong_cell_is_refused(cell: str) -> None:
    with pytest.raises(ExpressionError):
        compile_unary_tests(cell)


def test_a_name_of_the_model_may_hide_a_built_in_function() -> None:
    assert compile_expression("trim(1, 2)", names=["trim"]).functions == {"trim"}


def test_assert_stops_the_evaluation_with_its_cause() -> None:
    expression = compile_expression('[1, assert(x, x > 3, "x is too small")]')

    with pytest.raises(ExpressionError, match="x is too small"):
        expression.evaluate({"x": 2})


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(object(), "A Python object is not a FEEL value", id="any-object"),
        pytest.param([{1: 2}], "keys must be strings", id="key-that-is-no-string"),
        pytest.param(float("nan"), "float", id="not-a-number"),
        pytest.param({"a": b"x"}, "bytes", id="bytes"),
    ],
)
def test_what_is_no_json_in_the_context_is_an_error(value: object, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        compile_expression("x").evaluate({"x": value})
