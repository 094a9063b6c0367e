"""How much waits to be done, counted with one statement each over an index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.persistence.schema import incident, job, timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Things of one kind that could be done now: how many, and since when the oldest could."""

    kind: str
    count: int
    since: datetime


def due_timers(connection: Connection, now: datetime) -> list[Waiting]:
    """Return the timers that are due and not fired; none or one entry, its kind is ``timer``."""
    statement = select(func.count(), func.min(timer.c.due_at)).where(
        timer.c.blocked.is_(False), timer.c.due_at <= now
    )
    count, since = connection.execute(statement).one()
    return [Waiting(kind="timer", count=count, since=since)] if count else []


def waiting_jobs(connection: Connection, now: datetime) -> list[Waiting]:
    """Return the jobs that a worker could take, by their type."""
    statement = (
        select(job.c.type, func.count(), func.min(job.c.activatable_at))
        .where(job.c.activatable_at <= now)
        .group_by(job.c.type)
    )
    return [Waiting(kind=k, count=c, since=s) for k, c, s in connection.execute(statement)]


def open_incidents(connection: Connection) -> dict[str, int]:
    """Count the incidents that nobody has resolved, by what went wrong."""
    statement = (
        select(incident.c.error_type, func.count())
        .where(incident.c.state == "ACTIVE")
        .group_by(incident.c.error_type)
    )
    return {kind: count for kind, count in connection.execute(statement)}
