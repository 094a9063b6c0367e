"""Statements of the hot path: compiled once for a database, then sent to its driver as they are.

For a query that finds one row by its key SQLAlchemy spends more on building, looking up and
reading it than the database on answering it. What a query says is still written with SQLAlchemy.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeEngine

_Statement = Select[*tuple[Any, ...]] | ReturningInsert[*tuple[Any, ...]]
_Change = Callable[[Any], Any]
_Row = tuple[Any, ...]


class Query:
    """A statement that answers with rows: its parameters by name (`sqlalchemy.bindparam`), its
    text never another. A SELECT, or an INSERT that returns what it has made.
    """

    def __init__(self, statement: _Statement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, **parameters: object) -> Sequence[_Row]:
        """Return every row, its values as the columns' types make them.

        Raises what the driver raises; `engine.persistence.failures.explained` knows it.
        """
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._statement, dialect)
        return compiled.fetch(connection.connection.driver_connection, parameters)

    def first(self, connection: Connection, **parameters: object) -> _Row | None:
        """Return the first row, or None."""
        return next(iter(self.all(connection, **parameters)), None)


class _Compiled:
    """The text for one database, and what becomes of the values on the way there and back."""

    def __init__(self, statement: _Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup  # None: by name
        binds = compiled.binds
        self._constants = {name: b.effective_value for name, b in binds.items() if not b.required}
        self._binds = _known((name, _binds(bound.type, dialect)) for name, bound in binds.items())
        columns = enumerate(statement.exported_columns)
        self._reads = _known((place, _reads(column.type, dialect)) for place, column in columns)

    def fetch(self, driver: Any, parameters: dict[str, object]) -> list[_Row]:
        """Send it and read all rows."""
        given = {**self._constants, **parameters}
        for name, bind in self._binds:
            given[name] = bind(given[name])  # KeyError: a parameter without a value
        if self._order is None:
            rows = driver.execute(self._text, given).fetchall()  # psycopg prepares the sixth
        else:
            rows = driver.execute(self._text, [given[name] for name in self._order]).fetchall()
        return [self._read(row) for row in rows] if self._reads else rows

    def _read(self, row: _Row) -> _Row:
        values = list(row)
        for place, read in self._reads:
            values[place] = read(values[place])
        return tuple(values)


def _known(found: Any) -> list[tuple[Any, _Change]]:
    return [(place, change) for place, change in found if change is not None]


def _binds(type_: TypeEngine[Any], dialect: Dialect) -> _Change | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _reads(type_: TypeEngine[Any], dialect: Dialect) -> _Change | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
