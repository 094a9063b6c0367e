"""What groups have to do: their members and the open tasks that are offered to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, or_, select

from engine.domain.definitions import Definition, DefinitionKind
from engine.persistence.rows import columns_of
from engine.persistence.schema import (
    account,
    definition,
    membership,
    process_instance,
    user_task,
    user_task_candidate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """Open tasks offered to a group; ``only_here`` counts those that nobody else could take."""

    tasks: int = 0
    only_here: int = 0


def open_work(connection: Connection, group_ids: Sequence[str]) -> dict[str, OpenWork]:
    """Return the open tasks of each of the groups that has any."""
    offer, other = user_task_candidate, user_task_candidate.alias("other")
    is_elsewhere = exists().where(
        other.c.user_task_key == offer.c.user_task_key,
        or_(other.c.kind != "group", other.c.name != offer.c.name),
    )
    is_only_here = user_task.c.assignee.is_(None) & ~is_elsewhere
    statement = (
        select(offer.c.name, func.count(), func.count().filter(is_only_here))
        .join(user_task, user_task.c.key == offer.c.user_task_key)
        .where(offer.c.kind == "group", offer.c.name.in_(group_ids), user_task.c.state == "CREATED")
        .group_by(offer.c.name)
    )
    return {
        name: OpenWork(tasks=tasks, only_here=only_here)
        for name, tasks, only_here in connection.execute(statement)
    }


def member_counts(connection: Connection, group_ids: Sequence[str]) -> dict[str, int]:
    """Return how many people who may sign in each of the groups has, if any."""
    statement = (
        select(membership.c.group_id, func.count())
        .join(account, account.c.username == membership.c.username)
        .where(membership.c.group_id.in_(group_ids), account.c.enabled)
        .group_by(membership.c.group_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def live_processes(connection: Connection) -> list[Definition]:
    """Return the processes that make work: newest versions, and older ones still running."""
    newer = definition.alias("newer")
    is_outdated = exists().where(
        newer.c.kind == definition.c.kind,
        newer.c.id == definition.c.id,
        newer.c.version > definition.c.version,
    )
    is_running = exists().where(
        process_instance.c.definition_key == definition.c.key, process_instance.c.state == "ACTIVE"
    )
    statement = (
        select(*columns_of(definition, Definition))
        .where(definition.c.kind == DefinitionKind.PROCESS, or_(~is_outdated, is_running))
        .order_by(definition.c.id, definition.c.version.desc())
    )
    return [Definition(**row) for row in connection.execute(statement).mappings()]
