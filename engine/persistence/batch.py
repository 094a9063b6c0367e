"""Writes that are sent together: few statements, and on PostgreSQL one round trip for all.

A command changes many rows of few tables. Here each table costs one statement however many rows
there are, with a text that never changes on PostgreSQL, so that both databases prepare it once
(`engine.persistence.shapes`). Nothing is read back but how many rows each statement changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from engine.persistence.pipeline import watched_pipeline
from engine.persistence.shapes import bind_of, quoted, shape_of

SQLITE_ROWS = 500
"""Rows of one statement on SQLite, which takes 32 766 parameters."""


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

    def insert(self, table: Table, rows: Sequence[NamedTuple]) -> None:
        """Insert *rows*, which all have the same columns."""
        self._insert(table, rows, "")

    def upsert(
        self, table: Table, rows: Sequence[NamedTuple], *, key: Sequence[str], change: Sequence[str]
    ) -> None:
        """Insert *rows*; where one with that *key* is there, *change* those columns of it."""
        self._insert(table, rows, _on_conflict(tuple(key), tuple(change)))

    def update(
        self,
        table: Table,
        values: Mapping[str, Any],
        *,
        where: Mapping[str, Any],
        otherwise: Exception | None = None,
    ) -> None:
        """Change the one row that equals *where*; raise *otherwise* if there is none."""
        text = _update(table.name, tuple(values), tuple(where), "?" if self._is_sqlite else "%s")
        given = self._bound(table, values) + self._bound(table, where)
        self._writes.append(_Write(text, given, otherwise))

    def delete(self, table: Table, column: str, keys: Sequence[int]) -> None:
        """Delete the rows whose *column* holds one of *keys*."""
        if self._is_sqlite:
            for part in _parts(keys):
                marks = ", ".join("?" * len(part))
                self._writes.append(
                    _Write(f"DELETE FROM {table.name} WHERE {quoted(column)} IN ({marks})", part)
                )
        elif keys:
            text = f"DELETE FROM {table.name} WHERE {quoted(column)} = ANY(%s::BIGINT[])"
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

    def _insert(self, table: Table, rows: Sequence[NamedTuple], suffix: str) -> None:
        if not rows:
            return
        shape = shape_of(table, rows[0]._fields, self._dialect)
        if self._is_sqlite:
            for part in _parts(rows):
                text = f"{shape.values}{', '.join([shape.marks] * len(part))}{suffix}"
                self._writes.append(_Write(text, shape.parameters(part)))
        else:
            self._writes.append(_Write(f"{shape.select}{suffix}", [shape.json(rows)]))

    def _bound(self, table: Table, values: Mapping[str, Any]) -> list[Any]:
        binds = [(bind_of(table.c[name], self._dialect), value) for name, value in values.items()]
        return [value if bind is None else bind(value) for bind, value in binds]


def _parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + SQLITE_ROWS] for start in range(0, len(items), SQLITE_ROWS)]


@lru_cache
def _on_conflict(key: tuple[str, ...], change: tuple[str, ...]) -> str:
    changes = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in change)
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


@lru_cache
def _update(table: str, changed: tuple[str, ...], where: tuple[str, ...], mark: str) -> str:
    changes = ", ".join(f"{quoted(name)} = {mark}" for name in changed)
    conditions = " AND ".join(f"{quoted(name)} = {mark}" for name in where)
    return f"UPDATE {table} SET {changes} WHERE {conditions}"
