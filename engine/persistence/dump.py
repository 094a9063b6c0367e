"""All rows of a database as text that does not depend on its kind.

A table is written as JSON lines: first the names of its columns, then one array per row. Times are
ISO 8601 in UTC, bytes are base64, JSON columns are kept letter by letter (history is digested over
its text). So what was read from SQLite can be loaded into PostgreSQL, and the other way round.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    Text,
    delete,
    inspect,
    select,
    type_coerce,
)
from sqlalchemy import column as plain_column
from sqlalchemy import table as plain_table
from sqlalchemy.types import TypeEngine

from engine.persistence import retail, schema
from engine.persistence.columns import JsonText, UtcDateTime

ROWS_AT_A_TIME = 1_000

assert retail.store.metadata is schema.metadata  # noqa: S101  # both modules declare tables on it
_TABLES = schema.metadata.tables


def table_names() -> list[str]:
    """Return the tables that hold the whole of an installation, in a fixed order."""
    return sorted(_TABLES)


def is_empty(connection: Connection) -> bool:
    """Tell whether a database has no tables at all."""
    return not inspect(connection).get_table_names()


def read_table(connection: Connection, name: str) -> Iterator[bytes]:
    """Yield the lines of one table, without holding its rows in memory."""
    table = _TABLES[name]
    columns = list(table.columns)
    yield _line([column.name for column in columns])
    statement = select(*(_as_stored(column) for column in columns)).order_by(*table.primary_key)
    encoders = [_encoder(column.type) for column in columns]
    result = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(statement)
    for row in result:
        yield _line([code(value) for code, value in zip(encoders, row, strict=True)])


def load_table(connection: Connection, name: str, lines: Iterable[bytes]) -> int:
    """Replace the rows of one table by the lines of `read_table`; return how many there are.

    The columns are those that the lines name: the database may have the schema of an older version.
    """
    rows = iter(lines)
    names: list[str] = orjson.loads(next(rows))
    types = _column_types(connection, name, names)
    target = plain_table(name, *(plain_column(n, _stored_type(types[n])) for n in names))
    decoders = [_decoder(types[n]) for n in names]
    connection.execute(delete(target))
    count = 0
    for batch in _batches(rows):
        values = [
            {n: code(v) for n, code, v in zip(names, decoders, orjson.loads(line), strict=True)}
            for line in batch
        ]
        connection.execute(target.insert(), values)
        count += len(values)
    return count


def _column_types(
    connection: Connection, name: str, names: Sequence[str]
) -> dict[str, TypeEngine[Any]]:
    """Take the types of this version; for a column that it has no more, those of the database."""
    known: Table | None = _TABLES.get(name)
    types: dict[str, TypeEngine[Any]] = {}
    if known is not None:
        types = {column.name: column.type for column in known.columns}
    if not types.keys() >= set(names):
        types = {c["name"]: c["type"] for c in inspect(connection).get_columns(name)} | types
    return types


def _as_stored(column: Column[Any]) -> Any:
    return type_coerce(column, Text) if isinstance(column.type, JsonText) else column


def _stored_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return Text() if isinstance(kind, JsonText) else kind


def _encoder(kind: TypeEngine[Any]) -> Callable[[Any], object]:
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64encode(value).decode()
    return lambda value: value


def _decoder(kind: TypeEngine[Any]) -> Callable[[Any], object]:
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(kind, UtcDateTime):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    return lambda value: value


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == ROWS_AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _line(values: list[object] | list[str]) -> bytes:
    return orjson.dumps(values, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)
