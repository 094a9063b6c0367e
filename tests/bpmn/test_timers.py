"""When is a timer due?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn import FOR_EVER, ErrorType, Schedule, TimerKind, parse_process
from engine.bpmn.timers import add, schedule_of
from engine.domain import events as facts
from engine.errors import DeploymentRefused, InvalidInput
from engine.feel.values import YearsMonths
from tests.bpmn.build import Diagram, timer
from tests.bpmn.harness import NOON, story

HOUR = timedelta(hours=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


DUE = {
    "a-moment-in-utc": (TimerKind.DATE, "2026-03-05T10:00:00Z", at(2026, 3, 5, 10)),
    "a-moment-with-an-offset": (TimerKind.DATE, "2026-03-05T10:00:00+08:00", at(2026, 3, 5, 2)),
    "a-moment-in-a-named-zone": (
        TimerKind.DATE,
        "2026-07-01T12:00:00@Europe/Berlin",
        at(2026, 7, 1, 10),
    ),
    "hours": (TimerKind.DURATION, "PT1H30M", at(2026, 3, 2, 13, 30)),
    "a-day-is-24-hours": (TimerKind.DURATION, "P1D", at(2026, 3, 3, 12)),
    "weeks": (TimerKind.DURATION, "P2W", at(2026, 3, 16, 12)),
    "a-month-is-a-calendar-month": (TimerKind.DURATION, "P1M", at(2026, 4, 2, 12)),
    "years-and-months": (TimerKind.DURATION, "P1Y2M", at(2027, 5, 2, 12)),
    "no-time-at-all": (TimerKind.DURATION, "PT0S", NOON),
    "backwards-is-now-overdue": (TimerKind.DURATION, "-PT1H", at(2026, 3, 2, 11)),
    "a-cycle-begins-after-one-interval": (TimerKind.CYCLE, "R3/PT1H", at(2026, 3, 2, 13)),
    "a-cycle-with-a-start": (
        TimerKind.CYCLE,
        "R/2026-03-09T09:00:00Z/P7D",
        at(2026, 3, 9, 9),
    ),
}


@pytest.mark.parametrize(("kind", "text", "due_at"), DUE.values(), ids=DUE.keys())
def test_a_fixed_time_is_due(kind: TimerKind, text: str, due_at: datetime) -> None:
    schedule = schedule_of(kind, text, NOON)

    assert schedule is not None
    assert schedule.due_at == due_at


NONSENSE = {
    "no-zone": (TimerKind.DATE, "2026-03-05T10:00:00"),
    "only-a-day": (TimerKind.DATE, "2026-03-05"),
    "a-duration-for-a-date": (TimerKind.DATE, "PT1H"),
    "a-date-for-a-duration": (TimerKind.DURATION, "2026-03-05T10:00:00Z"),
    "words": (TimerKind.DURATION, "one hour"),
    "an-empty-duration": (TimerKind.DURATION, "P"),
    "beyond-the-calendar": (TimerKind.DURATION, "P9999Y"),
    "a-duration-for-a-cycle": (TimerKind.CYCLE, "PT1H"),
    "cron": (TimerKind.CYCLE, "0 0 9 * * *"),
    "a-cycle-that-never-comes": (TimerKind.CYCLE, "R0/PT1H"),
    "a-cycle-without-length": (TimerKind.CYCLE, "R/PT0S"),
    "a-cycle-backwards": (TimerKind.CYCLE, "R/-PT1H"),
    "a-cycle-start-without-zone": (TimerKind.CYCLE, "R/2026-03-09T09:00:00/P7D"),
}


@pytest.mark.parametrize(("kind", "text"), NONSENSE.values(), ids=NONSENSE.keys())
def test_a_fixed_text_is_no_time(kind: TimerKind, text: str) -> None:
    assert schedule_of(kind, text, NOON) is None


@pytest.mark.parametrize(("text", "left"), [("R/PT1H", FOR_EVER), ("R1/PT1H", 0), ("R5/PT1H", 4)])
def test_a_cycle_knows_how_often_it_comes_again(text: str, left: int) -> None:
    schedule = schedule_of(TimerKind.CYCLE, text, NOON)

    assert schedule is not None
    assert schedule.repetitions == left


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (at(2026, 1, 31), 1, at(2026, 2, 28)),
        (at(2028, 1, 31), 1, at(2028, 2, 29)),
        (at(2026, 12, 15), 1, at(2027, 1, 15)),
        (at(2026, 1, 15), -1, at(2025, 12, 15)),
        (at(2026, 3, 31), 13, at(2027, 4, 30)),
    ],
)
def test_months_end_on_a_day_that_exists(start: datetime, months: int, expected: datetime) -> None:
    assert add(start, YearsMonths(months)) == expected


def test_a_monthly_cycle_that_fires_on_the_minute_goes_on_next_month() -> None:
    monthly = Schedule(due_at=at(2026, 1, 1), repetitions=FOR_EVER, interval=YearsMonths(1))

    upcoming = monthly.next(at(2026, 3, 1))

    assert upcoming is not None
    assert upcoming.due_at == at(2026, 4, 1)


intervals = st.one_of(
    st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=90)),
    st.integers(1, 30).map(YearsMonths),
)


@given(
    interval=intervals,
    late=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2000)),
    repetitions=st.sampled_from([FOR_EVER, 1, 2, 3, 50]),
)
def test_the_next_cycle_is_the_first_one_later_than_now(
    interval: timedelta | YearsMonths, late: timedelta, repetitions: int
) -> None:
    now = NOON + late
    upcoming = Schedule(due_at=NOON, repetitions=repetitions, interval=interval).next(now)

    moments, missed = NOON, 0
    while moments <= now and missed < 2000:
        missed += 1
        moments = add(NOON, interval, missed)
    if missed < 2000:
        gone = repetitions != FOR_EVER and missed > repetitions
        assert upcoming == (
            None
            if gone
            else Schedule(
                due_at=moments,
                repetitions=FOR_EVER if repetitions == FOR_EVER else repetitions - missed,
                interval=interval,
            )
        )


def due_days(cycle: str, now: datetime, count: int) -> list[str]:
    """The days on which a cycle is due, each fired on time."""
    schedule = schedule_of(TimerKind.CYCLE, cycle, now)
    days = []
    while schedule is not None and len(days) < count:
        days.append(f"{schedule.due_at:%m-%d}")
        schedule = schedule.next(schedule.due_at)
    return days


def test_a_monthly_cycle_from_the_31st_comes_back_to_the_31st() -> None:
    days = due_days("R/2026-01-31T09:00:00Z/P1M", at(2026, 1, 1), 5)

    assert days == ["01-31", "02-28", "03-31", "04-30", "05-31"]


def test_a_monthly_cycle_without_a_start_counts_from_when_it_began() -> None:
    assert due_days("R4/P1M", at(2026, 1, 31), 9) == ["02-28", "03-31", "04-30", "05-31"]


def test_a_yearly_cycle_from_a_leap_day_comes_back_to_it() -> None:
    days = due_days("R/2024-02-29T09:00:00Z/P1Y", at(2024, 1, 1), 5)

    assert days == ["02-29", "02-28", "02-28", "02-28", "02-29"]


def test_months_that_were_missed_do_not_move_the_day() -> None:
    schedule = schedule_of(TimerKind.CYCLE, "R/2026-01-31T09:00:00Z/P1M", at(2026, 1, 1))
    assert schedule is not None

    following = schedule.next(at(2026, 4, 10))

    assert following is not None
    assert following.due_at == at(2026, 4, 30, 9)


def test_a_monthly_cycle_that_was_stored_still_knows_its_day() -> None:
    diagram = Diagram().start().user("work").end("noted").chain("start", "work")
    diagram.boundary(
        "edge", "work", timer("Cycle", "R/2026-01-31T09:00:00Z/P1M"), interrupting=False
    )
    instance = story(diagram.flow("edge", "noted"))
    days = []

    for _ in range(4):
        ((key, due_at),) = instance.timers.items()
        days.append(f"{due_at:%m-%d}")
        instance.step(lambda execution, key=key: execution.fire_timer(key))

    assert days == ["01-31", "03-31", "04-30", "05-31"]


def waiting_for(event: str) -> Diagram:
    diagram = Diagram().start().user("after").add("intermediateCatchEvent", "wait", event)
    return diagram.chain("start", "wait", "after")


FEEL_TIMES = {
    "a-feel-duration": (timer("Duration", '=duration("PT1H")'), {}),
    "a-duration-computed": (timer("Duration", '=duration("PT20M") * n'), {"n": 3}),
    "a-text-from-a-variable": (timer("Duration", "=limit"), {"limit": "PT1H"}),
    "a-moment-computed": (timer("Date", '=now() + duration("PT1H")'), {}),
    "a-moment-from-a-variable": (timer("Date", "=due"), {"due": "2026-03-02T21:00:00+08:00"}),
}


@pytest.mark.parametrize(("event", "variables"), FEEL_TIMES.values(), ids=FEEL_TIMES.keys())
def test_an_expression_gives_the_time(event: str, variables: dict[str, object]) -> None:
    instance = story(waiting_for(event), **variables)

    assert list(instance.timers.values()) == [NOON + HOUR]
    assert instance.pass_time(HOUR - timedelta(seconds=1)).waiting == ["wait"]
    assert instance.pass_time(timedelta(seconds=1)).waiting == ["after"]


BAD_TIMES = {
    "null": (timer("Duration", "=limit"), None),
    "a-number": (timer("Duration", "=limit"), 60),
    "a-moment-without-a-zone": (timer("Date", "=limit"), "2026-03-05T10:00:00"),
    "beyond-the-calendar": (timer("Duration", "=limit"), "P9000Y"),
}


@pytest.mark.parametrize(("event", "limit"), BAD_TIMES.values(), ids=BAD_TIMES.keys())
def test_an_expression_that_gives_no_time_is_an_incident(event: str, limit: object) -> None:
    instance = story(waiting_for(event), limit=limit)
    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]
    assert not instance.timers

    good = "PT1H" if "Duration" in event else "2026-03-02T13:00:00Z"
    assert instance.set("process", limit=good).retry("wait").timers


def test_the_end_of_the_wait_is_told_before_the_element_completes() -> None:
    instance = story(waiting_for(timer("Duration", "PT1H"))).pass_time(HOUR)

    assert [type(e) for e in instance.news[:2]] == [facts.WaitEnded, facts.ElementCompleted]


def start_event(text: str, kind: str = "Cycle") -> Diagram:
    return Diagram().start("start", timer(kind, text)).user("u").chain("start", "u")


def first_due(diagram: Diagram) -> Schedule:
    (model,) = parse_process(diagram.xml(), resource_name="t.bpmn").processes
    return model.start_events[0].schedule(NOON, {})


def test_the_first_time_of_a_start_event_is_counted_from_the_deployment() -> None:
    assert first_due(start_event("R/P1D")).due_at == NOON + timedelta(days=1)


def test_the_time_of_a_start_event_may_be_an_expression() -> None:
    assert first_due(start_event('=now() + duration("PT1H")', "Date")).due_at == NOON + HOUR


def test_a_start_event_whose_expression_gives_no_time_is_refused() -> None:
    with pytest.raises(DeploymentRefused):
        first_due(start_event("=missing", "Date"))


def test_a_start_event_without_a_timer_has_no_time() -> None:
    with pytest.raises(InvalidInput, match="no timer"):
        first_due(Diagram().start().user("u").chain("start", "u"))
