"""``/v2/user-tasks``: the work of people."""

from api.context import Context
from api.errors import BadRequest
from api.operation import operation
from api.v2.models.common import shown_as
from api.v2.models.definitions import FormResult
from api.v2.models.search import asked, found
from api.v2.models.user_tasks import (
    Changeset,
    UserTaskAssignmentRequest,
    UserTaskCompletionRequest,
    UserTaskResult,
    UserTaskSearchQuery,
    UserTaskSearchQueryResult,
    UserTaskUpdateRequest,
    UserTaskVariableSearchQuery,
)
from api.v2.models.variables import VariableSearchOptions, VariableSearchQueryResult
from api.v2.pointers import inside
from api.v2.variable_pages import variables_found
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound

TAG = "User task"
DEFAULT_PRIORITY = 50


@operation(
    "POST",
    "/v2/user-tasks/search",
    tag=TAG,
    summary="Search user tasks",
    errors=(InvalidInput,),
)
def search_user_tasks(
    context: Context, body: UserTaskSearchQuery | None
) -> UserTaskSearchQueryResult:
    """Find user tasks: your own, those of your groups and, as a supervisor, those of others."""
    tasks = context.application.queries.user_tasks.tasks
    return found(UserTaskSearchQueryResult, tasks.search(context.actor, asked(body)))


@operation(
    "GET", "/v2/user-tasks/<key:key>", tag=TAG, summary="Get a user task", errors=(NotFound,)
)
def get_user_task(context: Context, key: int) -> UserTaskResult:
    """Return one user task."""
    tasks = context.application.queries.user_tasks.tasks
    return shown_as(UserTaskResult, tasks.get(context.actor, key))


@operation(
    "PATCH",
    "/v2/user-tasks/<key:key>",
    tag=TAG,
    status=204,
    summary="Update a user task",
    errors=(NotFound, Forbidden, Conflict, InvalidInput),
)
def update_user_task(context: Context, key: int, body: UserTaskUpdateRequest) -> None:
    """Change dates, priority or candidates; null removes a date and empties a list."""
    changes = _changes(body.changeset)
    if not changes:
        raise BadRequest("/changeset: name at least one thing to change.")
    context.application.user_tasks.update(context.actor, key, changes)


@operation(
    "POST",
    "/v2/user-tasks/<key:key>/assignment",
    tag=TAG,
    status=204,
    summary="Assign a user task",
    errors=(NotFound, Forbidden, Conflict),
)
def assign_user_task(context: Context, key: int, body: UserTaskAssignmentRequest) -> None:
    """Take the task, or give it to somebody.

    With `allowOverride` false the first of two people has it and the second gets 409.
    """
    context.application.user_tasks.assign(
        context.actor, key, body.assignee, allow_override=body.allow_override is not False
    )


@operation(
    "DELETE",
    "/v2/user-tasks/<key:key>/assignee",
    tag=TAG,
    status=204,
    summary="Unassign a user task",
    errors=(NotFound, Forbidden, Conflict),
)
def unassign_user_task(context: Context, key: int) -> None:
    """Give the task back to its candidates."""
    context.application.user_tasks.unassign(context.actor, key)


@operation(
    "POST",
    "/v2/user-tasks/<key:key>/completion",
    tag=TAG,
    status=204,
    summary="Complete a user task",
    errors=(NotFound, Forbidden, Conflict, InvalidInput),
)
def complete_user_task(context: Context, key: int, body: UserTaskCompletionRequest | None) -> None:
    """Finish the task with the values of its form, checked on the server; the process goes on."""
    variables = (body and body.variables) or {}
    with inside("variables"):
        context.application.user_tasks.complete(context.actor, key, variables)


@operation(
    "GET",
    "/v2/user-tasks/<key:key>/form",
    tag=TAG,
    summary="Get the form of a user task",
    errors=(NotFound,),
)
def get_user_task_form(context: Context, key: int) -> FormResult | None:
    """Return the version of the form that the task is bound to; 204 for a task without one."""
    form = context.application.queries.user_tasks.form(context.actor, key)
    return shown_as(FormResult, form) if form else None


@operation(
    "POST",
    "/v2/user-tasks/<key:key>/variables/search",
    tag=TAG,
    summary="Search the variables of a user task",
    errors=(NotFound, InvalidInput),
)
def search_user_task_variables(
    context: Context,
    key: int,
    query: VariableSearchOptions,
    body: UserTaskVariableSearchQuery | None,
) -> VariableSearchQueryResult:
    """Find variables in all scopes around the task, from its own to the process instance's."""
    tasks = context.application.queries.user_tasks
    result = tasks.variables(context.actor, key, asked(body))
    return variables_found(result, truncate=query.truncate_values)


@operation(
    "POST",
    "/v2/user-tasks/<key:key>/effective-variables/search",
    tag=TAG,
    summary="Search the effective variables of a user task",
    errors=(NotFound, InvalidInput),
)
def search_user_task_effective_variables(
    context: Context,
    key: int,
    query: VariableSearchOptions,
    body: UserTaskVariableSearchQuery | None,
) -> VariableSearchQueryResult:
    """Find what the task sees: of variables with one name only that of the nearest scope."""
    tasks = context.application.queries.user_tasks
    result = tasks.effective_variables(context.actor, key, asked(body))
    return variables_found(result, truncate=query.truncate_values)


def _changes(changeset: Changeset | None) -> dict[str, object]:
    if changeset is None:
        return {}
    emptied = {"candidate_users": [], "candidate_groups": [], "priority": DEFAULT_PRIORITY}
    changes: dict[str, object] = {}
    for name in sorted(changeset.model_fields_set):
        value = getattr(changeset, name)
        changes[name] = emptied.get(name) if value is None else value
    return {n: list(v) if isinstance(v, tuple) else v for n, v in changes.items()}
