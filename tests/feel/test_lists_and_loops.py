"""How are lists filtered, walked through and judged?"""

import pytest

from tests.feel.evaluating import assert_value

ORDERS = [{"id": "a", "total": 5}, {"id": "b", "total": 15}, {"id": "c"}]
CONTEXT = {"xs": [1, 2, 3, 4], "orders": ORDERS, "i": 2, "one": 7, "empty": []}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("xs[1]", "1", id="first-is-1"),
        pytest.param("xs[-1]", "4", id="last-is-minus-1"),
        pytest.param("xs[0]", "null", id="there-is-no-0"),
        pytest.param("xs[5]", "null", id="beyond-the-end"),
        pytest.param("xs[i]", "2", id="by-a-variable"),
        pytest.param("xs[item > 2]", "[3, 4]", id="by-a-condition"),
        pytest.param("orders[total > 10].id", '["b"]', id="entries-of-the-item-are-variables"),
        pytest.param("orders[item.total > 10].id", '["b"]', id="or-through-item"),
        pytest.param("orders[total = null].id", '["c"]', id="a-missing-entry-is-null"),
        pytest.param("orders.id", '["a", "b", "c"]', id="path-over-a-list"),
        pytest.param("orders[1].total", "5", id="path-after-a-place"),
        pytest.param("one[1]", "7", id="a-single-value-is-a-list-of-itself"),
        pytest.param("one[item > 8]", "[]", id="also-for-conditions"),
        pytest.param("missing[1]", "null", id="null-has-no-items"),
        pytest.param("empty[item > 1]", "[]", id="nothing-in-an-empty-list"),
        pytest.param("empty[1]", "null", id="no-first-of-an-empty-list"),
        pytest.param("[[1, 2], [3]][2][1]", "3", id="filters-in-a-row"),
    ],
)
def test_filters(source: str, expected: str) -> None:
    assert_value(source, expected, CONTEXT)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("for x in xs return x * 2", "[2, 4, 6, 8]", id="each-item"),
        pytest.param("for x in 1..3 return x", "[1, 2, 3]", id="counting-up"),
        pytest.param("for x in 3..1 return x", "[3, 2, 1]", id="counting-down"),
        pytest.param("for x in [1..3] return x", "[1, 2, 3]", id="over-a-range"),
        pytest.param(
            'for d in @"2024-02-28"..@"2024-03-01" return d.day', "[28, 29, 1]", id="over-dates"
        ),
        pytest.param(
            "for a in [1, 2], b in [10, 20] return a + b", "[11, 21, 12, 22]", id="all-pairs"
        ),
        pytest.param(
            "for a in [[1, 2], [3]], b in a return b", "[1, 2, 3]", id="inner-list-from-the-outer"
        ),
        pytest.param(
            "for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]",
            "[1, 1, 2, 3, 5]",
            id="partial-results",
        ),
        pytest.param("for x in null return x", "null", id="over-null"),
        pytest.param("for x in 1..2.5 return x", "null", id="to-a-fraction"),
        pytest.param("for x in [] return x", "[]", id="over-nothing"),
        pytest.param("for x in 7 return x", "[7]", id="over-a-single-value"),
        pytest.param("for x in xs return xs[x] - x", "[0, 0, 0, 0]", id="outer-variables-seen"),
    ],
)
def test_loops(source: str, expected: str) -> None:
    assert_value(source, expected, CONTEXT)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("some x in xs satisfies x > 3", "true", id="some-true"),
        pytest.param("some x in xs satisfies x > 4", "false", id="some-false"),
        pytest.param("some x in [1, null] satisfies x > 3", "null", id="some-undecided"),
        pytest.param("some x in [null, 4] satisfies x > 3", "true", id="some-despite-null"),
        pytest.param("every x in xs satisfies x > 0", "true", id="every-true"),
        pytest.param("every x in [null, 0] satisfies x > 3", "false", id="every-despite-null"),
        pytest.param("every x in [null, 4] satisfies x > 3", "null", id="every-undecided"),
        pytest.param("every x in [] satisfies false", "true", id="every-of-nothing"),
        pytest.param("some x in [] satisfies true", "false", id="some-of-nothing"),
        pytest.param("some x in null satisfies true", "null", id="some-of-null"),
        pytest.param(
            "some a in [1, 2], b in [3, 4] satisfies a + b = 6", "true", id="several-iterators"
        ),
    ],
)
def test_quantifiers(source: str, expected: str) -> None:
    assert_value(source, expected, CONTEXT)


def test_an_entry_called_item_hides_the_item() -> None:
    assert_value("rows[item = 2].item", "[2]", {"rows": [{"item": 1}, {"item": 2}]})


def test_partial_is_a_snapshot_and_no_list_contains_itself() -> None:
    assert_value("for i in 1..2 return partial", "[[], [[]]]")
