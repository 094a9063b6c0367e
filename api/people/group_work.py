"""``/api/groups``: groups with their members and the work that they get."""

from collections.abc import Sequence

from pydantic import Field

from api.cases.cases import names
from api.cases.models import Names
from api.context import Context
from api.models import Model
from api.operation import operation
from api.pages import PageOf, PageQuery, Word, info_of, matching, search_of
from engine.errors import Forbidden, InvalidInput
from engine.services.identity.group_work import GroupEntry, OfferedStep

TAG = "Group"


class GroupsQuery(PageQuery):
    """Which groups."""

    q: Word = Field(default="", description="Part of a name or id.")


class StepItem(Model):
    """A user task that is offered to a group."""

    process_id: str
    process_names: Names
    element_id: str
    names: Names


class GroupItem(Model):
    """A group and its work."""

    group_id: str
    name: str
    is_role: bool = Field(description="It grants a role: it keeps its name and stays.")
    members: int = Field(description="Those who may sign in.")
    open_tasks: int
    only_here: int = Field(description="Open tasks that nobody has and only this group may take.")
    steps: list[StepItem] = Field(
        description="Those of newest and running versions that name the group."
    )


class UnknownGroup(Model):
    """A group that steps name, but that is not there: nobody gets their work."""

    group_id: str
    steps: list[StepItem]


class GroupPage(PageOf[GroupItem]):
    """A page of groups, by name."""

    unknown: list[UnknownGroup]


@operation(
    "GET",
    "/api/groups",
    tag=TAG,
    summary="List groups with their work",
    errors=(Forbidden, InvalidInput),
)
def list_groups(context: Context, query: GroupsQuery) -> GroupPage:
    """Return groups with their members and their work, for administrators."""
    alternatives = matching(query.q, "name", "group_id")
    asked = search_of(query, sort="name", alternatives=alternatives)
    found, nowhere = context.application.identity.people.groups_at_work(context.actor, asked)
    return GroupPage(
        items=[_item(entry) for entry in found.items],
        page=info_of(found),
        unknown=[
            UnknownGroup(group_id=group_id, steps=_steps(steps))
            for group_id, steps in sorted(nowhere.items())
        ],
    )


def _item(entry: GroupEntry) -> GroupItem:
    return GroupItem(
        group_id=entry.view.group_id,
        name=entry.view.name,
        is_role=entry.is_role,
        members=entry.members,
        open_tasks=entry.open.tasks,
        only_here=entry.open.only_here,
        steps=_steps(entry.steps),
    )


def _steps(steps: Sequence[OfferedStep]) -> list[StepItem]:
    return [
        StepItem(
            process_id=step.process_id,
            process_names=names(step.process_names),
            element_id=step.element_id,
            names=names(step.names),
        )
        for step in steps
    ]
