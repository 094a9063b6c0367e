"""A payment provider in our own tables: pays no more back than the order was paid with."""

from engine.connectors.call import BusinessError
from engine.connectors.currency import from_minor, to_minor
from engine.connectors.refund import REFUND_REJECTED, Refund, RefundRequest
from engine.connectors.table.effects import effect_id, require_same
from engine.errors import ConnectorRejected
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import orders


class TablePayments:
    """Keeps one refund row per idempotency key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @begins_anew
    def refund(self, request: RefundRequest) -> Refund:
        """Pay back once per key; see `engine.connectors.refund.PaymentGateway`."""
        amount_minor = to_minor(request.amount, request.currency)
        with self._database.write() as connection:
            order = orders.find(connection, request.order_id, lock=True)
            if order is None:
                raise ConnectorRejected(f"payments knows no order {request.order_id!r}")
            paid = orders.find_refund(connection, request.idempotency_key)
            if paid is None:
                left = order.paid_minor - orders.refunded_minor(connection, order.id)
                _refuse_unless_payable(request, amount_minor, order.currency, left)
                paid = _refund_row(request, amount_minor)
                orders.insert_refund(connection, paid)
        require_same(
            (paid.order_id, paid.amount_minor, paid.currency),
            (request.order_id, amount_minor, request.currency),
            "refund",
        )
        return Refund(refund_id=paid.id, status=paid.status, amount=request.amount)


def _refuse_unless_payable(
    request: RefundRequest, amount_minor: int, currency: str, left_minor: int
) -> None:
    if request.currency != currency:
        raise BusinessError(
            REFUND_REJECTED,
            f"order {request.order_id!r} was paid in {currency}, not in {request.currency}",
        )
    if amount_minor > left_minor:
        raise BusinessError(
            REFUND_REJECTED,
            f"order {request.order_id!r} has {from_minor(left_minor, currency)} {currency} left "
            f"to refund, {request.amount} was asked for",
        )


def _refund_row(request: RefundRequest, amount_minor: int) -> orders.RefundRow:
    return orders.RefundRow(
        idempotency_key=request.idempotency_key,
        id=effect_id("refund", request.idempotency_key),
        order_id=request.order_id,
        amount_minor=amount_minor,
        currency=request.currency,
        reason=request.reason,
        status="completed",
        refunded_at=request.requested_at,
    )
