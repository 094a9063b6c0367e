"""Sessions of browsers: who is signed in where, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, update

from engine.persistence.query import Query
from engine.persistence.rows import columns_of, insert_all
from engine.persistence.schema import account, web_session
from engine.persistence.stores.people import ACCOUNT_WITH_GROUPS, AccountRow, account_of


class SessionRow(NamedTuple):
    """One session, known by the digest of its token; ``id`` is what people see of it."""

    id: str
    sha256: str
    username: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    agent: str


_COLUMNS = columns_of(web_session, SessionRow)
_BY_TOKEN = Query(
    ACCOUNT_WITH_GROUPS.join(web_session, web_session.c.username == account.c.username)
    .add_columns(*_COLUMNS)
    .where(web_session.c.sha256 == bindparam("sha256"))
)


def find(
    connection: Connection, sha256: str
) -> tuple[SessionRow, AccountRow, frozenset[str]] | None:
    """Return a session, its account and the ids of its groups, with one statement."""
    rows = _BY_TOKEN.all(connection, sha256=sha256)
    if not rows:
        return None
    return SessionRow._make(rows[0][-len(_COLUMNS) :]), *account_of(rows)


def of_account(connection: Connection, username: str) -> list[SessionRow]:
    """Return the sessions of an account, the newest first."""
    statement = (
        select(*_COLUMNS)
        .where(web_session.c.username == username)
        .order_by(web_session.c.created_at.desc(), web_session.c.id)
    )
    return [SessionRow(**row) for row in connection.execute(statement).mappings()]


def last_seen(connection: Connection, usernames: Sequence[str]) -> dict[str, datetime]:
    """Return when accounts were last seen in a session that is still kept, by user name."""
    statement = (
        select(web_session.c.username, func.max(web_session.c.last_seen_at))
        .where(web_session.c.username.in_(usernames))
        .group_by(web_session.c.username)
    )
    return {username: moment for username, moment in connection.execute(statement)}


def by_id(connection: Connection, session_id: str) -> SessionRow | None:
    """Return the session with that id."""
    statement = select(*_COLUMNS).where(web_session.c.id == session_id)
    row = connection.execute(statement).mappings().first()
    return None if row is None else SessionRow(**row)


def insert(connection: Connection, row: SessionRow) -> None:
    """Store a new session."""
    insert_all(connection, web_session, [row._asdict()])


def touch(connection: Connection, session_id: str, now: datetime) -> None:
    """Note that the session was used."""
    connection.execute(
        update(web_session).where(web_session.c.id == session_id).values(last_seen_at=now)
    )


def end(connection: Connection, session_id: str) -> bool:
    """Remove a session; False if it is gone already."""
    return (
        connection.execute(delete(web_session).where(web_session.c.id == session_id)).rowcount == 1
    )


def end_all_of(connection: Connection, username: str, *, but: str | None = None) -> None:
    """Remove every session of an account, except the one with the id *but*."""
    statement = delete(web_session).where(web_session.c.username == username)
    connection.execute(statement if but is None else statement.where(web_session.c.id != but))


def delete_expired(connection: Connection, now: datetime) -> None:
    """Forget sessions that nobody can use any more."""
    connection.execute(delete(web_session).where(web_session.c.expires_at <= now))
