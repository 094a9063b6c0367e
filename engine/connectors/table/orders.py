"""An order system in our own tables."""

from engine.connectors.currency import from_minor
from engine.connectors.order import Order, OrderItem
from engine.persistence.database import Database
from engine.persistence.stores import orders


class TableOrders:
    """Reads the order tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, order_id: str) -> Order | None:
        """Return the order, or None; see `engine.connectors.order.OrderBook`."""
        with self._database.read() as connection:
            row = orders.find(connection, order_id)
        if row is None:
            return None
        items = [
            OrderItem(price=from_minor(item.price_minor, row.currency), **item._asdict())
            for item in row.items
        ]
        return Order(order_id=row.id, **(row._asdict() | {"items": items}))
