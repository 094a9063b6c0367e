"""User tasks: the work that waits for people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from engine.errors import RevisionConflict
from engine.persistence.batch import Batch
from engine.persistence.query import Query
from engine.persistence.rows import columns_of, fetch_one, insert_all
from engine.persistence.schema import (
    process_instance,
    task_draft,
    user_task,
    user_task_candidate,
)
from engine.persistence.stores.instances import InstanceRow


class UserTaskRow(NamedTuple):
    """One user task as stored."""

    key: int
    process_instance_key: int
    definition_key: int
    element_id: str
    element_instance_key: int
    name: str | None
    state: str
    assignee: str | None
    candidate_groups: list[str]
    candidate_users: list[str]
    form_key: int | None
    due_date: datetime | None
    follow_up_date: datetime | None
    priority: int
    properties: Mapping[str, str]
    created_at: datetime
    ended_at: datetime | None
    completed_by: str | None
    revision: int
    has_drafts: bool = False


class CandidateRow(NamedTuple):
    """A group or a user who may do a task."""

    user_task_key: int
    kind: str
    name: str


def find(connection: Connection, key: int) -> UserTaskRow | None:
    """Return the user task with that key."""
    return fetch_one(connection, user_task, UserTaskRow, user_task.c.key == key)


_TASK = columns_of(user_task, UserTaskRow)
_OF_TASK = process_instance.alias("of_task")
_LOCK = Query(
    select(*_TASK, *columns_of(process_instance, InstanceRow))
    .join_from(user_task, _OF_TASK, _OF_TASK.c.key == user_task.c.process_instance_key)
    .join(
        process_instance,
        or_(
            process_instance.c.key == _OF_TASK.c.key,
            process_instance.c.key == _OF_TASK.c.root_key,
        ),
    )
    .where(user_task.c.key == bindparam("task_key"))
    .order_by(process_instance.c.parent_key.is_not(None), process_instance.c.key)
    .with_for_update(of=[process_instance, user_task])
)


def lock(connection: Connection, key: int) -> tuple[UserTaskRow, list[InstanceRow]] | None:
    """Return a task with its instance and the root of its tree, all kept from others.

    In the order of `instances.lock`, the root first; all three as the others have committed them.
    """
    rows = _LOCK.all(connection, task_key=key)
    if not rows:
        return None
    width = len(_TASK)
    return (
        UserTaskRow._make(rows[0][:width]),
        [InstanceRow._make(row[width:]) for row in rows],
    )


def put(batch: Batch, rows: Sequence[UserTaskRow]) -> None:
    """Store new user tasks, and how those ended that are stored and locked."""
    batch.upsert(
        user_task,
        rows,
        key=("key",),
        change=("state", "assignee", "ended_at", "completed_by", "has_drafts", "revision"),
    )


def insert_candidates(batch: Batch, rows: Sequence[UserTaskRow]) -> None:
    """Say who may do new user tasks."""
    batch.insert(user_task_candidate, [c for row in rows for c in _candidates(row)])


def save(connection: Connection, row: UserTaskRow, *, candidates_changed: bool = False) -> None:
    """Store the task's new values if nobody else did since it was read (RevisionConflict)."""
    values = row._asdict() | {"revision": row.revision + 1}
    changed = connection.execute(
        update(user_task)
        .where(user_task.c.key == row.key, user_task.c.revision == row.revision)
        .values(values)
    )
    if changed.rowcount != 1:
        raise RevisionConflict(f"user task {row.key} was changed by somebody else just now")
    if candidates_changed:
        connection.execute(
            delete(user_task_candidate).where(user_task_candidate.c.user_task_key == row.key)
        )
        insert_all(connection, user_task_candidate, [c._asdict() for c in _candidates(row)])


def cancel(
    connection: Connection, element_instance_keys: Sequence[int], ended_at: datetime
) -> None:
    """Take back the open tasks of interrupted elements, and forget their drafts."""
    if element_instance_keys:
        interrupted = select(user_task.c.key).where(
            user_task.c.element_instance_key.in_(element_instance_keys), user_task.c.has_drafts
        )
        connection.execute(delete(task_draft).where(task_draft.c.user_task_key.in_(interrupted)))
        connection.execute(
            update(user_task)
            .where(
                user_task.c.element_instance_key.in_(element_instance_keys),
                user_task.c.state == "CREATED",
            )
            .values(state="CANCELED", ended_at=ended_at, revision=user_task.c.revision + 1)
        )


def completers(connection: Connection, instance_key: int, element_id: str) -> set[str]:
    """Return who completed a task at that element of that instance; four eyes look here."""
    statement = select(user_task.c.completed_by).where(
        user_task.c.process_instance_key == instance_key,
        user_task.c.element_id == element_id,
        user_task.c.completed_by.is_not(None),
    )
    return set(connection.execute(statement).scalars())


def _candidates(row: UserTaskRow) -> list[CandidateRow]:
    named = [("group", g) for g in row.candidate_groups] + [
        ("user", u) for u in row.candidate_users
    ]
    return [CandidateRow(row.key, kind, name) for kind, name in dict.fromkeys(named)]
