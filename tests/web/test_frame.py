"""Does the frame around all pages work: signing in and out, languages, keys, lost sessions?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.harness import NARROW, screenshot

PageAs = Callable[..., Page]


@pytest.mark.parametrize(
    ("lang", "heading", "label"), [("en", "Sign in", "Password"), ("zh", "登录", "密码")]
)
def test_a_visitor_signs_in_and_arrives_where_he_wanted_to(
    page_as: PageAs, lang: str, heading: str, label: str
) -> None:
    page = page_as(None, "/work?x=1", lang=lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    screenshot(page, f"sign-in-{lang}")

    page.get_by_role("textbox").first.fill("mei")
    page.get_by_label(label, exact=True).fill("mei")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text({"en": "Work", "zh": "工作"}[lang])
    expect(page).to_have_url(re.compile(r"/work\?x=1"))
    screenshot(page, f"frame-{lang}")


def test_a_wrong_password_is_said_in_words_and_keeps_the_name(page_as: PageAs) -> None:
    page = page_as(None)
    page.get_by_role("textbox", name="User name").fill("mei")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("User name or password is wrong")
    expect(page.get_by_role("textbox", name="User name")).to_have_value("mei")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_the_demos_people_sign_in_with_one_press(page_as: PageAs) -> None:
    page = page_as(None, lang="zh")
    page.get_by_role("button", name="Lin Mei 林梅").click()

    expect(page.get_by_role("banner")).to_contain_text("Lin Mei 林梅")
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()


def test_signing_out_ends_at_the_sign_in_page(page_as: PageAs) -> None:
    page = page_as("mei")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_language_is_remembered_by_the_next_browser(page_as: PageAs) -> None:
    page = page_as("jack")
    with page.expect_response("**/api/session/language"):
        page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")

    other = page_as(None)
    other.get_by_role("button", name="Jack Ross").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("工作")


def test_an_unknown_address_is_said_to_be_unknown(page_as: PageAs) -> None:
    page = page_as("mei", "/work/no/such/page")

    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    screenshot(page, "not-found-en")


def test_a_question_mark_lists_the_keys(page_as: PageAs) -> None:
    page = page_as("mei", "/work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Work")
    page.keyboard.press("?")

    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("rowheader", name="?")).to_be_visible()


def test_single_keys_can_be_switched_off(page_as: PageAs) -> None:
    page = page_as("mei", "/work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Work")
    page.keyboard.press("?")
    page.get_by_role("switch", name="Single letters are keys").press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_tab_leads_past_the_navigation(page_as: PageAs) -> None:
    page = page_as("mei", "/work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Work")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_without_a_connection_the_page_says_so(page_as: PageAs) -> None:
    page = page_as("mei", "/work")
    expect(page.get_by_role("heading", level=1)).to_have_text("Work")
    page.context.set_offline(True)
    expect(page.get_by_text("No connection.")).to_be_visible()
    screenshot(page, "offline-en")

    page.context.set_offline(False)
    expect(page.get_by_text("No connection.")).to_have_count(0)


def test_on_a_phone_the_navigation_opens_from_a_button(page_as: PageAs) -> None:
    page = page_as("mei", "/work", viewport=NARROW)
    page.get_by_role("button", name="Show or hide the navigation").click()

    expect(page.get_by_role("link", name="Work", exact=True)).to_be_in_viewport()


def test_the_frame_is_legible_in_the_dark(page_as: PageAs) -> None:
    page = page_as("mei", "/work", scheme="dark")

    expect(page.get_by_role("heading", level=1)).to_have_text("Work")


NAVIGATION = {
    "mei": "Work, Start, Cases",
    "bao": "Work, Start, Cases",
    "wang": "Work, Start, Cases",
    "otto": "Work, Start, Cases, Operations",
    "oliver": "Start, Cases, Processes, Imports, Decisions, Forms",
    "ada": "Cases, Audit",
}
"""What each role is offered, between nothing and "My account"."""


def test_everybody_is_offered_the_pages_of_the_own_role_and_no_other(page_as: PageAs) -> None:
    for who, pages in NAVIGATION.items():
        page = page_as(who, "/account")
        offered = page.get_by_role("navigation", name="Main").get_by_role("link")
        expect(offered).to_have_text([*pages.split(", "), "My account"])
        page.close()


def test_an_auditor_who_comes_to_the_work_list_is_told_why_it_is_empty(page_as: PageAs) -> None:
    page = page_as("ada", "/work")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your role has no tasks")
    page.get_by_role("link", name="To the cases").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")
