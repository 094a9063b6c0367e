"""How are values written, and what can a variable be called?"""

from decimal import Decimal

import pytest

from engine.errors import ExpressionError
from engine.feel import compile_expression, compile_unary_tests, refuse_unknown_functions
from tests.feel.evaluating import assert_value, value_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("null", None, id="null"),
        pytest.param("true", True, id="true"),
        pytest.param("false", False, id="false"),
        pytest.param("12", Decimal(12), id="whole-number"),
        pytest.param("-0.50", Decimal("-0.50"), id="negative-decimal"),
        pytest.param(".5", Decimal("0.5"), id="decimal-without-leading-zero"),
        pytest.param("1.2e3", Decimal(1200), id="exponent"),
        pytest.param('"a"', "a", id="string"),
        pytest.param('""', "", id="empty-string"),
        pytest.param(r'"a\"b\\c\n\tü"', 'a"b\\c\n\tü', id="escapes"),
        pytest.param(r'"\u4e2d\U01F600"', "中😀", id="code-points-of-four-and-six-digits"),
        pytest.param(r'"\uD83D\uDE00"', "😀", id="surrogate-pair-is-one-character"),
        pytest.param(r'"\d+"', r"\d+", id="unknown-escape-stands-for-itself"),
        pytest.param('"投诉"', "投诉", id="chinese"),
        pytest.param("[1, [2]]", [Decimal(1), [Decimal(2)]], id="nested-list"),
        pytest.param("[]", [], id="empty-list"),
        pytest.param("{}", {}, id="empty-context"),
        pytest.param('{a: 1, "b c": 2}', {"a": Decimal(1), "b c": Decimal(2)}, id="context"),
        pytest.param("1 // one\n+ /* two */ 2", Decimal(3), id="comments-are-blanks"),
        pytest.param("1\u00a0+\u30002", Decimal(3), id="unicode-blanks"),
    ],
)
def test_a_literal_has_its_value(source: str, expected: object) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("amount", id="plain"),
        pytest.param("_a1", id="underscore-and-digit"),
        pytest.param("金额", id="chinese"),
        pytest.param("🐎", id="emoji"),
        pytest.param("date", id="same-as-a-function"),
        pytest.param("inside", id="begins-with-a-keyword"),
        pytest.param("order_id", id="contains-a-keyword"),
    ],
)
def test_a_variable_can_be_called(name: str) -> None:
    assert value_of(f"{name} + 1", {name: 1}) == 2


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Full Name", id="two-words"),
        pytest.param("Tax 2010", id="word-and-number"),
        pytest.param("pre-bureau risk", id="hyphen"),
        pytest.param("applicant's age", id="apostrophe"),
        pytest.param("price + tax", id="plus"),
        pytest.param("for sale", id="begins-with-a-keyword"),
    ],
)
def test_a_declared_name_of_several_words_is_one_variable(name: str) -> None:
    expression = compile_expression(f"{name} = 1", names=[name])

    assert expression.evaluate({name: 1}) is True
    assert expression.names == {name}


def test_the_longest_declared_name_wins() -> None:
    names = ["risk", "risk category", "risk category code"]
    context = {"risk": 1, "risk category": 2, "risk category code": 3}

    assert compile_expression("risk category code", names=names).evaluate(context) == 3
    assert compile_expression("risk category - risk", names=names).evaluate(context) == 1


def test_without_a_declaration_a_hyphen_subtracts() -> None:
    assert value_of("a-b", {"a": 5, "b": 3}) == 2


def test_any_name_can_be_written_in_backticks() -> None:
    assert value_of("`a+b, c` * 2 + x.`d e`", {"a+b, c": 4, "x": {"d e": 1}}) == 9


def test_names_bound_in_the_expression_may_have_several_words() -> None:
    assert_value("{unit price: 2, total: unit price * 3}.total", "6")
    assert_value("for the item in [1, 2] return the item + 1", "[2, 3]")
    assert_value("(function(first value) first value * 2)(4)", "8")


def test_a_missing_variable_is_null() -> None:
    assert value_of("missing") is None
    assert value_of("missing.deeper.still") is None


def test_a_missing_variable_called_like_a_function_is_null_too() -> None:
    assert value_of("count = null") is True
    assert value_of("get or else(count, 7)") == 7


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("a + b.c", {"a", "b"}, id="only-the-head-of-a-path"),
        pytest.param("for x in xs return x + y", {"xs", "y"}, id="loop-variables-are-bound"),
        pytest.param("for x in xs return count(partial)", {"xs"}, id="partial-is-bound"),
        pytest.param("some x in xs satisfies x > y", {"xs", "y"}, id="quantified-are-bound"),
        pytest.param("{a: b, c: a + d}", {"b", "d"}, id="earlier-entries-are-bound"),
        pytest.param("function(a) a + b", {"b"}, id="parameters-are-bound"),
        pytest.param("xs[item > y]", {"xs", "y"}, id="item-is-bound"),
        pytest.param("orders[total > 3]", {"orders", "total"}, id="entries-of-items-count"),
        pytest.param("sum(xs)", {"xs"}, id="called-functions-do-not-count"),
    ],
)
def test_an_expression_knows_the_variables_that_it_reads(source: str, names: set[str]) -> None:
    assert compile_expression(source).names == names


def test_an_expression_knows_the_functions_that_it_calls() -> None:
    source = "{own: function(x) x, r: own(1) + sla due(sum(xs))}"

    assert compile_expression(source).functions == {"sla due", "sum"}


@pytest.mark.parametrize(
    ("source", "position"),
    [
        pytest.param("1 + summ(xs)", 4, id="a-misspelt-one"),
        pytest.param("if a then 1 else {b: [nothing(1)]}", 22, id="deep-inside"),
        pytest.param("function(f) f(g(1))", 14, id="as-an-argument"),
    ],
)
def test_a_function_that_nobody_has_is_refused_by_name_and_position(
    source: str, position: int
) -> None:
    expression = compile_expression(source)

    with pytest.raises(ExpressionError, match=r"There is no function \w+\(\)") as caught:
        refuse_unknown_functions(expression)
    assert (caught.value.source, caught.value.position) == (source, position)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("count(xs)", id="a-built-in-one"),
        pytest.param('working time(start, "P1D", "cn")', id="one-of-the-host"),
        pytest.param("defined elsewhere(1)", id="one-of-the-model"),
        pytest.param("{f: function(a) a, b: f(1)}.b", id="one-of-the-same-context"),
        pytest.param("[{f: function(a) a}][f(1) = 1]", id="an-entry-of-the-items-of-a-filter"),
        pytest.param("for f in fs return f(1)", id="a-loop-variable"),
    ],
)
def test_functions_that_may_exist_are_not_refused(source: str) -> None:
    names = ["defined elsewhere"]

    refuse_unknown_functions(compile_expression(source, names=names), defined=names)


def test_the_cells_of_a_table_are_asked_for_their_functions_too() -> None:
    with pytest.raises(ExpressionError, match=r"no function begins\(\)"):
        refuse_unknown_functions(compile_unary_tests('begins(?, "a")'))
