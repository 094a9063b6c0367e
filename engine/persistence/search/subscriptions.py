"""Who waits for which message."""

from sqlalchemy import String, case, cast, func, literal

from engine.domain.views import MessageSubscriptionView
from engine.persistence.schema import definition, message_subscription, process_instance
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.common import with_instance

_definition_key = func.coalesce(
    process_instance.c.definition_key, message_subscription.c.definition_key
)

MESSAGE_SUBSCRIPTIONS = Catalogue(
    view=MessageSubscriptionView,
    source=with_instance(message_subscription).outerjoin(
        definition, definition.c.key == _definition_key
    ),
    key="message_subscription_key",
    columns={
        "message_subscription_key": message_subscription.c.key,
        "message_subscription_state": cast(literal("CREATED"), String),  # others are not kept
        "message_subscription_type": case(
            (message_subscription.c.process_instance_key.is_(None), "START_EVENT"),
            else_="PROCESS_EVENT",
        ),
        "message_name": message_subscription.c.message_name,
        "correlation_key": message_subscription.c.correlation_key,
        "element_id": message_subscription.c.element_id,
        "element_instance_key": message_subscription.c.element_instance_key,
        "process_instance_key": message_subscription.c.process_instance_key,
        "root_process_instance_key": process_instance.c.root_key,
        "process_definition_key": definition.c.key,
        "process_definition_id": definition.c.id,
        "process_definition_name": definition.c.name,
        "process_definition_version": definition.c.version,
        "business_id": process_instance.c.business_id,
        "last_updated_date": message_subscription.c.created_at,
    },
)
