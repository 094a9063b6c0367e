"""Webhooks by HTTP, signed as https://www.standardwebhooks.com describes."""

import base64
import binascii
import hashlib
import hmac

import orjson

from engine.connectors.http.egress import EgressGuard
from engine.connectors.http.status import is_success, refuse
from engine.connectors.http.target import Target
from engine.connectors.http.transport import HttpRequest, HttpTransport
from engine.connectors.webhook import Webhook
from engine.errors import ConnectorRejected

_PREFIX = "whsec_"
_FEWEST_SECRET_BYTES = 24
_MOST_SECRET_BYTES = 64


def read_secret(text: str) -> bytes:
    """Return the signing key that ``whsec_<base64>`` stands for; the prefix may be missing.

    Raises:
        ValueError: It is not 24 to 64 bytes in base64. The text is not repeated.
    """
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not _FEWEST_SECRET_BYTES <= len(secret) <= _MOST_SECRET_BYTES:
        raise ValueError("the webhook secret must be 24 to 64 bytes in base64, after 'whsec_'")
    return secret


def signature(secret: bytes, webhook_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``: version 1, HMAC-SHA256, base64."""
    signed = b"%s.%d.%s" % (webhook_id.encode(), timestamp, body)
    digest = hmac.digest(secret, signed, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


class HttpWebhooks:
    """Posts JSON to the address in the model, if the guard admits it."""

    def __init__(self, *, secret: bytes, guard: EgressGuard, transport: HttpTransport) -> None:
        self._secret = secret
        self._guard = guard
        self._transport = transport

    def send(self, webhook: Webhook) -> int:
        """Deliver at least once; see `engine.connectors.webhook.WebhookSender`."""
        target = _target(webhook.url)
        body = _json(webhook.body)
        request = HttpRequest(
            system=f"the webhook's host {target.host!r}",
            method="POST",
            target=target,
            headers=self._headers(webhook, body),
            body=body,
            connect_to=self._guard.admit(target),
        )
        status = self._transport.exchange(request).status
        if not is_success(status):
            raise refuse(request.system, status)
        return status

    def _headers(self, webhook: Webhook, body: bytes) -> dict[str, str]:
        key, timestamp = webhook.idempotency_key, int(webhook.sent_at.timestamp())
        return {
            "Content-Type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._secret, key, timestamp, body),
        }


def _target(url: str) -> Target:
    try:
        return Target.parse(url)
    except ValueError as error:
        raise ConnectorRejected(f"url: {error}") from None


def _json(body: object) -> bytes:
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError as error:
        raise ConnectorRejected(f"body: it cannot be written as JSON: {error}") from None
