"""Does working time obey its laws for any calendar, in any zone, at any moment?

The oracle looks at every minute of the time in question.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendars import (
    Calendar,
    SpecialDay,
    Window,
    WorkingDuration,
    add_working_time,
    working_time_between,
)

MINUTE = timedelta(minutes=1)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
FIRST_DAY = date(2025, 3, 1)  # Every zone above with summer time changes in these months.


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """Up to three windows; edges stay clear of the small hours in which clocks change."""
    edges = draw(st.lists(st.integers(16, 96), max_size=6, unique=True).map(sorted))
    quarters = [timedelta(minutes=15 * edge) for edge in edges]
    pairs = zip(quarters[::2], quarters[1::2], strict=False)
    return tuple(Window(opens=opens, closes=closes) for opens, closes in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    some_work = (Window.parse("10:00-16:00"),)
    special = st.builds(
        lambda hours: SpecialDay(label_en="x", label_zh="x", windows=hours), windows()
    )
    days = st.integers(0, 60).map(lambda n: FIRST_DAY + timedelta(days=n))
    return Calendar(
        id="any",
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        week=(some_work, *(draw(windows()) for _ in range(6))),
        special_days=draw(st.dictionaries(days, special, max_size=4)),
    )


moments = st.integers(0, 45 * 24 * 60).map(lambda n: datetime(2025, 3, 5, tzinfo=UTC) + n * MINUTE)
amounts = st.integers(1, 30 * 60).map(lambda n: n * MINUTE)


def _works_at(calendar: Calendar, moment: datetime) -> bool:
    local = moment.astimezone(calendar.zone)
    since_midnight = timedelta(hours=local.hour, minutes=local.minute)
    return any(
        window.opens <= since_midnight < window.closes
        for window in calendar.windows_on(local.date())
    )


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 5 * 24 * 60))
def test_time_between_is_the_number_of_working_minutes(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    counted = sum(_works_at(calendar, start + n * MINUTE) for n in range(minutes))

    assert working_time_between(calendar, start, start + minutes * MINUTE) == counted * MINUTE


@settings(deadline=None)
@given(calendars(), moments, amounts)
def test_the_work_until_a_due_date_is_the_work_promised(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    due = add_working_time(calendar, start, WorkingDuration(time=amount)).at

    assert working_time_between(calendar, start, due) == amount


@settings(deadline=None)
@given(calendars(), moments, amounts)
def test_a_due_date_is_the_earliest_possible(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    due = add_working_time(calendar, start, WorkingDuration(time=amount)).at

    assert working_time_between(calendar, start, due - MINUTE) == amount - MINUTE


@settings(deadline=None)
@given(calendars(), moments, moments, amounts)
def test_who_starts_later_is_never_due_earlier(
    calendar: Calendar, one: datetime, other: datetime, amount: timedelta
) -> None:
    early, late = sorted((one, other))
    duration = WorkingDuration(time=amount)

    first, second = (add_working_time(calendar, at, duration).at for at in (early, late))

    assert first <= second


@settings(deadline=None)
@given(calendars(), moments, amounts, amounts)
def test_promises_add_up(
    calendar: Calendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    halfway = add_working_time(calendar, start, WorkingDuration(time=one)).at

    in_two_steps = add_working_time(calendar, halfway, WorkingDuration(time=other)).at

    assert in_two_steps == add_working_time(calendar, start, WorkingDuration(time=one + other)).at


@settings(deadline=None)
@given(calendars(), moments, st.integers(1, 30))
def test_days_are_counted_by_the_local_date_at_the_same_time_of_day(
    calendar: Calendar, start: datetime, days: int
) -> None:
    due = add_working_time(calendar, start, WorkingDuration(days=days)).at

    begins, ends = start.astimezone(calendar.zone), due.astimezone(calendar.zone)
    dates = (
        begins.date() + timedelta(days=n + 1) for n in range((ends.date() - begins.date()).days)
    )
    assert sum(map(calendar.is_workday, dates)) == days
    assert calendar.is_workday(ends.date())
    # A time of day that summer time skips moves by that change, never by more.
    skipped = ends.replace(tzinfo=None) - datetime.combine(ends.date(), begins.time())
    assert timedelta(0) <= skipped <= timedelta(hours=1)
