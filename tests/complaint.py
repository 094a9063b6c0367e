"""One complaint that nobody disputes: its customer, its order, and what is typed into each form."""

from collections.abc import Mapping
from datetime import UTC, datetime

from engine.bootstrap import Application
from engine.domain.identity import Actor
from engine.persistence.database import Database
from engine.persistence.stores import customers, orders
from engine.persistence.stores.customers import CustomerRow
from engine.persistence.stores.orders import OrderItemRow, OrderRow
from engine.resources import shipped_models

LI_NA = CustomerRow(
    id="K-1",
    name="李娜",
    email="li.na@example.com",
    phone=None,
    language="zh",
    segment="ordinary",
    channels=["email"],
    consent=True,
    last_surveyed_at=None,
)
KETTLE = OrderRow(
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

FORMS: Mapping[str, Mapping[str, object]] = {
    "accept_complaint": {"case_owner": "alice"},
    "acknowledge_complaint": {
        "acknowledgement_channel": "phone",
        "acknowledgement": "Alice looks into it.",
    },
    "investigate_complaint": {
        "sources": ["internal_systems"],
        "findings": "The carrier's photo shows the torn box.",
        "fault": "supplier",
    },
    "propose_solution": {
        "initial_solution": "We pay back a part of the price.",
        "proposal_channel": "phone",
        "customer_answer": "agrees",
    },
    "decide_solution": {"solution": "refund", "amount": 50, "solution_reason": "Agreed."},
    "give_feedback": {
        "feedback_problem": "The box of the kettle was torn.",
        "feedback_actions": "We spoke with the carrier.",
        "feedback_solution": "We pay back a part of the price.",
        "feedback_result": "You have received 50 CNY.",
        "feedback_channels": ["email"],
        "follow_up_person": "bo",
    },
    "verify_solution": {"solved": True},
    "archive_complaint": {"root_cause": "logistics", "repeated": False},
}
"""What is typed into each form on its way, in order."""


def prepare(app: Application, owner: Actor) -> None:
    """Deploy what is shipped, and put in the customer and the order of the complaint."""
    app.deployments.deploy(owner, shipped_models())
    furnish(app.database)


def furnish(database: Database) -> None:
    """Put in the customer and the order of the complaint."""
    with database.write() as connection:
        customers.insert(connection, [LI_NA])
        orders.insert(connection, [KETTLE])
