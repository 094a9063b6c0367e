"""Letters and webhooks that the built-in connectors keep instead of sending."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Table, select

from engine.domain.classification import Classification
from engine.persistence.protection import seal, unseal
from engine.persistence.retail import sent_mail, sent_webhook
from engine.persistence.rows import upsert


class SentMailRow(NamedTuple):
    """One letter."""

    idempotency_key: str
    message_id: str
    to: str
    subject: str
    body: str
    sent_at: datetime


class SentWebhookRow(NamedTuple):
    """One webhook; ``body`` is JSON."""

    idempotency_key: str
    url: str
    body: object
    sent_at: datetime


def keep_mail(connection: Connection, row: SentMailRow) -> None:
    """Keep a letter; under a key already used nothing happens."""
    values = row._asdict()
    letter = {name: values.pop(name) for name in ("to", "subject", "body")}
    _insert_once(connection, sent_mail, values | {"letter": seal(letter, Classification.PERSONAL)})


def sent_mails(connection: Connection) -> list[SentMailRow]:
    """Return every letter, in the order they were sent."""
    statement = select(sent_mail).order_by(sent_mail.c.sent_at, sent_mail.c.idempotency_key)
    return [_mail(row) for row in connection.execute(statement).mappings()]


def keep_webhook(connection: Connection, row: SentWebhookRow) -> None:
    """Keep a webhook; under a key already used nothing happens."""
    body = seal(row.body, Classification.PERSONAL)
    _insert_once(connection, sent_webhook, row._asdict() | {"body": body})


def sent_webhooks(connection: Connection) -> list[SentWebhookRow]:
    """Return every webhook, in the order they were sent."""
    statement = select(sent_webhook).order_by(
        sent_webhook.c.sent_at, sent_webhook.c.idempotency_key
    )
    rows = connection.execute(statement).mappings()
    return [SentWebhookRow(**(dict(row) | {"body": unseal(row["body"])})) for row in rows]


def _mail(row: RowMapping) -> SentMailRow:
    values: dict[str, Any] = dict(row)
    letter = unseal(values.pop("letter"))
    return SentMailRow(**values, **letter)  # type: ignore[arg-type]  # sealed as a dict above


def _insert_once(connection: Connection, table: Table, values: dict[str, object]) -> None:
    connection.execute(
        upsert(connection, table)
        .values(values)
        .on_conflict_do_nothing(index_elements=["idempotency_key"])
    )
