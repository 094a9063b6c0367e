"""``/api/user-tasks/{key}/draft``: what somebody has typed, kept until the task is done."""

from pydantic import Field, JsonValue

from api.context import Context
from api.models import Model, Moment
from api.operation import operation
from api.v2.models.common import Variables
from engine.errors import Conflict, Forbidden, LimitExceeded, NotFound, Outdated
from engine.persistence.stores.task_drafts import TaskDraftRow
from engine.services.task_drafts import ANY_DRAFT

TAG = "User task"


class TaskDraftRequest(Model):
    """What the form holds now; it need not be complete."""

    variables: Variables
    replaces: str | None = Field(
        default=ANY_DRAFT,
        max_length=64,
        description="The revision that is to be replaced; null: there is none; left out: any.",
    )


class TaskDraft(Model):
    """One's own draft."""

    variables: dict[str, JsonValue]
    saved_at: Moment = Field(description="By the clock of the engine.")
    revision: str = Field(description="Changes with the content.")


class TaskDraftSaved(Model):
    """When the draft was kept."""

    saved_at: Moment
    revision: str


@operation(
    "GET",
    "/api/user-tasks/<key:key>/draft",
    tag=TAG,
    summary="Get one's draft of a user task",
    errors=(NotFound,),
)
def get_task_draft(context: Context, key: int) -> TaskDraft | None:
    """Return what one has typed so far; 204 without a draft. Nobody else sees it."""
    row = context.application.task_drafts.get(context.actor, key)
    return drafted(row) if row else None


@operation(
    "PUT",
    "/api/user-tasks/<key:key>/draft",
    tag=TAG,
    summary="Keep one's draft of a user task",
    errors=(NotFound, Forbidden, Conflict, Outdated, LimitExceeded),
)
def put_task_draft(context: Context, key: int, body: TaskDraftRequest) -> TaskDraftSaved:
    """Keep what one has typed, unchecked, in place of what was kept before.

    It is forgotten when the task ends. 409 says that it has ended, 412 that there is another draft
    than the one to be replaced: from a second window of yours.
    """
    row = context.application.task_drafts.put(
        context.actor, key, body.variables, replaces=body.replaces
    )
    return TaskDraftSaved(saved_at=row.saved_at, revision=row.revision)


@operation(
    "DELETE",
    "/api/user-tasks/<key:key>/draft",
    tag=TAG,
    status=204,
    summary="Forget one's draft of a user task",
)
def delete_task_draft(context: Context, key: int) -> None:
    """Forget what one has typed; nothing happens without a draft."""
    context.application.task_drafts.delete(context.actor, key)


def drafted(row: TaskDraftRow) -> TaskDraft:
    """Return a draft as the API shows it."""
    return TaskDraft.model_validate(
        {"variables": row.content, "savedAt": row.saved_at, "revision": row.revision}
    )
