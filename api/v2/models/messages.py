"""Messages and who waits for them."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from api.models import Key, Model, Moment
from api.v2.models.common import Name, Tenanted, TenantId, Text, Variables, optional
from api.v2.models.filters import (
    EnumOperators,
    IntegerFilter,
    KeyFilter,
    MomentFilter,
    TextFilter,
)
from api.v2.models.jobs import Milliseconds
from api.v2.models.search import Filter, Found, SearchRequest, Sort

CorrelationKey = Annotated[Text, Field(max_length=255)]


class MessagePublicationRequest(Model):
    """A message to keep for ``timeToLive`` milliseconds until its receivers have it."""

    name: Name
    correlation_key: CorrelationKey = ""
    time_to_live: Milliseconds = 0
    message_id: Name = optional(description="While it is kept, the same id is refused with 409.")
    variables: Variables = Field(default_factory=dict)
    business_id: Name = optional(description="Of the instance that the message starts.")
    tenant_id: TenantId = "<default>"


class MessagePublicationResult(Tenanted):
    """The message was taken."""

    message_key: Key


class MessageCorrelationRequest(Model):
    """A message for those who wait for it right now."""

    name: Name
    correlation_key: CorrelationKey = ""
    variables: Variables = Field(default_factory=dict)
    business_id: Name = optional(description="Not supported here: publish the message instead.")
    tenant_id: TenantId = "<default>"


class MessageCorrelationResult(Tenanted):
    """The message was delivered; the first instance that had it."""

    message_key: Key
    process_instance_key: Key


class MessageSubscriptionState(StrEnum):
    """Where a subscription stands; only those that still wait are kept: CREATED."""

    CORRELATED = "CORRELATED"
    CREATED = "CREATED"
    DELETED = "DELETED"
    MIGRATED = "MIGRATED"


class MessageSubscriptionType(StrEnum):
    """Whether a start event or a running instance waits."""

    START_EVENT = "START_EVENT"
    PROCESS_EVENT = "PROCESS_EVENT"


class MessageSubscriptionResult(Tenanted):
    """Somebody waits for a message."""

    message_subscription_key: Key
    message_subscription_state: MessageSubscriptionState
    message_subscription_type: MessageSubscriptionType
    message_name: str
    correlation_key: str | None
    element_id: str
    element_instance_key: Key | None
    process_instance_key: Key | None
    root_process_instance_key: Key | None
    process_definition_key: Key | None
    process_definition_id: str | None
    process_definition_name: str | None
    process_definition_version: int | None
    business_id: str | None
    last_updated_date: Moment
    tool_name: str | None = None
    tool_properties: dict[str, str] = Field(default_factory=dict)
    inbound_connector_type: str | None = None


class MessageSubscriptionFilter(Filter):
    """Properties of a subscription to match."""

    message_subscription_key: KeyFilter = optional()
    message_subscription_state: (
        MessageSubscriptionState | EnumOperators[MessageSubscriptionState]
    ) = optional()
    message_subscription_type: MessageSubscriptionType | EnumOperators[MessageSubscriptionType] = (
        optional()
    )
    message_name: TextFilter = optional()
    correlation_key: TextFilter = optional()
    element_id: TextFilter = optional()
    element_instance_key: KeyFilter = optional()
    process_instance_key: KeyFilter = optional()
    process_definition_key: KeyFilter = optional()
    process_definition_id: TextFilter = optional()
    process_definition_name: TextFilter = optional()
    process_definition_version: IntegerFilter = optional()
    business_id: TextFilter = optional()
    last_updated_date: MomentFilter = optional()
    tenant_id: TextFilter = optional()


class MessageSubscriptionSort(Sort):
    """One level of the order of subscriptions."""

    field: Literal[
        "messageSubscriptionKey",
        "messageSubscriptionState",
        "messageSubscriptionType",
        "messageName",
        "correlationKey",
        "elementId",
        "elementInstanceKey",
        "processInstanceKey",
        "processDefinitionId",
        "processDefinitionName",
        "processDefinitionVersion",
        "businessId",
        "lastUpdatedDate",
        "tenantId",
    ]


class MessageSubscriptionSearchQuery(SearchRequest):
    """A search for subscriptions."""

    filter: MessageSubscriptionFilter = optional()
    sort: tuple[MessageSubscriptionSort, ...] = optional()


class MessageSubscriptionSearchQueryResult(Found[MessageSubscriptionResult]):
    """A page of subscriptions."""
