"""Do process owners find, change, try and deploy decisions in the browser?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.modeler import deploy, save

PageAs = Callable[..., Page]
DECISIONS = {"en": "Decisions", "zh": "决策"}
TRY = {"en": "Try it", "zh": "试算"}
RULE_1 = {"en": "Rule 1", "zh": "规则1"}
EXPECT = {"en": re.compile("^Expect this answer"), "zh": re.compile("的结果为期望$")}
AS_EXPECTED = {"en": "As expected", "zh": "符合期望"}
NOT_AS_EXPECTED = {"en": "Not as expected", "zh": "不符合期望"}
USES = {"en": "Used by", "zh": "使用情况"}
COMPLAINT = {"en": "Complaint", "zh": "投诉"}
SHOWN = {"en": "What is shown", "zh": "显示内容"}
DIAGRAM = {"en": "Diagram of all decisions", "zh": "全部决策的关系图"}
BACK = {"en": "View DRD", "zh": "查看决策图"}
CLASSIFICATION = "/decisions/complaint_classification/edit"


def table(page: Page) -> None:
    """Wait until a decision table is drawn."""
    expect(page.locator("td[data-row-id]").first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_shows_what_is_live(page_as: PageAs, lang: str) -> None:
    page = page_as("oliver", "/decisions", lang=lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(DECISIONS[lang])
    expect(page.get_by_role("link", name=re.compile("投诉分类|Complaint")).first).to_be_visible()
    screenshot(page, f"decisions-{lang}")


def type_into(page: Page, cell_id: str, text: str) -> None:
    """Write *text* into a cell of the table."""
    page.locator(f'td[data-element-id="{cell_id}"]').click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def test_a_rule_that_never_decides_is_named_with_an_example_mended_and_deployed(
    page_as: PageAs, shop: Client
) -> None:
    page = page_as("oliver", "/decisions/survey_permission/edit")
    table(page)
    problems = page.get_by_role("region", name="Problems")
    type_into(page, "survey_permission_rule_5_in_1", "true")
    expect(problems.get_by_role("status")).not_to_contain_text("None")
    problems.get_by_role("button").first.click()
    expect(problems.get_by_role("list")).to_contain_text("For consent = true")
    screenshot(page, "decision-finding")
    type_into(page, "survey_permission_rule_5_in_1", "false")
    expect(problems.get_by_role("status")).to_contain_text("None")
    page.get_by_role("button", name="Deploy", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why").fill("Say it in so many words")
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    expect(page.get_by_text("Survey permission is deployed.")).to_be_visible()
    table(page)
    cell = page.locator('td[data-element-id="survey_permission_rule_5_in_1"]')
    expect(cell).to_have_text("false")
    uses = shop.get("oliver", "/api/decisions/survey_permission/uses")["items"]
    (newest,) = [use for use in uses if use["isNewest"]]
    assert newest["version"] == 1 + max(
        (use["version"] for use in uses if not use["isNewest"]), default=1
    )  # the process was deployed again with it


def test_who_may_not_deploy_is_told_why(page_as: PageAs) -> None:
    page = page_as("mei", CLASSIFICATION)
    expect(page.get_by_text("This page is for process owners")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_row_shows_its_answer_the_rule_that_matched_and_whether_it_was_expected(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("oliver", "/decisions/survey_permission/edit", lang=lang)
    table(page)
    page.get_by_role("button", name=TRY[lang], exact=True).click()
    row = page.get_by_role("table", name=TRY[lang]).get_by_role("row").nth(1)
    for at, value in enumerate(("true", "true", "30")):
        row.get_by_role("textbox").nth(at).fill(value)
    expect(row).to_contain_text('"ground":"allowed"')
    expect(row).to_contain_text(RULE_1[lang])
    hit = page.locator('td[data-row-id="survey_permission_rule_1"]').first
    expect(hit).to_have_css("background-color", "rgb(227, 244, 228)")

    row.get_by_role("button", name=EXPECT[lang]).click()
    expect(row).to_contain_text(AS_EXPECTED[lang])
    row.get_by_role("textbox").nth(2).fill("3")
    expect(row).to_contain_text(NOT_AS_EXPECTED[lang])
    screenshot(page, f"decision-try-{lang}")


def test_an_expected_answer_stays_with_the_draft_and_warns_before_deploying(
    page_as: PageAs, shop: Client
) -> None:
    page = page_as("oliver", "/decisions")
    page.get_by_role("button", name="New decision").click()
    dialog = page.get_by_role("dialog", name="New decision")
    dialog.get_by_label("Name in English").fill("Gift voucher")
    dialog.get_by_label("Name in Chinese").fill("礼品券")
    dialog.get_by_label("What it depends on").fill("amount")
    screenshot(page, "new-decision-en")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/decisions/drafts/gift_voucher.dmn")
    table(page)

    type_into(page, "gift_voucher_rule_1_in_1", "> 100")
    type_into(page, "gift_voucher_rule_1_out_1", '"large"')
    page.get_by_role("button", name="Try it", exact=True).click()
    row = page.get_by_role("table", name="Try it").get_by_role("row").nth(1)
    row.get_by_role("textbox").first.fill("200")
    row.get_by_role("button", name=EXPECT["en"]).click()
    expect(row).to_contain_text("As expected")
    save(page, "en")
    page.reload()
    table(page)
    type_into(page, "gift_voucher_rule_1_out_1", '"huge"')
    page.get_by_role("button", name="Deploy", exact=True).click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text('Example 1 (amount = 200) expects "large"')
    dialog.get_by_label("Why").fill("Vouchers")
    expect(dialog.get_by_role("button", name="Deploy", exact=True)).to_be_disabled()
    dialog.get_by_role("checkbox", name="I have read").check()
    dialog.get_by_role("button", name="Deploy", exact=True).click()
    page.wait_for_url("**/decisions/gift_voucher/edit")
    asked = {"decisionDefinitionId": "gift_voucher", "variables": {"amount": 101}}
    answer = shop.post("demo", "/v2/decision-definitions/evaluation", asked)
    assert answer["output"] == '"huge"'


def test_an_earlier_version_is_looked_at_without_harm_and_restored(page_as: PageAs) -> None:
    page = page_as("oliver", "/decisions/survey_permission/edit")
    table(page)
    days = "survey_permission_rule_1_in_3"
    cell = page.locator(f'td[data-element-id="{days}"]')
    type_into(page, days, ">= 29")
    page.get_by_role("button", name="Undo").click()
    expect(cell).not_to_have_text(">= 29")
    page.keyboard.press("Control+y")
    expect(cell).to_have_text(">= 29")
    deploy(page, "en", "A day more")
    expect(page.get_by_text("as deployed")).to_be_visible()
    table(page)
    type_into(page, days, ">= 30")
    save(page, "en")

    page.get_by_role("combobox", name="Earlier versions").click()
    page.get_by_role("option", name="Version 1").click()
    expect(cell).to_have_text(">= 28")
    expect(page.get_by_role("note")).to_contain_text("live from")
    screenshot(page, "decision-earlier")
    page.get_by_role("link", name="Decisions").click()
    page.get_by_role("link", name="Survey permission").click()
    expect(cell).to_have_text(">= 30")

    page.get_by_role("combobox", name="Earlier versions").click()
    page.get_by_role("option", name="Version 1").click()
    page.get_by_role("button", name="Restore as draft").click()
    page.get_by_role("dialog").get_by_role("button", name="Replace the draft").click()
    expect(page.get_by_text("draft saved by Oliver")).to_be_visible()
    expect(cell).to_have_text(">= 28")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_diagram_of_what_needs_what_opens_without_a_foreign_word(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("oliver", CLASSIFICATION, lang=lang)
    table(page)
    expect(page.get_by_text(BACK[lang], exact=True).first).to_be_visible()
    page.get_by_role("button", name=USES[lang]).click()
    expect(page.get_by_role("link", name=COMPLAINT[lang]).first).to_be_visible()
    screenshot(page, f"decision-{lang}")
    page.get_by_role("combobox", name=SHOWN[lang]).click()
    page.get_by_role("option", name=DIAGRAM[lang]).click()
    expect(page.locator('.djs-element[data-element-id="complaint_type"]')).to_be_visible()
    screenshot(page, f"decision-diagram-{lang}")


def test_the_mark_of_bpmn_io_is_in_sight_and_uncovered(page_as: PageAs) -> None:
    page = page_as("oliver", CLASSIFICATION)
    table(page)
    mark = page.locator(".bjs-powered-by, .powered-by").first
    expect(mark).to_be_visible()
    mark.click(trial=True)


def test_a_decision_opens_on_a_narrow_screen(page_as: PageAs) -> None:
    page = page_as("oliver", CLASSIFICATION, viewport=NARROW)
    table(page)
    screenshot(page, "decision-narrow")
