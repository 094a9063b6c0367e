"""A database with one customer and one order, and a retailer's systems that know the same."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

import pytest

from engine.connectors.call import ConnectorCall
from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.transport import HttpTransport
from engine.persistence.database import Database
from engine.persistence.stores import customers, orders
from tests.connectors.retail_system import RetailSystem, serve

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

LI_NA = customers.CustomerRow(
    id="C-1",
    name="李娜",
    email="li.na@example.com",
    phone="+86 10 5555 0100",
    language="zh",
    segment="important",
    channels=["email", "sms"],
    consent=True,
    last_surveyed_at=datetime(2026, 1, 5, 8, 30, tzinfo=UTC),
)
KETTLE = orders.OrderRow(
    id="O-1",
    customer_id="C-1",
    ordered_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
    delivered_at=None,
    store_id=None,
    online=True,
    currency="CNY",
    paid_minor=25_900,
    items=(
        orders.OrderItemRow(
            sku="KET-7",
            name="Kettle",
            category="kitchen",
            price_minor=12_950,
            quantity=2,
            warranty_months=24,
            returnable=True,
        ),
    ),
)

MakeCall = Callable[..., ConnectorCall]


@pytest.fixture
def call() -> MakeCall:
    """Make a call with these inputs; the idempotency key is ``job-1`` unless said otherwise."""

    def make(inputs: Mapping[str, object], *, key: str = "job-1") -> ConnectorCall:
        return ConnectorCall(
            idempotency_key=key,
            inputs=inputs,
            now=NOON,
            process_instance_key=42,
            element_id="the_task",
        )

    return make


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """A database that knows Li Na and her two kettles."""
    made = Database(sqlite_url, synchronous="OFF")
    with made.write() as connection:
        customers.insert(connection, [LI_NA])
        orders.insert(connection, [KETTLE])
    yield made
    made.close()


@pytest.fixture
def retail_system() -> Iterator[RetailSystem]:
    """The same customer and order behind HTTP."""
    system = RetailSystem(
        customers={
            "C-1": {
                "customer_id": "C-1",
                "name": "李娜",
                "email": "li.na@example.com",
                "phone": "+86 10 5555 0100",
                "language": "zh",
                "segment": "important",
                "channels": ["email", "sms"],
                "consent": True,
                "last_surveyed_at": "2026-01-05T16:30:00+08:00",
                "password_hash": "nobody asked for this",
            }
        },
        orders={
            "O-1": {
                "order_id": "O-1",
                "customer_id": "C-1",
                "ordered_at": "2026-02-20T09:00:00Z",
                "delivered_at": None,
                "store_id": None,
                "online": True,
                "currency": "CNY",
                "items": [
                    {
                        "sku": "KET-7",
                        "name": "Kettle",
                        "category": "kitchen",
                        "price": "129.50",
                        "quantity": 2,
                        "warranty_months": 24,
                        "returnable": True,
                    }
                ],
            }
        },
        left_to_refund={"O-1": 259.0},
    )
    server = serve(system)
    yield system
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(retail_system: RetailSystem) -> JsonClient:
    """A client of the retailer's systems with a short patience and a token."""
    return JsonClient(
        system="payments",
        base_url=retail_system.url,
        token="s3cret-token",
        transport=HttpTransport(timeout_seconds=5),
    )
