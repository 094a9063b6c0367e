"""Object permissions as conditions in SQL: what a person may see of tasks and instances.

The rules themselves are engine/services/permissions.py; a test holds the two against each other.
"""

from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from engine.persistence.schema import process_instance, user_task, user_task_candidate

Visible: TypeAlias = ColumnElement[bool]
"""Says of each row whether somebody may see it."""

EVERYTHING: Visible = true()
NOTHING: Visible = false()


def own_tasks(username: str, groups: Collection[str]) -> Visible:
    """Say of a user task that the person is its assignee or one of its candidates."""
    return or_(
        user_task.c.assignee == username,
        is_candidate("group", user_task_candidate.c.name.in_(sorted(groups))),
        is_candidate("user", user_task_candidate.c.name == username),
    )


def is_candidate(kind: str, named: Visible) -> Visible:
    """Say of a user task that it is offered to a group or user that is *named*.

    One probe of an index for each kind is quicker than one subquery for both.

    PostgreSQL would rather hash all candidates there are, finished tasks' too, than probe for the
    few rows that a page or a count looks at; the OFFSET tells it not to.
    """
    candidates = select(user_task_candidate.c.user_task_key).where(
        user_task_candidate.c.user_task_key == user_task.c.key,
        user_task_candidate.c.kind == kind,
        named,
    )
    return candidates.offset(0).exists()


def own_instances(username: str, groups: Collection[str]) -> Visible:
    """Say of a process instance that the person started it or has, or had, a task in it."""
    involved = exists().where(
        user_task.c.process_instance_key == process_instance.c.key, own_tasks(username, groups)
    )
    return or_(process_instance.c.started_by == username, involved)
