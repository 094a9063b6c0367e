"""What an owner does in the modeler: open, select, fill in, deploy."""

from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import FilePayload, Locator, Page, expect

from api.demo.client import Client

FILES = Path(__file__).parent / "files"
TEXTS = {
    "en": {
        "deploy": "Deploy",
        "open": "Open a file",
        "problems": "Problems",
        "save": "Save draft",
        "why": "Why",
        "undo": "Undo",
    },
    "zh": {
        "deploy": "部署",
        "open": "打开文件",
        "problems": "问题",
        "save": "保存草稿",
        "why": "原因",
        "undo": "撤销",
    },
}


def wait_until_drawn(page: Page) -> None:
    """Wait until the diagram and the properties panel are there."""
    expect(page.locator(".djs-element").first).to_be_visible()
    expect(page.locator(".bio-properties-panel")).to_be_visible()


def warranty(name: str) -> FilePayload:
    """Return a process of one task and a timer of two days, under an id of the test's own."""
    content = (FILES / "warranty.bpmn").read_text()
    content = content.replace('id="warranty"', f'id="{name}"')
    content = content.replace('bpmnElement="warranty"', f'bpmnElement="{name}"')
    return {"name": f"{name}.bpmn", "mimeType": "text/xml", "buffer": content.encode()}


def upload(page: Page, lang: str, file: FilePayload) -> None:
    """Open a file from the library page; it becomes a draft in the modeler."""
    page.get_by_label(TEXTS[lang]["open"]).and_(page.locator("input")).set_input_files(file)
    page.wait_for_url(f"**/processes/drafts/{quote(file['name'])}")
    wait_until_drawn(page)


def select(page: Page, element_id: str) -> None:
    """Click on an element of the drawing; all of it is shown first."""
    page.locator(".app-diagram-zoom button").last.click()
    page.locator(f'.djs-element[data-element-id="{element_id}"]').first.click(force=True)


def entry(page: Page, group: str, name: str) -> Locator:
    """Open a group of the properties panel if need be, and return what is typed into."""
    section = page.locator(f'[data-group-id="group-{group}"]')
    field = section.locator(f'[data-entry-id="{name}"]')
    expect(section).to_be_visible()
    if not field.is_visible():
        section.locator(".bio-properties-panel-group-header").click()
    return field.locator("input, textarea, [contenteditable=true]").first


def rename(page: Page, element_id: str, name: str) -> None:
    """Write another name on an element."""
    select(page, element_id)
    field = entry(page, "general", "name")
    field.fill(name)
    field.blur()


def save(page: Page, lang: str) -> None:
    """Save the draft, and wait until it is saved."""
    button = page.get_by_role("button", name=TEXTS[lang]["save"])
    button.click()
    expect(button).to_be_disabled()
    expect(button).not_to_have_attribute("data-loading", "true")


def deploy(page: Page, lang: str, why: str) -> None:
    """Deploy with a reason; warnings are confirmed."""
    page.get_by_role("button", name=TEXTS[lang]["deploy"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(TEXTS[lang]["why"]).fill(why)
    confirm = dialog.locator('input[type="checkbox"]:not([value])')
    for box in confirm.all():
        box.check()
    dialog.get_by_role("button", name=TEXTS[lang]["deploy"], exact=True).click()
    expect(dialog).to_have_count(0)


def start(shop: Client, process: str) -> str:
    """Start a case; return the key of its process instance."""
    started = shop.post("demo", "/v2/process-instances", {"processDefinitionId": process})
    return str(started["processInstanceKey"])


def open_all_groups(page: Page) -> None:
    """Unfold every group of the properties panel."""
    closed = page.locator(".bio-properties-panel-group-header:not(.open):not(.empty)")
    closed.evaluate_all("headers => headers.forEach(header => header.click())")
