"""``/v2/messages`` and ``/v2/message-subscriptions``."""

from datetime import timedelta

from api.context import Context
from api.operation import operation
from api.v2.models.messages import (
    MessageCorrelationRequest,
    MessageCorrelationResult,
    MessagePublicationRequest,
    MessagePublicationResult,
    MessageSubscriptionSearchQuery,
    MessageSubscriptionSearchQueryResult,
)
from api.v2.models.search import asked, found
from api.v2.support import not_supported
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSupported

TAG = "Message"
SUBSCRIPTION_TAG = "Message subscription"


@operation(
    "POST",
    "/v2/messages/publication",
    tag=TAG,
    summary="Publish a message",
    errors=(Forbidden, Conflict, InvalidInput),
)
def publish_message(context: Context, body: MessagePublicationRequest) -> MessagePublicationResult:
    """Publish a message: each process that waits for it has it once, now or while it is kept."""
    key = context.application.messages.publish(
        context.actor,
        name=body.name,
        correlation_key=body.correlation_key,
        variables=body.variables,
        message_id=body.message_id,
        time_to_live=timedelta(milliseconds=body.time_to_live),
        business_id=body.business_id,
    )
    return MessagePublicationResult(message_key=key)


@operation(
    "POST",
    "/v2/messages/correlation",
    tag=TAG,
    summary="Correlate a message",
    errors=(NotFound, Forbidden, InvalidInput, NotSupported),
)
def correlate_message(
    context: Context, body: MessageCorrelationRequest
) -> MessageCorrelationResult:
    """Deliver a message to those who wait for it right now; 404 if nobody does."""
    not_supported(businessId=body.business_id)
    key, receiver = context.application.messages.correlate(
        context.actor,
        name=body.name,
        correlation_key=body.correlation_key,
        variables=body.variables,
    )
    return MessageCorrelationResult(message_key=key, process_instance_key=receiver)


@operation(
    "POST",
    "/v2/message-subscriptions/search",
    tag=SUBSCRIPTION_TAG,
    summary="Search message subscriptions",
    errors=(InvalidInput,),
)
def search_message_subscriptions(
    context: Context, body: MessageSubscriptionSearchQuery | None
) -> MessageSubscriptionSearchQueryResult:
    """Find who waits for which message: running instances and start events."""
    subscriptions = context.application.queries.instances.subscriptions
    return found(
        MessageSubscriptionSearchQueryResult, subscriptions.search(context.actor, asked(body))
    )
