"""``redress:webhook``: tells another system what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Protocol

from pydantic import StringConstraints

from engine.connectors.call import ConnectorCall
from engine.connectors.payload import Payload, read_inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """What to tell whom; ``body`` is a JSON value, the key lets the receiver drop repetitions."""

    idempotency_key: str
    url: str
    body: object
    sent_at: datetime


class WebhookSender(Protocol):
    """Delivers webhooks."""

    def send(self, webhook: Webhook) -> int:
        """Deliver at least once and return the receiver's HTTP status, 200 to 299.

        Raises:
            ConnectorUnavailable: The receiver did not take it now.
            ConnectorRejected: The address is not allowed, or the receiver refused.
        """
        ...


class _Inputs(Payload):
    url: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    body: object


class WebhookConnector:
    """Takes url, body; returns status."""

    job_type: ClassVar[str] = "redress:webhook"

    def __init__(self, sender: WebhookSender) -> None:
        self._sender = sender

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Deliver it; see `engine.connectors.call.Connector`."""
        inputs = read_inputs(_Inputs, call)
        webhook = Webhook(
            idempotency_key=call.idempotency_key,
            url=inputs.url,
            body=inputs.body,
            sent_at=call.now,
        )
        return {"status": self._sender.send(webhook)}
