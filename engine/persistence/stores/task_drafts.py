"""Drafts of people who have not finished a user task: one per person and task."""

import hashlib
from datetime import datetime
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, delete, select

from engine.domain.classification import Classification
from engine.persistence.protection import seal, unseal
from engine.persistence.rows import upsert
from engine.persistence.schema import task_draft


class TaskDraftRow(NamedTuple):
    """What somebody has typed so far; ``content`` is a JSON value."""

    user_task_key: int
    username: str
    content: object
    saved_at: datetime

    @property
    def revision(self) -> str:
        """Return what tells this content from any other; equal drafts have one revision."""
        return hashlib.sha256(orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def find(connection: Connection, user_task_key: int, username: str) -> TaskDraftRow | None:
    """Return the person's draft of the task."""
    statement = select(task_draft).where(
        task_draft.c.user_task_key == user_task_key, task_draft.c.username == username
    )
    row = connection.execute(statement).mappings().first()
    return (
        None if row is None else TaskDraftRow(**(dict(row) | {"content": unseal(row["content"])}))
    )


def put(connection: Connection, row: TaskDraftRow, classification: Classification) -> None:
    """Store the person's draft of the task, in place of an earlier one."""
    statement = upsert(connection, task_draft).values(
        user_task_key=row.user_task_key,
        username=row.username,
        content=seal(row.content, classification),
        saved_at=row.saved_at,
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[task_draft.c.user_task_key, task_draft.c.username],
            set_={
                "content": statement.excluded.content,
                "saved_at": statement.excluded.saved_at,
            },
        )
    )


def delete_one(connection: Connection, user_task_key: int, username: str) -> None:
    """Forget the person's draft of the task."""
    connection.execute(
        delete(task_draft).where(
            task_draft.c.user_task_key == user_task_key, task_draft.c.username == username
        )
    )


def delete_all_of(connection: Connection, user_task_key: int) -> None:
    """Forget everybody's draft of the task."""
    connection.execute(delete(task_draft).where(task_draft.c.user_task_key == user_task_key))
