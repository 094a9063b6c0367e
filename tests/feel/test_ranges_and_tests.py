"""Does a value lie in a range, and does it pass the tests of a cell?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.evaluating import assert_value, passes, value_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("1 in [1..3]", "true", id="closed-start"),
        pytest.param("1 in (1..3]", "false", id="open-start"),
        pytest.param("1 in ]1..3]", "false", id="open-start-by-bracket"),
        pytest.param("3 in [1..3)", "false", id="open-end"),
        pytest.param("3 in [1..3[", "false", id="open-end-by-bracket"),
        pytest.param("3 in [1..3[ and true", "false", id="open-end-before-a-keyword"),
        pytest.param("xs[1] in [1..xs[2]]", "true", id="a-filter-ends-a-range"),
        pytest.param("5 in > 3", "true", id="comparison"),
        pytest.param("5 in (> 3, < 1)", "true", id="any-of-several"),
        pytest.param("5 in (1, 2)", "false", id="none-of-several"),
        pytest.param('"b" in ["a".."c"]', "true", id="strings"),
        pytest.param('@"2024-02-01" in [@"2024-01-01"..@"2024-12-31"]', "true", id="dates"),
        pytest.param("2 in [1, 2, 3]", "true", id="in-a-list"),
        pytest.param("2 in [[1..3], 9]", "true", id="in-a-range-in-a-list"),
        pytest.param("null in [1..3]", "null", id="null-is-in-no-range"),
        pytest.param("null in [1, null]", "true", id="null-in-a-list"),
        pytest.param('"a" in [1..3]', "null", id="other-type"),
        pytest.param("5 in [1..null]", "null", id="range-with-a-null-end"),
        pytest.param('[1.."a"]', "null", id="ends-of-two-types"),
        pytest.param("[1..3].start", "1", id="start"),
        pytest.param("(1..3].start included", "false", id="start-included"),
        pytest.param("(< 3).end", "3", id="end-of-a-comparison"),
        pytest.param("(< 3).start", "null", id="a-comparison-has-one-end"),
    ],
)
def test_ranges(source: str, expected: str) -> None:
    assert_value(source, expected, {"xs": [1, 2]})


@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 9), st.booleans(), st.booleans())
def test_membership_agrees_with_comparisons(
    value: int, low: int, high: int, open_start: bool, open_end: bool
) -> None:
    source = f"x in {'(' if open_start else '['}{low}..{high}{')' if open_end else ']'}"
    above = value > low if open_start else value >= low
    below = value < high if open_end else value <= high

    assert value_of(source, {"x": value}) is (above and below)


@pytest.mark.parametrize(
    ("tests", "value", "expected"),
    [
        pytest.param("-", 1, True, id="a-dash-passes-all"),
        pytest.param("", None, True, id="an-empty-cell-passes-all"),
        pytest.param("1", 1, True, id="equal"),
        pytest.param('"a", "b"', "b", True, id="one-of-several"),
        pytest.param('"a","b"', "c", False, id="none-of-several"),
        pytest.param('not("a", "b")', "c", True, id="not-any-of-several"),
        pytest.param('not("a", "b")', "a", False, id="not-one-of-them"),
        pytest.param("not([1..5))", 5, True, id="not-of-a-range-that-is-open-at-the-end"),
        pytest.param("not([1..5))", 4, False, id="not-inside-it"),
        pytest.param("not((1..5], 7)", 1, True, id="not-of-a-range-that-is-open-at-the-start"),
        pytest.param("not((1..5], 7)", 7, False, id="not-of-a-range-or-a-value"),
        pytest.param("not(true) or ? = 1", 1, True, id="a-condition-that-begins-with-not"),
        pytest.param("not(> 5)", "x", False, id="not-of-an-undecided-test"),
        pytest.param("> 5", 6, True, id="greater"),
        pytest.param("> 5", None, False, id="null-is-not-greater"),
        pytest.param("!= 5", 6, True, id="unequal"),
        pytest.param("[1..5], > 9", 10, True, id="range-or-comparison"),
        pytest.param("]1..5[", 5, False, id="open-range"),
        pytest.param("< limit", 3, True, id="against-a-variable"),
        pytest.param("allowed", "a", True, id="in-a-list-variable"),
        pytest.param("limit + 1", 5, True, id="against-a-calculation"),
        pytest.param("null", None, True, id="null-passes-null"),
        pytest.param("null", 1, False, id="a-value-does-not"),
        pytest.param("true", True, True, id="true"),
        pytest.param("false", False, True, id="false-against-false-passes"),
        pytest.param("false", True, False, id="false-against-true-does-not"),
        pytest.param("? > 2 and ? < 4", 3, True, id="question-mark"),
        pytest.param("? * 2 = 6", 3, True, id="calculation-with-question-mark"),
        pytest.param('contains(?, "x")', "axb", True, id="call-with-question-mark"),
        pytest.param('starts with(?, "x")', "axb", False, id="call-that-answers-false"),
        pytest.param("?", False, False, id="question-mark-alone-must-be-true"),
        pytest.param("limit > 3", "whatever", True, id="condition-without-question-mark"),
        pytest.param("limit > 5", False, False, id="a-false-condition-never-passes"),
        pytest.param('date("2024-01-01")', "2024-01-01", False, id="text-is-no-date"),
        pytest.param("every x in ? satisfies x > 0", [1, 2], True, id="quantifier"),
        pytest.param("[1, 2]", [1, 2], True, id="list-equals-list"),
    ],
)
def test_cells(tests: str, value: object, expected: bool) -> None:
    assert passes(tests, value, {"limit": 4, "allowed": ["a", "b"]}) is expected


@given(st.lists(st.integers(-5, 5), min_size=1), st.integers(-5, 5))
def test_several_tests_are_alternatives(allowed: list[int], value: int) -> None:
    cell = ", ".join(map(str, allowed))

    assert passes(cell, Decimal(value)) is (value in allowed)
    assert passes(f"not({cell})", value) is (value not in allowed)
