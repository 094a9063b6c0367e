"""Is nothing lost of what somebody types, whatever becomes of network, session and window?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import screenshot
from tests.web.shop import raise_complaint, task_of

PageAs = Callable[..., Page]
OWNER = "Case owner"
UNSAVED = "Not saved yet. It is kept in this browser"


@pytest.fixture
def task(shop: Client) -> dict[str, str]:
    """A task that Mei has."""
    made = task_of(shop, raise_complaint(shop, "Half a letter"), "accept_complaint")
    path = f"/v2/user-tasks/{made['userTaskKey']}/assignment"
    shop.post("mei", path, {"assignee": "mei"})
    return made


def opened(page_as: PageAs, task: dict[str, str]) -> Page:
    """Open the task as Mei, ready to be filled in."""
    page = page_as("mei", f"/work?task={task['userTaskKey']}&q={task['businessId']}")
    expect(page.get_by_label(OWNER)).to_be_enabled()
    return page


def beside(page: Page) -> Page:
    """Open the same address in a second window of the same browser."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label(OWNER)).to_be_enabled()
    return other


def test_without_a_network_what_is_typed_stays_and_is_saved_later(
    page_as: PageAs, shop: Client, task: dict[str, str]
) -> None:
    other = task_of(shop, raise_complaint(shop, "Unreachable"), "accept_complaint")
    page = opened(page_as, task)
    page.context.set_offline(True)
    page.get_by_label(OWNER).fill("anna")

    expect(page.get_by_text(UNSAVED)).to_be_visible()
    screenshot(page, "task-offline-en")
    page.get_by_role("searchbox").fill(other["businessId"])
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.context.set_offline(False)

    expect(page.get_by_role("row", name=other["businessId"])).to_be_visible()
    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(page.get_by_label(OWNER)).to_have_value("anna")


def test_what_the_server_did_not_take_is_there_after_the_window_was_closed(
    page_as: PageAs, task: dict[str, str]
) -> None:
    page = opened(page_as, task)
    page.route("**/draft", lambda route: route.fulfill(status=500, json={"code": "error"}))
    page.get_by_label(OWNER).fill("anna")
    expect(page.get_by_text(UNSAVED)).to_be_visible()
    again = beside(page)
    page.close()

    expect(again.get_by_label(OWNER)).to_have_value("anna")
    expect(again.get_by_text("Draft saved")).to_be_visible()


def test_of_two_windows_neither_overwrites_the_other_unseen(
    page_as: PageAs, task: dict[str, str]
) -> None:
    first = opened(page_as, task)
    second = beside(first)
    first.get_by_label(OWNER).fill("anna")
    expect(first.get_by_text("Draft saved")).to_be_visible()

    second.get_by_label(OWNER).fill("jack")
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("You have typed something else in another window")
    screenshot(second, "task-two-windows-en")
    alert.get_by_role("button", name="Show the other one").click()

    expect(second.get_by_label(OWNER)).to_have_value("anna")
    second.get_by_label(OWNER).fill("jack")
    expect(second.get_by_text("Draft saved")).to_be_visible()
    first.get_by_label(OWNER).fill("mei")
    first.get_by_role("button", name="Keep this one").click()
    expect(first.get_by_text("Draft saved")).to_be_visible()
    first.reload()
    expect(first.get_by_label(OWNER)).to_have_value("mei")


def test_a_session_that_ends_while_somebody_types_costs_a_password_only(
    page_as: PageAs, task: dict[str, str]
) -> None:
    page = opened(page_as, task)
    page.context.clear_cookies()
    page.get_by_label(OWNER).fill("anna")

    dialog = page.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_label("Password", exact=True).fill("mei")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Draft saved")).to_be_visible()
    expect(page.get_by_label(OWNER)).to_have_value("anna")


def test_what_is_typed_for_a_task_that_a_colleague_took_over_stays_on_the_page(
    page_as: PageAs, shop: Client, task: dict[str, str]
) -> None:
    page = opened(page_as, task)
    path = f"/api/user-tasks/{task['userTaskKey']}/hand-over"
    shop.post("jack", path, {"heldBy": "mei", "to": "jack"})
    page.get_by_label(OWNER).fill("anna")

    expect(page.get_by_role("alert")).to_contain_text("The draft cannot be saved any more")
    expect(page.locator(".task-head")).to_contain_text("Jack Ross has it")
    expect(page.get_by_label(OWNER)).to_have_value("anna")


def test_a_complaint_that_was_half_entered_is_still_there(page_as: PageAs) -> None:
    page = page_as("mei", "/start?process=complaint")
    page.get_by_label("Order number").first.fill("O-77")

    page.reload()

    expect(page.get_by_label("Order number").first).to_have_value("O-77")
