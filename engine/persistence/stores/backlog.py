"""How much waits to be done, counted with one statement each over an index."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.persistence.schema import incident, job, message, signal_delivery, timer


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


def due_signals(connection: Connection, now: datetime) -> list[Waiting]:
    """Return the broadcasts' receivers that have not had them; none or one entry (``signal``)."""
    statement = select(func.count(), func.min(signal_delivery.c.due_at)).where(
        signal_delivery.c.blocked.is_(False), signal_delivery.c.due_at <= now
    )
    count, since = connection.execute(statement).one()
    return [Waiting(kind="signal", count=count, since=since)] if count else []


def kept_messages(connection: Connection, now: datetime) -> int:
    """Count the published messages that are kept for a receiver who may still come."""
    statement = select(func.count()).where(message.c.expires_at > now)
    return connection.execute(statement).scalar_one()


def open_incidents(connection: Connection) -> dict[str, int]:
    """Count the incidents that nobody has resolved, by what went wrong."""
    statement = (
        select(incident.c.error_type, func.count())
        .where(incident.c.state == "ACTIVE")
        .group_by(incident.c.error_type)
    )
    return {kind: count for kind, count in connection.execute(statement)}
