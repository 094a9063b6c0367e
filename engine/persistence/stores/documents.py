"""What is known of uploaded files; their bytes lie in `engine.documents.FileStore`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from engine.errors import RevisionConflict
from engine.persistence.locks import hold
from engine.persistence.rows import fetch_one, insert_all
from engine.persistence.schema import document


class DocumentRow(NamedTuple):
    """One uploaded file. ``size`` in bytes; ``process_instance_key`` where it belongs to one."""

    id: str
    sha256: str
    file_name: str
    content_type: str
    size: int
    process_instance_key: int | None
    properties: Mapping[str, object]
    created_at: datetime
    created_by: str
    expires_at: datetime | None


def insert(connection: Connection, row: DocumentRow) -> None:
    """Store the facts of a file."""
    insert_all(connection, document, [row._asdict()])


def find(connection: Connection, id: str) -> DocumentRow | None:
    """Return the file with that id."""
    return fetch_one(connection, document, DocumentRow, document.c.id == id)


def attach(connection: Connection, ids: Sequence[str], instance_key: int) -> None:
    """Make free files part of a process instance; from then on they do not expire.

    Raises RevisionConflict if one of them was deleted, or taken by another instance, just now.
    """
    if not ids:
        return
    statement = (
        update(document)
        .where(document.c.id.in_(ids), document.c.process_instance_key.is_(None))
        .values(process_instance_key=instance_key, expires_at=None)
    )
    if connection.execute(statement).rowcount != len(ids):
        raise RevisionConflict("somebody else deleted or took one of the files just now")


def remove(connection: Connection, id: str) -> None:
    """Forget a file that belongs to no process instance.

    Raises RevisionConflict if it was deleted, or made part of one, just now.
    """
    statement = delete(document).where(
        document.c.id == id, document.c.process_instance_key.is_(None)
    )
    if connection.execute(statement).rowcount != 1:
        raise RevisionConflict(f"somebody else deleted or took the document {id!r} just now")


def hold_content(connection: Connection, sha256: str) -> None:
    """Let nobody else store or remove this content until the transaction ends."""
    hold(connection, f"content {sha256}")


def count_with_content(connection: Connection, sha256: str) -> int:
    """Count the files that share one content."""
    statement = select(func.count()).select_from(document).where(document.c.sha256 == sha256)
    return connection.execute(statement).scalar_one()


def contents(connection: Connection) -> list[str]:
    """Return the SHA-256 of every content that some file has, once each."""
    return list(
        connection.execute(
            select(document.c.sha256).distinct().order_by(document.c.sha256)
        ).scalars()
    )
