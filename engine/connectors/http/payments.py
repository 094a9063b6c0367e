"""A payment provider by HTTP.

``POST /refunds`` with ``Idempotency-Key`` and ``{"order_id", "amount", "currency", "reason"}``, the
amount as text such as ``"12.50"``; 2xx answers ``{"refund_id", "status", "amount"}``. 409 and 422
say that the refund will not be paid, with the reason in ``detail`` or ``message``.
"""

from engine.connectors.call import BusinessError
from engine.connectors.http.json_client import JsonClient
from engine.connectors.payload import read_answer
from engine.connectors.refund import REFUND_REJECTED, Refund, RefundRequest

_WILL_NOT_PAY = (409, 422)


class HttpPayments:
    """Asks the provider behind *client*."""

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def refund(self, request: RefundRequest) -> Refund:
        """Pay back once per key; see `engine.connectors.refund.PaymentGateway`."""
        answer = self._client.post(
            "refunds",
            key=request.idempotency_key,
            body={
                "order_id": request.order_id,
                "amount": str(request.amount),
                "currency": request.currency,
                "reason": request.reason,
            },
            expect=_WILL_NOT_PAY,
        )
        if answer.status in _WILL_NOT_PAY:
            raise BusinessError(
                REFUND_REJECTED, answer.reason() or f"{self._client.system} refused the refund"
            )
        return read_answer(Refund, answer.document, self._client.system)
