"""Do the shipped models, deployed together, keep the promises that need the whole application?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from engine.persistence.stores import customers, deliveries, orders
from tests.services.conftest import ALICE, OLIVIA, Desk

ROOT = Path(__file__).parents[2]
PATTERNS = ("workflows/bpmn/*.bpmn", "workflows/dmn/*.dmn", "forms/*.form")
LI_NA = customers.CustomerRow(
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
KETTLE = orders.OrderRow(
    id="O-1",
    customer_id="K-1",
    ordered_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
    delivered_at=datetime(2026, 2, 22, 9, tzinfo=UTC),
    store_id=None,
    online=True,
    currency="CNY",
    paid_minor=12_950,
    items=(
        orders.OrderItemRow(
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
COMPLAINT = {
    "channel": "phone",
    "source": "internal",
    "customer_id": "K-1",
    "order_id": "O-1",
    "topic": "packaging",
    "subject": "Torn box",
    "description": "The box of the kettle was torn open.",
    "feedback_channels": ["email"],
}
FOUR_PARTS = {
    "feedback_problem": "水壶的包装箱破损。",
    "feedback_actions": "我们与承运商核实了情况。",
    "feedback_solution": "We pay back a part of the price.",
    "feedback_result": "You have received 50 CNY.",
}
DAY = timedelta(days=1)
SURVEYED_AFTER = 6 * DAY
"""When the survey of an ordinary customer has left, and nobody has answered yet."""


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """The shipped models, one customer and one order."""
    files = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
    desk.app.deployments.deploy(OLIVIA, {path.name: path.read_bytes() for path in files})
    with desk.app.database.write() as connection:
        customers.insert(connection, [LI_NA])
        orders.insert(connection, [KETTLE])
    return desk


def letters(shop: Desk) -> list[str]:
    """Return the subjects and bodies of all letters, in the order they were sent."""
    with shop.app.database.read() as connection:
        return [f"{mail.subject}\n{mail.body}" for mail in deliveries.sent_mails(connection)]


def instance_of(shop: Desk, number: str) -> dict[str, object]:
    """Return the one process instance of a case."""
    (row,) = (r for r in shop.rows("process_instance") if r["business_id"] == number)
    return row


def facts_of(shop: Desk, instance: dict[str, object]) -> list[dict[str, object]]:
    """Return the history of a process instance."""
    return [fact for fact in shop.rows("history") if fact["stream_key"] == instance["key"]]


def solved_matter(shop: Desk, number: str) -> None:
    """Ask for a follow-up of a matter that is solved for certain."""
    shop.app.messages.publish(
        ALICE,
        name="follow_up_requested",
        correlation_key=number,
        variables={
            "customer_id": "K-1",
            "source_process": "complaint",
            "source_number": number,
            "subject": "Torn box",
            "service_completed_at": shop.app.clock.now().isoformat(),
            "already_confirmed": True,
            "warranty_until": None,
        },
        business_id=number,
    )


def complaint_to_be_answered(shop: Desk) -> int:
    """Live through a complaint until the customer is to be told; return the instance's key."""
    key = shop.start("complaint", **COMPLAINT)
    shop.work()
    shop.complete("accept_complaint", case_owner="alice")
    shop.complete(
        "acknowledge_complaint",
        acknowledgement_channel="phone",
        acknowledgement="Alice looks into it.",
    )
    shop.complete(
        "investigate_complaint",
        sources=["internal_systems"],
        findings="The carrier's photo shows the torn box.",
        fault="supplier",
    )
    shop.complete(
        "propose_solution",
        initial_solution="We pay back a part of the price.",
        proposal_channel="phone",
        customer_answer="agrees",
    )
    shop.complete("decide_solution", solution="refund", amount=50, solution_reason="Agreed.")
    shop.work()
    return key


def told(shop: Desk, **changes: str) -> None:
    """Complete the feedback to the customer."""
    shop.complete(
        "give_feedback",
        **FOUR_PARTS | changes,
        feedback_channels=["email"],
        follow_up_person="bo",
    )


def test_a_second_follow_up_within_28_days_does_not_ask_the_customer_again(shop: Desk) -> None:
    solved_matter(shop, "C-1")
    shop.passes(SURVEYED_AFTER)
    assert len(letters(shop)) == 1

    solved_matter(shop, "C-2")
    shop.passes(SURVEYED_AFTER)

    assert not [letter for letter in letters(shop) if "C-2" in letter]
    second = instance_of(shop, "C-2")
    assert second["state"] == "COMPLETED"
    visited = [fact["element_id"] for fact in facts_of(shop, second)]
    assert "closed_without_survey" in visited


def test_a_follow_up_after_28_days_asks_again(shop: Desk) -> None:
    solved_matter(shop, "C-1")
    shop.passes(SURVEYED_AFTER + 28 * DAY)

    solved_matter(shop, "C-2")
    shop.passes(SURVEYED_AFTER)

    assert any("C-2" in letter for letter in letters(shop))


def test_a_complaint_and_its_follow_up_bear_the_number_of_the_case(shop: Desk) -> None:
    key = complaint_to_be_answered(shop)
    told(shop)
    shop.work()
    shop.complete("verify_solution", solved=True)
    shop.work()

    case = {row["process_id"]: row for row in shop.rows("process_instance")}
    assert {row["business_id"] for row in case.values()} == {"2026-000001"}
    assert shop.variables(key)["complaint_number"] == '"2026-000001"'
    assert shop.variables(case["follow_up"]["key"])["follow_up_number"] == '"2026-000001"'
    assert "2026-000001" in letters(shop)[-1]


def test_feedback_with_an_empty_part_is_refused_and_stays_to_be_written(shop: Desk) -> None:
    complaint_to_be_answered(shop)

    with pytest.raises(InvalidInput) as refusal:
        told(shop, feedback_actions="  \u3000  \n")

    assert [problem.pointer for problem in refusal.value.problems] == ["/feedback_actions"]
    assert "give_feedback" in shop.open_tasks()
