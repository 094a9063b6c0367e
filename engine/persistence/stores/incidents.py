"""Incidents: technical stops that need a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, update

from engine.persistence.batch import Batch
from engine.persistence.rows import fetch_all, fetch_one, values_of
from engine.persistence.schema import incident


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One incident, of an element, a job, a timer or a message that was received."""

    key: int
    process_instance_key: int
    definition_key: int
    element_id: str
    element_instance_key: int
    job_key: int | None
    timer_key: int | None
    message_key: int | None = None
    error_type: str
    message: str
    state: str
    created_at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None


def insert(batch: Batch, rows: Sequence[IncidentRow]) -> None:
    """Open incidents."""
    batch.insert(incident, [values_of(row) for row in rows])


def find(connection: Connection, key: int) -> IncidentRow | None:
    """Return the incident with that key."""
    return fetch_one(connection, incident, IncidentRow, incident.c.key == key)


def active_of(connection: Connection, element_instance_keys: Sequence[int]) -> list[IncidentRow]:
    """Return the open incidents of the element instances."""
    return _active(connection, incident.c.element_instance_key.in_(element_instance_keys))


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
