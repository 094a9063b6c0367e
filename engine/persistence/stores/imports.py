"""Imported diagrams: what came in, what it became and what was said about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from engine.persistence.rows import fetch_one, insert_all
from engine.persistence.schema import model_import


class ImportRow(NamedTuple):
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
    insert_all(connection, model_import, [row._asdict()])


def find(connection: Connection, key: int) -> ImportRow | None:
    """Return the import with that key."""
    return fetch_one(connection, model_import, ImportRow, model_import.c.key == key)
