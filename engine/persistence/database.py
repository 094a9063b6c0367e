"""Connections and transactions: one command is one transaction (decision 0003)."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from engine.clock import monotonic_seconds
from engine.persistence.failures import explained
from engine.persistence.fifo_lock import FifoLock
from engine.persistence.hints import HintingCompiler
from engine.persistence.joined import Here, Joined
from engine.points import Point, reached

__all__ = ["Connection", "Database"]

BUSY_TIMEOUT_MS = 10_000
CHECKPOINT_PAGES = 8_000
"""So many pages (32 MB) SQLite writes ahead before it copies them to their places. Commands touch
the same pages again and again: the longer it waits, the fewer it copies."""
WRITER_PATIENCE = timedelta(seconds=30)
"""So long a writer of this process waits for those before it, on SQLite."""
FROZEN_AFTER_MS = 20_000
"""PostgreSQL ends a transaction that says nothing for so long: a node that froze, or whose machine
vanished, must not keep rows locked from the others."""
POSTGRESQL_CONNECTIONS = 16  # kept open by one node; as many again for a short while
POSTGRESQL_PATIENCE_SECONDS = 10  # for a free connection, and for a server that says nothing

# A server that vanished without a word (libpq, "Database Connection Control Functions").
_POSTGRESQL_LINK = {
    "connect_timeout": POSTGRESQL_PATIENCE_SECONDS,
    "keepalives_idle": POSTGRESQL_PATIENCE_SECONDS,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": POSTGRESQL_PATIENCE_SECONDS * 1000,
    "options": f"-c idle_in_transaction_session_timeout={FROZEN_AFTER_MS}",
}


class Database:
    """One database, SQLite or PostgreSQL.

    On SQLite writers begin IMMEDIATE and queue in order, so that a read followed by a write in
    one transaction can neither lose an update nor fail for a lock; readers never wait.
    On PostgreSQL writers run side by side, READ COMMITTED: they lock the rows of the instance they
    change and check its revision, and a race that is lost all the same is a RevisionConflict.
    ``synchronous`` is SQLite's durability: ``FULL`` survives a power cut, ``NORMAL`` may then
    lose the last commits (a killed process loses nothing in either mode).
    """

    def __init__(self, url: str | URL, *, synchronous: str = "FULL") -> None:
        self.url = make_url(url)
        self._here = Here()
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer_lock = FifoLock(patience=WRITER_PATIENCE) if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            self._engine = create_engine(self.url, hide_parameters=True)
            self._engine.dialect.statement_compiler = HintingCompiler
            _tune_sqlite(self._engine, synchronous)
            self._reader = self._engine.execution_options(read_only=True)
            self._asker = self._engine.execution_options(begins=False)
        else:
            self._engine = create_engine(
                self.url,
                hide_parameters=True,  # people's values stay out of errors, so out of the logs
                isolation_level="READ COMMITTED",
                pool_size=POSTGRESQL_CONNECTIONS,
                max_overflow=POSTGRESQL_CONNECTIONS,
                pool_timeout=POSTGRESQL_PATIENCE_SECONDS,
                connect_args=_POSTGRESQL_LINK,
            )
            self._reader = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._asker = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    def write(self) -> AbstractContextManager[Connection]:
        """Open a transaction that may write; commits at the end, rolls back on any exception.

        Inside `joined` it is a part of that transaction, and commits with it.

        Raises RevisionConflict if PostgreSQL let somebody else go first, InvalidInput for a value
        that it cannot hold, Unavailable if the database is away or others write for too long,
        and StorageFull if its disk is full.
        """
        joined = self._here.joined
        return self.apart() if joined is None else joined.write()

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """Open a transaction as `write` does, that commits by itself even inside `joined`.

        Not while the thread has one open on SQLite, which has one writer.
        """
        with self._transaction() as connection:
            yield connection
        reached(Point.COMMITTED)

    @contextmanager
    def joined(self, first: Callable[[Connection], None]) -> Iterator[Joined]:
        """Let all writes of this thread be one transaction, until the block ends.

        *first* is called where the transaction begins, before anything else; if it raises, it
        does not begin. All is committed at the end of the block, or rolled back on any exception.
        """
        joined = self._here.joined = Joined(self._transaction, first)
        committed = False
        try:
            with joined.transaction:
                yield joined
            committed = True
        finally:
            self._here.joined = None
            if committed and joined.connection is not None:
                reached(Point.COMMITTED)
            for call in joined.calls(committed=committed):
                call()

    @property
    def is_writing(self) -> bool:
        """Tell whether this thread has begun a transaction that it has joined its writes to."""
        return self._joined_connection() is not None

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call when what this thread has written is committed: at once, or at the end of `joined`.

        Not called if it is rolled back.
        """
        joined = self._here.joined
        if joined is None:
            call()
        else:
            joined.after_commit.append(call)

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call when this thread has nothing open: at once, or when `joined` has ended somehow."""
        joined = self._here.joined
        if joined is None:
            call()
        else:
            joined.afterwards.append(call)

    def read(self) -> AbstractContextManager[Connection]:
        """Open a transaction that only reads one consistent state. Raises Unavailable.

        Inside `joined` it also sees what was written there.
        """
        connection = self._joined_connection()
        return self._snapshot() if connection is None else nullcontext(connection)

    def ask(self) -> AbstractContextManager[Connection]:
        """Open a connection for a single query, consistent by itself: no BEGIN, no COMMIT.

        Raises Unavailable.
        """
        connection = self._joined_connection()
        return self._question() if connection is None else nullcontext(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._writer_lock, explained(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with explained(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _question(self) -> Iterator[Connection]:
        with explained(), self._asker.connect() as connection:
            yield connection

    def _joined_connection(self) -> Connection | None:
        joined = self._here.joined
        return None if joined is None else joined.connection

    def close(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()


def _tune_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        del record
        connection.isolation_level = None  # sqlite3: we begin ourselves
        cursor = connection.cursor()
        cursor.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        _write_ahead(cursor)
        for pragma in (
            f"synchronous = {synchronous}",
            "foreign_keys = on",
            "temp_store = memory",
            f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
        ):
            cursor.execute(f"pragma {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("begins", True):
            kind = "deferred" if options.get("read_only", False) else "immediate"
            driver: Any = connection.connection.driver_connection
            driver.execute(f"begin {kind}")  # as the hottest statement, without ceremony


def _write_ahead(cursor: DBAPICursor) -> None:
    """Let a file be written ahead, after whoever writes it now.

    A new file becomes one of that kind once. Where two come to it at the same time SQLite refuses
    the second at once, whatever its busy timeout: it already reads what it wants to write.
    """
    until = monotonic_seconds() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic_seconds() > until:
                raise
        cursor.execute("begin immediate")  # this does wait
        cursor.execute("rollback")
