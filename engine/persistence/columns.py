"""Column types that mean the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer, String, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

Key = BigInteger().with_variant(Integer(), "sqlite")
"""A 63-bit key; on SQLite an INTEGER, so that a primary key is the row id."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime with microseconds. A naive one is refused, never guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive value and store the others in UTC."""
        if value is None:
            return None
        in_utc = _in_utc(value)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the value aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_bind(dialect: Dialect) -> Callable[[datetime | None], object]:
    """Return what the driver, or JSON, takes for a `UtcDateTime`; as the type itself, but quickly.

    A command writes the same moment many times, so texts are kept for a while.
    """
    change = _sqlite_text if dialect.name == "sqlite" else _in_utc
    return lambda value: None if value is None else change(value)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a datetime without a time zone cannot be stored")
    return value.astimezone(UTC)


@lru_cache
def _sqlite_text(value: datetime) -> str:
    return _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


class JsonText(TypeDecorator[Any]):
    """A JSON value as text, in the order it was written. None is SQL NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write the value as compact JSON."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the JSON text back."""
        return None if value is None else orjson.loads(value)


class text_in(GenericFunction[str]):
    """What a JSON object in a `JsonText` column has under a name: ``text_in(column, "name")``."""

    type = String()
    inherit_cache = True
    name = "text_in"

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        super().__init__(column, name)


@compiles(text_in, "sqlite")
def _text_in_sqlite(element: text_in, compiler: Any, **kw: Any) -> str:
    column, name = element.clauses
    path = f"""'$."' || {compiler.process(name, **kw)} || '"'"""
    return f"json_extract({compiler.process(column, **kw)}, {path})"


@compiles(text_in, "postgresql")
def _text_in_postgresql(element: text_in, compiler: Any, **kw: Any) -> str:
    column, name = element.clauses
    return f"({compiler.process(column, **kw)}::json ->> {compiler.process(name, **kw)})"
