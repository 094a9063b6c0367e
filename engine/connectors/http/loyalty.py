"""A loyalty programme by HTTP.

``POST /entries`` with ``Idempotency-Key`` and ``{"customer_id", "points", "reason"}``; 2xx answers
``{"entry_id", "balance"}``.
"""

from engine.connectors.http.json_client import JsonClient
from engine.connectors.loyalty import PointsEntry, PointsRequest
from engine.connectors.payload import read_answer


class HttpLoyalty:
    """Asks the programme behind *client*."""

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def book(self, request: PointsRequest) -> PointsEntry:
        """Book once per key; see `engine.connectors.loyalty.LoyaltyLedger`."""
        answer = self._client.post(
            "entries",
            key=request.idempotency_key,
            body={
                "customer_id": request.customer_id,
                "points": request.points,
                "reason": request.reason,
            },
        )
        return read_answer(PointsEntry, answer.document, self._client.system)
