"""User tasks."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from api.models import Key, Model, Moment
from api.v2.models.common import Name, Tags, Tenanted, Text, Variables, optional
from api.v2.models.filters import (
    EnumOperators,
    IntegerFilter,
    MomentFilter,
    TextFilter,
    VariableFilters,
)
from api.v2.models.search import Filter, Found, SearchRequest, Sort
from api.v2.models.variables import VariableSort

Priority = Annotated[int, Field(ge=0, le=100)]
Action = Annotated[
    Text | None,
    Field(description="Accepted and of no effect: there are no task listeners to tell it to."),
]
Names = Annotated[tuple[Name, ...], Field(max_length=100)]


class UserTaskState(StrEnum):
    """Where a user task stands; only three of them occur here."""

    CREATING = "CREATING"
    CREATED = "CREATED"
    ASSIGNING = "ASSIGNING"
    UPDATING = "UPDATING"
    COMPLETING = "COMPLETING"
    COMPLETED = "COMPLETED"
    CANCELING = "CANCELING"
    CANCELED = "CANCELED"
    FAILED = "FAILED"


class UserTaskResult(Tenanted):
    """Work for a person."""

    user_task_key: Key
    name: str | None
    state: UserTaskState
    assignee: str | None
    element_id: str
    element_instance_key: Key
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    process_definition_id: str
    process_definition_key: Key
    process_definition_version: int
    process_name: str | None
    process_instance_key: Key
    root_process_instance_key: Key | None
    business_id: str | None
    creation_date: Moment
    completion_date: Moment | None
    follow_up_date: Moment | None
    due_date: Moment | None
    priority: int
    form_key: Key | None
    external_form_reference: str | None = None
    custom_headers: dict[str, str]
    tags: tuple[str, ...]


class UserTaskFields(Filter):
    """Properties of a user task to match."""

    user_task_key: Key = optional()
    name: TextFilter = optional()
    state: UserTaskState | EnumOperators[UserTaskState] = optional()
    assignee: TextFilter = optional()
    candidate_group: TextFilter = optional()
    candidate_user: TextFilter = optional()
    priority: IntegerFilter = optional()
    element_id: TextFilter = optional()
    element_instance_key: Key = optional()
    process_definition_id: TextFilter = optional()
    process_definition_key: Key = optional()
    process_instance_key: Key = optional()
    business_id: TextFilter = optional()
    creation_date: MomentFilter = optional()
    completion_date: MomentFilter = optional()
    follow_up_date: MomentFilter = optional()
    due_date: MomentFilter = optional()
    process_instance_variables: VariableFilters = optional()
    local_variables: VariableFilters = optional()
    tags: Tags = optional(description="All of these.")
    tenant_id: TextFilter = optional()


class UserTaskFilter(UserTaskFields):
    """Properties of a user task to match, and alternatives of which one must match too."""

    alternatives: tuple[UserTaskFields, ...] = optional("$or", max_length=20)


class UserTaskSort(Sort):
    """One level of the order of user tasks."""

    field: Literal[
        "creationDate",
        "completionDate",
        "followUpDate",
        "dueDate",
        "priority",
        "name",
        "businessId",
    ]


class UserTaskSearchQuery(SearchRequest):
    """A search for user tasks."""

    filter: UserTaskFilter = optional()
    sort: tuple[UserTaskSort, ...] = optional()


class UserTaskSearchQueryResult(Found[UserTaskResult]):
    """A page of user tasks."""


class UserTaskAssignmentRequest(Model):
    """Who gets the task."""

    assignee: Name
    allow_override: bool | None = Field(
        default=None, description="False: 409 if somebody else has it already. Default: true."
    )
    action: Action = None


class UserTaskCompletionRequest(Model):
    """The values of the task's form."""

    variables: Variables | None = None
    action: Action = None


class Changeset(Model):
    """What to change; null removes a date and empties a list, what is left out stays."""

    due_date: Moment | None = None
    follow_up_date: Moment | None = None
    candidate_users: Names | None = None
    candidate_groups: Names | None = None
    priority: Priority | None = None


class UserTaskUpdateRequest(Model):
    """Changes to a user task."""

    changeset: Changeset | None = None
    action: Action = None


class UserTaskVariableFilter(Filter):
    """Which variables of the task."""

    name: TextFilter = optional()


class UserTaskVariableSearchQuery(SearchRequest):
    """A search among the variables that a user task sees."""

    filter: UserTaskVariableFilter = optional()
    sort: tuple[VariableSort, ...] = optional()
