"""User tasks: take, give back, give to somebody, complete."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.domain.events import IncidentRaised
from engine.domain.identity import ENGINE, Actor
from engine.errors import Conflict, Forbidden, InvalidInput, LimitExceeded, NotFound
from engine.persistence.stores import task_drafts, user_tasks
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.services import permissions
from engine.services.command import Command, run
from engine.services.context import Context
from engine.services.form_submission import FormSubmission
from engine.services.runaways import RUNAWAY

FOUR_EYES = "fourEyesWith"
_UPDATABLE = frozenset(
    {"due_date", "follow_up_date", "priority", "candidate_groups", "candidate_users"}
)


class UserTaskService:
    """Commands on user tasks. Who may do what is decided by `permissions`, per task."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def assign(self, actor: Actor, key: int, assignee: str, *, allow_override: bool = True) -> None:
        """Give the task to *assignee* (oneself: claim it).

        Raises Conflict if the task has ended, or belongs to somebody else and *allow_override* is
        False: the first of two people who take a task has it.
        """

        def work(command: Command) -> None:
            task = open_task(command, key)
            require(task, permissions.may_assign(actor, task, assignee))
            if not allow_override and task.assignee not in (None, assignee):
                raise Conflict(f"user task {key} is already assigned to {task.assignee!r}")
            _give(command, task, assignee)

        run(self._context, actor, work)

    def hand_over(self, actor: Actor, key: int, *, held_by: str | None, to: str | None) -> None:
        """Give the task that *held_by* has to somebody else; None: nobody has it, or shall have it.

        Taking over, distributing and giving back (decision 0014). Raises Conflict if it has ended
        or is not, or no longer, in the hands of *held_by*.
        """

        def work(command: Command) -> None:
            task = open_task(command, key)
            allowed = (
                permissions.may_work_on(actor, task)
                if to is None
                else permissions.may_assign(actor, task, to)
            )
            require(task, allowed)
            if task.assignee != held_by:
                holder = repr(task.assignee) if task.assignee else "nobody"
                raise Conflict(f"user task {key} is assigned to {holder} meanwhile")
            _give(command, task, to)

        run(self._context, actor, work)

    def unassign(self, actor: Actor, key: int) -> None:
        """Give the task back to its candidates. Raises Conflict if it has ended."""

        def work(command: Command) -> None:
            task = open_task(command, key)
            require(task, permissions.may_work_on(actor, task))
            _give(command, task, None)

        run(self._context, actor, work)

    def complete(self, actor: Actor, key: int, variables: Mapping[str, object]) -> None:
        """Complete the task with the values of its form; tokens move on in the same transaction.

        Where a form is linked the values are checked against it: InvalidInput names each field.
        Raises Conflict if somebody else completed the task first, Forbidden if the diagram asks
        for four eyes and the actor did the other task.
        """

        def work(command: Command) -> None:
            task = open_task(command, key)
            require(task, permissions.may_work_on(actor, task))
            self._check_four_eyes(command, actor, task)
            values = self._validated(command, actor, task, variables)
            command.projection.complete_task(
                task._replace(
                    state="COMPLETED",
                    assignee=task.assignee or actor.username,
                    completed_by=actor.username,
                    ended_at=command.now,
                    has_drafts=False,
                    revision=task.revision + 1,
                )
            )
            if task.has_drafts:
                task_drafts.delete_all_of(command.connection, key)
            _record(command, task, "task_completed", {"fields": sorted(values)})
            running = command.load(task.process_instance_key)
            running.execution.complete(task.element_instance_key, values)

        try:
            run(self._context, actor, work)
        except LimitExceeded as runaway:
            self._report_runaway(key, runaway)
            raise

    def update(self, actor: Actor, key: int, changes: Mapping[str, object]) -> None:
        """Change due date, follow-up date, priority or candidates of an open task."""
        unknown = sorted(set(changes) - _UPDATABLE)
        if unknown:
            raise InvalidInput(f"a user task has no changeable {unknown[0]!r}")
        for name in ("due_date", "follow_up_date"):
            value = changes.get(name)
            if value is not None and not isinstance(value, datetime):
                raise InvalidInput(f"{name} must be a date and time")
        values: dict[str, Any] = dict(changes)

        def work(command: Command) -> None:
            task = open_task(command, key)
            require(task, permissions.may_change_task(actor, task))
            changed = task._replace(**values)
            candidates = bool(values.keys() & {"candidate_groups", "candidate_users"})
            user_tasks.save(command.connection, changed, candidates_changed=candidates)
            _record(command, task, "task_updated", {"changes": values})

        run(self._context, actor, work)

    def form(self, actor: Actor, key: int, *, language: str = "en") -> Mapping[str, object] | None:
        """Return the form schema of the task in a language, or None if it has none."""
        with self._context.database.read() as connection:
            task = user_tasks.find(connection, key)
            if task is None:
                raise NotFound(f"there is no user task {key}")
            if not permissions.may_see_task(actor, task):
                raise NotFound(f"there is no user task {key}")
            if task.form_key is None:
                return None
            definition = self._context.models.definition(connection, task.form_key)
            return self._context.models.form(connection, definition).translated(language)

    def _report_runaway(self, key: int, runaway: LimitExceeded) -> None:
        """Open an incident where the diagram ran away; the task itself stays as it was."""

        def work(command: Command) -> None:
            task = open_task(command, key)
            command.open_incident(
                command.load(task.process_instance_key),
                IncidentRaised(
                    element_instance_key=task.element_instance_key,
                    element_id=task.element_id,
                    error_type=RUNAWAY,
                    message=f"after {task.element_id!r} was completed: {runaway}",
                ),
            )

        run(self._context, ENGINE, work)

    def _check_four_eyes(self, command: Command, actor: Actor, task: UserTaskRow) -> None:
        other = task.properties.get(FOUR_EYES)
        if other and actor.username in user_tasks.completers(
            command.connection, task.process_instance_key, other
        ):
            raise Forbidden(
                f"four eyes: you completed {other!r}, so somebody else must complete "
                f"{task.element_id!r}",
                instance_key=task.process_instance_key,
                element_id=task.element_id,
            )

    def _validated(
        self, command: Command, actor: Actor, task: UserTaskRow, variables: Mapping[str, object]
    ) -> Mapping[str, object]:
        if task.form_key is None:
            return variables
        models = self._context.models
        form = models.form(command.connection, models.definition(command.connection, task.form_key))
        running = command.load(task.process_instance_key)
        submission = FormSubmission(command, actor, task.process_instance_key)
        visible = running.execution.visible_variables(task.element_instance_key)
        values = submission.checked(form, variables, variables=visible)
        submission.keep_files(task.process_instance_key)
        return values


def require(task: UserTaskRow, allowed: bool) -> None:
    if not allowed:
        raise Forbidden(
            f"user task {task.key} is not yours to work on",
            instance_key=task.process_instance_key,
            element_id=task.element_id,
        )


def open_task(command: Command, key: int) -> UserTaskRow:
    """Return the open task, locked with its instance."""
    task = command.lock_task(key)
    if task is None:
        raise NotFound(f"there is no user task {key}")
    if task.state != "CREATED":
        by = f" by {task.completed_by}" if task.completed_by else ""
        raise Conflict(f"user task {key} is {task.state.lower()}{by}")
    return task


def _give(command: Command, task: UserTaskRow, to: str | None) -> None:
    user_tasks.save(command.connection, task._replace(assignee=to))
    if to is None:
        _record(command, task, "task_unassigned", {"from": task.assignee})
    else:
        _record(command, task, "task_assigned", {"from": task.assignee, "to": to})


def _record(command: Command, task: UserTaskRow, kind: str, payload: Mapping[str, object]) -> None:
    command.record(
        task.process_instance_key,
        kind,
        element_id=task.element_id,
        payload={"user_task_key": task.key, **payload},
    )
