"""``redress:order``: looks an order up."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Protocol

from pydantic import Field

from engine.connectors.call import BusinessError, ConnectorCall
from engine.connectors.payload import Id, Moment, Money, Payload, json_values, read_inputs
from engine.errors import ConnectorRejected

ORDER_UNKNOWN = "order_unknown"
"""The BPMN error code for an order that the order system does not have."""


class OrderItem(Payload):
    """One line of an order; ``price`` is the price of one piece in the order's currency."""

    sku: Id
    name: str
    category: str
    price: Money
    quantity: Annotated[int, Field(ge=1)]
    warranty_months: Annotated[int, Field(ge=0)]
    returnable: bool


class Order(Payload):
    """One order; ``delivered_at`` is None while it is on its way, ``store_id`` if none sold it."""

    order_id: Id
    customer_id: Id
    ordered_at: Moment
    delivered_at: Moment | None = None
    store_id: Id | None = None
    online: bool
    currency: str
    items: list[OrderItem]


class OrderBook(Protocol):
    """Where the orders are: a shop system."""

    def find(self, order_id: str) -> Order | None:
        """Return the order, or None if there is none with that id.

        Raises:
            ConnectorUnavailable: The order system did not answer.
            ConnectorRejected: It refused, or answered something else than an order.
        """
        ...


class _Inputs(Payload):
    order_id: Id


class OrderConnector:
    """Takes order_id; returns the fields of `Order`."""

    job_type: ClassVar[str] = "redress:order"

    def __init__(self, orders: OrderBook) -> None:
        self._orders = orders

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Look the order up; see `engine.connectors.call.Connector`."""
        order_id = read_inputs(_Inputs, call).order_id
        order = self._orders.find(order_id)
        if order is None:
            raise BusinessError(ORDER_UNKNOWN, f"there is no order {order_id!r}")
        if order.order_id != order_id:
            raise ConnectorRejected(f"order {order_id!r} was asked for, another one was answered")
        return json_values(order)
