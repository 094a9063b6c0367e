"""Process instances."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from api.models import Key, Model, Moment
from api.v2.models.common import (
    BusinessId,
    Int32,
    Name,
    OperationReference,
    Tags,
    Tenanted,
    TenantId,
    Variables,
    optional,
)
from api.v2.models.filters import (
    EnumOperators,
    IntegerFilter,
    KeyFilter,
    MomentFilter,
    TextFilter,
    VariableFilters,
)
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class ProcessInstanceState(StrEnum):
    """Where a process instance stands; nothing here is ever SUSPENDED."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"
    SUSPENDED = "SUSPENDED"


class ElementInstanceState(StrEnum):
    """Where a visit to an element stands."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"


class StartInstruction(Model):
    """A place to start from other than the start event: not supported yet."""

    element_id: Name


class RuntimeInstruction(Model):
    """A point to stop at: not supported yet."""

    type: Name
    after_element_id: Name


class ProcessInstanceCreationInstruction(Model):
    """Which process to start, by id or by key, and with what."""

    process_definition_id: Name = optional(description="The newest version of that id starts.")
    process_definition_key: Key = optional()
    process_definition_version: Annotated[Int32, Field(ge=-1)] = optional(
        description="With an id: that version; -1 is the newest. Not read with a key."
    )
    process_definition_version_tag: Name = optional(
        description="With an id: the newest version that carries the tag."
    )
    variables: Variables = Field(default_factory=dict)
    business_id: BusinessId = optional()
    tags: Tags = ()
    tenant_id: TenantId = "<default>"
    await_completion: bool = Field(default=False, description="True is not supported yet.")
    request_timeout: int = optional(description="Only read with awaitCompletion.")
    fetch_variables: tuple[Name, ...] = optional(description="Only read with awaitCompletion.")
    start_instructions: tuple[StartInstruction, ...] = ()
    runtime_instructions: tuple[RuntimeInstruction, ...] = ()
    operation_reference: OperationReference = optional()

    @model_validator(mode="after")
    def _check_one_name(self) -> Self:
        if (self.process_definition_id is None) == (self.process_definition_key is None):
            raise ValueError("give either processDefinitionId or processDefinitionKey")
        if self.process_definition_version_tag and (
            not self.process_definition_id or self.process_definition_version is not None
        ):
            raise ValueError("processDefinitionVersionTag goes with processDefinitionId alone")
        return self


class CreateProcessInstanceResult(Tenanted):
    """The process instance that was started."""

    process_instance_key: Key
    process_definition_key: Key
    process_definition_id: str
    process_definition_version: int
    variables: dict[str, object]
    tags: tuple[str, ...]
    business_id: str | None


class CancelProcessInstanceRequest(Model):
    """Nothing needs to be said to cancel."""

    operation_reference: OperationReference | None = None


class ProcessInstanceResult(Tenanted):
    """One run of a process definition."""

    process_instance_key: Key
    process_definition_key: Key
    process_definition_id: str
    process_definition_name: str | None
    process_definition_version: int
    process_definition_version_tag: str | None
    start_date: Moment
    end_date: Moment | None
    suspended_date: Moment | None = None
    state: ProcessInstanceState
    has_incident: bool
    parent_process_instance_key: Key | None
    parent_element_instance_key: Key | None
    root_process_instance_key: Key | None
    tags: tuple[str, ...]
    business_id: str | None


class ProcessInstanceFields(Filter):
    """Properties of a process instance to match."""

    process_instance_key: KeyFilter = optional()
    process_definition_id: TextFilter = optional()
    process_definition_name: TextFilter = optional()
    process_definition_version: IntegerFilter = optional()
    process_definition_version_tag: TextFilter = optional()
    process_definition_key: KeyFilter = optional()
    parent_process_instance_key: KeyFilter = optional()
    parent_element_instance_key: KeyFilter = optional()
    start_date: MomentFilter = optional()
    end_date: MomentFilter = optional()
    state: ProcessInstanceState | EnumOperators[ProcessInstanceState] = optional()
    has_incident: bool = optional()
    variables: VariableFilters = optional()
    error_message: TextFilter = optional(description="Of an unresolved incident.")
    has_retries_left: bool = optional(description="Has a failed job that will be tried again.")
    element_id: TextFilter = optional(
        description="With elementInstanceState and hasElementInstanceIncident: one same element."
    )
    element_instance_state: ElementInstanceState | EnumOperators[ElementInstanceState] = optional()
    has_element_instance_incident: bool = optional()
    tags: Tags = optional(description="All of these.")
    business_id: TextFilter = optional()
    tenant_id: TextFilter = optional()


class ProcessInstanceFilter(ProcessInstanceFields):
    """Properties to match, and alternatives of which one must match too."""

    alternatives: tuple[ProcessInstanceFields, ...] = optional("$or", max_length=20)


class ProcessInstanceSort(Sort):
    """One level of the order of process instances."""

    field: Literal[
        "processInstanceKey",
        "processDefinitionId",
        "processDefinitionName",
        "processDefinitionVersion",
        "processDefinitionVersionTag",
        "processDefinitionKey",
        "parentProcessInstanceKey",
        "parentElementInstanceKey",
        "startDate",
        "endDate",
        "state",
        "hasIncident",
        "businessId",
        "tenantId",
    ]


class ProcessInstanceSearchQuery(SearchRequest):
    """A search for process instances."""

    filter: ProcessInstanceFilter = optional()
    sort: tuple[ProcessInstanceSort, ...] = optional()


class ProcessInstanceSearchQueryResult(Found[ProcessInstanceResult]):
    """A page of process instances."""
