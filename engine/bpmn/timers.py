"""When a timer is due: ISO 8601 literals and FEEL values, always in UTC.

A day is 24 hours and a month is a calendar month of the UTC calendar. A date and time must carry
a time zone, because the same hour is another moment in another shop. Cron cycles are not
understood (they are refused by name).
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from engine.bpmn.expressions import Evaluator, Value, as_moment, unexpected
from engine.feel.temporal import parse_duration
from engine.feel.values import YearsMonths

FOR_EVER = -1
"""Repetitions of a cycle without an end (``R/PT1H``)."""

_CYCLE = re.compile(r"R(?P<times>\d{0,9})/(?:(?P<start>[^/]+)/)?(?P<interval>P[^/]+)", re.ASCII)
_WEEKS = re.compile(r"P(\d{1,5})W", re.ASCII)

Interval = timedelta | YearsMonths


class TimerKind(StrEnum):
    """The three ways BPMN has to say when."""

    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A timer that runs: due once at ``due_at``, then ``repetitions`` times more by ``interval``.

    ``interval`` is None where nothing repeats. ``day`` is the day of the month that a cycle of
    months began on: what falls on the 28th in February is on the 31st again in March.
    """

    due_at: datetime
    repetitions: int = 0
    interval: Interval | None = None
    day: int | None = None

    def next(self, now: datetime) -> "Schedule | None":
        """Return what comes after the one that fired at *now*, or None at the end.

        Cycles that were missed meanwhile count as used and are not made up for: a server that
        was down for a day reminds once, not twenty-four times.
        """
        if self.interval is None or self.repetitions == 0:
            return None
        due_at, left = self.due_at, self.repetitions
        steps = _steps_beyond(due_at, self.interval, now, self.day)
        if left != FOR_EVER:
            if steps > left:
                return None
            left -= steps
        return replace(
            self, due_at=add(due_at, self.interval, steps, day=self.day), repetitions=left
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerDefinition:
    """A timer of the diagram."""

    kind: TimerKind
    value: Value

    def schedule(self, evaluator: Evaluator, variables: Mapping[str, object]) -> Schedule:
        """Say when this timer is due, seen from the evaluator's moment.

        Raises:
            ElementFailed: The value is no time of the right kind.
        """
        result = evaluator.feel(self.value, variables)
        found = schedule_of(self.kind, result, evaluator.now)
        if found is None:
            raise unexpected(self.value, EXPECTED[self.kind], result)
        return found


EXPECTED = {
    TimerKind.DATE: "a date and time with a time zone",
    TimerKind.DURATION: "a duration",
    TimerKind.CYCLE: "a cycle such as R3/PT1H",
}
EXPECTED_ZH = {
    TimerKind.DATE: "带时区的日期和时间",
    TimerKind.DURATION: "时长",
    TimerKind.CYCLE: "周期（例如 R3/PT1H）",
}


def schedule_of(kind: TimerKind, value: object, now: datetime) -> Schedule | None:
    """Return when *value* (text, or a FEEL date or duration) is due; None if it is no such time."""
    try:
        if kind is TimerKind.DATE:
            due_at = as_moment(value)
            return None if due_at is None else Schedule(due_at=due_at)
        if kind is TimerKind.DURATION:
            interval = interval_of(value)
            return None if interval is None else Schedule(due_at=add(now, interval))
        return _cycle(value, now)
    except OverflowError:  # beyond the year 9999
        return None


def _cycle(value: object, now: datetime) -> Schedule | None:
    found = _CYCLE.fullmatch(value.strip()) if isinstance(value, str) else None
    interval = interval_of(found["interval"]) if found else None
    if found is None or interval is None or add(now, interval) <= now:
        return None
    times = int(found["times"]) if found["times"] else FOR_EVER
    if times == 0:
        return None
    left = FOR_EVER if times == FOR_EVER else times - 1
    start = None if found["start"] is None else as_moment(found["start"])
    if found["start"] is not None and start is None:
        return None
    return Schedule(
        due_at=start or add(now, interval),
        repetitions=left,
        interval=interval,
        day=None if isinstance(interval, timedelta) else (start or now).day,
    )


def interval_of(value: object) -> Interval | None:
    """Return the duration that *value* is, or is the ISO 8601 text of; None if it is none."""
    if isinstance(value, str):
        text = value.strip()
        weeks = _WEEKS.fullmatch(text)
        return timedelta(weeks=int(weeks[1])) if weeks else parse_duration(text)
    return value if isinstance(value, timedelta | YearsMonths) else None


def add(
    moment: datetime, interval: Interval, times: int = 1, *, day: int | None = None
) -> datetime:
    """Return *moment* plus *times* the interval.

    With months it falls on *day* of the month, else on the moment's own; the 31st becomes the
    last day of a short month.
    """
    if isinstance(interval, timedelta):
        return moment + interval * times
    months = moment.year * 12 + moment.month - 1 + interval.months * times
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    wanted = moment.day if day is None else day
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(wanted, last))


def _steps_beyond(due_at: datetime, interval: Interval, now: datetime, day: int | None) -> int:
    """Return the smallest n >= 1 with ``due_at + n * interval`` later than *now*."""
    if now < due_at:
        return 1
    if isinstance(interval, timedelta):
        return (now - due_at) // interval + 1
    guess = max(1, ((now.year - due_at.year) * 12 + now.month - due_at.month) // interval.months)
    return guess if add(due_at, interval, guess, day=day) > now else guess + 1
