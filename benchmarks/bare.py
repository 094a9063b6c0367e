"""The limit that a database sets: bare commits of as many bytes as one completed form writes.

Nothing but the driver: one row per transaction, inserted and committed, in the same mode and the
same run as whatever it is compared with.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg

BYTES = 10_000
"""The values that completing one form of the complaint writes (its statements, by their trace)."""

Commit = Callable[[], None]


def on_sqlite(file: Path, *, synchronous: str) -> Commit:
    """Return what commits one row to a SQLite file in WAL mode."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode = wal")
    connection.execute(f"pragma synchronous = {synchronous}")
    connection.execute("create table if not exists bare (content blob)")
    content = bytes(BYTES)

    def commit() -> None:
        connection.execute("begin immediate")
        connection.execute("insert into bare values (?)", [content])
        connection.execute("commit")

    return commit


def on_postgresql(url: str) -> Commit:
    """Return what commits one row to a PostgreSQL server (``url`` as libpq takes it)."""
    connection = psycopg.connect(url)
    connection.execute("create table if not exists bare (content bytea)")
    connection.commit()
    content = bytes(BYTES)

    def commit() -> None:
        connection.execute("insert into bare values (%s)", [content])
        connection.commit()

    return commit
