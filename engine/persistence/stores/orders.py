"""Orders and the refunds paid for them, behind the built-in connectors."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from engine.domain.classification import Classification
from engine.persistence.protection import seal, unseal
from engine.persistence.retail import customer_order, order_item, refund
from engine.persistence.rows import columns_of, insert_all


class OrderItemRow(NamedTuple):
    """One line of an order; ``price_minor`` is the price of one piece in minor units."""

    sku: str
    name: str
    category: str
    price_minor: int
    quantity: int
    warranty_months: int
    returnable: bool


class OrderRow(NamedTuple):
    """One order; ``paid_minor`` is what the customer paid for it in minor units."""

    id: str
    customer_id: str
    ordered_at: datetime
    delivered_at: datetime | None
    store_id: str | None
    online: bool
    currency: str
    paid_minor: int
    items: tuple[OrderItemRow, ...]


class RefundRow(NamedTuple):
    """One refund, in minor units of its currency."""

    idempotency_key: str
    id: str
    order_id: str
    amount_minor: int
    currency: str
    reason: str
    status: str
    refunded_at: datetime


def insert(connection: Connection, rows: Sequence[OrderRow]) -> None:
    """Store new orders with their lines."""
    orders = [row._asdict() for row in rows]
    lines = [
        {"order_id": order["id"], "position": position, **item._asdict()}
        for order in orders
        for position, item in enumerate(order.pop("items"), start=1)
    ]
    insert_all(connection, customer_order, orders)
    insert_all(connection, order_item, lines)


def find(connection: Connection, order_id: str, *, lock: bool = False) -> OrderRow | None:
    """Return the order with that id; *lock* keeps others from refunding it meanwhile."""
    statement = select(customer_order).where(customer_order.c.id == order_id)
    if lock:
        statement = statement.with_for_update()
    row = connection.execute(statement).mappings().first()
    return None if row is None else OrderRow(**dict(row), items=_items(connection, order_id))


def insert_refund(connection: Connection, row: RefundRow) -> None:
    """Store a refund."""
    values = row._asdict() | {"reason": seal(row.reason, Classification.PERSONAL)}
    connection.execute(refund.insert().values(values))


def find_refund(connection: Connection, idempotency_key: str) -> RefundRow | None:
    """Return what was refunded under that key."""
    statement = select(*columns_of(refund, RefundRow)).where(
        refund.c.idempotency_key == idempotency_key
    )
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return RefundRow(**(dict(row) | {"reason": unseal(row["reason"])}))


def refunded_minor(connection: Connection, order_id: str) -> int:
    """Add up what was refunded for the order, in minor units."""
    statement = select(func.coalesce(func.sum(refund.c.amount_minor), 0)).where(
        refund.c.order_id == order_id
    )
    return int(connection.execute(statement).scalar_one())


def refund_count(connection: Connection) -> int:
    """Count the refunds of all orders."""
    return connection.execute(select(func.count()).select_from(refund)).scalar_one()


def _items(connection: Connection, order_id: str) -> tuple[OrderItemRow, ...]:
    statement = (
        select(*columns_of(order_item, OrderItemRow))
        .where(order_item.c.order_id == order_id)
        .order_by(order_item.c.position)
    )
    return tuple(OrderItemRow(**dict(row)) for row in connection.execute(statement).mappings())
