"""Imported diagrams: what came in, what it became and what was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.persistence.rows import fetch_one, insert_all
from engine.persistence.schema import model_import


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One import. ``forms`` are texts by file name, ``findings`` JSON objects."""

    key: int
    file_name: str
    original: bytes
    bpmn: bytes
    forms: Mapping[str, str]
    findings: Sequence[Mapping[str, object]]
    executable: bool
    errors: int
    warnings: int
    imported_at: datetime
    imported_by: str


def insert(connection: Connection, row: ImportRow) -> None:
    """Keep an import."""
    insert_all(connection, model_import, [asdict(row)])


def find(connection: Connection, key: int) -> ImportRow | None:
    """Return the import with that key."""
    return fetch_one(connection, model_import, ImportRow, model_import.c.key == key)
