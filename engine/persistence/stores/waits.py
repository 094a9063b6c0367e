"""What instances and definitions wait for: timers and messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, select, tuple_, update

from engine.persistence.batch import Batch
from engine.persistence.hints import unindexed
from engine.persistence.locks import hold
from engine.persistence.rows import columns_of, read_as
from engine.persistence.schema import message_subscription, process_instance, timer


class TimerRow(NamedTuple):
    """Something happens at ``due_at``, in an instance or (start event) to a definition."""

    key: int
    due_at: datetime
    repetitions: int
    process_instance_key: int | None
    element_instance_key: int | None
    definition_key: int | None
    element_id: str
    attempts: int = 0
    blocked: bool = False


class SubscriptionRow(NamedTuple):
    """An instance waits for a message, or (correlation key None) a definition starts by one."""

    key: int
    message_name: str
    correlation_key: str | None
    process_instance_key: int | None
    element_instance_key: int | None
    definition_key: int | None
    element_id: str
    interrupting: bool
    created_at: datetime


def insert_timers(batch: Batch, rows: Sequence[TimerRow]) -> None:
    """Store new timers."""
    batch.insert(timer, rows)


def claim_timer(connection: Connection, key: int) -> TimerRow | None:
    """Return the timer and keep it from others until the end.

    None if it was fired meanwhile, or is blocked.
    """
    where = (timer.c.key == key, timer.c.blocked.is_(False))
    statement = select(*columns_of(timer, TimerRow)).where(*where).with_for_update()
    return next(read_as(connection, statement, TimerRow), None)


def take_due_timers(
    connection: Connection, now: datetime, limit: int, *, failed: bool = False
) -> list[TimerRow]:
    """Take timers that are due, the longest overdue first, and keep them until the end.

    Those that never failed, or those that have *failed*.

    Those that somebody else holds are passed over. Of one process instance it is the first alone,
    and none while somebody holds that: who comes after it must not overtake it.
    """
    earlier = timer.alias()
    overtakes = exists().where(
        earlier.c.process_instance_key == timer.c.process_instance_key,
        unindexed(earlier.c.blocked).is_(False),  # else SQLite reads all that is due, per row
        tuple_(earlier.c.due_at, earlier.c.key) < tuple_(timer.c.due_at, timer.c.key),
    )
    statement = (
        select(*columns_of(timer, TimerRow))
        .where(
            timer.c.blocked.is_(False),
            timer.c.due_at <= now,
            timer.c.attempts > 0 if failed else timer.c.attempts == 0,
            ~overtakes,
        )
        .order_by(timer.c.due_at, timer.c.key)
        .limit(limit)
        .with_for_update(skip_locked=True, of=timer)
    )
    return list(read_as(connection, statement, TimerRow))


def delete_timers(batch: Batch, keys: Sequence[int]) -> None:
    """Remove timers that are fired."""
    batch.delete(timer, "key", keys)


def delay_timer(
    connection: Connection, key: int, *, due_at: datetime, attempts: int, blocked: bool
) -> None:
    """Try a failed timer later, or (``blocked``) not before its incident is resolved."""
    connection.execute(
        update(timer)
        .where(timer.c.key == key)
        .values(due_at=due_at, attempts=attempts, blocked=blocked)
    )


def insert_subscriptions(batch: Batch, rows: Sequence[SubscriptionRow]) -> None:
    """Store new subscriptions."""
    batch.insert(message_subscription, rows)


def lock_receivers(connection: Connection, message_name: str, correlation_key: str) -> set[int]:
    """Lock the trees of the instances that wait for this very message; return their roots.

    In the order of their keys, so that two messages never wait for each other in a circle.
    """
    roots = (
        select(process_instance.c.root_key)
        .join(
            message_subscription,
            message_subscription.c.process_instance_key == process_instance.c.key,
        )
        .where(
            message_subscription.c.message_name == message_name,
            message_subscription.c.correlation_key == correlation_key,
        )
    )
    statement = (
        select(process_instance.c.key)
        .where(process_instance.c.key.in_(roots))
        .order_by(process_instance.c.key)
        .with_for_update()
    )
    return set(connection.execute(statement).scalars())


def hold_correlation(connection: Connection, message_name: str, correlation_key: str) -> None:
    """Let nobody else publish this very message, or begin to wait for it, until the end.

    Without it, a message could be kept for a receiver that has just looked and found none.
    """
    hold(connection, f"message {message_name} {correlation_key}")


def subscriptions_to(
    connection: Connection, message_name: str, correlation_key: str
) -> list[SubscriptionRow]:
    """Return the instances that wait for this very message, the longest waiting first."""
    return _subscriptions(connection, message_name, correlation_key)


def start_subscriptions_to(connection: Connection, message_name: str) -> list[SubscriptionRow]:
    """Return the definitions that a message of this name starts."""
    return _subscriptions(connection, message_name, None)


def end_timers(batch: Batch, element_instance_keys: Sequence[int]) -> None:
    """Remove the timers of elements that no longer wait."""
    batch.delete(timer, "element_instance_key", element_instance_keys)


def end_subscriptions(batch: Batch, element_instance_keys: Sequence[int]) -> None:
    """Remove the subscriptions of elements that no longer wait."""
    batch.delete(message_subscription, "element_instance_key", element_instance_keys)


def end_starts(connection: Connection, definition_key: int) -> None:
    """Remove the start events of a definition that a newer version replaces."""
    for table in (timer, message_subscription):
        connection.execute(
            delete(table).where(
                table.c.definition_key == definition_key, table.c.process_instance_key.is_(None)
            )
        )


def _subscriptions(
    connection: Connection, message_name: str, correlation_key: str | None
) -> list[SubscriptionRow]:
    statement = (
        select(*columns_of(message_subscription, SubscriptionRow))
        .where(
            message_subscription.c.message_name == message_name,
            message_subscription.c.correlation_key == correlation_key
            if correlation_key is not None
            else message_subscription.c.correlation_key.is_(None),
        )
        .order_by(message_subscription.c.key)
    )
    return list(read_as(connection, statement, SubscriptionRow))
