"""``/api/user-tasks/{key}``: one task with all that a person needs to work on it."""

from pydantic import Field, JsonValue, TypeAdapter

from api.context import Context
from api.models import Model
from api.operation import operation
from api.tasks.drafts import TaskDraft, drafted
from api.v2.models.common import shown_as
from api.v2.models.user_tasks import UserTaskResult
from engine.domain.search import MAX_LIMIT, PageRequest, Search
from engine.errors import NotFound
from engine.services import permissions

TAG = "User task"
_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)
_OBJECT: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


class TaskSheet(Model):
    """A user task, its form in the reader's language, what the form opens with, and one's draft."""

    task: UserTaskResult
    assignee_name: str | None = Field(description="The name of who has it.")
    may_claim: bool = Field(description="You may take it, if need be from who has it.")
    may_work: bool = Field(description="You may complete it as it stands now.")
    form: dict[str, JsonValue] | None = Field(description="A form-js schema; null without a form.")
    variables: dict[str, JsonValue] = Field(description="What the task sees.")
    draft: TaskDraft | None


@operation(
    "GET",
    "/api/user-tasks/<key:key>",
    tag=TAG,
    summary="Get a user task to work on",
    errors=(NotFound,),
)
def get_task_sheet(context: Context, key: int) -> TaskSheet:
    """Return the task with its form in the language of Accept-Language, and what you may do."""
    application, actor = context.application, context.actor
    queries = application.queries.user_tasks
    task = queries.tasks.get(actor, key)
    is_open = task.state == "CREATED"
    seen = queries.effective_variables(actor, key, Search(page=PageRequest(limit=MAX_LIMIT)))
    draft = application.task_drafts.get(actor, key)
    return TaskSheet(
        task=shown_as(UserTaskResult, task),
        assignee_name=_name(context, task.assignee),
        may_claim=is_open and permissions.may_assign(actor, task, actor.username),
        may_work=is_open and permissions.may_work_on(actor, task),
        form=_schema(context, key),
        variables={one.name: _JSON.validate_json(one.value) for one in seen.items},
        draft=drafted(draft) if draft else None,
    )


def _name(context: Context, username: str | None) -> str | None:
    """Return how somebody is called; an account that was removed keeps its user name."""
    if username is None:
        return None
    try:
        return context.application.identity.people.account(context.actor, username).name
    except NotFound:
        return username


def _schema(context: Context, key: int) -> dict[str, JsonValue] | None:
    form = context.application.user_tasks.form(context.actor, key, language=context.language)
    return None if form is None else _OBJECT.validate_python(form)
