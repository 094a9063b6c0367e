"""Drafts of files: what process owners have saved and nobody has deployed yet."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, update

from engine.errors import Outdated
from engine.persistence.rows import fetch_one, upsert
from engine.persistence.schema import file_draft


class FileDraftRow(NamedTuple):
    """One draft by its file name; ``revision`` counts how often it was saved, from 1."""

    name: str
    content: bytes
    revision: int
    based_on_key: int | None
    saved_at: datetime
    saved_by: str


def find(connection: Connection, name: str) -> FileDraftRow | None:
    """Return the draft of that name."""
    return fetch_one(connection, file_draft, FileDraftRow, file_draft.c.name == name)


def create(connection: Connection, row: FileDraftRow) -> None:
    """Store a first draft; raises Outdated if there is one."""
    done = connection.execute(
        upsert(connection, file_draft).values(row._asdict()).on_conflict_do_nothing(),
        execution_options={"preserve_rowcount": True},
    )
    if done.rowcount != 1:
        raise _outdated(connection, row.name)


def save(connection: Connection, row: FileDraftRow) -> None:
    """Store a draft over the revision before; raises Outdated if that is not the newest."""
    changed = connection.execute(
        update(file_draft)
        .where(file_draft.c.name == row.name, file_draft.c.revision == row.revision - 1)
        .values(row._asdict())
    )
    if changed.rowcount != 1:
        raise _outdated(connection, row.name)


def remove(connection: Connection, name: str, *, revision: int) -> None:
    """Remove a draft; raises Outdated if the revision is not the newest."""
    removed = connection.execute(
        delete(file_draft).where(file_draft.c.name == name, file_draft.c.revision == revision)
    )
    if removed.rowcount != 1:
        raise _outdated(connection, name)


def _outdated(connection: Connection, name: str) -> Outdated:
    now = find(connection, name)
    if now is None:
        return Outdated(f"the draft of {name} was deployed or removed meanwhile")
    return Outdated(
        f"{now.saved_by} saved the draft of {name} at {now.saved_at:%Y-%m-%d %H:%M} UTC",
        changed_by=now.saved_by,
        changed_at=now.saved_at,
    )
