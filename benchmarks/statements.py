"""Counts what really reaches the database: statements, round trips and commits.

On PostgreSQL the protocol itself is traced (libpq's PQtrace), so BEGIN, COMMIT and every row of
an ``executemany`` count; on SQLite the library's own trace callback is asked. Nothing that the
program says about itself is believed.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from engine.persistence.database import Database


@dataclass(slots=True)
class Traffic:
    """What one stretch of work asked of the database."""

    statements: list[str] = field(default_factory=list)
    round_trips: int = 0

    @property
    def commits(self) -> int:
        """Return how many transactions that wrote were committed."""
        return sum(text.upper().startswith("COMMIT") for text in self.statements)


@contextmanager
def traced(database: Database) -> Iterator[Traffic]:
    """Count the traffic of all connections of *database* while the block runs."""
    traffic = Traffic()
    watch = _watch_sqlite if database.is_sqlite else _watch_postgresql
    database.close()  # pooled connections would not be watched
    with watch(database, traffic):
        yield traffic
    database.close()


@contextmanager
def _watch_sqlite(database: Database, traffic: Traffic) -> Iterator[None]:
    def on_connect(connection: Any, record: object) -> None:
        connection.set_trace_callback(_note)

    def _note(text: str) -> None:
        if not text.startswith(("pragma", "--")):
            traffic.statements.append(text)

    event.listen(database._engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(database._engine, "connect", on_connect)


@contextmanager
def _watch_postgresql(database: Database, traffic: Traffic) -> Iterator[None]:
    """Trace each connection into a file of its own, and read the files at the end."""
    logs: list[Any] = []

    def on_checkout(connection: Any, record: object, proxy: object) -> None:
        if not connection.info.dbname or connection in [known for known, _ in logs]:
            return
        log = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed below
        connection.pgconn.trace(log.fileno())
        logs.append((connection, log))

    event.listen(database._engine, "checkout", on_checkout)
    try:
        yield
    finally:
        event.remove(database._engine, "checkout", on_checkout)
        for connection, log in logs:
            connection.pgconn.untrace()
            _read(log.fileno(), traffic)
            log.close()


def _read(descriptor: int, traffic: Traffic) -> None:
    """Count in a trace of libpq: lines of time, direction, length, message and details."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    prepared: dict[str, str] = {}
    bound, server_spoke_last = "", True
    with os.fdopen(os.dup(descriptor)) as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t", 4)
            if len(fields) < 4:
                continue  # goes on with a statement of several lines
            is_ours = fields[1] == "F"
            traffic.round_trips += is_ours and server_spoke_last
            server_spoke_last = not is_ours
            if not is_ours:
                continue
            message, details = fields[3], fields[4].strip() if len(fields) == 5 else ""
            if message == "Parse":
                name, _, text = details[1:].partition('" "')
                prepared[name] = text
            elif message == "Bind":
                bound = prepared.get(details.split('"')[3], "")
            elif message == "Execute":
                traffic.statements.append(bound)
            elif message == "Query":
                traffic.statements.append(details.strip('"'))
