"""Is it true, false or null? FEEL's logic has three values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.evaluating import assert_value, value_of

ternary = st.sampled_from([True, False, None])
anything = st.one_of(ternary, st.integers(-3, 3), st.sampled_from(["", "a"]))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("1 = 1.0", "true", id="numbers-by-value"),
        pytest.param('"a" != "b"', "true", id="strings"),
        pytest.param("null = null", "true", id="null-equals-null"),
        pytest.param("1 = null", "false", id="no-value-equals-null"),
        pytest.param("1 != null", "true", id="every-value-differs-from-null"),
        pytest.param('1 = "1"', "null", id="two-types-cannot-be-compared"),
        pytest.param("true = 1", "null", id="a-boolean-is-no-number"),
        pytest.param("[1, 2] = [1, 2]", "true", id="lists-by-items"),
        pytest.param("[1, 2] = [2, 1]", "false", id="lists-in-order"),
        pytest.param("[1] = [1, 2]", "false", id="lists-of-two-lengths"),
        pytest.param("{a: 1, b: [2]} = {b: [2], a: 1}", "true", id="contexts-in-any-order"),
        pytest.param("{a: 1} = {a: 1, b: null}", "false", id="contexts-by-keys"),
        pytest.param("[1..2] = [1..2]", "true", id="ranges"),
        pytest.param("[1..2] = [1..2)", "false", id="ranges-by-their-ends"),
        pytest.param('@"2024-01-01" = @"2024-01-01T00:00:00"', "null", id="date-and-moment"),
        pytest.param(
            '@"2024-01-01T10:00:00Z" = @"2024-01-01T12:00:00+02:00"', "true", id="same-instant"
        ),
        pytest.param('@"10:00:00Z" = @"12:00:00+02:00"', "true", id="same-time-in-two-zones"),
        pytest.param('@"10:00:00Z" = @"10:00:00"', "false", id="zoned-time-and-local-time"),
        pytest.param('@"P1Y" = @"P12M"', "true", id="durations-by-length"),
        pytest.param('@"P1D" = @"P1M"', "null", id="durations-of-two-kinds"),
    ],
)
def test_equality(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("1 < 2", "true", id="numbers"),
        pytest.param("2 <= 2", "true", id="or-equal"),
        pytest.param('"a" < "b"', "true", id="strings"),
        pytest.param("1 < null", "null", id="null-has-no-order"),
        pytest.param('1 < "2"', "null", id="two-types-have-no-order"),
        pytest.param("true > false", "null", id="booleans-have-no-order"),
        pytest.param("[1] < [2]", "null", id="lists-have-no-order"),
        pytest.param('@"2024-01-01" < @"2024-01-02"', "true", id="dates"),
        pytest.param('@"P11M" < @"P1Y"', "true", id="months"),
        pytest.param('@"10:00:00" < @"11:00:00"', "true", id="times"),
        pytest.param('@"10:00:00Z" < @"11:00:00"', "null", id="zoned-time-and-local-time"),
        pytest.param(
            '@"2024-01-01T11:00:00+02:00" < @"2024-01-01T10:00:00Z"', "true", id="instants"
        ),
        pytest.param(
            '@"2024-10-27T01:30:00Z" > @"2024-10-27T02:15:00@Europe/Paris"',
            "true",
            id="instants-at-the-end-of-summer-time",
        ),
        pytest.param("2 between 1 and 3", "true", id="between"),
        pytest.param("3 between 1 and 3", "true", id="between-includes-its-ends"),
        pytest.param("4 between 1 and null", "null", id="between-with-null"),
        pytest.param("1 + 1 between 1 and 1 + 1 and true", "true", id="between-and-and"),
    ],
)
def test_order(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("false and null", "false", id="false-decides-and"),
        pytest.param("null and false", "false", id="in-either-order"),
        pytest.param("true and null", "null", id="and-with-null"),
        pytest.param("true or null", "true", id="true-decides-or"),
        pytest.param("false or null", "null", id="or-with-null"),
        pytest.param("true and 1", "null", id="a-number-is-no-truth"),
        pytest.param("false or true and false", "false", id="and-before-or"),
        pytest.param("not(null)", "null", id="not-null"),
        pytest.param('not("a")', "null", id="not-of-a-string"),
        pytest.param("if null then 1 else 2", "2", id="if-null-takes-else"),
        pytest.param('if "true" then 1 else 2', "2", id="if-text-takes-else"),
        pytest.param("if 1 < 2 then 1 else 2", "1", id="if-true"),
        pytest.param("1 + if true then 1 else 2", "2", id="if-as-an-operand"),
    ],
)
def test_connectives(source: str, expected: str) -> None:
    assert_value(source, expected)


@given(anything, anything)
def test_and_and_or_follow_de_morgan(a: object, b: object) -> None:
    context = {"a": a, "b": b}

    assert value_of("not(a and b)", context) is value_of("not(a) or not(b)", context)
    assert value_of("not(a or b)", context) is value_of("not(a) and not(b)", context)


@given(ternary, ternary, ternary)
def test_and_and_or_distribute(a: object, b: object, c: object) -> None:
    context = {"a": a, "b": b, "c": c}

    assert value_of("a and (b or c)", context) is value_of("a and b or a and c", context)
    assert value_of("(a and b) and c", context) is value_of("a and (b and c)", context)
    assert value_of("a and b", context) is value_of("b and a", context)


@given(anything, anything)
def test_equality_is_symmetric_and_inequality_its_negation(a: object, b: object) -> None:
    context = {"a": a, "b": b}

    assert value_of("a = b", context) is value_of("b = a", context)
    assert value_of("a != b", context) is value_of("not(a = b)", context)
