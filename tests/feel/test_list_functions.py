"""What do the functions of lists and contexts give?"""

import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.evaluating import assert_value, value_of

whole_numbers = st.lists(st.integers(-50, 50), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("list contains([1, null], null)", "true", id="list-contains-null"),
        pytest.param("list contains([[1]], [1])", "true", id="list-contains-a-list"),
        pytest.param("list contains(null, 1)", "null", id="null-contains-nothing"),
        pytest.param("count([1, null])", "2", id="count"),
        pytest.param("count(5)", "1", id="a-value-is-a-list-of-itself"),
        pytest.param("count(null)", "null", id="null-is-no-list"),
        pytest.param("min([3, 1, 2])", "1", id="min"),
        pytest.param("max(3, 1, 2)", "3", id="max-of-arguments"),
        pytest.param('max(["a", "c", "b"])', '"c"', id="max-of-strings"),
        pytest.param('min([@"P1D", @"PT1H"])', '@"PT1H"', id="min-of-durations"),
        pytest.param("min([])", "null", id="min-of-nothing"),
        pytest.param('min([1, "a"])', "null", id="min-of-two-types"),
        pytest.param("max([null])", "null", id="max-of-null"),
        pytest.param("max([true, false])", "null", id="booleans-have-no-order"),
        pytest.param("sum([1, 2.5])", "3.5", id="sum"),
        pytest.param('sum([@"P1D", @"PT1H"])', '@"P1DT1H"', id="sum-of-durations"),
        pytest.param("sum([])", "null", id="sum-of-nothing"),
        pytest.param("sum([1, null])", "null", id="sum-with-null"),
        pytest.param('sum(["a", "b"])', "null", id="strings-have-no-sum"),
        pytest.param("product([2, 3, 4])", "24", id="product"),
        pytest.param("mean([1, 2, 6])", "3", id="mean"),
        pytest.param("mean([])", "null", id="mean-of-nothing"),
        pytest.param("median([6, 1, 2, 3])", "2.5", id="median-of-an-even-number"),
        pytest.param("median([8, 2, 5])", "5", id="median"),
        pytest.param("median([])", "null", id="median-of-nothing"),
        pytest.param("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931", id="stddev"),
        pytest.param("stddev([1])", "null", id="stddev-of-one"),
        pytest.param("mode([6, 3, 9, 6, 6, 3, 3])", "[3, 6]", id="mode"),
        pytest.param("mode([])", "[]", id="mode-of-nothing"),
        pytest.param("all([true, null])", "null", id="all-undecided"),
        pytest.param("all([false, null])", "false", id="all-decided"),
        pytest.param("all([])", "true", id="all-of-nothing"),
        pytest.param("any(false, true)", "true", id="any-of-arguments"),
        pytest.param("any([])", "false", id="any-of-nothing"),
        pytest.param("any([1])", "null", id="any-of-a-number"),
        pytest.param("sublist([4, 5, 6], 2)", "[5, 6]", id="sublist"),
        pytest.param("sublist([4, 5, 6], 1, 2)", "[4, 5]", id="sublist-of-a-length"),
        pytest.param("sublist([4, 5, 6], -2, 1)", "[5]", id="sublist-from-the-end"),
        pytest.param("sublist([4, 5, 6], 2, 3)", "null", id="sublist-too-long"),
        pytest.param("sublist([4, 5, 6], 0)", "null", id="there-is-no-place-0"),
        pytest.param("append([1], 2, [3])", "[1, 2, [3]]", id="append"),
        pytest.param("concatenate([1], [2, 3], 4)", "[1, 2, 3, 4]", id="concatenate"),
        pytest.param("concatenate([1], null)", "null", id="concatenate-null"),
        pytest.param("insert before([1, 3], 1, 2)", "[2, 1, 3]", id="insert-before"),
        pytest.param("insert before([1, 3], 3, 2)", "null", id="insert-outside"),
        pytest.param("remove([1, 2, 3], 2)", "[1, 3]", id="remove"),
        pytest.param("remove([1, 2, 3], -1)", "[1, 2]", id="remove-from-the-end"),
        pytest.param("list replace([1, 2, 3], 2, 9)", "[1, 9, 3]", id="replace-at-a-place"),
        pytest.param(
            "list replace([1, 5, 3], function(item, new) item < new, 4)",
            "[4, 5, 4]",
            id="replace-by-a-function",
        ),
        pytest.param("reverse([1, 2, 3])", "[3, 2, 1]", id="reverse"),
        pytest.param("index of([1, 2, 1], 1)", "[1, 3]", id="index-of"),
        pytest.param("union([1, 2], [2, 3])", "[1, 2, 3]", id="union"),
        pytest.param("distinct values([1, 2, 1, null, null])", "[1, 2, null]", id="distinct"),
        pytest.param("duplicate values([1, 2, 1, 1])", "[1]", id="duplicates"),
        pytest.param("flatten([[1, [2]], 3, []])", "[1, 2, 3]", id="flatten"),
        pytest.param("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]", id="sort"),
        pytest.param("sort([3, 1, 2])", "[1, 2, 3]", id="sort-ascending"),
        pytest.param('sort([1, "a"])', "null", id="sort-of-two-types"),
        pytest.param("partition([1, 2, 3], 2)", "[[1, 2], [3]]", id="partition"),
        pytest.param("partition([1], 0)", "null", id="partition-of-size-0"),
        pytest.param("is empty([])", "true", id="empty-list"),
        pytest.param("is empty({a: 1})", "false", id="context-with-an-entry"),
        pytest.param("is empty(null)", "null", id="null-is-not-empty"),
    ],
)
def test_list_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('get value({a: 1}, "a")', "1", id="get-value"),
        pytest.param('get value({a: 1}, "b")', "null", id="get-a-missing-value"),
        pytest.param('get value({a: {b: 2}}, ["a", "b"])', "2", id="get-a-nested-value"),
        pytest.param("get value({a: 1}, [])", "null", id="get-by-no-keys"),
        pytest.param('get value({a: 1}, ["a", "b"])', "null", id="get-through-a-number"),
        pytest.param("get entries({a: 1})", '[{key: "a", value: 1}]', id="get-entries"),
        pytest.param('context put({a: 1}, "b", 2)', "{a: 1, b: 2}", id="put"),
        pytest.param('context put({a: 1}, "a", 2)', "{a: 2}", id="put-over"),
        pytest.param(
            'context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}", id="put-nested"
        ),
        pytest.param('context put({}, ["a", "b"], 2)', "{a: {b: 2}}", id="put-on-a-new-path"),
        pytest.param('context put({a: 1}, ["a", "b"], 2)', "null", id="put-through-a-number"),
        pytest.param("context put({}, [], 2)", "null", id="put-nowhere"),
        pytest.param("context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}", id="merge"),
        pytest.param("context merge({a: 1}, 2)", "null", id="merge-a-number"),
        pytest.param('context([{key: "a", value: 1}])', "{a: 1}", id="context-of-entries"),
        pytest.param('context([{key: "a"}])', "null", id="entry-without-value"),
        pytest.param(
            'context([{key: "a", value: 1}, {key: "a", value: 2}])', "null", id="key-twice"
        ),
        pytest.param("is defined(null)", "false", id="null-is-not-defined"),
        pytest.param("is defined({a: 1}.a)", "true", id="an-entry-is-defined"),
        pytest.param('get or else(null, "x")', '"x"', id="get-or-else"),
        pytest.param("get or else(false, true)", "false", id="false-is-a-value"),
        pytest.param("assert(1, 1 > 0)", "1", id="assert"),
        pytest.param("is(1, 1.0)", "true", id="is"),
        pytest.param('is(@"10:00:00Z", @"12:00:00+02:00")', "false", id="is-not-in-another-zone"),
    ],
)
def test_context_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


@given(whole_numbers)
def test_statistics_agree_with_python(values: list[int]) -> None:
    context = {"xs": values}

    assert value_of("sum(xs)", context) == sum(values)
    assert value_of("min(xs)", context) == min(values)
    assert value_of("max(xs)", context) == max(values)
    assert value_of("median(xs)", context) == statistics.median(map(Decimal, values))
    assert value_of("mode(xs)", context) == sorted(statistics.multimode(values))


@given(whole_numbers)
def test_sorting_agrees_with_python_and_is_stable(values: list[int]) -> None:
    source = "sort(xs, function(a, b) a.key < b.key).place"
    rows = [{"key": value, "place": place} for place, value in enumerate(values)]

    assert value_of(source, {"xs": rows}) == sorted(range(len(values)), key=values.__getitem__)
    assert value_of("sort(xs)", {"xs": values}) == sorted(values)


@given(whole_numbers, st.integers(-14, 14))
def test_places_count_from_both_ends(values: list[int], place: int) -> None:
    inside = 1 <= abs(place) <= len(values)
    expected = values[place - 1 if place > 0 else place] if inside else None

    assert value_of("xs[place]", {"xs": values, "place": place}) == expected


def test_functions_leave_their_arguments_as_they_were() -> None:
    context = {"xs": [3, 1], "c": {"a": {"b": 1}}}

    value_of('[sort(xs), append(xs, 1), context put(c, ["a", "b"], 2)]', context)

    assert context == {"xs": [3, 1], "c": {"a": {"b": 1}}}
