"""``/api/user-tasks/{key}/hand-over``: a task goes from one person to another, on record."""

from pydantic import Field

from api.context import Context
from api.models import Model
from api.operation import operation
from api.v2.models.common import Name
from engine.errors import Conflict, Forbidden, NotFound

TAG = "User task"


class HandOver(Model):
    """From whom to whom."""

    held_by: Name | None = Field(description="Who has it, as you saw it; null: nobody.")
    to: Name | None = Field(description="Who gets it; null: it goes back to its candidates.")


@operation(
    "POST",
    "/api/user-tasks/<key:key>/hand-over",
    tag=TAG,
    status=204,
    summary="Hand a user task over",
    errors=(NotFound, Forbidden, Conflict),
)
def hand_over_task(context: Context, key: int, body: HandOver) -> None:
    """Take a task over, give it to somebody, or give it back.

    409 if it is not in the hands of `heldBy` any more: nothing is taken from anybody unseen.
    """
    context.application.user_tasks.hand_over(context.actor, key, held_by=body.held_by, to=body.to)
