"""Can an auditor find what happened, see it before and after, live through it, take it along?"""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.yesterday import NUMBER

PageAs = Callable[..., Page]
WORDS = {
    "en": {
        "period": "Yesterday",
        "begun": "Begun",
        "cancelled": "Wang Lei 王磊 cancelled it",
        "replay": "Replay",
        "title": f"Replay of {NUMBER}",
        "data": "Data at that moment",
        "end": "To the end",
        "subject": "Subject",
    },
    "zh": {
        "period": "昨天",
        "begun": "发起时间",
        "cancelled": "Wang Lei 王磊取消了流程",
        "replay": "回放",
        "title": f"回放 {NUMBER}",
        "data": "当时的数据",
        "end": "跳到结尾",
        "subject": "投诉事由",
    },
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_auditor_finds_yesterdays_case_and_replays_it(page_as: PageAs, lang: str) -> None:
    words = WORDS[lang]
    page = page_as("ada", "/cases", lang=lang)
    page.get_by_label(words["begun"], exact=True).select_option(words["period"])
    page.get_by_role("link", name=NUMBER).click()
    expect(page.get_by_text(words["cancelled"])).to_be_visible()

    page.get_by_role("link", name=words["replay"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["title"])
    expect(page.locator(".djs-shape").first).to_be_visible()
    assert page.locator(".mark-active, .mark-done").count() == 0
    page.get_by_role("button", name=words["end"]).click()

    expect(page.locator(".djs-shape.mark-done").first).to_be_attached()
    data = page.get_by_role("region", name=words["data"])
    expect(data.get_by_role("row").filter(has_text=words["subject"])).to_contain_text("Cracked lid")
    expect(page.get_by_role("button", name=words["cancelled"])).to_be_visible()
    screenshot(page, f"replay-end-{lang}")


@pytest.mark.parametrize(("lang", "before"), [("en", "Before"), ("zh", "更改前")])
def test_a_row_opens_before_and_after(page_as: PageAs, lang: str, before: str) -> None:
    page = page_as("ada", f"/audit?case={NUMBER}&kind=variable_changed", lang=lang)
    page.get_by_role("button", name=re.compile(f"^{WORDS[lang]['subject']}")).click()

    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text(before)
    expect(panel).to_contain_text("Cracked lid")
    expect(panel.locator(".audit-digest")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    screenshot(page, f"audit-{lang}")


def test_history_is_searched_by_who_and_what(page_as: PageAs) -> None:
    page = page_as("ada", "/audit")
    page.get_by_role("combobox", name="Who").fill("Wang")
    page.get_by_role("option", name="Wang Lei 王磊").click()
    page.get_by_role("combobox", name="What").fill("Cancel")
    page.get_by_role("option", name="Cancelled", exact=True).click()

    expect(page).to_have_url(re.compile("person=wang&kind=cancel_requested"))
    rows = page.get_by_role("row").filter(has_text="Wang Lei 王磊 cancelled it")
    expect(rows.filter(has_text=NUMBER)).to_have_count(1)


def test_what_is_shown_is_exported(page_as: PageAs) -> None:
    page = page_as("ada", f"/audit?case={NUMBER}&person=wang")
    expect(page.get_by_role("button", name="Wang Lei 王磊 cancelled it")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Export CSV").click()

    lines = list(csv.reader(io.StringIO(download.value.path().read_text())))
    assert lines[1][-2:] == ["Time (Asia/Shanghai)", "Step"]
    assert any("cancel_requested" in line for line in lines)
    assert not any("variable_changed" in line and "mei" in line for line in lines)


def test_who_is_no_auditor_is_told_why_the_page_is_closed(page_as: PageAs, shop: Client) -> None:
    page = page_as("mei", "/audit")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Only auditors read the whole history"
    )
    expect(page.get_by_role("link", name="Audit")).to_have_count(0)
    denied = shop.get("ada", "/api/history?kind=access_denied&actor=mei")
    assert not [one for one in denied["items"] if "whole history" in str(one["details"])]


def test_history_is_readable_on_a_phone(page_as: PageAs) -> None:
    page = page_as("ada", f"/audit?case={NUMBER}", viewport=NARROW)
    expect(page.get_by_role("button", name="Wang Lei 王磊 cancelled it")).to_be_visible()
    screenshot(page, "audit-phone-en")
