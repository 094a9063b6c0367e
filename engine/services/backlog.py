"""What is waiting right now, for whoever watches over the installation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.persistence.stores import backlog
from engine.persistence.stores.backlog import Waiting
from engine.services.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """One look: due timers, signals on their way, takeable jobs by type, kept messages and open
    incidents by error type.
    """

    at: datetime
    timers: list[Waiting]
    signals: list[Waiting]
    jobs: list[Waiting]
    messages: int
    incidents: Mapping[str, int]


class BacklogService:
    """Counts what waits: five statements, whatever the number of instances."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def look(self) -> Backlog:
        """Count everything in one consistent state. Raises Unavailable."""
        now = self._context.clock.now()
        with self._context.database.read() as connection:
            return Backlog(
                at=now,
                timers=backlog.due_timers(connection, now),
                signals=backlog.due_signals(connection, now),
                jobs=backlog.waiting_jobs(connection, now),
                messages=backlog.kept_messages(connection, now),
                incidents=backlog.open_incidents(connection),
            )
