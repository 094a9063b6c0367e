"""What an owner does in the modeler: select, fill in, save, deploy."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

WARRANTY = Path(__file__).parent / "files" / "warranty.bpmn"
PROBLEMS = {"en": "Problems", "zh": "问题"}


def draw(page: Page) -> None:
    """Wait until the diagram is drawn."""
    expect(page.locator(".djs-element").first).to_be_visible()
    expect(page.locator(".bio-properties-panel")).to_be_visible()


def select(page: Page, element_id: str) -> None:
    """Click on an element of the drawing."""
    page.locator(f'.djs-element[data-element-id="{element_id}"]').first.click(force=True)
    expect(page.locator(".bio-properties-panel-header")).to_be_visible()


def group(page: Page, name: str) -> Locator:
    """Open a group of the properties panel, and return it."""
    found = page.locator(".bio-properties-panel-group").filter(
        has=page.locator(f'.bio-properties-panel-group-header-title[data-title="{name}"]')
    )
    header = found.locator(".bio-properties-panel-group-header").first
    if "open" not in (header.get_attribute("class") or "").split():
        header.click()
    return found
