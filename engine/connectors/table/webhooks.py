"""Keeps webhooks in our own tables instead of sending them."""

from engine.connectors.webhook import Webhook
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import deliveries

_ACCEPTED = 202


class TableWebhooks:
    """Keeps one row per idempotency key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @begins_anew
    def send(self, webhook: Webhook) -> int:
        """Keep it once and answer 202; see `engine.connectors.webhook.WebhookSender`."""
        row = deliveries.SentWebhookRow(
            idempotency_key=webhook.idempotency_key,
            url=webhook.url,
            body=webhook.body,
            sent_at=webhook.sent_at,
        )
        with self._database.write() as connection:
            deliveries.keep_webhook(connection, row)
        return _ACCEPTED
