"""Can the first person contacted start what the customer needs?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.shop import CUSTOMER, ORDER

PageAs = Callable[..., Page]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "ffff3f0005fe02fedccc59e70000000049454e44ae426082"
)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list of form-js."""
    page.get_by_label(label).focus()
    page.locator(".fjs-dropdownlist-item", has_text=option).click()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_one_may_start_is_listed_by_name(page_as: PageAs, lang: str) -> None:
    page = page_as("mei", "/start", lang=lang)
    name = {"en": "Complaint", "zh": "投诉处理"}[lang]

    page.get_by_role("link", name=name).click()

    expect(page.locator("form")).to_be_visible()
    screenshot(page, f"start-{lang}")


def test_a_complaint_is_started_with_a_photo(page_as: PageAs, shop: Client, tmp_path: Path) -> None:
    photo = tmp_path / "box.png"
    photo.write_bytes(PIXEL)
    page = page_as("mei", "/start?process=complaint")
    choose(page, "Channel", "Phone")
    page.get_by_label("Customer number").fill(CUSTOMER)
    page.get_by_label("Order number").fill(ORDER)
    choose(page, "What is it about?", "Packaging damaged")
    page.get_by_label("Raised with us").check()
    page.get_by_label("In one line").fill("Torn box")
    page.get_by_label("What happened").fill("The box of the kettle was torn open.")
    page.get_by_label("Phone", exact=True).check()
    page.locator("input[type=file]").set_input_files(photo)

    page.get_by_role("button", name="Start", exact=True).click()

    expect(page.get_by_role("heading", name="Started: Complaint")).to_be_focused()
    screenshot(page, "started-en")
    page.get_by_role("link", name="Show its tasks").click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()


def test_what_is_missing_is_said_before_anything_is_sent(page_as: PageAs) -> None:
    page = page_as("mei", "/start?process=complaint", lang="zh", viewport=NARROW)

    page.get_by_role("button", name="发起", exact=True).click()

    expect(page.get_by_text("此项必填。").first).to_be_visible()
    screenshot(page, "start-required-phone-zh")


def test_who_may_start_nothing_is_told_so(page_as: PageAs) -> None:
    page = page_as("ada", "/start")

    expect(page.get_by_text("Nothing that you may start")).to_be_visible()
