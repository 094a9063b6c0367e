"""Drafts of tasks: what a person has typed is kept until the task ends, for that person alone."""

from collections.abc import Mapping

import orjson

from engine.domain.classification import Classification
from engine.domain.identity import Actor
from engine.errors import LimitExceeded, NotFound, Outdated
from engine.persistence.races import begins_anew
from engine.persistence.stores import task_drafts, user_tasks
from engine.persistence.stores.task_drafts import TaskDraftRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.services import permissions
from engine.services.command import Command, run
from engine.services.context import Context
from engine.services.user_tasks import open_task, require

MAX_BYTES = 256 * 1024
ANY_DRAFT = "any"
"""Whatever draft there is, it is replaced."""

_ORDER = list(Classification)


class TaskDraftService:
    """Keeps drafts. They change nothing for others, so history does not know them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, actor: Actor, key: int) -> TaskDraftRow | None:
        """Return one's own draft of an open task, or None; NotFound for a task out of sight."""
        with self._context.database.read() as connection:
            task = user_tasks.find(connection, key)
            if task is None or not permissions.may_see_task(actor, task):
                raise NotFound(f"there is no user task {key}")
            return task_drafts.find(connection, key, actor.username)

    def put(
        self,
        actor: Actor,
        key: int,
        content: Mapping[str, object],
        *,
        replaces: str | None = ANY_DRAFT,
    ) -> TaskDraftRow:
        """Keep what one has typed so far, in place of what was kept before.

        *replaces* is the revision that one's window knows (None: there is no draft yet), so that a
        second window of the same person overwrites nothing unseen. It is not checked against the
        form: a draft may be unfinished. Raises Outdated if there is another draft, Conflict once
        the task has ended, LimitExceeded beyond `MAX_BYTES` of JSON.
        """
        if len(orjson.dumps(content)) > MAX_BYTES:
            raise LimitExceeded(f"a draft has at most {MAX_BYTES // 1024} KiB; use files")

        def work(command: Command) -> TaskDraftRow:
            task = open_task(command, key)
            require(task, permissions.may_work_on(actor, task))
            _check(task_drafts.find(command.connection, key, actor.username), replaces)
            if not task.has_drafts:
                user_tasks.save(command.connection, task._replace(has_drafts=True))
            row = TaskDraftRow(
                user_task_key=key, username=actor.username, content=content, saved_at=command.now
            )
            task_drafts.put(command.connection, row, self._classification(command, task))
            return row

        return run(self._context, actor, work)

    @begins_anew
    def delete(self, actor: Actor, key: int) -> None:
        """Forget one's own draft; nothing happens without one."""
        with self._context.database.write() as connection:
            task_drafts.delete_one(connection, key, actor.username)

    def _classification(self, command: Command, task: UserTaskRow) -> Classification:
        """Return the strictest that the task's form declares for any of its fields."""
        if task.form_key is None:
            return Classification.INTERNAL
        models = self._context.models
        form = models.form(command.connection, models.definition(command.connection, task.form_key))
        declared = [Classification.INTERNAL, *form.classifications.values()]
        return max(declared, key=_ORDER.index)


def _check(there: TaskDraftRow | None, replaces: str | None) -> None:
    if replaces == ANY_DRAFT or there is None:
        return
    if there.revision != replaces:
        raise Outdated(
            "another window has saved this draft meanwhile",
            changed_by=there.username,
            changed_at=there.saved_at,
        )
