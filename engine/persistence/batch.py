"""Writes that are sent together: few statements, and on PostgreSQL one round trip for all.

A command changes many rows of few tables. Here each table costs one statement however many rows
there are, with a text that never changes on PostgreSQL, so that both databases prepare it once:
there all rows travel as one JSON value, which costs the client a fraction of what a parameter for
each value or an array for each column does. Nothing is read back but how many rows each statement
changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Dialect, LargeBinary, String, Table

from engine.persistence.pipeline import watched_pipeline

SQLITE_ROWS = 500
"""Rows of one statement on SQLite, which takes 32 766 parameters."""

Row = Mapping[str, Any]
Bind = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as the driver wants it: its quoted name, its type, what a value becomes.

    ``bind`` is for a parameter of its own, ``bind_json`` for a place in JSON.
    """

    name: str
    quoted: str
    type: str
    bind: Bind | None
    bind_json: Bind | None

    def bound(self, rows: Sequence[Row]) -> list[Any]:
        """Return this column of the rows, for the driver."""
        return self._changed(rows, self.bind)

    def in_json(self, rows: Sequence[Row]) -> list[Any]:
        """Return this column of the rows, to be written as JSON."""
        return self._changed(rows, self.bind_json)

    def _changed(self, rows: Sequence[Row], bind: Bind | None) -> list[Any]:
        name = self.name
        if bind is None:
            return [row[name] for row in rows]
        return [bind(row[name]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Write:
    """One statement for the driver, and what to raise if it changes no row."""

    text: str
    parameters: Sequence[Any]
    otherwise: Exception | None = None


class Batch:
    """Collects writes of one transaction; `send` carries them out in the order they came."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._writes: list[_Write] = []

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert *rows*, which all have the same columns."""
        self._insert(table, rows, "")

    def upsert(
        self, table: Table, rows: Sequence[Row], *, key: Sequence[str], change: Sequence[str]
    ) -> None:
        """Insert *rows*; where one with that *key* is there, *change* those columns of it."""
        self._insert(table, rows, _on_conflict(tuple(key), tuple(change)))

    def update(
        self,
        table: Table,
        values: Row,
        *,
        where: Row,
        otherwise: Exception | None = None,
    ) -> None:
        """Change the one row that equals *where*; raise *otherwise* if there is none."""
        columns = _columns(table, self._dialect)
        mark = "?" if self._is_sqlite else "%s"
        text = (
            f"UPDATE {table.name} SET {', '.join(f'{columns[n].quoted} = {mark}' for n in values)}"
            f" WHERE {' AND '.join(f'{columns[n].quoted} = {mark}' for n in where)}"
        )
        given = [
            value for part in (values, where) for n in part for value in columns[n].bound([part])
        ]
        self._writes.append(_Write(text, given, otherwise))

    def delete(self, table: Table, column: str, keys: Sequence[int]) -> None:
        """Delete the rows whose *column* holds one of *keys*."""
        quoted = _columns(table, self._dialect)[column].quoted
        if self._is_sqlite:
            for part in _parts(keys):
                marks = ", ".join("?" * len(part))
                self._writes.append(
                    _Write(f"DELETE FROM {table.name} WHERE {quoted} IN ({marks})", part)
                )
        elif keys:
            text = f"DELETE FROM {table.name} WHERE {quoted} = ANY(%s::BIGINT[])"
            self._writes.append(_Write(text, [list(keys)]))

    def send(self) -> None:
        """Carry out what was collected. Raises what an `update` without a row was given."""
        writes, self._writes = self._writes, []
        if not writes:
            return
        driver: Any = self._connection.connection.driver_connection
        if self._is_sqlite:
            changed = [driver.execute(write.text, write.parameters).rowcount for write in writes]
        else:
            with watched_pipeline(driver):
                cursors = [
                    driver.execute(write.text, write.parameters, prepare=True) for write in writes
                ]
            changed = [cursor.rowcount for cursor in cursors]
        for write, count in zip(writes, changed, strict=True):
            if write.otherwise is not None and count != 1:
                raise write.otherwise

    def _insert(self, table: Table, rows: Sequence[Row], suffix: str) -> None:
        if not rows:
            return
        columns = [_columns(table, self._dialect)[name] for name in rows[0]]
        into = f"INSERT INTO {table.name} ({', '.join(c.quoted for c in columns)})"
        if self._is_sqlite:
            marks = f"({', '.join('?' * len(columns))})"
            for part in _parts(rows):
                text = f"{into} VALUES {', '.join([marks] * len(part))}{suffix}"
                bound = [column.bound(part) for column in columns]
                self._writes.append(
                    _Write(text, list(chain.from_iterable(zip(*bound, strict=True))))
                )
            return
        fields = ", ".join(f"{column.quoted} {column.type}" for column in columns)
        text = f"{into} SELECT * FROM json_to_recordset(%s::JSON) AS given ({fields}){suffix}"
        self._writes.append(_Write(text, [_as_json(columns, rows)]))


def _parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + SQLITE_ROWS] for start in range(0, len(items), SQLITE_ROWS)]


def _as_json(columns: Sequence[_Column], rows: Sequence[Row]) -> str:
    names = [column.name for column in columns]
    values = zip(*(column.in_json(rows) for column in columns), strict=True)
    return orjson.dumps([dict(zip(names, row, strict=True)) for row in values]).decode()


@lru_cache
def _on_conflict(key: tuple[str, ...], change: tuple[str, ...]) -> str:
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in change)
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


_KNOWN: dict[tuple[str, str], Mapping[str, _Column]] = {}


def _columns(table: Table, dialect: Dialect) -> Mapping[str, _Column]:
    """Return the columns of a table by name; found out once."""
    known = _KNOWN.get((table.name, dialect.name))
    if known is None:
        known = {column.name: _column(column, dialect) for column in table.columns}
        _KNOWN[table.name, dialect.name] = known
    return known


def _column(column: Column[Any], dialect: Dialect) -> _Column:
    # A cast to VARCHAR(n) would cut a text that is too long; an assignment refuses it.
    implementation = column.type.dialect_impl(dialect)
    is_text = isinstance(implementation, String)
    is_bytes = isinstance(implementation, LargeBinary)  # the drivers take bytes as they are
    bind = None if is_bytes else implementation.bind_processor(dialect)
    return _Column(
        name=str(column.name),
        quoted=f'"{column.name}"',
        type="TEXT" if is_text else column.type.compile(dialect),
        bind=bind,
        bind_json=_hex if is_bytes else bind,
    )


def _hex(value: bytes | None) -> str | None:
    """Write bytes as PostgreSQL reads them (8.4.1, "bytea Hex Format")."""
    return None if value is None else f"\\x{value.hex()}"
