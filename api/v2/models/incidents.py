"""Incidents."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator

from api.models import Key, Model, Moment
from api.v2.models.common import OperationReference, Tenanted, optional
from api.v2.models.filters import EnumOperators, KeyFilter, MomentFilter, TextFilter
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class IncidentState(StrEnum):
    """Whether the incident still stands in the way."""

    ACTIVE = "ACTIVE"
    MIGRATED = "MIGRATED"
    RESOLVED = "RESOLVED"
    PENDING = "PENDING"
    UNKNOWN = "UNKNOWN"


class IncidentErrorType(StrEnum):
    """What kind of thing went wrong."""

    UNSPECIFIED = "UNSPECIFIED"
    UNKNOWN = "UNKNOWN"
    IO_MAPPING_ERROR = "IO_MAPPING_ERROR"
    JOB_NO_RETRIES = "JOB_NO_RETRIES"
    EXECUTION_LISTENER_NO_RETRIES = "EXECUTION_LISTENER_NO_RETRIES"
    TASK_LISTENER_NO_RETRIES = "TASK_LISTENER_NO_RETRIES"
    AD_HOC_SUB_PROCESS_NO_RETRIES = "AD_HOC_SUB_PROCESS_NO_RETRIES"
    CONDITION_ERROR = "CONDITION_ERROR"
    EXTRACT_VALUE_ERROR = "EXTRACT_VALUE_ERROR"
    CALLED_ELEMENT_ERROR = "CALLED_ELEMENT_ERROR"
    UNHANDLED_ERROR_EVENT = "UNHANDLED_ERROR_EVENT"
    MESSAGE_SIZE_EXCEEDED = "MESSAGE_SIZE_EXCEEDED"
    CALLED_DECISION_ERROR = "CALLED_DECISION_ERROR"
    DECISION_EVALUATION_ERROR = "DECISION_EVALUATION_ERROR"
    FORM_NOT_FOUND = "FORM_NOT_FOUND"
    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"


def _known(error_type: str) -> str:
    return error_type if error_type in IncidentErrorType.__members__ else "UNKNOWN"


class IncidentResult(Tenanted):
    """A technical stop; a cause that the contract has no word for is ``UNKNOWN``."""

    incident_key: Key
    error_type: Annotated[IncidentErrorType, BeforeValidator(_known)]
    error_message: str
    state: IncidentState
    creation_time: Moment
    element_id: str
    element_instance_key: Key
    job_key: Key | None
    process_instance_key: Key
    root_process_instance_key: Key | None
    process_definition_key: Key
    process_definition_id: str


class IncidentResolutionRequest(Model):
    """Nothing needs to be said to try again."""

    operation_reference: OperationReference | None = None


class IncidentFilter(Filter):
    """Properties of an incident to match."""

    incident_key: KeyFilter = optional()
    error_type: IncidentErrorType | EnumOperators[IncidentErrorType] = optional()
    error_message: TextFilter = optional()
    state: IncidentState | EnumOperators[IncidentState] = optional()
    creation_time: MomentFilter = optional()
    element_id: TextFilter = optional()
    element_instance_key: KeyFilter = optional()
    job_key: KeyFilter = optional()
    process_instance_key: KeyFilter = optional()
    process_definition_key: KeyFilter = optional()
    process_definition_id: TextFilter = optional()
    tenant_id: TextFilter = optional()


class IncidentSort(Sort):
    """One level of the order of incidents."""

    field: Literal[
        "incidentKey",
        "errorType",
        "state",
        "creationTime",
        "elementId",
        "elementInstanceKey",
        "jobKey",
        "processInstanceKey",
        "processDefinitionKey",
        "processDefinitionId",
        "tenantId",
    ]


class IncidentSearchQuery(SearchRequest):
    """A search for incidents."""

    filter: IncidentFilter = optional()
    sort: tuple[IncidentSort, ...] = optional()


class IncidentSearchQueryResult(Found[IncidentResult]):
    """A page of incidents."""
