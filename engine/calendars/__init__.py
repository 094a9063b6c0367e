"""Working calendars: holidays, make-up workdays, shop hours, and due dates in working time.

``add_working_time`` and ``working_time_between`` compute; ``feel_functions`` gives diagrams
``working time(start, duration, calendar)``; ``builtin_calendars`` is what Redress ships.
"""

from engine.calendars.calendar import Calendar, SpecialDay, Window
from engine.calendars.china import china
from engine.calendars.durations import WorkingDuration, working_duration
from engine.calendars.host_functions import feel_functions
from engine.calendars.working_time import DueDate, add_working_time, working_time_between

__all__ = [
    "Calendar",
    "DueDate",
    "SpecialDay",
    "Window",
    "WorkingDuration",
    "add_working_time",
    "builtin_calendars",
    "feel_functions",
    "working_duration",
    "working_time_between",
]


def builtin_calendars() -> dict[str, Calendar]:
    """Return the calendars that Redress ships, by id."""
    return {calendar.id: calendar for calendar in (china(),)}
