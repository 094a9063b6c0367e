"""What do + - * / and ** give?"""

from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.feel.evaluating import assert_value, value_of

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("1 + 2 * 3", "7", id="times-before-plus"),
        pytest.param("(1 + 2) * 3", "9", id="brackets-first"),
        pytest.param("10 - 4 - 3", "3", id="minus-from-the-left"),
        pytest.param("2 ** 3 ** 2", "64", id="power-from-the-left"),
        pytest.param("-2 ** 2", "4", id="sign-before-power"),
        pytest.param("--2", "2", id="two-signs"),
        pytest.param("0.1 + 0.2", "0.3", id="decimals-are-exact"),
        pytest.param("1 / 3", "0.3333333333333333333333333333333333", id="34-digits"),
        pytest.param("1 / 0", "null", id="division-by-zero"),
        pytest.param('"a" + "b"', '"ab"', id="strings-join"),
        pytest.param('"a" + 1', "null", id="string-and-number-do-not-add"),
        pytest.param("null + 1", "null", id="null-spreads"),
        pytest.param("true + 1", "null", id="a-boolean-is-no-number"),
        pytest.param('"a" * 2', "null", id="strings-do-not-multiply"),
        pytest.param("2 ** 0.5 > 1.414", "true", id="fractional-power"),
        pytest.param("(-2) ** 0.5", "null", id="no-root-of-a-negative-number"),
        pytest.param("9e6144 * 10", "null", id="beyond-the-largest-number"),
    ],
)
def test_numbers_and_strings(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('@"2024-01-31" + @"P1M"', '@"2024-02-29"', id="a-month-on-keeps-to-the-month"),
        pytest.param('@"2024-02-29" - @"P1Y"', '@"2023-02-28"', id="a-year-back-from-leap-day"),
        pytest.param('@"P1M" + @"2024-01-31"', '@"2024-02-29"', id="either-order"),
        pytest.param('@"2024-01-01" + @"PT36H"', '@"2024-01-02"', id="36-hours-on-is-one-date"),
        pytest.param('@"2024-01-03" - @"PT36H"', '@"2024-01-01"', id="36-hours-back-is-two-dates"),
        pytest.param('@"2024-03-01" - @"2024-02-01"', '@"P29D"', id="between-dates"),
        pytest.param('@"9999-12-31" + @"P1D"', "null", id="beyond-the-last-year"),
        pytest.param(
            '@"2024-01-01T10:00:00" - @"2024-01-01T08:30:00"', '@"PT1H30M"', id="between-moments"
        ),
        pytest.param(
            '@"2024-01-01T10:00:00Z" - @"2024-01-01T10:00:00+02:00"',
            '@"PT2H"',
            id="moments-in-two-zones-differ-by-instants",
        ),
        pytest.param(
            '@"2024-01-01T10:00:00Z" - @"2024-01-01T10:00:00"', "null", id="zoned-and-local"
        ),
        pytest.param(
            '@"2024-01-02T01:00:00" - @"2024-01-01"', '@"P1DT1H"', id="a-date-is-its-midnight"
        ),
        pytest.param('@"23:30:00" + @"PT1H"', '@"00:30:00"', id="times-wrap-at-midnight"),
        pytest.param('@"00:30:00" - @"PT1H"', '@"23:30:00"', id="times-wrap-backwards"),
        pytest.param('@"10:00:00" - @"08:30:00"', '@"PT1H30M"', id="between-times"),
        pytest.param('@"P1Y" + @"P2M"', '@"P14M"', id="months-add"),
        pytest.param('@"P1D" - @"PT1H"', '@"PT23H"', id="hours-subtract"),
        pytest.param('@"P1D" + @"P1M"', "null", id="the-two-kinds-do-not-mix"),
        pytest.param('2 * @"P1DT1H"', '@"P2DT2H"', id="number-times-duration"),
        pytest.param('@"P1M" * 2.9', '@"P2M"', id="months-lose-their-fraction"),
        pytest.param('@"P1D" / 2', '@"PT12H"', id="duration-by-number"),
        pytest.param('@"P1D" / @"PT6H"', "4", id="duration-by-duration"),
        pytest.param('@"P1Y" / @"P3M"', "4", id="months-by-months"),
        pytest.param('@"P1D" / 0', "null", id="duration-by-zero"),
        pytest.param('-@"P1D"', '@"-P1D"', id="negative-duration"),
        pytest.param('-@"P1M"', '@"-P1M"', id="negative-months"),
        pytest.param('@"2024-01-01" + @"2024-01-02"', "null", id="dates-do-not-add"),
        pytest.param('@"P1D" - @"2024-01-01"', "null", id="nor-subtract-from-durations"),
    ],
)
def test_dates_times_and_durations(source: str, expected: str) -> None:
    assert_value(source, expected)


def test_a_day_across_the_change_to_summer_time_is_24_hours() -> None:
    before = '@"2024-03-30T12:00:00@Europe/Paris"'

    assert_value(f'{before} + @"P1D"', '@"2024-03-31T13:00:00@Europe/Paris"')
    assert_value(f'({before} + @"P1D") - {before}', '@"P1D"')


@given(numbers, numbers)
def test_arithmetic_agrees_with_decimal128(left: Decimal, right: Decimal) -> None:
    context = {"a": left, "b": right}
    with localcontext() as decimal128:
        decimal128.prec = 34

        assert value_of("a + b", context) == left + right
        assert value_of("a - b", context) == left - right
        assert value_of("a * b", context) == left * right


@given(numbers, numbers)
def test_division_agrees_with_decimal128(left: Decimal, right: Decimal) -> None:
    assume(right != 0)
    with localcontext() as decimal128:
        decimal128.prec = 34

        assert value_of("a / b", {"a": left, "b": right}) == left / right


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_float_of_the_host_counts_as_the_decimal_it_prints_as(value: float) -> None:
    assert value_of("a", {"a": value}) == Decimal(repr(value))
