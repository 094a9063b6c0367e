"""Do administrators look after people, and does everybody look after his own account?"""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.shop import raise_complaint, task_of

PageAs = Callable[..., Page]
PASSWORD = "a long password"


@pytest.fixture
def newcomer(shop: Client) -> str:
    """The user name of somebody who belongs to no group yet."""
    username = f"new-{uuid.uuid4().hex[:8]}"
    body = {"username": username, "password": PASSWORD, "name": f"Newcomer {username}"}
    shop.post("demo", "/v2/users", body)
    return username


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_role("textbox").first.fill(username)
    page.locator('input[type="password"]').fill(password)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("lang", "group"), [("en", "Agent"), ("zh", "客服专员")])
def test_who_is_put_into_a_group_signs_in_and_sees_its_work(
    page_as: PageAs, shop: Client, newcomer: str, lang: str, group: str
) -> None:
    task = task_of(shop, raise_complaint(shop, "Dented tin"), "accept_complaint")
    admin = page_as("demo", f"/people?person={newcomer}&q={newcomer}", lang=lang)
    box = admin.get_by_role("dialog").get_by_role("checkbox", name=group, exact=True)
    with admin.expect_response("**/v2/groups/agent/users/*"):
        box.press("Space")
    expect(box).to_be_checked()
    screenshot(admin, f"person-{lang}")

    page = page_as(None, f"/work?q={task['businessId']}", lang=lang)
    sign_in(page, newcomer)

    expect(page.get_by_role("row").nth(1)).to_contain_text(task["businessId"])


@pytest.mark.parametrize(
    ("lang", "add", "create"), [("en", "Add a person", "Add"), ("zh", "添加人员", "添加")]
)
def test_an_administrator_adds_a_person(page_as: PageAs, lang: str, add: str, create: str) -> None:
    username = f"zoe-{uuid.uuid4().hex[:8]}"
    page = page_as("demo", "/people", lang=lang)
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    screenshot(page, f"people-{lang}")
    page.get_by_role("button", name=add).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").nth(0).fill(username)
    dialog.get_by_role("textbox").nth(1).fill("Zoe Tan")
    dialog.locator('input[type="password"]').fill("short")
    dialog.get_by_role("button", name=create, exact=True).click()
    expect(dialog.locator('input[type="password"]')).to_have_attribute("aria-invalid", "true")

    dialog.locator('input[type="password"]').fill(PASSWORD)
    dialog.get_by_role("button", name=create, exact=True).click()

    expect(page.get_by_role("dialog")).to_contain_text(f"Zoe Tan ({username})")


def test_who_is_disabled_cannot_sign_in(page_as: PageAs, newcomer: str) -> None:
    admin = page_as("demo", f"/people?person={newcomer}&q={newcomer}")
    panel = admin.get_by_role("dialog")
    panel.get_by_role("switch", name="May sign in").press("Space")
    panel.get_by_role("button", name="Save").click()
    expect(admin.locator("tbody")).to_contain_text("Disabled")

    page = page_as(None, "/work")
    sign_in(page, newcomer)

    expect(page.get_by_role("alert")).to_contain_text("User name or password is wrong")


def test_a_revoked_session_signs_in_again_without_losing_what_was_typed(
    page_as: PageAs, shop: Client
) -> None:
    task = task_of(shop, raise_complaint(shop, "Cracked lid"), "accept_complaint")
    page = page_as("anna", f"/work?task={task['userTaskKey']}&q={task['businessId']}")
    expect(page.locator(".task-head")).to_contain_text(task["businessId"])
    page.keyboard.press("c")
    page.get_by_label("Case owner").fill("anna")
    expect(page.get_by_text("Draft saved")).to_be_visible()

    admin = page_as("demo", "/people?person=anna&q=anna")
    panel = admin.get_by_role("dialog")
    ending = panel.get_by_role("button", name="Sign out")
    expect(ending.first).to_be_visible()
    while ending.count():
        before = ending.count()
        ending.first.click()
        expect(ending).to_have_count(before - 1)
    page.wait_for_timeout(3_500)  # other nodes, and this one's memory, believe a session 3 s
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_label("Password", exact=True).fill("anna")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Done: Accept and confirm classification")).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "change", "changed"),
    [
        ("en", "Change password", "The password is changed."),
        ("zh", "更改密码", "密码已更改。"),
    ],
)
def test_one_changes_ones_own_password(
    page_as: PageAs, newcomer: str, lang: str, change: str, changed: str
) -> None:
    page = page_as(None, "/account", lang=lang)
    sign_in(page, newcomer)
    expect(page.get_by_role("button", name=change)).to_be_visible()
    fields = page.locator('main input[type="password"]')
    fields.nth(0).fill("not the password")
    fields.nth(1).fill("another long password")
    page.get_by_role("button", name=change).click()
    expect(fields.nth(0)).to_have_attribute("aria-invalid", "true")
    screenshot(page, f"account-{lang}")

    fields.nth(0).fill(PASSWORD)
    page.get_by_role("button", name=change).click()

    expect(page.get_by_text(changed)).to_be_visible()


def test_people_are_for_administrators(page_as: PageAs) -> None:
    page = page_as("mei", "/people")

    expect(page.get_by_role("alert")).to_contain_text("You may not do this")
    expect(page.get_by_role("link", name="People", exact=True)).to_have_count(0)


def test_a_person_fits_a_phone(page_as: PageAs) -> None:
    page = page_as("demo", "/people?q=Lin&person=mei", viewport=NARROW)

    expect(page.get_by_role("dialog").get_by_label("Name", exact=True)).to_have_value(
        "Lin Mei 林梅"
    )
    screenshot(page, "person-phone")
