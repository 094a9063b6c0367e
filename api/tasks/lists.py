"""``/api/user-tasks``: the work list."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.context import Context
from api.operation import operation
from api.pages import PageOf, PageQuery, Word, info_of, search_of, where
from api.v2.models.common import shown_as
from api.v2.models.user_tasks import UserTaskResult
from engine.domain.search import Operator
from engine.errors import InvalidInput
from engine.services.queries.work_list import Due, Whose

TAG = "User task"


class WorkQuery(PageQuery):
    """Which open tasks."""

    whose: Whose = Field(
        default=Whose.TODO,
        description="Your own and what you may take; or only one of these; or all you may see.",
    )
    due: Due | None = Field(default=None, description="Overdue, or due within 4 hours.")
    process: Word = Field(default="", description="The id of a process.")
    q: Word = Field(default="", description="Part of a case number, or of a name in any language.")
    created_after: datetime | None = Field(default=None, description="What has come since.")
    sort: Literal[
        "dueDate", "priority", "creationDate", "name", "businessId",
        "-dueDate", "-priority", "-creationDate", "-name", "-businessId",
    ] = "dueDate"  # fmt: skip


class WorkPage(PageOf[UserTaskResult]):
    """A page of open tasks."""


@operation("GET", "/api/user-tasks", tag=TAG, summary="Read the work list", errors=(InvalidInput,))
def read_work_list(context: Context, query: WorkQuery) -> WorkPage:
    """Find open tasks that are yours, that you may take, or that you may see."""
    found = context.application.queries.work.search(
        context.actor,
        search_of(
            query,
            conditions=[
                where("process_definition_id", Operator.EQ, query.process),
                where("creation_date", Operator.GT, query.created_after),
            ],
            sort=query.sort,
        ),
        whose=query.whose,
        due=query.due,
        text=query.q,
    )
    items = [shown_as(UserTaskResult, one) for one in found.items]
    return WorkPage(items=items, page=info_of(found))
