"""Keeps letters in our own tables instead of sending them."""

from engine.connectors.email import Mail
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import deliveries


class TableMailer:
    """Keeps one row per idempotency key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @begins_anew
    def send(self, mail: Mail) -> None:
        """Keep it once; see `engine.connectors.email.Mailer`."""
        row = deliveries.SentMailRow(
            idempotency_key=mail.idempotency_key,
            message_id=mail.message_id,
            to=mail.to,
            subject=mail.subject,
            body=mail.body,
            sent_at=mail.sent_at,
        )
        with self._database.write() as connection:
            deliveries.keep_mail(connection, row)
