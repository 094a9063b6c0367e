"""Telling SQLite which index to take: nothing tells it how many rows there are.

PostgreSQL keeps statistics and chooses by itself. SQLite takes the index that is
named (https://sqlite.org/lang_indexedby.html), and none for a column behind a plus sign.
"""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

Statement = TypeVar("Statement", bound=Select[Any])


class HintingCompiler(SQLiteCompiler):
    """Writes the hints of a statement behind their tables, which SQLAlchemy leaves out."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """Return the hint as it is."""
        del table
        return text


def by_index(statement: Statement, table: FromClause, index: str) -> Statement:
    """Let SQLite read the table of the statement by that index."""
    return statement.with_hint(table, f"INDEXED BY {index}", "sqlite")


class unindexed(GenericFunction[Any]):
    """A column by which SQLite is not to look for rows: ``unindexed(column)``."""

    inherit_cache = True
    name = "unindexed"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(unindexed)
def _unindexed(element: unindexed, compiler: Any, **kw: Any) -> str:
    (column,) = element.clauses
    written: str = compiler.process(column, **kw)
    return f"+{written}" if compiler.dialect.name == "sqlite" else written
