"""A working calendar: when a shop works, in its own time zone.

Plain values; the arithmetic is in :mod:`engine.calendars.working_time`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_MIDNIGHT = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One stretch of working time within a day, by the wall clock.

    ``opens`` and ``closes`` count from midnight, so that ``closes`` can say 24:00. A night shift is
    two windows: until 24:00, and from 00:00 of the next day.
    """

    opens: timedelta
    closes: timedelta

    def __post_init__(self) -> None:
        if not _MIDNIGHT <= self.opens < self.closes <= _DAY:
            raise ValueError(f"a window opens before it closes, within one day: {self}")

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read ``09:00-18:00``.

        Raises:
            ValueError: the text is no such range.
        """
        opens, _, closes = text.partition("-")
        return cls(opens=_since_midnight(opens), closes=_since_midnight(closes))


def _since_midnight(text: str) -> timedelta:
    hours, _, minutes = text.strip().partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60):
        raise ValueError(f"not a time of day such as 09:30: {text!r}")
    return timedelta(hours=int(hours), minutes=int(minutes))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A date that does not follow the week: a holiday (no windows) or a make-up workday."""

    label_en: str
    label_zh: str
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The working time of one place.

    ``week`` holds the windows of Monday (first) to Sunday, each in order and not overlapping.
    ``special_days`` outrank the week. Holidays are published a year at a time: after
    ``published_until`` (None: nothing is ever published, the week is all there is) only
    ``yearly_holidays``, keyed by month and day, are known, and every result is provisional.
    """

    id: str
    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    special_days: Mapping[date, SpecialDay] = field(default_factory=dict)
    published_until: date | None = None
    yearly_holidays: Mapping[tuple[int, int], SpecialDay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"a week has seven days, calendar {self.id!r} has {len(self.week)}")
        for windows in (*self.week, *(day.windows for day in self.special_days.values())):
            if any(a.closes > b.opens for a, b in pairwise(windows)):
                raise ValueError(f"windows of calendar {self.id!r} overlap or are not in order")

    def special_day(self, day: date) -> SpecialDay | None:
        """Return what makes *day* special, or None when it follows the week."""
        special = self.special_days.get(day)
        if special is None and self.is_provisional(day):
            return self.yearly_holidays.get((day.month, day.day))
        return special

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Return the working windows of the local date *day*; none when it is free."""
        special = self.special_day(day)
        return self.week[day.weekday()] if special is None else special.windows

    def is_workday(self, day: date) -> bool:
        """Tell whether any work is done on the local date *day*."""
        return bool(self.windows_on(day))

    def is_provisional(self, day: date) -> bool:
        """Tell whether the holidays of *day* have not been published yet."""
        return self.published_until is not None and day > self.published_until
