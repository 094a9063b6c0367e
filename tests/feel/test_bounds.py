"""Can an expression hang the server or eat its memory?"""

import pytest

from engine.errors import LimitExceeded
from engine.feel import compile_expression, to_json
from engine.feel.limits import MAX_LIST_LENGTH, MAX_STRING_LENGTH
from tests.feel.evaluating import value_of

DOUBLED_LISTS = "{l0: [1], " + ", ".join(f"l{i}: [l{i - 1}, l{i - 1}]" for i in range(1, 50)) + "}"
DOUBLED_STRINGS = (
    '{s0: "0123456789abcdef", '
    + ", ".join(f"s{i}: s{i - 1} + s{i - 1}" for i in range(1, 40))
    + "}"
)
SELF_CONTAINING: list[object] = []
SELF_CONTAINING.append(SELF_CONTAINING)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("some x in 1..1000000000 satisfies x < 0", id="a-very-long-count"),
        pytest.param("some a in 1..9999, b in 1..9999 satisfies a < 0", id="nested-loops"),
        pytest.param("for i in 1..100000 return exp(i / 1000)", id="expensive-numbers"),
        pytest.param("for i in 1..100000 return count(partial)", id="copies-of-partial"),
        pytest.param("distinct values(for i in 1..50000 return i)", id="comparing-all-pairs"),
        pytest.param(f"{DOUBLED_LISTS} = {DOUBLED_LISTS}", id="comparing-doubled-lists"),
        pytest.param(f"flatten({DOUBLED_LISTS}.l49)", id="flattening-doubled-lists"),
        pytest.param(f"string({DOUBLED_LISTS})", id="writing-doubled-lists"),
        pytest.param(f"to json({DOUBLED_LISTS})", id="json-of-doubled-lists"),
        pytest.param(
            f"{DOUBLED_LISTS}.l49 instance of {'list<' * 50}number{'>' * 50}",
            id="the-type-of-doubled-lists",
        ),
        pytest.param("some i in 1..900 satisfies s < s", id="comparing-long-strings"),
    ],
)
def test_work_is_bounded(source: str) -> None:
    with pytest.raises(LimitExceeded, match="steps"):
        value_of(source, {"s": "x" * 200_000})


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param("for i in 1..1000000 return i", "items", id="long-list"),
        pytest.param(DOUBLED_STRINGS, "characters", id="doubled-string"),
        pytest.param(
            'replace(s, ".*", string join(for i in 1..60 return "$0"))', "characters", id="replace"
        ),
        pytest.param('string join(for i in 1..9 return s, "")', "characters", id="join"),
        pytest.param("{f: function(x) f(x), r: f(1)}.r", "calls are open", id="endless-recursion"),
        pytest.param("(" * 100 + "1" + ")" * 100, "nested deeper", id="brackets"),
        pytest.param("-" * 100 + "1", "nested deeper", id="signs"),
        pytest.param("1" + "+1" * 1000, "deeper than 250", id="chain-of-operators"),
        pytest.param("a" + ".b" * 5000, "nested too deeply", id="chain-of-members"),
        pytest.param(" " * 100_001, "longer than 100000", id="long-text"),
        pytest.param("1e9999", "6144", id="large-number"),
        pytest.param('number("1e9999")', "6144", id="large-number-from-text"),
    ],
)
def test_sizes_and_depths_are_bounded(source: str, message: str) -> None:
    with pytest.raises(LimitExceeded, match=message):
        value_of(source, {"s": "x" * 200_000})


def test_long_chains_of_and_and_or_are_no_deep_trees() -> None:
    assert value_of("true" + " and true" * 2000) is True


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(SELF_CONTAINING, id="a-list-that-contains-itself"),
        pytest.param([0] * (MAX_LIST_LENGTH + 1), id="a-list-too-long"),
    ],
)
def test_values_of_the_host_are_bounded(value: object) -> None:
    with pytest.raises(LimitExceeded):
        value_of("count(x)", {"x": value})


def test_a_list_may_be_as_long_as_the_bound() -> None:
    assert value_of("count(x)", {"x": [0] * MAX_LIST_LENGTH}) == MAX_LIST_LENGTH


def test_a_string_of_the_host_may_be_read_but_not_grown_beyond_the_bound() -> None:
    longest = "x" * MAX_STRING_LENGTH

    assert value_of("s", {"s": longest}) == longest
    with pytest.raises(LimitExceeded, match="characters"):
        value_of('s + "y"', {"s": longest})


def test_json_of_doubled_lists_is_bounded_too() -> None:
    with pytest.raises(LimitExceeded, match="steps"):
        to_json(value_of(DOUBLED_LISTS))


def test_a_bound_reached_once_does_not_weaken_the_next_evaluation() -> None:
    expression = compile_expression("some x in 1..n satisfies x < 0")

    with pytest.raises(LimitExceeded):
        expression.evaluate({"n": 10**9})

    assert expression.evaluate({"n": 3}) is False
