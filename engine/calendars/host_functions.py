"""The FEEL function ``working time(start, duration, calendar)`` for expressions in diagrams.

A process owner writes ``=working time(received_at, duration("P2D"), "cn")`` as the date of a timer.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from engine.calendars.calendar import Calendar
from engine.calendars.working_time import add_working_time
from engine.errors import ExpressionError, InvalidInput, LimitExceeded
from engine.feel.values import YearsMonths

_NAME = "working time"


def feel_functions(calendars: Mapping[str, Calendar]) -> dict[str, Callable[..., object]]:
    """Return FEEL's host functions over *calendars* (by id), for ``Expression.evaluate``.

    ``working time`` takes a date and time or its ISO text (without offset: local time of the
    calendar), a duration or its ISO text, and a calendar's id; it returns an aware UTC datetime.
    A FEEL duration cannot tell ``PT24H`` from ``P1D``: both mean one working day. Hours of work are
    written as text: ``working time(start, "PT24H", "cn")``.

    Anything else raises :class:`engine.errors.ExpressionError`, saying what and why: a due date
    that cannot be computed must never pass for "none".
    """

    def working_time(start: object, duration: object, calendar: object) -> datetime:
        chosen = _calendar(calendars, calendar)
        begins = _start(start, chosen)
        if not isinstance(duration, str | timedelta | YearsMonths):
            raise _refused(f"the duration must be a duration, not {duration!r}")
        try:
            return add_working_time(chosen, begins, duration).at
        except (InvalidInput, LimitExceeded) as error:
            raise _refused(str(error)) from error

    return {_NAME: working_time}


def _calendar(calendars: Mapping[str, Calendar], wanted: object) -> Calendar:
    if isinstance(wanted, str) and wanted in calendars:
        return calendars[wanted]
    known = ", ".join(sorted(calendars)) or "none"
    raise _refused(f"there is no calendar {wanted!r}; known calendars: {known}")


def _start(value: object, calendar: Calendar) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise _refused(f"{value!r} is no date and time") from None
    if not isinstance(value, datetime):
        raise _refused(f"the start must be a date and time, not {value!r}")
    return value if value.tzinfo else value.replace(tzinfo=calendar.zone)


def _refused(reason: str) -> ExpressionError:
    return ExpressionError(f"{_NAME}: {reason}")
