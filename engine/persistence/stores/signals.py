"""Who waits for which signal, and which broadcasts have not reached all of them yet.

A broadcast is one row with what it carries, and one *delivery* per subscription that was there at
that moment; nobody who comes later has it. A delivery is gone once its receiver had it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from engine.persistence.batch import Batch
from engine.persistence.columns import UtcDateTime
from engine.persistence.hints import unindexed
from engine.persistence.protection import seal, unseal
from engine.persistence.rows import columns_of, insert_all, read_as
from engine.persistence.schema import signal, signal_delivery, signal_subscription


class SignalSubscriptionRow(NamedTuple):
    """An instance waits for a signal, or (no instance) a definition starts by it."""

    key: int
    signal_name: str
    process_instance_key: int | None
    element_instance_key: int | None
    definition_key: int
    element_id: str


class SignalRow(NamedTuple):
    """One broadcast."""

    key: int
    name: str
    variables: dict[str, object]


class DeliveryRow(NamedTuple):
    """One receiver that has not had a broadcast yet; ``blocked`` while an incident holds it."""

    signal_key: int
    subscription_key: int
    process_instance_key: int | None
    element_instance_key: int | None
    definition_key: int
    element_id: str
    due_at: datetime
    attempts: int = 0
    blocked: bool = False


def insert_subscriptions(batch: Batch, rows: Sequence[SignalSubscriptionRow]) -> None:
    """Store new subscriptions."""
    batch.insert(signal_subscription, rows)


def end_subscriptions(batch: Batch, element_instance_keys: Sequence[int]) -> None:
    """Remove the subscriptions of elements that no longer wait."""
    batch.delete(signal_subscription, "element_instance_key", element_instance_keys)


def end_starts(connection: Connection, definition_key: int) -> None:
    """Remove the start events of a definition that a newer version replaces."""
    connection.execute(
        delete(signal_subscription).where(
            signal_subscription.c.definition_key == definition_key,
            signal_subscription.c.process_instance_key.is_(None),
        )
    )


def still_waits(connection: Connection, subscription_key: int) -> bool:
    """Tell whether a subscription is still there."""
    found = select(exists().where(signal_subscription.c.key == subscription_key))
    return bool(connection.execute(found).scalar_one())


def broadcast(
    connection: Connection,
    row: SignalRow,
    *,
    at: datetime,
    besides: Iterable[SignalSubscriptionRow] = (),
) -> bool:
    """Address a signal to all stored subscriptions and to those *besides*; False for none."""
    columns = columns_of(signal_delivery, DeliveryRow)
    addressed = select(
        literal(row.key),
        *columns_of(signal_subscription, SignalSubscriptionRow)[:1],
        *columns_of(signal_subscription, SignalSubscriptionRow)[2:],
        literal(at, UtcDateTime()),
        literal(0),
        literal(value=False),
    ).where(signal_subscription.c.signal_name == row.name)
    stored = connection.execute(
        insert(signal_delivery).from_select(columns, addressed),
        execution_options={"preserve_rowcount": True},  # psycopg's is dropped otherwise
    ).rowcount
    new = [_delivery(row.key, subscription, at)._asdict() for subscription in besides]
    insert_all(connection, signal_delivery, new)
    if stored or new:
        values = row._asdict() | {"variables": seal(row.variables)}
        connection.execute(signal.insert().values(values))
    return bool(stored or new)


def find(connection: Connection, key: int) -> SignalRow | None:
    """Return a broadcast that has not reached all of its receivers."""
    statement = select(*columns_of(signal, SignalRow)).where(signal.c.key == key)
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return SignalRow(**(dict(row) | {"variables": unseal(row["variables"])}))


def take_due(
    connection: Connection, now: datetime, limit: int, *, failed: bool
) -> list[DeliveryRow]:
    """Take deliveries that are due, the oldest first, and keep them until the end.

    Those that never failed, or those that have *failed*. What somebody else holds is passed over,
    and so is what would overtake an earlier broadcast to the same element.
    """
    earlier = signal_delivery.alias()
    place = ("due_at", "signal_key", "subscription_key")
    overtakes = exists().where(
        earlier.c.element_instance_key == signal_delivery.c.element_instance_key,
        unindexed(earlier.c.blocked).is_(False),  # else SQLite reads all that is due, per row
        tuple_(*(earlier.c[name] for name in place))
        < tuple_(*(signal_delivery.c[name] for name in place)),
    )
    statement = (
        select(*columns_of(signal_delivery, DeliveryRow))
        .where(
            signal_delivery.c.blocked.is_(False),
            signal_delivery.c.due_at <= now,
            signal_delivery.c.attempts > 0 if failed else signal_delivery.c.attempts == 0,
            ~overtakes,
        )
        .order_by(*(signal_delivery.c[name] for name in place))
        .limit(limit)
        .with_for_update(skip_locked=True, of=signal_delivery)
    )
    return list(read_as(connection, statement, DeliveryRow))


def claim(connection: Connection, row: DeliveryRow) -> DeliveryRow | None:
    """Return a delivery and keep it from others until the end.

    None if it was made meanwhile, or is blocked.
    """
    statement = (
        select(*columns_of(signal_delivery, DeliveryRow))
        .where(*_is(row.signal_key, row.subscription_key), signal_delivery.c.blocked.is_(False))
        .with_for_update()
    )
    return next(read_as(connection, statement, DeliveryRow), None)


def delete_deliveries(connection: Connection, rows: Sequence[DeliveryRow]) -> None:
    """Say that the receivers had it, or wait no longer."""
    these = tuple_(signal_delivery.c.signal_key, signal_delivery.c.subscription_key)
    keys = [(row.signal_key, row.subscription_key) for row in rows]
    connection.execute(delete(signal_delivery).where(these.in_(keys)))


def delay(
    connection: Connection, row: DeliveryRow, *, due_at: datetime, attempts: int, blocked: bool
) -> None:
    """Try a failed delivery later, or (``blocked``) not before its incident is resolved."""
    connection.execute(
        update(signal_delivery)
        .where(*_is(row.signal_key, row.subscription_key))
        .values(due_at=due_at, attempts=attempts, blocked=blocked)
    )


def unblock(connection: Connection, element_instance_key: int, now: datetime) -> bool:
    """Try again what is blocked at an element; False if nothing is."""
    statement = (
        update(signal_delivery)
        .where(
            signal_delivery.c.element_instance_key == element_instance_key,
            signal_delivery.c.blocked.is_(True),
        )
        .values(due_at=now, attempts=0, blocked=False)
    )
    return connection.execute(statement).rowcount > 0


def forget_delivered(connection: Connection) -> None:
    """Remove what is blocked for nobody, and the broadcasts that have reached everybody."""
    connection.execute(
        delete(signal_delivery).where(
            signal_delivery.c.blocked.is_(True),
            signal_delivery.c.process_instance_key.is_not(None),
            ~exists().where(signal_subscription.c.key == signal_delivery.c.subscription_key),
        )
    )
    connection.execute(
        delete(signal).where(~exists().where(signal_delivery.c.signal_key == signal.c.key))
    )


def _is(signal_key: int, subscription_key: int) -> tuple[ColumnElement[bool], ...]:
    return (
        signal_delivery.c.signal_key == signal_key,
        signal_delivery.c.subscription_key == subscription_key,
    )


def _delivery(signal_key: int, row: SignalSubscriptionRow, at: datetime) -> DeliveryRow:
    return DeliveryRow(
        signal_key=signal_key,
        subscription_key=row.key,
        process_instance_key=row.process_instance_key,
        element_instance_key=row.element_instance_key,
        definition_key=row.definition_key,
        element_id=row.element_id,
        due_at=at,
    )
