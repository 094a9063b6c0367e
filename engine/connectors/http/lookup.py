"""Customers and orders by HTTP.

``GET /customers/{id}`` and ``GET /orders/{id}``; 200 answers the fields of
`engine.connectors.customer.Customer` and `engine.connectors.order.Order`, 404 says there is none.
``POST /customers/{id}/surveys`` with ``Idempotency-Key`` and ``{"surveyed_at"}`` notes that the
customer was asked; 2xx answers ``{"last_surveyed_at"}``, 404 says there is no such customer.
"""

from engine.connectors.customer import Customer, LastSurvey, SurveyNote
from engine.connectors.http.json_client import JsonAnswer, JsonClient
from engine.connectors.order import Order
from engine.connectors.payload import PayloadKind, read_answer

_NONE = 404


class HttpCustomers:
    """Asks the CRM behind *client*."""

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def find(self, customer_id: str) -> Customer | None:
        """Return the customer, or None; see `engine.connectors.customer.CustomerDirectory`."""
        return _find(self._client, "customers", customer_id, Customer)

    def note_survey(self, note: SurveyNote) -> LastSurvey | None:
        """Note it once per key; see `engine.connectors.customer.CustomerDirectory`."""
        answer = self._client.post(
            "customers",
            note.customer_id,
            "surveys",
            key=note.idempotency_key,
            body={"surveyed_at": note.surveyed_at.isoformat()},
            expect=(_NONE,),
        )
        return _read(answer, LastSurvey, self._client.system)


class HttpOrders:
    """Asks the shop system behind *client*."""

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def find(self, order_id: str) -> Order | None:
        """Return the order, or None; see `engine.connectors.order.OrderBook`."""
        return _find(self._client, "orders", order_id, Order)


def _find(
    client: JsonClient, collection: str, key: str, kind: type[PayloadKind]
) -> PayloadKind | None:
    return _read(client.get(collection, key, expect=(_NONE,)), kind, client.system)


def _read(answer: JsonAnswer, kind: type[PayloadKind], system: str) -> PayloadKind | None:
    if answer.status == _NONE:
        return None
    return read_answer(kind, answer.document, system)
