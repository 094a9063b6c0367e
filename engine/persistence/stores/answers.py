"""Answers to unsafe requests, kept under the ``Idempotency-Key`` they came with."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, tuple_

from engine.persistence.rows import fetch_one, insert_all
from engine.persistence.schema import idempotency


class AnswerRow(NamedTuple):
    """One answer. ``request_sha256`` is the digest of the request that it answers."""

    username: str
    idempotency_key: str
    request_sha256: str
    status: int
    content_type: str
    body: bytes
    created_at: datetime


def find(connection: Connection, username: str, idempotency_key: str) -> AnswerRow | None:
    """Return the answer that somebody got for a key."""
    return fetch_one(
        connection,
        idempotency,
        AnswerRow,
        idempotency.c.username == username,
        idempotency.c.idempotency_key == idempotency_key,
    )


def insert(connection: Connection, row: AnswerRow) -> None:
    """Keep an answer."""
    insert_all(connection, idempotency, [row._asdict()])


def delete_before(connection: Connection, moment: datetime) -> None:
    """Forget old answers, but those that somebody else is just forgetting."""
    key = tuple_(idempotency.c.username, idempotency.c.idempotency_key)
    old = select(*idempotency.primary_key.columns).where(idempotency.c.created_at < moment)
    connection.execute(delete(idempotency).where(key.in_(old.with_for_update(skip_locked=True))))
