"""Incidents: technical stops that need a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from engine.persistence.batch import Batch
from engine.persistence.rows import fetch_all, fetch_one
from engine.persistence.schema import incident, job, process_instance


class IncidentRow(NamedTuple):
    """One incident, of an element, a job, a timer or a message that was received."""

    key: int
    process_instance_key: int
    definition_key: int
    element_id: str
    element_instance_key: int
    job_key: int | None
    timer_key: int | None
    message_key: int | None
    error_type: str
    message: str
    state: str
    created_at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which open incidents are meant; None does not restrict. ``after`` is a key."""

    created_until: datetime
    after: int = 0
    process_id: str | None = None
    definition_key: int | None = None
    element_id: str | None = None
    error_type: str | None = None
    message: str | None = None
    job_type: str | None = None


def insert(batch: Batch, rows: Sequence[IncidentRow]) -> None:
    """Open incidents."""
    batch.insert(incident, rows)


def find(connection: Connection, key: int) -> IncidentRow | None:
    """Return the incident with that key."""
    return fetch_one(connection, incident, IncidentRow, incident.c.key == key)


def active_of(connection: Connection, element_instance_keys: Sequence[int]) -> list[IncidentRow]:
    """Return the open incidents of the element instances."""
    return _active(connection, incident.c.element_instance_key.in_(element_instance_keys))


def open_keys(connection: Connection, filter: IncidentFilter, limit: int) -> list[int]:
    """Return the keys of open incidents, in order."""
    statement = select(incident.c.key).where(*_meant(filter)).order_by(incident.c.key)
    return list(connection.execute(statement.limit(limit)).scalars())


def count_open(connection: Connection, filter: IncidentFilter) -> int:
    """Return how many open incidents are meant."""
    statement = select(func.count()).select_from(incident).where(*_meant(filter))
    return connection.execute(statement).scalar_one()


def resolve(
    connection: Connection, keys: Sequence[int], *, resolved_at: datetime, resolved_by: str
) -> None:
    """Close the incidents."""
    if keys:
        connection.execute(
            update(incident)
            .where(incident.c.key.in_(keys))
            .values(state="RESOLVED", resolved_at=resolved_at, resolved_by=resolved_by)
        )


def _active(connection: Connection, where: ColumnElement[bool]) -> list[IncidentRow]:
    return fetch_all(connection, incident, IncidentRow, where, incident.c.state == "ACTIVE")


def _meant(filter: IncidentFilter) -> list[ColumnElement[bool]]:
    where = [
        incident.c.state == "ACTIVE",
        incident.c.key > filter.after,
        incident.c.created_at <= filter.created_until,
    ]
    for column, value in (
        (incident.c.definition_key, filter.definition_key),
        (incident.c.element_id, filter.element_id),
        (incident.c.error_type, filter.error_type),
        (incident.c.message, filter.message),
    ):
        if value is not None:
            where.append(column == value)
    if filter.process_id is not None:
        of_process = select(process_instance.c.key).where(
            process_instance.c.process_id == filter.process_id
        )
        where.append(incident.c.process_instance_key.in_(of_process))
    if filter.job_type is not None:
        of_type = exists().where(job.c.key == incident.c.job_key, job.c.type == filter.job_type)
        where.append(of_type)
    return where
