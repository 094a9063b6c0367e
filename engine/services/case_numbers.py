"""Numbers for cases that are started without one: readable, unique, in the order of opening."""

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.persistence.database import Connection
from engine.persistence.keys import advance
from engine.persistence.stores import instances


def new_case_number(connection: Connection, *, at: datetime, zone: ZoneInfo) -> str:
    """Return a number that no case has, such as ``2026-000123``.

    The year is that of *at* in *zone*; each year counts from 1. A command that is rolled back
    gives its number back, so a gap means a number that somebody had chosen by hand.
    """
    year = at.astimezone(zone).year
    while True:
        count = advance(connection, f"case {year}", first=1, by=1)
        number = f"{year}-{count:06}"
        if not instances.of_business_id(connection, number):
            return number
