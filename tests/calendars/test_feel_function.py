"""What does ``working time(start, duration, calendar)`` accept in an expression, and refuse?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.calendars import builtin_calendars, feel_functions
from engine.errors import ExpressionError
from engine.feel.values import YearsMonths

working_time = feel_functions(builtin_calendars())["working time"]
TUESDAY = datetime(2025, 9, 30, 7, tzinfo=UTC)
TEN_DAYS_LATER = datetime(2025, 10, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(TUESDAY, id="a-datetime"),
        pytest.param("2025-09-30T07:00:00Z", id="iso-text"),
        pytest.param("2025-09-30T15:00:00+08:00", id="iso-text-with-an-offset"),
        pytest.param("2025-09-30T15:00", id="text-without-offset-is-local-to-the-calendar"),
        pytest.param(datetime(2025, 9, 30, 15), id="a-local-datetime"),  # noqa: DTZ001
    ],
)
def test_the_start_may_be_written_in_these_ways(start: object) -> None:
    assert working_time(start, "P2D", "cn") == TEN_DAYS_LATER


@pytest.mark.parametrize(
    ("duration", "due"),
    [
        pytest.param(timedelta(days=2), TEN_DAYS_LATER, id="a-feel-duration"),
        pytest.param("P2D", TEN_DAYS_LATER, id="iso-text"),
        pytest.param("PT24H", datetime(2025, 10, 11, 4, tzinfo=UTC), id="hours-of-work"),
        pytest.param(YearsMonths(1), datetime(2025, 10, 30, 7, tzinfo=UTC), id="months"),
    ],
)
def test_the_duration_may_be_written_in_these_ways(duration: object, due: datetime) -> None:
    assert working_time(TUESDAY, duration, "cn") == due


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(
            (TUESDAY, "P2D", "mars"), "no calendar 'mars'; known calendars: cn", id="place"
        ),
        pytest.param((TUESDAY, "P2D", None), "no calendar None", id="no-calendar"),
        pytest.param((TUESDAY, "P2D", ["cn"]), "no calendar", id="a-list"),
        pytest.param(
            (None, "P2D", "cn"), "start must be a date and time, not None", id="null-start"
        ),
        pytest.param(
            (date(2025, 9, 30), "P2D", "cn"), "start must be a date and time", id="a-date"
        ),
        pytest.param(("soon", "P2D", "cn"), "'soon' is no date and time", id="words"),
        pytest.param((TUESDAY, None, "cn"), "must be a duration, not None", id="null-duration"),
        pytest.param((TUESDAY, 2, "cn"), "must be a duration, not 2", id="a-number"),
        pytest.param((TUESDAY, "P2W", "cn"), "'P2W' is no duration of work", id="weeks"),
        pytest.param((TUESDAY, timedelta(-1), "cn"), "negative", id="backwards"),
        pytest.param((TUESDAY, "P99999D", "cn"), "20 years", id="too-far"),
    ],
)
def test_anything_else_is_an_error_by_name(arguments: tuple[object, ...], complaint: str) -> None:
    with pytest.raises(ExpressionError, match=f"^working time: .*{complaint}"):
        working_time(*arguments)
