"""What is known of uploaded files; their bytes lie in `engine.documents.FileStore`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from engine.persistence.rows import fetch_one, insert_all
from engine.persistence.schema import document


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
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
    insert_all(connection, document, [asdict(row)])


def find(connection: Connection, id: str) -> DocumentRow | None:
    """Return the file with that id."""
    return fetch_one(connection, document, DocumentRow, document.c.id == id)


def attach(connection: Connection, ids: Sequence[str], instance_key: int) -> None:
    """Make files part of a process instance; from then on they do not expire."""
    statement = (
        update(document)
        .where(document.c.id.in_(ids))
        .values(process_instance_key=instance_key, expires_at=None)
    )
    connection.execute(statement)


def remove(connection: Connection, id: str) -> None:
    """Forget the file."""
    connection.execute(delete(document).where(document.c.id == id))


def count_with_content(connection: Connection, sha256: str) -> int:
    """Count the files that share one content."""
    statement = select(func.count()).select_from(document).where(document.c.sha256 == sha256)
    return connection.execute(statement).scalar_one()
