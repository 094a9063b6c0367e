"""Jobs: effects that connectors and outside workers carry out under a lease."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from engine.persistence.batch import Batch
from engine.persistence.rows import columns_of, fetch_one, read_as
from engine.persistence.schema import job


class JobRow(NamedTuple):
    """One job as stored.

    It may be taken when ``activatable_at`` has passed; a lease moves that to its own end, so a
    worker that dies gives the job back by doing nothing. None: ended, or an incident holds it.
    """

    key: int
    type: str
    kind: str
    state: str
    process_instance_key: int
    definition_key: int
    element_id: str
    element_instance_key: int
    headers: dict[str, str]
    retries: int
    attempts: int
    activatable_at: datetime | None
    lease_token: str | None
    lease_until: datetime | None
    worker: str
    error_code: str | None
    error_message: str | None
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None


def insert(batch: Batch, rows: Sequence[JobRow]) -> None:
    """Store new jobs."""
    batch.insert(job, rows)


def find(connection: Connection, key: int) -> JobRow | None:
    """Return the job with that key."""
    return fetch_one(connection, job, JobRow, job.c.key == key)


def lock(connection: Connection, key: int) -> JobRow | None:
    """Return the job as it is now, after whoever is taking it, and keep it until the end."""
    statement = select(*columns_of(job, JobRow)).where(job.c.key == key).with_for_update()
    row = connection.execute(statement).mappings().first()
    return None if row is None else JobRow(**dict(row))


def prolong(connection: Connection, key: int, lease_token: str, until: datetime) -> bool:
    """Let a lease last longer, unless the job has ended; False if it is not this one any more."""
    is_open = (job.c.key == key, job.c.ended_at.is_(None))
    prolonged = connection.execute(
        update(job)
        .where(*is_open, job.c.lease_token == lease_token)
        .values(lease_until=until, activatable_at=until)
    )
    if prolonged.rowcount == 1:
        return True
    return not connection.execute(select(exists().where(*is_open))).scalar_one()


def release(connection: Connection, leased: JobRow, *, at: datetime) -> None:
    """Offer a job again from then on, if it is still held under this very lease."""
    connection.execute(
        update(job)
        .where(
            job.c.key == leased.key,
            job.c.lease_token == leased.lease_token,
            job.c.ended_at.is_(None),
        )
        .values(
            worker="",
            attempts=leased.attempts - 1,
            lease_token=None,
            lease_until=None,
            activatable_at=at,
        )
    )


def activatable(
    connection: Connection, types: Collection[str], now: datetime, limit: int
) -> list[JobRow]:
    """Return jobs that may be taken now, the oldest first, locked where the database can."""
    statement = (
        select(*columns_of(job, JobRow))
        .where(job.c.type.in_(types), job.c.activatable_at <= now)
        .order_by(job.c.activatable_at, job.c.key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(read_as(connection, statement, JobRow))


def save(connection: Connection, row: JobRow) -> None:
    """Store the job's new values."""
    connection.execute(update(job).where(job.c.key == row.key).values(row._asdict()))


def cancel(
    connection: Connection, element_instance_keys: Sequence[int], ended_at: datetime
) -> None:
    """Take back the open jobs of interrupted elements; a late answer then gets a conflict."""
    if element_instance_keys:
        connection.execute(
            update(job)
            .where(job.c.element_instance_key.in_(element_instance_keys), job.c.ended_at.is_(None))
            .values(
                state="CANCELED",
                ended_at=ended_at,
                updated_at=ended_at,
                activatable_at=None,
                lease_token=None,
                lease_until=None,
            )
        )
