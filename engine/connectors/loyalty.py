"""``redress:loyalty``: books points on a customer's account, exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Protocol

from pydantic import AfterValidator, Field

from engine.connectors.call import ConnectorCall
from engine.connectors.payload import Id, Payload, Text, json_values, read_inputs

_MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRequest:
    """How many points to give, or, below 0, to take back."""

    idempotency_key: str
    customer_id: str
    points: int
    reason: str
    requested_at: datetime


class PointsEntry(Payload):
    """A booking, and the customer's balance after it."""

    entry_id: Id
    balance: int


class LoyaltyLedger(Protocol):
    """A loyalty programme."""

    def book(self, request: PointsRequest) -> PointsEntry:
        """Book once per idempotency key; a repeated key returns the first booking.

        Raises:
            ConnectorUnavailable: It is not known whether it was booked; ask again with the key.
            ConnectorRejected: Unknown customer, a balance below 0, or the key of another booking.
        """
        ...


def _some(points: int) -> int:
    if points == 0:
        raise ValueError("points must not be 0")
    return points


class _Inputs(Payload):
    customer_id: Id
    points: Annotated[int, Field(ge=-_MOST_POINTS, le=_MOST_POINTS), AfterValidator(_some)]
    reason: Text


class LoyaltyConnector:
    """Takes customer_id, points, reason; returns entry_id, balance."""

    job_type: ClassVar[str] = "redress:loyalty"

    def __init__(self, ledger: LoyaltyLedger) -> None:
        self._ledger = ledger

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Book once per idempotency key; see `engine.connectors.call.Connector`."""
        inputs = read_inputs(_Inputs, call)
        request = PointsRequest(
            idempotency_key=call.idempotency_key,
            customer_id=inputs.customer_id,
            points=inputs.points,
            reason=inputs.reason,
            requested_at=call.now,
        )
        return json_values(self._ledger.book(request))
