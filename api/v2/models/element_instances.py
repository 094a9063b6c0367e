"""Element instances: visits to flow nodes."""

from enum import StrEnum
from typing import Literal

from api.models import Key, Moment
from api.v2.models.common import Tenanted, optional
from api.v2.models.filters import EnumOperators, MomentFilter, TextFilter
from api.v2.models.process_instances import ElementInstanceState
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class ElementType(StrEnum):
    """What kind of element it is, in the words of the contract."""

    UNSPECIFIED = "UNSPECIFIED"
    PROCESS = "PROCESS"
    SUB_PROCESS = "SUB_PROCESS"
    EVENT_SUB_PROCESS = "EVENT_SUB_PROCESS"
    AD_HOC_SUB_PROCESS = "AD_HOC_SUB_PROCESS"
    AD_HOC_SUB_PROCESS_INNER_INSTANCE = "AD_HOC_SUB_PROCESS_INNER_INSTANCE"
    START_EVENT = "START_EVENT"
    INTERMEDIATE_CATCH_EVENT = "INTERMEDIATE_CATCH_EVENT"
    INTERMEDIATE_THROW_EVENT = "INTERMEDIATE_THROW_EVENT"
    BOUNDARY_EVENT = "BOUNDARY_EVENT"
    END_EVENT = "END_EVENT"
    SERVICE_TASK = "SERVICE_TASK"
    RECEIVE_TASK = "RECEIVE_TASK"
    USER_TASK = "USER_TASK"
    MANUAL_TASK = "MANUAL_TASK"
    TASK = "TASK"
    EXCLUSIVE_GATEWAY = "EXCLUSIVE_GATEWAY"
    INCLUSIVE_GATEWAY = "INCLUSIVE_GATEWAY"
    PARALLEL_GATEWAY = "PARALLEL_GATEWAY"
    EVENT_BASED_GATEWAY = "EVENT_BASED_GATEWAY"
    SEQUENCE_FLOW = "SEQUENCE_FLOW"
    MULTI_INSTANCE_BODY = "MULTI_INSTANCE_BODY"
    CALL_ACTIVITY = "CALL_ACTIVITY"
    BUSINESS_RULE_TASK = "BUSINESS_RULE_TASK"
    SCRIPT_TASK = "SCRIPT_TASK"
    SEND_TASK = "SEND_TASK"
    UNKNOWN = "UNKNOWN"


class ElementInstanceResult(Tenanted):
    """One visit to one element."""

    element_instance_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None
    process_definition_key: Key
    process_definition_id: str
    element_id: str
    element_name: str
    type: ElementType
    state: ElementInstanceState
    start_date: Moment
    end_date: Moment | None
    has_incident: bool
    incident_key: Key | None


class ElementInstanceFields(Filter):
    """Properties of an element instance to match."""

    element_instance_key: Key = optional()
    process_instance_key: Key = optional()
    process_definition_key: Key = optional()
    process_definition_id: TextFilter = optional()
    element_instance_scope_key: Key = optional(description="Directly inside this scope.")
    element_id: TextFilter = optional()
    type: ElementType = optional()
    state: ElementInstanceState | EnumOperators[ElementInstanceState] = optional()
    has_incident: bool = optional()
    incident_key: Key = optional()
    start_date: MomentFilter = optional()
    end_date: MomentFilter = optional()
    tenant_id: TextFilter = optional()


class ElementInstanceFilter(ElementInstanceFields):
    """Properties to match, and alternatives of which one must match too."""

    alternatives: tuple[ElementInstanceFields, ...] = optional("$or", max_length=20)


class ElementInstanceSort(Sort):
    """One level of the order of element instances."""

    field: Literal[
        "elementInstanceKey",
        "processInstanceKey",
        "processDefinitionKey",
        "processDefinitionId",
        "startDate",
        "endDate",
        "elementId",
        "type",
        "state",
        "incidentKey",
        "tenantId",
    ]


class ElementInstanceSearchQuery(SearchRequest):
    """A search for element instances."""

    filter: ElementInstanceFilter = optional()
    sort: tuple[ElementInstanceSort, ...] = optional()


class ElementInstanceSearchQueryResult(Found[ElementInstanceResult]):
    """A page of element instances."""
