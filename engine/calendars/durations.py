"""Durations of work: calendar months, then working days, then working hours.

``P2D`` and ``PT48H`` are the same number of seconds and different promises, so they are kept
apart here; a ``timedelta`` cannot do that.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from engine.errors import InvalidInput
from engine.feel.values import YearsMonths

_ISO = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?",
    re.ASCII,
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDuration:
    """An amount of work.

    First ``months`` of the calendar (there are no working months), then ``days`` whole working
    days, then ``time`` inside the windows. None of them is negative.
    """

    months: int = 0
    days: int = 0
    time: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if self.months < 0 or self.days < 0 or self.time < timedelta(0):
            raise InvalidInput("working time runs forward only: the duration is negative")


DurationLike = str | timedelta | YearsMonths | WorkingDuration
"""What :func:`working_duration` understands."""


def working_duration(value: DurationLike) -> WorkingDuration:
    """Understand a duration of work.

    Args:
        value: ISO 8601 text, in which ``P2D`` means two working days and ``PT48H`` 48 hours inside
            the windows; a ``timedelta``, whose whole days are working days and whose rest is time
            inside the windows (a FEEL duration is one: there ``PT48H`` *is* ``P2D``); or a FEEL
            duration in years and months.

    Raises:
        InvalidInput: the text is no duration in years, months, days, hours, minutes and seconds
            (a week may have four working days or six), or it is negative.
    """
    if isinstance(value, WorkingDuration):
        return value
    if isinstance(value, YearsMonths):
        return WorkingDuration(months=value.months)
    if isinstance(value, timedelta):
        days, time = divmod(value, _DAY)
        return WorkingDuration(days=days, time=time)
    return _parse(value)


def _parse(text: str) -> WorkingDuration:
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()):
        raise InvalidInput(
            f"{text!r} is no duration of work; write working days as P2D, working hours as PT8H"
        )
    years, months, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return WorkingDuration(months=12 * years + months, days=days, time=time)
