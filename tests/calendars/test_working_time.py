"""When does a promise in working time fall due, and how much work lies between two moments?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.calendars import (
    Calendar,
    SpecialDay,
    Window,
    WorkingDuration,
    add_working_time,
    builtin_calendars,
    working_time_between,
)
from engine.errors import InvalidInput, LimitExceeded

CN = builtin_calendars()["cn"]
BERLIN = ZoneInfo("Europe/Berlin")
ALWAYS_OPEN = Calendar(id="always", zone=BERLIN, week=((Window.parse("00:00-24:00"),),) * 7)
LUNCH_BREAK = Calendar(
    id="lunch",
    zone=ZoneInfo("Asia/Shanghai"),
    week=((Window.parse("09:00-12:00"), Window.parse("13:30-18:00")),) * 5 + ((),) * 2,
)
NEVER_OPEN = Calendar(id="never", zone=BERLIN, week=((),) * 7)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CN.zone)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        pytest.param("2025-09-30 15:00", "P2D", "2025-10-10 15:00", id="golden-week-is-skipped"),
        pytest.param("2025-09-27 15:00", "P2D", "2025-09-29 15:00", id="make-up-sunday-counts"),
        pytest.param("2025-10-10 15:00", "P1D", "2025-10-11 15:00", id="make-up-saturday-counts"),
        pytest.param("2025-09-22 20:30", "P1D", "2025-09-23 20:30", id="evening-stays-evening"),
        pytest.param("2025-10-04 15:00", "P1D", "2025-10-09 15:00", id="a-holiday-start-is-fine"),
        pytest.param("2025-09-30 15:00", "PT24H", "2025-10-11 12:00", id="24-working-hours"),
        pytest.param("2025-09-22 08:00", "PT1H", "2025-09-22 10:00", id="before-opening"),
        pytest.param("2025-09-22 18:00", "PT1M", "2025-09-23 09:01", id="at-closing"),
        pytest.param("2025-09-22 17:00", "PT1H", "2025-09-22 18:00", id="due-at-closing-not-later"),
        pytest.param("2025-09-26 17:00", "P1DT2H", "2025-09-29 10:00", id="days-first-then-hours"),
        pytest.param("2025-09-27 15:00", "P0D", "2025-09-27 15:00", id="no-time-moves-nothing"),
        pytest.param("2025-08-30 10:00", "P1M", "2025-09-30 10:00", id="a-month-on-a-workday"),
        pytest.param("2025-09-05 10:00", "P1M", "2025-10-09 10:00", id="a-month-into-a-holiday"),
        pytest.param("2026-01-31 10:00", "P1M", "2026-02-28 10:00", id="a-month-has-an-end"),
        pytest.param("2025-12-10 10:00", "P1Y1M", "2027-01-11 10:00", id="years-are-12-months"),
    ],
)
def test_promises_in_china_fall_due(start: str, duration: str, due: str) -> None:
    assert add_working_time(CN, shanghai(start), duration).at == shanghai(due)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        pytest.param("2025-09-22 11:00", "PT2H", "2025-09-22 14:30", id="lunch-does-not-count"),
        pytest.param("2025-09-22 12:30", "PT1H", "2025-09-22 14:30", id="a-start-during-lunch"),
        pytest.param("2025-09-22 11:00", "PT1H", "2025-09-22 12:00", id="due-when-lunch-begins"),
        pytest.param("2025-09-26 17:00", "PT8H30M", "2025-09-29 18:00", id="over-a-weekend"),
    ],
)
def test_several_windows_a_day_count_together(start: str, duration: str, due: str) -> None:
    assert add_working_time(LUNCH_BREAK, shanghai(start), duration).at == shanghai(due)


def test_a_due_date_is_utc() -> None:
    assert add_working_time(CN, shanghai("2025-09-22 10:00"), "P1D").at.tzinfo is UTC


def test_a_make_up_workday_has_its_own_windows() -> None:
    short_saturday = SpecialDay(
        label_en="Stocktaking", label_zh="盘点", windows=(Window.parse("10:00-12:00"),)
    )
    calendar = Calendar(
        id="stock",
        zone=CN.zone,
        week=LUNCH_BREAK.week,
        special_days={date(2025, 9, 27): short_saturday},
    )

    due = add_working_time(calendar, shanghai("2025-09-26 17:00"), "PT3H").at

    assert due == shanghai("2025-09-27 12:00")


@pytest.mark.parametrize(
    ("start", "duration", "provisional"),
    [
        pytest.param("2026-12-29 15:00", "P2D", False, id="within-the-published-year"),
        pytest.param("2026-12-31 15:00", "P2D", True, id="days-into-the-unpublished-year"),
        pytest.param("2026-12-31 17:00", "PT2H", True, id="hours-into-the-unpublished-year"),
    ],
)
def test_due_dates_in_unpublished_years_are_provisional(
    start: str, duration: str, provisional: bool
) -> None:
    assert add_working_time(CN, shanghai(start), duration).provisional is provisional


def test_new_years_day_2027_is_skipped_though_not_published() -> None:
    due = add_working_time(CN, shanghai("2026-12-31 15:00"), "P2D")

    assert due.at == shanghai("2027-01-05 15:00")


def test_a_timedelta_of_whole_days_means_working_days() -> None:
    start = shanghai("2025-09-30 15:00")

    assert add_working_time(CN, start, timedelta(days=2)) == add_working_time(CN, start, "P2D")


def test_a_timedelta_of_hours_means_working_hours() -> None:
    start = shanghai("2025-09-30 15:00")

    assert add_working_time(CN, start, timedelta(hours=5)) == add_working_time(CN, start, "PT5H")


def test_days_keep_the_wall_clock_across_a_change_to_summer_time() -> None:
    saturday = datetime(2025, 3, 29, 15, tzinfo=BERLIN)

    assert add_working_time(ALWAYS_OPEN, saturday, "P1D").at == datetime(
        2025, 3, 30, 13, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param(date(2025, 3, 30), 23, id="summer-time-begins"),
        pytest.param(date(2025, 10, 26), 25, id="summer-time-ends"),
        pytest.param(date(2025, 7, 1), 24, id="an-ordinary-day"),
    ],
)
def test_a_day_has_the_hours_that_pass(day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    end = datetime(day.year, day.month, day.day + 1, tzinfo=BERLIN)

    assert working_time_between(ALWAYS_OPEN, start, end) == timedelta(hours=hours)


def test_windows_that_meet_in_the_skipped_hour_do_not_count_twice() -> None:
    windows = (Window.parse("00:00-02:30"), Window.parse("03:00-05:00"))
    calendar = Calendar(id="night", zone=BERLIN, week=(windows,) * 7)
    night = datetime(2025, 3, 30, tzinfo=BERLIN)

    total = working_time_between(calendar, night, night + timedelta(hours=6))

    assert total == timedelta(hours=4)


def test_time_between_counts_windows_only() -> None:
    total = working_time_between(CN, shanghai("2025-09-30 15:00"), shanghai("2025-10-09 11:00"))

    assert total == timedelta(hours=5)


def test_time_between_is_negative_backwards() -> None:
    early, late = shanghai("2025-09-22 10:00"), shanghai("2025-09-22 12:00")

    assert working_time_between(CN, late, early) == timedelta(hours=-2)


@pytest.mark.parametrize(
    "duration",
    [
        pytest.param("P1W", id="weeks-have-no-number-of-workdays"),
        pytest.param("P", id="nothing"),
        pytest.param("PT", id="no-time"),
        pytest.param("P2DT", id="an-empty-time-part"),
        pytest.param("-P2D", id="negative-text"),
        pytest.param("2 days", id="words"),
        pytest.param("P٢D", id="other-digits"),
        pytest.param("", id="empty"),
        pytest.param(timedelta(days=-1), id="negative-timedelta"),
    ],
)
def test_durations_that_promise_nothing_are_refused(duration: str | timedelta) -> None:
    with pytest.raises(InvalidInput, match=r"no duration of work|negative"):
        add_working_time(CN, shanghai("2025-09-22 10:00"), duration)


@pytest.mark.parametrize("duration", ["P1D", "PT1H", "P1M"])
def test_a_calendar_without_work_is_refused_not_searched_for_ever(duration: str) -> None:
    with pytest.raises(LimitExceeded, match="'never'"):
        add_working_time(NEVER_OPEN, datetime(2025, 1, 1, tzinfo=UTC), duration)


@pytest.mark.parametrize("duration", ["P9000D", "PT999999H", "P21Y"])
def test_a_promise_beyond_twenty_years_is_refused(duration: str) -> None:
    with pytest.raises(LimitExceeded, match="20 years"):
        add_working_time(CN, shanghai("2025-09-22 10:00"), duration)


@pytest.mark.parametrize("duration", ["P2D", "PT99H", "P1M"])
def test_the_end_of_time_is_refused(duration: str) -> None:
    with pytest.raises(LimitExceeded):
        add_working_time(CN, datetime(9999, 12, 30, tzinfo=UTC), duration)


def test_a_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        add_working_time(CN, datetime(2025, 1, 1), "P1D")  # noqa: DTZ001


def test_a_working_duration_can_be_given_as_such() -> None:
    due = add_working_time(CN, shanghai("2025-09-26 17:00"), WorkingDuration(days=1))

    assert due.at == shanghai("2025-09-28 17:00")


@pytest.mark.parametrize(
    "text", ["18:00-09:00", "09:00-09:00", "22:00-25:00", "9-17", "09:60-11:00"]
)
def test_windows_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"window|time of day"):
        Window.parse(text)


def test_overlapping_windows_are_refused() -> None:
    windows = (Window.parse("09:00-12:00"), Window.parse("11:00-18:00"))

    with pytest.raises(ValueError, match="overlap"):
        Calendar(id="x", zone=BERLIN, week=(windows,) * 7)


def test_windows_may_meet() -> None:
    windows = (Window.parse("09:00-12:00"), Window.parse("12:00-18:00"))

    assert (
        Calendar(id="x", zone=BERLIN, week=(windows,) * 7).windows_on(date(2025, 1, 1)) == windows
    )


def test_a_special_day_counts_before_its_year_is_published() -> None:
    stocktaking = SpecialDay(label_en="Stocktaking", label_zh="盘点")
    calendar = replace(CN, special_days={date(2027, 3, 1): stocktaking})

    assert not calendar.is_workday(date(2027, 3, 1))


def test_a_week_of_six_days_is_refused() -> None:
    with pytest.raises(ValueError, match="seven days"):
        Calendar(id="x", zone=BERLIN, week=((),) * 6)
