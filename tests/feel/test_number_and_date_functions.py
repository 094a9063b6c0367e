"""What do the functions of numbers, dates and ranges give?"""

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ExpressionError
from engine.feel import compile_expression
from tests.feel.evaluating import assert_value, value_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("decimal(2.5, 0)", "2", id="decimal-rounds-half-to-even"),
        pytest.param("decimal(1 / 3, 2)", "0.33", id="decimal"),
        pytest.param("decimal(1250, -2)", "1.2e3", id="decimal-to-hundreds"),
        pytest.param('decimal(2.5, 0, "HALF_UP")', "3", id="decimal-by-mode"),
        pytest.param('decimal(2.5, 0, "SIDEWAYS")', "null", id="decimal-by-no-mode"),
        pytest.param("decimal(1, 7000)", "null", id="scale-too-large"),
        pytest.param("decimal(1e33, 2) = 1e33", "true", id="more-digits-than-there-are"),
        pytest.param("floor(-1.5)", "-2", id="floor"),
        pytest.param("floor(1.567, 2)", "1.56", id="floor-to-a-scale"),
        pytest.param("ceiling(-1.5)", "-1", id="ceiling"),
        pytest.param("round up(-1.121, 2)", "-1.13", id="round-up"),
        pytest.param("round down(-1.129, 2)", "-1.12", id="round-down"),
        pytest.param("round half up(2.5, 0)", "3", id="round-half-up"),
        pytest.param("round half down(2.5, 0)", "2", id="round-half-down"),
        pytest.param("abs(-1)", "1", id="abs"),
        pytest.param('abs(@"-P1M")', '@"P1M"', id="abs-of-months"),
        pytest.param('abs(@"-PT1H")', '@"PT1H"', id="abs-of-hours"),
        pytest.param("modulo(-12, 5)", "3", id="modulo-has-the-divisors-sign"),
        pytest.param("modulo(12, -5)", "-3", id="modulo-of-a-negative-divisor"),
        pytest.param("modulo(1, 0)", "null", id="modulo-zero"),
        pytest.param("sqrt(16)", "4", id="sqrt"),
        pytest.param("sqrt(-1)", "null", id="no-root-below-zero"),
        pytest.param("decimal(log(10), 8)", "2.30258509", id="log"),
        pytest.param("log(0)", "null", id="no-log-of-zero"),
        pytest.param("exp(0)", "1", id="exp"),
        pytest.param("exp(1e6)", "null", id="exp-too-large"),
        pytest.param("odd(5)", "true", id="odd"),
        pytest.param("even(-2)", "true", id="even"),
        pytest.param("odd(1.5)", "null", id="a-fraction-is-neither"),
        pytest.param("random number() < 1", "true", id="random-number"),
    ],
)
def test_number_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("date(2024, 2, 29)", '@"2024-02-29"', id="date-of-numbers"),
        pytest.param("date(2023, 2, 29)", "null", id="no-such-date"),
        pytest.param('date(@"2024-01-02T03:04:05Z")', '@"2024-01-02"', id="date-of-a-moment"),
        pytest.param('date and time("2024-01-02")', '@"2024-01-02T00:00:00"', id="midnight"),
        pytest.param(
            'date and time(@"2024-01-02", @"03:04:05Z")', '@"2024-01-02T03:04:05Z"', id="of-parts"
        ),
        pytest.param(
            'date and time(@"2024-07-01T10:00:00Z", "Europe/Paris")',
            '@"2024-07-01T12:00:00@Europe/Paris"',
            id="moment-in-another-zone",
        ),
        pytest.param(
            'date and time(@"2024-07-01T10:00:00", "Europe/Paris")',
            '@"2024-07-01T10:00:00@Europe/Paris"',
            id="local-time-in-a-zone",
        ),
        pytest.param(
            'date and time(@"2024-07-01T10:00:00", "+02:00")',
            '@"2024-07-01T10:00:00+02:00"',
            id="local-time-at-an-offset",
        ),
        pytest.param('date and time(@"2024-07-01T10:00:00", "Moon")', "null", id="in-no-zone"),
        pytest.param("time(10, 11, 12.5)", '@"10:11:12.5"', id="time-of-numbers"),
        pytest.param('time(10, 11, 12, @"-PT2H")', '@"10:11:12-02:00"', id="time-with-offset"),
        pytest.param("time(24, 0, 0)", "null", id="no-such-time"),
        pytest.param(
            'time(@"2024-07-01T10:00:00@Europe/Paris")', '@"10:00:00+02:00"', id="time-of-a-moment"
        ),
        pytest.param('time(@"2024-07-01")', '@"00:00:00Z"', id="time-of-a-date"),
        pytest.param(
            'years and months duration(@"2011-12-22", @"2013-08-24")', '@"P1Y8M"', id="months"
        ),
        pytest.param(
            'years and months duration(@"2013-08-24", @"2011-12-22")', '@"-P1Y8M"', id="backwards"
        ),
        pytest.param(
            'years and months duration(@"2024-01-31", @"2024-02-29")', '@"P0M"', id="not-a-month"
        ),
        pytest.param('day of week(@"2019-09-17")', '"Tuesday"', id="day-of-week"),
        pytest.param('day of year(@"2019-09-17")', "260", id="day-of-year"),
        pytest.param('week of year(@"2005-01-01")', "53", id="iso-week"),
        pytest.param('month of year(@"2019-09-17T10:00:00")', '"September"', id="month-of-year"),
        pytest.param('last day of month(@"2024-02-03")', '@"2024-02-29"', id="last-day"),
        pytest.param("now()", '@"2026-03-04T05:06:07Z"', id="now"),
        pytest.param("today()", '@"2026-03-04"', id="today"),
    ],
)
def test_date_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_last_day_of_a_month_agrees_with_the_calendar(year: int, month: int) -> None:
    context = {"y": year, "m": month}

    last = value_of("last day of month(date(y, m, 1)).day", context)

    assert last == calendar.monthrange(year, month)[1]


def test_without_a_time_now_is_an_error() -> None:
    with pytest.raises(ExpressionError, match="no time was given"):
        compile_expression("now()").evaluate({})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("before(1, [2..3])", "true", id="point-before-range"),
        pytest.param("before([1..2), [2..3])", "true", id="touching-but-open"),
        pytest.param("before([1..2], [2..3])", "false", id="touching"),
        pytest.param("after([3..4], 2)", "true", id="range-after-point"),
        pytest.param('before(1, "a")', "null", id="no-order"),
        pytest.param("before((< 3), (> 5))", "true", id="unbounded-ranges"),
        pytest.param("meets([1..5], [5..9])", "true", id="meets"),
        pytest.param("meets([1..5), [5..9])", "false", id="meets-not-when-open"),
        pytest.param("met by([5..9], [1..5])", "true", id="met-by"),
        pytest.param("overlaps([1..5], [3..8])", "true", id="overlaps"),
        pytest.param("overlaps([1..5), [5..8])", "false", id="open-ends-do-not-overlap"),
        pytest.param("overlaps before([1..5], [3..8])", "true", id="overlaps-before"),
        pytest.param("overlaps after([3..8], [1..5])", "true", id="overlaps-after"),
        pytest.param("finishes(10, [1..10])", "true", id="finishes"),
        pytest.param("finished by([1..10], [5..10])", "true", id="finished-by"),
        pytest.param("includes([1..10], 5)", "true", id="includes"),
        pytest.param("includes([1..10), [5..10])", "false", id="includes-not-the-open-end"),
        pytest.param("during((4..6), [4..6])", "true", id="during"),
        pytest.param("starts(1, [1..10])", "true", id="starts"),
        pytest.param("started by([1..10], [1..5])", "true", id="started-by"),
        pytest.param("coincides([1..5], (1..5])", "false", id="coincides-by-ends"),
        pytest.param("coincides(5, 5)", "true", id="points-coincide"),
        pytest.param('range("[1..3)") = [1..3)', "true", id="range-of-text"),
        pytest.param('range("[3..1]")', "null", id="range-of-descending-text"),
        pytest.param('range("[x..1]")', "null", id="range-of-names"),
        pytest.param('range("nonsense")', "null", id="range-of-nonsense"),
    ],
)
def test_range_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


ends = st.integers(0, 5)
brackets = st.sampled_from(["[{}..{}]", "({}..{}]", "[{}..{})", "({}..{})"])


@given(brackets, ends, ends, brackets, ends, ends)
def test_relations_of_ranges_come_in_pairs(
    first: str, a: int, b: int, second: str, c: int, d: int
) -> None:
    left = first.format(min(a, b), max(a, b))
    right = second.format(min(c, d), max(c, d))

    for one, other in (
        ("before", "after"),
        ("meets", "met by"),
        ("overlaps before", "overlaps after"),
        ("starts", "started by"),
        ("finishes", "finished by"),
        ("during", "includes"),
        ("overlaps", "overlaps"),
        ("coincides", "coincides"),
    ):
        assert value_of(f"{one}({left}, {right})") is value_of(f"{other}({right}, {left})")
