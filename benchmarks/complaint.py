"""The shipped complaint process as a load: deploy it once, open complaints, live through them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from engine.persistence.schema import user_task
from engine.persistence.stores import customers, orders
from engine.persistence.stores.customers import CustomerRow
from engine.persistence.stores.orders import OrderItemRow, OrderRow
from engine.resources import shipped_models

OWNER = Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER}))
AGENT = Actor(username="alice", groups=frozenset({Role.AGENT}))

COMPLAINT: Mapping[str, object] = {
    "channel": "phone",
    "source": "internal",
    "customer_id": "K-1",
    "order_id": "O-1",
    "topic": "packaging",
    "subject": "Torn box",
    "description": "The box of the kettle was torn open.",
    "feedback_channels": ["email"],
}
"""What the start form collects."""

COMPLETIONS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("accept_complaint", {"case_owner": "alice"}),
    (
        "acknowledge_complaint",
        {"acknowledgement_channel": "phone", "acknowledgement": "Alice looks into it."},
    ),
    (
        "investigate_complaint",
        {
            "sources": ["internal_systems"],
            "findings": "The carrier's photo shows the torn box.",
            "fault": "supplier",
        },
    ),
)
"""The first three forms of a complaint that nobody disputes, with what is typed into them."""

_CUSTOMER = CustomerRow(
    id="K-1",
    name="Li Na",
    email="li.na@example.com",
    phone=None,
    language="zh",
    segment="ordinary",
    channels=["email"],
    consent=True,
    last_surveyed_at=None,
)
_ORDER = OrderRow(
    id="O-1",
    customer_id="K-1",
    ordered_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
    delivered_at=datetime(2026, 2, 22, 9, tzinfo=UTC),
    store_id=None,
    online=True,
    currency="CNY",
    paid_minor=12_950,
    items=(
        OrderItemRow(
            sku="KET-7",
            name="Kettle",
            category="kitchen",
            price_minor=12_950,
            quantity=1,
            warranty_months=24,
            returnable=True,
        ),
    ),
)


def prepare(app: Application) -> None:
    """Deploy what is shipped, and put in the customer and the order of the complaints."""
    app.deployments.deploy(OWNER, shipped_models())
    with app.database.write() as connection:
        customers.insert(connection, [_CUSTOMER])
        orders.insert(connection, [_ORDER])


def open_complaint(app: Application) -> int:
    """Open a complaint and let its look-ups run; return the instance's key."""
    key = app.instances.create(AGENT, process_id="complaint", variables=COMPLAINT).key
    app.background.run_until_idle()
    return key


def task_of(app: Application, instance_key: int, element_id: str) -> int:
    """Return the key of the open task of an instance at an element."""
    wanted = (
        user_task.c.process_instance_key == instance_key,
        user_task.c.element_id == element_id,
        user_task.c.state == "CREATED",
    )
    with app.database.read() as connection:
        return int(connection.execute(select(user_task.c.key).where(*wanted)).scalar_one())


def complete(app: Application, instance_key: int, step: int) -> None:
    """Complete the form of that place in `COMPLETIONS`."""
    element_id, entered = COMPLETIONS[step]
    app.user_tasks.complete(AGENT, task_of(app, instance_key, element_id), entered)
