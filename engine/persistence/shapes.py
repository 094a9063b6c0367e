"""How named tuples become the parameters of one INSERT: found out once for a table and its fields.

On SQLite each value is a parameter. On PostgreSQL all rows travel as one JSON value, which costs
the client a fraction of what a parameter for each value or an array for each column does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Column, Dialect, LargeBinary, String, Table

from engine.persistence.columns import UtcDateTime, utc_bind

Bind = Callable[[Any], Any]

_Binds = tuple[tuple[int, Bind], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An INSERT into one table of rows with the same fields, all columns by the same name.

    ``binds`` says what becomes of the values of a column, where the driver (on SQLite), or JSON
    (on PostgreSQL), does not take them as they are.
    """

    names: tuple[str, ...]
    values: str
    select: str
    marks: str
    binds: _Binds

    def parameters(self, rows: Sequence[NamedTuple]) -> list[Any]:
        """Return the values of all rows one after the other."""
        flat: list[Any] = []
        for row in rows:
            flat += row
        width = len(self.names)
        for place, bind in self.binds:
            flat[place::width] = [bind(value) for value in flat[place::width]]
        return flat

    def json(self, rows: Sequence[NamedTuple]) -> str:
        """Return all rows as one JSON array of objects."""
        flat, width = self.parameters(rows), len(self.names)
        starts = range(0, len(flat), width)
        return orjson.dumps(
            [dict(zip(self.names, flat[at : at + width], strict=True)) for at in starts]
        ).decode()


_KNOWN: dict[tuple[str, tuple[str, ...], str], Shape] = {}


def shape_of(table: Table, names: tuple[str, ...], dialect: Dialect) -> Shape:
    """Return how rows with those fields go into the table."""
    place = (table.name, names, dialect.name)
    known = _KNOWN.get(place)
    if known is None:
        known = _KNOWN[place] = _shape(table, names, dialect)
    return known


def _shape(table: Table, names: tuple[str, ...], dialect: Dialect) -> Shape:
    columns = [table.c[name] for name in names]
    into = f"INSERT INTO {table.name} ({', '.join(map(quoted, names))})"
    fields = ", ".join(f"{quoted(column.name)} {_type(column, dialect)}" for column in columns)
    find = bind_of if dialect.name == "sqlite" else _bind_in_json
    found = [(place, find(column, dialect)) for place, column in enumerate(columns)]
    return Shape(
        names=names,
        values=f"{into} VALUES ",
        select=f"{into} SELECT * FROM json_to_recordset(%s::JSON) AS given ({fields})",
        marks=f"({', '.join('?' * len(names))})",
        binds=tuple((place, bind) for place, bind in found if bind is not None),
    )


def quoted(name: str) -> str:
    """Return the name of a column as SQL takes it, whatever the name."""
    return f'"{name}"'


@cache
def bind_of(column: Column[Any], dialect: Dialect) -> Bind | None:
    """Return what becomes of a value of the column before the driver takes it; None: nothing."""
    if isinstance(column.type, UtcDateTime):
        return utc_bind(dialect)
    implementation = column.type.dialect_impl(dialect)
    if isinstance(implementation, LargeBinary):
        return None  # the drivers take bytes as they are
    bind: Bind | None = implementation.bind_processor(dialect)
    return bind


def _bind_in_json(column: Column[Any], dialect: Dialect) -> Bind | None:
    is_bytes = isinstance(column.type.dialect_impl(dialect), LargeBinary)
    return _hex if is_bytes else bind_of(column, dialect)


def _type(column: Column[Any], dialect: Dialect) -> str:
    # A cast to VARCHAR(n) would cut a text that is too long; an assignment refuses it.
    is_text = isinstance(column.type.dialect_impl(dialect), String)
    return "TEXT" if is_text else column.type.compile(dialect)


def _hex(value: bytes | None) -> str | None:
    """Write bytes as PostgreSQL reads them (8.4.1, "bytea Hex Format")."""
    return None if value is None else f"\\x{value.hex()}"
