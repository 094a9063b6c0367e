"""``redress:refund``: pays money back for an order, exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Protocol

from pydantic import Field

from engine.connectors.call import ConnectorCall
from engine.connectors.currency import to_minor
from engine.connectors.payload import Id, Money, Payload, Text, json_values, read_inputs
from engine.errors import ConnectorRejected

REFUND_REJECTED = "refund_rejected"
"""The BPMN error code for a refund that the payment provider will not pay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """What to pay back: ``amount`` above 0 in whole minor units of ``currency`` (ISO 4217)."""

    idempotency_key: str
    order_id: str
    amount: Decimal
    currency: str
    reason: str
    requested_at: datetime


class Refund(Payload):
    """What was paid back."""

    refund_id: Id
    status: Id
    amount: Money


class PaymentGateway(Protocol):
    """A payment provider."""

    def refund(self, request: RefundRequest) -> Refund:
        """Pay back once per idempotency key; a repeated key returns the first refund.

        Raises:
            ConnectorUnavailable: It is not known whether it was paid; ask again with the same key.
            ConnectorRejected: The request is wrong: unknown order, or the key of another refund.
            BusinessError: ``refund_rejected``: the provider will not pay this.
        """
        ...


class _Inputs(Payload):
    order_id: Id
    amount: Annotated[Money, Field(gt=0)]
    currency: str
    reason: Text


class RefundConnector:
    """Takes order_id, amount, currency, reason; returns refund_id, status, amount."""

    job_type: ClassVar[str] = "redress:refund"

    def __init__(self, payments: PaymentGateway) -> None:
        self._payments = payments

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Pay back once per idempotency key; see `engine.connectors.call.Connector`."""
        inputs = read_inputs(_Inputs, call)
        to_minor(inputs.amount, inputs.currency)
        request = RefundRequest(
            idempotency_key=call.idempotency_key,
            order_id=inputs.order_id,
            amount=inputs.amount,
            currency=inputs.currency,
            reason=inputs.reason,
            requested_at=call.now,
        )
        refund = self._payments.refund(request)
        if refund.amount != inputs.amount:
            raise ConnectorRejected(
                f"{inputs.amount} {inputs.currency} was to be refunded, {refund.amount} was"
            )
        return json_values(refund)
