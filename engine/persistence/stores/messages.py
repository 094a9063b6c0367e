"""Published messages that wait for their receiver, and which process had each."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, delete, exists, select
from sqlalchemy.exc import IntegrityError

from engine.errors import Conflict
from engine.persistence.protection import seal, unseal
from engine.persistence.rows import columns_of
from engine.persistence.schema import incident, message, message_correlation

FORGOTTEN_AT_ONCE = 1_000


class MessageRow(NamedTuple):
    """One published message; kept until ``expires_at``."""

    key: int
    name: str
    correlation_key: str
    message_id: str | None
    variables: dict[str, object]
    published_at: datetime
    expires_at: datetime


def insert(connection: Connection, row: MessageRow) -> None:
    """Keep a message; the same message id again while the first is kept raises Conflict."""
    values = row._asdict() | {"variables": seal(row.variables)}
    try:
        with connection.begin_nested():
            connection.execute(message.insert().values(values))
    except IntegrityError as error:
        raise Conflict(
            f"a message {row.name!r} with the id {row.message_id!r} was published before"
        ) from error


def buffered(
    connection: Connection, name: str, correlation_key: str, process_id: str, now: datetime
) -> MessageRow | None:
    """Return the oldest kept message that this process has not had yet."""
    had = select(message_correlation.c.message_key).where(
        message_correlation.c.process_id == process_id
    )
    statement = (
        select(*columns_of(message, MessageRow))
        .where(
            message.c.name == name,
            message.c.correlation_key == correlation_key,
            message.c.expires_at > now,
            message.c.key.not_in(had),
        )
        .order_by(message.c.key)
        .limit(1)
    )
    return _read(connection, statement)


def find(connection: Connection, key: int) -> MessageRow | None:
    """Return a message that is still kept, expired or not."""
    columns = columns_of(message, MessageRow)
    return _read(connection, select(*columns).where(message.c.key == key))


def _read(connection: Connection, statement: Select[*tuple[object, ...]]) -> MessageRow | None:
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return MessageRow(**(dict(row) | {"variables": unseal(row["variables"])}))


def record_correlation(
    connection: Connection, *, message_key: int, process_id: str, instance_key: int, at: datetime
) -> None:
    """Say that a process had the message, so that it never gets it twice."""
    connection.execute(
        message_correlation.insert().values(
            message_key=message_key,
            process_id=process_id,
            process_instance_key=instance_key,
            correlated_at=at,
        )
    )


def delete_expired(connection: Connection, now: datetime) -> None:
    """Forget some messages whose time to live is over; others may do the same beside us.

    One that an unresolved incident is about is kept until that is resolved.
    """
    needed = exists().where(incident.c.message_key == message.c.key, incident.c.state == "ACTIVE")
    statement = (
        select(message.c.key).where(message.c.expires_at <= now, ~needed).limit(FORGOTTEN_AT_ONCE)
    )
    expired = connection.execute(statement.with_for_update(skip_locked=True)).scalars().all()
    if expired:
        connection.execute(
            delete(message_correlation).where(message_correlation.c.message_key.in_(expired))
        )
        connection.execute(delete(message).where(message.c.key.in_(expired)))
