"""Between rows of a table and the named tuples whose fields are columns of the same name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

Row = TypeVar("Row", bound=NamedTuple)


def columns_of(table: Table, kind: type[NamedTuple]) -> list[ColumnElement[Any]]:
    """Return the columns of *table* that the fields of *kind* name, in its order."""
    return [table.c[name] for name in kind._fields]


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
    for row in connection.execute(statement):
        yield kind._make(row)


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert *rows* with one statement; nothing happens for none."""
    if rows:
        connection.execute(table.insert(), list(rows))


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of the connection's own kind, for ``on_conflict_do_…``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
