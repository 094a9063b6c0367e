"""What a database's refusals mean to us."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError

from engine.errors import InvalidInput, RevisionConflict

_LOST_RACES = {
    "40001": "the transaction could not be put in order with others",
    "40P01": "the transaction and another one waited for each other",
    "23505": "somebody else stored the same thing just now",
}
"""By SQLSTATE (PostgreSQL, appendix A): serialization failure, deadlock, unique violation."""


@contextmanager
def explained() -> Iterator[None]:
    """Raise what PostgreSQL refuses as an error of ours, where a user can do something about it.

    RevisionConflict: somebody else was first; a new attempt sees what they did. Only PostgreSQL
    has such races, for SQLite lets one writer in at a time.
    InvalidInput: a value does not fit its column (too long, or a character that no text holds).
    """
    try:
        yield
    except DataError as error:
        raise InvalidInput(f"a value cannot be stored: {error.orig}") from error
    except DBAPIError as error:
        message = _LOST_RACES.get(getattr(error.orig, "sqlstate", None) or "")
        if message is None:
            raise
        raise RevisionConflict(message) from error
