"""What a database's refusals mean to us."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DataError, DBAPIError, TimeoutError

from engine.errors import InvalidInput, RedressError, RevisionConflict, StorageFull, Unavailable

DriverError = DBAPIError | psycopg.Error | sqlite3.Error

_LOST_RACES = {
    "40001": "the transaction could not be put in order with others",
    "40P01": "the transaction and another one waited for each other",
    "55P03": "somebody else has held what the transaction needs for too long",
    "23505": "somebody else stored the same thing just now",
}
"""By SQLSTATE (PostgreSQL, appendix A): serialization failure, deadlock, lock not available,
unique violation."""

_AWAY = ("08", "57P", "53300")
"""The beginnings of: connection exceptions, shutdown and recovery, no connection left."""

_NO_SPACE = "53100"

_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY: "another program holds the database",
    sqlite3.SQLITE_LOCKED: "another program holds the database",
    sqlite3.SQLITE_CANTOPEN: "the database file cannot be opened",
    sqlite3.SQLITE_IOERR: "the database file cannot be read or written",
}
_SQLITE_PRIMARY = 0xFF  # the rest of an extended code says more exactly what (sqlite.org/rescode)


@contextmanager
def explained() -> Iterator[None]:
    """Raise what a database refuses as an error of ours, where a user can do something about it.

    RevisionConflict: somebody else was first; a new attempt sees what they did.
    InvalidInput: a value does not fit its column (too long, or a character that no text holds).
    Unavailable: the database is away, or too busy to answer.
    StorageFull: its disk is full.
    """
    try:
        yield
    except (DataError, psycopg.DataError) as error:
        raise InvalidInput(f"a value cannot be stored: {_cause(error)}") from error
    except (DBAPIError, psycopg.Error, sqlite3.Error) as error:
        meant = _meaning(error)
        if meant is None:
            raise
        raise meant from error
    except TimeoutError as error:
        raise Unavailable("every connection to the database is in use") from error


def _cause(error: DriverError) -> BaseException | None:
    """Return what the driver raised; from a batch it comes without SQLAlchemy around it."""
    return error.orig if isinstance(error, DBAPIError) else error


def _meaning(error: DriverError) -> RedressError | None:
    cause = _cause(error)
    if isinstance(cause, sqlite3.Error):
        return _meaning_on_sqlite(cause)
    state = getattr(cause, "sqlstate", None) or ""
    if state in _LOST_RACES:
        return RevisionConflict(_LOST_RACES[state])
    if state == _NO_SPACE:
        return StorageFull("the disk of the database is full")
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    cannot_connect = not state and "connection" in str(cause)
    if is_lost or state.startswith(_AWAY) or cannot_connect:
        return Unavailable("the database is away")
    return None


def _meaning_on_sqlite(error: sqlite3.Error) -> RedressError | None:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return RevisionConflict(_LOST_RACES["23505"])
    code &= _SQLITE_PRIMARY
    if code == sqlite3.SQLITE_FULL:
        return StorageFull("the disk of the database is full")
    return Unavailable(_SQLITE_AWAY[code]) if code in _SQLITE_AWAY else None
