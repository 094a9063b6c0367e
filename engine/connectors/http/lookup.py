"""Customers and orders by HTTP.

``GET /customers/{id}`` and ``GET /orders/{id}``; 200 answers the fields of
`engine.connectors.customer.Customer` and `engine.connectors.order.Order`, 404 says there is none.
"""

from engine.connectors.customer import Customer
from engine.connectors.http.json_client import JsonClient
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
    answer = client.get(collection, key, expect=(_NONE,))
    if answer.status == _NONE:
        return None
    return read_answer(kind, answer.document, client.system)
