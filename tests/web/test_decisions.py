"""Do process owners find, change, try and deploy decisions in the browser?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.harness import NARROW, screenshot

PageAs = Callable[..., Page]
DECISIONS = {"en": "Decisions", "zh": "决策"}
TRY = {"en": "Try it", "zh": "试算"}
RULE_1 = {"en": "Rule 1", "zh": "规则1"}
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
    page.keyboard.press("Enter")


def test_a_rule_that_never_decides_is_named_with_an_example_mended_and_deployed(
    page_as: PageAs,
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


def test_who_may_not_deploy_is_told_why(page_as: PageAs) -> None:
    page = page_as("mei", CLASSIFICATION)
    expect(page.get_by_text("This page is for process owners")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_row_shows_its_answer_and_the_rule_that_matched(page_as: PageAs, lang: str) -> None:
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
    screenshot(page, f"decision-try-{lang}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_diagram_of_what_needs_what_opens_without_a_foreign_word(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("oliver", CLASSIFICATION, lang=lang)
    table(page)
    expect(page.get_by_text(BACK[lang], exact=True).first).to_be_visible()
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
