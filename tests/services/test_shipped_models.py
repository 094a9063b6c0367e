"""Do the shipped models, deployed together, keep the promises that need the whole application?"""

from datetime import timedelta

import pytest

from engine.errors import InvalidInput
from engine.persistence.stores import deliveries
from tests import complaint
from tests.services.conftest import ALICE, OLIVIA, Desk

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
    complaint.prepare(desk.app, OLIVIA)
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
    key = shop.start("complaint", **complaint.COMPLAINT)
    shop.work()
    for element_id in tuple(complaint.FORMS)[:5]:
        shop.complete(element_id, **complaint.FORMS[element_id])
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
