"""Do process owners find, change, mend and deploy processes in the browser?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.harness import screenshot
from tests.web.modeler import draw, select

PageAs = Callable[..., Page]
FILES = Path(__file__).parent / "files"
PROCESSES = {"en": "Processes", "zh": "流程"}
COMPLAINT = {"en": "Complaint", "zh": "投诉"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_library_shows_what_is_live_and_leads_to_the_diagram(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("oliver", "/processes", lang=lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(PROCESSES[lang])
    row = page.get_by_role("row").filter(has_text=re.compile(COMPLAINT[lang]))
    expect(row.first).to_be_visible()
    screenshot(page, f"library-{lang}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_shipped_diagram_opens_without_an_error_or_a_foreign_word(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("oliver", "/processes/complaint/edit", lang=lang)
    draw(page)
    screenshot(page, f"modeler-{lang}")
    select(page, "classify_complaint")
    screenshot(page, f"modeler-task-{lang}")
