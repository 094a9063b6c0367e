"""Does an agent who has no mouse handle a complaint to its end?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import screenshot
from tests.web.keyboard import Entry, choose_task, fill_in
from tests.web.shop import raise_complaint, task_of

PageAs = Callable[..., Page]
PHONE = 3

STORY: list[tuple[str, dict[str, Entry]]] = [
    ("accept_complaint", {"case_owner": "anna"}),
    (
        "acknowledge_complaint",
        {"acknowledgement_channel": PHONE, "acknowledgement": "Anna looks into it."},
    ),
    ("investigate_complaint", {"sources": 1, "findings": "The photo shows it.", "fault": 1}),
    (
        "propose_solution",
        {"initial_solution": "Some points.", "proposal_channel": PHONE, "customer_answer": 0},
    ),
    ("decide_solution", {"solution": 4, "points": "20", "solution_reason": "Agreed."}),
    (
        "give_feedback",
        {
            "feedback_problem": "A torn box.",
            "feedback_actions": "We spoke with the carrier.",
            "feedback_solution": "Points.",
            "feedback_result": "20 points.",
            "follow_up_person": "anna",
        },
    ),
    ("verify_solution", {"solved": 0}),
    ("archive_complaint", {"root_cause": 4}),
]


@pytest.mark.timeout(280)
def test_an_agent_handles_a_complaint_to_its_end_by_keyboard_alone(
    page_as: PageAs, shop: Client
) -> None:
    instance = raise_complaint(shop, "Keys only", feedback_channels=["phone"])
    number = task_of(shop, instance, "accept_complaint")["businessId"]
    page = page_as("anna", "/work")
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"q={number}"))  # nobody else's work is in the way

    for element, entries in STORY:
        task = task_of(shop, instance, element)
        choose_task(page, number, task["customHeaders"]["name.en"])
        first_field = f"-{element}_{next(iter(entries))}"
        expect(page.locator(f'form [id*="{first_field}"]').first).to_be_attached()
        if task["assignee"] is None:
            page.keyboard.press("c")
        else:
            page.keyboard.press("Enter")
        expect(page.locator("form :focus")).to_have_count(1)
        fill_in(page, element, entries)
        with page.expect_response("**/completion") as completed:
            page.keyboard.press("Control+Enter")
        assert completed.value.ok, (element, completed.value.text())
    screenshot(page, "work-done-en")

    state = shop.get("demo", f"/v2/process-instances/{instance}")["state"]
    assert state == "COMPLETED"
