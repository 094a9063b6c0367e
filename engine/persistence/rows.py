"""Between rows and frozen dataclasses whose fields are columns of the same name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

Row = TypeVar("Row")


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _names_of(kind: type[Any]) -> tuple[str, ...]:
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(field.name for field in fields(kind))
    return names


def values_of(row: object) -> dict[str, Any]:
    """Return the fields of a row by name; unlike ``asdict`` it copies none of the values."""
    return {name: getattr(row, name) for name in _names_of(type(row))}


def columns_of(table: Table, kind: type[Any]) -> list[ColumnElement[Any]]:
    """Return the columns of *table* that the dataclass *kind* names, in its order."""
    return [table.c[field.name] for field in fields(kind)]


def fetch_all(
    connection: Connection, table: Table, kind: type[Row], *where: ColumnElement[bool]
) -> list[Row]:
    """Return every matching row as a *kind*, in the order of the primary key."""
    statement = select(*columns_of(table, kind)).where(*where).order_by(*table.primary_key.columns)
    return list(read_as(connection, statement, kind))


def fetch_one(
    connection: Connection, table: Table, kind: type[Row], *where: ColumnElement[bool]
) -> Row | None:
    """Return the matching row, or None. Expects at most one, by a unique condition."""
    return next(read_as(connection, select(*columns_of(table, kind)).where(*where), kind), None)


def read_as(
    connection: Connection, statement: Select[*tuple[Any, ...]], kind: type[Row]
) -> Iterator[Row]:
    """Read each row, whose columns are the fields of *kind* in their order, as a *kind*."""
    names = _names_of(kind)
    for row in connection.execute(statement):
        yield kind(**dict(zip(names, row, strict=True)))


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert *rows* with one statement; nothing happens for none."""
    if rows:
        connection.execute(table.insert(), list(rows))


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of the connection's own kind, for ``on_conflict_do_…``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
