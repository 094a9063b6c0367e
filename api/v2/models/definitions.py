"""Deployments, and the process definitions, forms and files they put in."""

from enum import StrEnum
from typing import Literal

from api.models import Key, Model
from api.v2.models.common import Int32, Name, Tenanted, TenantId, optional
from api.v2.models.filters import IntegerFilter, KeyFilter, TextFilter
from api.v2.models.search import Filter, Found, SearchRequest, Sort


class DeploymentProcessResult(Tenanted):
    """A process of the deployment."""

    process_definition_key: Key
    process_definition_id: str
    process_definition_version: int
    resource_name: str


class DeploymentDecisionResult(Tenanted):
    """A decision of the deployment."""

    decision_definition_key: Key
    decision_definition_id: str
    version: int
    name: str
    decision_requirements_id: str
    decision_requirements_key: Key


class DeploymentDecisionRequirementsResult(Tenanted):
    """A file of decisions of the deployment."""

    decision_requirements_key: Key
    decision_requirements_id: str
    decision_requirements_name: str
    version: int
    resource_name: str


class DeploymentFormResult(Tenanted):
    """A form of the deployment."""

    form_key: Key
    form_id: str
    version: int
    resource_name: str


class DeploymentMetadataResult(Model):
    """One thing of the deployment: exactly one of these is not null."""

    process_definition: DeploymentProcessResult | None = None
    decision_definition: DeploymentDecisionResult | None = None
    decision_requirements: DeploymentDecisionRequirementsResult | None = None
    form: DeploymentFormResult | None = None
    resource: None = None


class DeploymentResult(Tenanted):
    """What was deployed, under one deployment key."""

    deployment_key: Key
    deployments: tuple[DeploymentMetadataResult, ...]


class ProcessDefinitionState(StrEnum):
    """Whether a definition may start; here all of them may."""

    ACTIVE = "ACTIVE"
    DRAINING = "DRAINING"
    DELETED = "DELETED"


class ProcessDefinitionResult(Tenanted):
    """One version of a process."""

    process_definition_key: Key
    process_definition_id: str
    name: str | None
    version: int
    version_tag: str | None
    resource_name: str
    has_start_form: bool
    state: ProcessDefinitionState = ProcessDefinitionState.ACTIVE


class ProcessDefinitionFilter(Filter):
    """Properties of a process definition to match."""

    process_definition_key: Key = optional()
    process_definition_id: TextFilter = optional()
    name: TextFilter = optional()
    version: Int32 = optional()
    version_tag: Name = optional()
    resource_name: Name = optional()
    is_latest_version: bool = optional()
    tenant_id: TenantId = optional()


class ProcessDefinitionSort(Sort):
    """One level of the order of process definitions."""

    field: Literal[
        "processDefinitionKey",
        "processDefinitionId",
        "name",
        "version",
        "versionTag",
        "resourceName",
        "tenantId",
    ]


class ProcessDefinitionSearchQuery(SearchRequest):
    """A search for process definitions."""

    filter: ProcessDefinitionFilter = optional()
    sort: tuple[ProcessDefinitionSort, ...] = optional()


class ProcessDefinitionSearchQueryResult(Found[ProcessDefinitionResult]):
    """A page of process definitions."""


class FormResult(Tenanted):
    """One version of a form; ``schema`` is form-js JSON as text."""

    form_key: Key
    form_id: str
    version: int
    form_schema: str = optional("schema")


class ResourceResult(Tenanted):
    """One deployed file, under the key of what it defines."""

    resource_key: Key
    resource_id: str
    resource_name: str
    version: int
    version_tag: str | None


class ResourceFilter(Filter):
    """Properties of a deployed file to match."""

    resource_key: KeyFilter = optional()
    resource_id: TextFilter = optional()
    resource_name: TextFilter = optional()
    version: IntegerFilter = optional()
    version_tag: TextFilter = optional()
    deployment_key: KeyFilter = optional()
    tenant_id: TenantId = optional()


class ResourceSort(Sort):
    """One level of the order of deployed files."""

    field: Literal[
        "resourceKey",
        "resourceId",
        "resourceName",
        "version",
        "versionTag",
        "deploymentKey",
        "tenantId",
    ]


class ResourceSearchQuery(SearchRequest):
    """A search for deployed files."""

    filter: ResourceFilter = optional()
    sort: tuple[ResourceSort, ...] = optional()


class ResourceSearchQueryResult(Found[ResourceResult]):
    """A page of deployed files."""
