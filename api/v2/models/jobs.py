"""Jobs."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from api.models import Key, Model, Moment
from api.v2.models.common import (
    Int32,
    Name,
    OperationReference,
    Tenanted,
    TenantId,
    Text,
    Variables,
    optional,
)
from api.v2.models.filters import (
    EnumOperators,
    IntegerFilter,
    KeyFilter,
    MomentFilter,
    TextFilter,
)
from api.v2.models.search import Filter, Found, SearchRequest, Sort

Milliseconds = Annotated[int, Field(ge=0, le=366 * 86_400_000)]
Retries = Annotated[Int32, Field(ge=0)]
LeaseToken = Annotated[
    Name | None, Field(description="Not supported: a lease is known by its worker's job key.")
]


class JobState(StrEnum):
    """Where a job stands; five of them occur here."""

    CREATED = "CREATED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    RETRIES_UPDATED = "RETRIES_UPDATED"
    TIMED_OUT = "TIMED_OUT"
    CANCELED = "CANCELED"
    ERROR_THROWN = "ERROR_THROWN"
    MIGRATED = "MIGRATED"


class JobKind(StrEnum):
    """What made the job; here always an element of a diagram."""

    BPMN_ELEMENT = "BPMN_ELEMENT"
    EXECUTION_LISTENER = "EXECUTION_LISTENER"
    TASK_LISTENER = "TASK_LISTENER"
    AD_HOC_SUB_PROCESS = "AD_HOC_SUB_PROCESS"


class JobActivationRequest(Model):
    """How many jobs of which type to take, and for how long."""

    type: Name
    worker: Annotated[Text, Field(max_length=255)] = ""
    timeout: Annotated[Milliseconds, Field(ge=1, description="Length of the lease.")]
    max_jobs_to_activate: Annotated[int, Field(ge=1, le=1_000)]
    fetch_variable: Annotated[tuple[Name, ...], Field(max_length=1_000)] = ()
    request_timeout: int = Field(
        default=0,
        description=(
            "How long to wait for a job when there is none, in milliseconds; 0 means the server's "
            "choice, a negative number means not at all."
        ),
    )
    tenant_ids: tuple[TenantId, ...] = ()
    tenant_filter: Literal["PROVIDED", "ASSIGNED"] = "PROVIDED"
    with_lease: Annotated[bool, Field(description="Lease tokens are not supported.")] = False


class ActivatedJobResult(Tenanted):
    """A job under lease until ``deadline`` (milliseconds since 1970)."""

    job_key: Key
    type: str
    kind: JobKind
    listener_event_type: Literal["UNSPECIFIED"] = "UNSPECIFIED"
    worker: str
    retries: int
    deadline: int
    priority: int = 0
    custom_headers: dict[str, str]
    variables: dict[str, object]
    element_id: str
    element_instance_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None
    process_definition_key: Key
    process_definition_id: str
    process_definition_version: int
    business_id: str | None
    physical_tenant_id: str = "default"
    user_task: None = None
    tags: tuple[str, ...]


class JobActivationResult(Model):
    """The jobs that were taken; possibly none."""

    jobs: tuple[ActivatedJobResult, ...]


class JobCompletionRequest(Model):
    """What came of the job."""

    variables: Variables | None = None
    result: dict[str, JsonValue] | None = Field(
        default=None, description="For listeners and ad-hoc sub-processes: not supported."
    )
    business_id: Name | None = Field(default=None, description="Not supported: set at the start.")
    job_lease_token: LeaseToken = None


class JobFailRequest(Model):
    """Why the job failed and whether to try again."""

    retries: Retries = 0
    error_message: Annotated[Text, Field(max_length=10_000)] = ""
    retry_back_off: Milliseconds = 0
    variables: Variables = Field(default_factory=dict)
    job_lease_token: LeaseToken = None


class JobErrorRequest(Model):
    """A business outcome that an error event of the diagram handles."""

    error_code: Name
    error_message: Text | None = None
    variables: Variables | None = None
    job_lease_token: LeaseToken = None


class JobChangeset(Model):
    """What to change."""

    retries: Annotated[Int32, Field(ge=1)] | None = None
    timeout: Milliseconds | None = None
    priority: Int32 | None = Field(default=None, description="Not supported.")


class JobUpdateRequest(Model):
    """Changes to a job."""

    changeset: JobChangeset
    operation_reference: OperationReference | None = None
    job_lease_token: LeaseToken = None


class JobSearchResult(Tenanted):
    """A job."""

    job_key: Key
    type: str
    kind: JobKind
    listener_event_type: Literal["UNSPECIFIED"] = "UNSPECIFIED"
    state: JobState
    worker: str
    retries: int
    priority: int = 0
    deadline: Moment | None
    error_code: str | None
    error_message: str | None
    has_failed_with_retries_left: bool
    is_denied: bool | None = None
    denied_reason: str | None = None
    custom_headers: dict[str, str]
    element_id: str | None
    element_instance_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None
    process_definition_key: Key
    process_definition_id: str
    business_id: str | None
    creation_time: Moment | None
    last_update_time: Moment | None
    end_time: Moment | None


class JobFilter(Filter):
    """Properties of a job to match."""

    job_key: KeyFilter = optional()
    type: TextFilter = optional()
    kind: JobKind | EnumOperators[JobKind] = optional()
    state: JobState | EnumOperators[JobState] = optional()
    worker: TextFilter = optional()
    retries: IntegerFilter = optional()
    deadline: MomentFilter = optional()
    error_code: TextFilter = optional()
    error_message: TextFilter = optional()
    has_failed_with_retries_left: bool = optional()
    element_id: TextFilter = optional()
    element_instance_key: KeyFilter = optional()
    process_instance_key: KeyFilter = optional()
    process_definition_key: KeyFilter = optional()
    process_definition_id: TextFilter = optional()
    creation_time: MomentFilter = optional()
    last_update_time: MomentFilter = optional()
    end_time: MomentFilter = optional()
    tenant_id: TextFilter = optional()


class JobSort(Sort):
    """One level of the order of jobs."""

    field: Literal[
        "jobKey",
        "type",
        "kind",
        "state",
        "worker",
        "retries",
        "deadline",
        "errorCode",
        "errorMessage",
        "hasFailedWithRetriesLeft",
        "elementId",
        "elementInstanceKey",
        "processInstanceKey",
        "processDefinitionKey",
        "processDefinitionId",
        "creationTime",
        "endTime",
        "tenantId",
    ]


class JobSearchQuery(SearchRequest):
    """A search for jobs."""

    filter: JobFilter = optional()
    sort: tuple[JobSort, ...] = optional()


class JobSearchQueryResult(Found[JobSearchResult]):
    """A page of jobs."""
