"""Numbers for cases that are started without one: readable, unique, counted by the year."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.persistence.database import Connection, Database
from engine.persistence.keys import advance
from engine.persistence.stores import instances

NUMBERS_AT_ONCE = 10


class CaseNumbers:
    """Gives out numbers such as ``2026-000123``; each year counts from 1.

    On SQLite, whose writers queue anyway, the number is part of the command: rolled back, it is
    given again. On PostgreSQL a node takes some numbers at a time, in a transaction of their own,
    so that two who open a case never wait for each other: numbers stay unique, but a node that
    stops or a command that fails leaves a gap, and two nodes count side by side.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._year = 0
        self._left = iter(range(0))

    def new(
        self, database: Database, connection: Connection, *, at: datetime, zone: ZoneInfo
    ) -> str:
        """Return a number that no case has; the year is that of *at* in *zone*."""
        year = at.astimezone(zone).year
        while True:
            if database.is_sqlite:
                count = advance(connection, _counter(year), first=1, by=1)
            else:
                count = self._take(database, year)
            number = f"{year}-{count:06}"
            if not instances.of_business_id(connection, number):
                return number

    def _take(self, database: Database, year: int) -> int:
        with self._lock:
            count = next(self._left, None) if year == self._year else None
            if count is None:
                with database.apart() as apart:
                    first = advance(apart, _counter(year), first=1, by=NUMBERS_AT_ONCE)
                self._year, self._left = year, iter(range(first + 1, first + NUMBERS_AT_ONCE))
                count = first
            return count


def _counter(year: int) -> str:
    return f"case {year}"
