"""Do process owners find, change, mend and deploy processes in the browser?"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from engine.resources import shipped_models
from tests.web.harness import NARROW, screenshot
from tests.web.meaning import meaning
from tests.web.modeler import (
    FILES,
    TEXTS,
    deploy,
    entry,
    open_all_groups,
    rename,
    save,
    select,
    start,
    upload,
    wait_until_drawn,
    warranty,
)

PageAs = Callable[..., Page]
LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])
RED = "rgb(176, 42, 42)"
LEGIBLE = 0.74
PROCESSES = {"en": "Processes", "zh": "流程"}
COMPLAINT = {"en": "Complaint", "zh": "投诉"}


@LANGUAGES
def test_the_library_shows_what_is_live(page_as: PageAs, lang: str) -> None:
    page = page_as("oliver", "/processes", lang=lang)

    expect(page.get_by_role("heading", level=1)).to_have_text(PROCESSES[lang])
    expect(page.get_by_role("link", name=COMPLAINT[lang])).to_be_visible()
    screenshot(page, f"library-{lang}")


def test_the_library_fits_a_phone(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes", viewport=NARROW)

    expect(page.get_by_role("link", name="Complaint")).to_be_visible()
    screenshot(page, "library-narrow")


@pytest.mark.parametrize("path", ["/processes", "/processes/complaint/edit", "/imports"])
def test_who_is_no_owner_is_told_so(page_as: PageAs, path: str) -> None:
    page = page_as("mei", path)

    expect(page.get_by_role("heading", level=1)).to_have_text("This page is for process owners")
    expect(page.get_by_role("link", name="Processes")).to_have_count(0)


@LANGUAGES
def test_a_shipped_diagram_opens_with_its_properties(page_as: PageAs, lang: str) -> None:
    page = page_as("oliver", "/processes", lang=lang)
    refused: list[str] = []
    page.on("response", lambda answer: answer.ok or refused.append(answer.url))
    page.get_by_role("link", name=COMPLAINT[lang]).click()
    wait_until_drawn(page)
    assert not refused
    assert _scale(page) >= LEGIBLE
    screenshot(page, f"modeler-{lang}")

    select(page, "classify_complaint")
    expect(page.locator('[data-group-id="group-outputs"]')).to_be_visible()
    expect(page.locator('[data-group-id$="Listeners"]')).to_have_count(0)

    header = page.locator(".bio-properties-panel-header-type")
    expect(header).to_have_text({"en": "Business Rule Task", "zh": "业务规则任务"}[lang])
    screenshot(page, f"modeler-task-{lang}")


def test_the_mark_of_bpmn_io_is_visible_and_uncovered(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes/follow_up/edit")
    wait_until_drawn(page)
    mark = page.locator(".bjs-powered-by")
    box = mark.bounding_box()
    assert box

    on_top = mark.evaluate(
        "(mark, [x, y]) => mark.contains(document.elementFromPoint(x, y))",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )

    assert on_top


@LANGUAGES
def test_a_changed_deadline_is_mended_deployed_and_meant_for_the_next_case(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    process = f"warranty_{lang}"
    page = page_as("oliver", "/processes", lang=lang)
    upload(page, lang, warranty(process))
    deploy(page, lang, "First version")
    page.wait_for_url(f"**/processes/{process}/edit")
    running = start(shop, process)

    select(page, "two_days_waited")
    _write_duration(page, "3 days")
    expect(page.locator(".modeler-finding-error")).to_be_visible()
    page.get_by_role("button", name=TEXTS[lang]["deploy"], exact=True).click()
    page.get_by_role("dialog").get_by_label(TEXTS[lang]["why"]).fill("Three days")
    screenshot(page, f"deploy-blocked-{lang}")
    blocked = page.get_by_role("dialog").get_by_role("button", name=TEXTS[lang]["deploy"])
    expect(blocked.last).to_be_disabled()
    page.keyboard.press("Escape")

    select(page, "claim_received")
    page.get_by_role("button", name=re.compile(f"^{TEXTS[lang]['problems']}")).press("Enter")
    page.get_by_role("list", name=TEXTS[lang]["problems"]).get_by_role("button").first.press(
        "Enter"
    )
    screenshot(page, f"problems-{lang}")
    _write_duration(page, "P3D")  # the finding led to the element
    expect(page.locator(".modeler-finding-error")).to_have_count(0)
    deploy(page, lang, "Three days")
    page.wait_for_url(f"**/processes/{process}/edit")
    later = start(shop, process)

    assert _days(shop, running) == 2
    assert _days(shop, later) == 3
    page.goto("/processes")
    expect(page.get_by_role("region").get_by_text("Three days").first).to_be_visible()


@LANGUAGES
def test_a_diagram_of_camunda_7_is_imported_mended_and_deployed(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    page = page_as("oliver", "/imports", lang=lang)
    name = f"repair_{lang}"
    content = (FILES / "repair_camunda7.bpmn").read_text().replace('"repair"', f'"{name}"')
    page.locator('input[type="file"]').set_input_files(
        {"name": f"{name}.bpmn20.xml", "mimeType": "text/xml", "buffer": content.encode()}
    )
    screenshot(page, f"imports-{lang}")
    page.get_by_role("button", name={"en": "Import", "zh": "导入"}[lang], exact=True).click()

    blocking = page.get_by_role("region", name={"en": "Blocking (1)", "zh": "阻止部署（1）"}[lang])
    expect(blocking).to_contain_text("priceService.worth")
    expect(page.locator(".mark-incident .djs-visual > path").first).to_have_css("stroke", RED)
    screenshot(page, f"import-report-{lang}")
    page.get_by_role(
        "button", name={"en": "Open in the modeler", "zh": "在建模器中打开"}[lang]
    ).click()
    wait_until_drawn(page)
    expect(page.locator(".modeler-finding-error")).to_be_visible()

    select(page, "is_worth_it")
    field = entry(page, "condition", "conditionExpression")
    field.fill("")
    field.press_sequentially("value > 100")
    field.blur()
    expect(page.locator(".modeler-finding-error")).to_have_count(0)
    deploy(page, lang, "Taken over from Camunda 7")

    page.wait_for_url(f"**/processes/{name}/edit")
    assert start(shop, name)


def test_nobody_overwrites_what_somebody_else_saved(page_as: PageAs) -> None:
    first = page_as("oliver", "/processes")
    upload(first, "en", warranty("contested"))
    second = page_as("demo", "/processes/drafts/contested.bpmn")
    wait_until_drawn(second)
    rename(first, "check_claim", "Look at claim")
    save(first, "en")

    rename(second, "check_claim", "Judge claim")
    second.get_by_role("button", name="Save draft").click()

    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Oliver Sun 孙立 saved it on")
    screenshot(second, "conflict-en")
    with second.expect_download(lambda file: file.suggested_filename.startswith("theirs-")):
        dialog.get_by_role("button", name="Download both").click()
    dialog.get_by_role("button", name="Take theirs").click()
    expect(dialog).to_have_count(0)
    expect(second.locator('[data-element-id="check_claim"]').first).to_contain_text("Look at")

    rename(first, "check_claim", "First of all")
    save(first, "en")
    rename(second, "check_claim", "Judge claim")
    second.get_by_role("button", name="Save draft").click()
    dialog.get_by_role("button", name="Keep mine").click()
    expect(dialog).to_have_count(0)
    second.reload()
    expect(second.locator('[data-element-id="check_claim"]').first).to_contain_text("Judge")


def test_what_changed_is_compared_in_words_restored_and_thrown_away(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes")
    upload(page, "en", warranty("compared"))
    deploy(page, "en", "First version")
    page.wait_for_url("**/processes/compared/edit")
    wait_until_drawn(page)
    rename(page, "check_claim", "Judge claim")
    deploy(page, "en", "A better word")
    expect(page.get_by_text("as deployed")).to_be_visible()

    page.get_by_role("link", name="Compare").click()
    changes = page.get_by_role("list", name="What has changed")
    expect(changes.get_by_role("listitem")).to_have_count(1)
    expect(changes).to_contain_text("Check claim → Judge claim")
    expect(page.locator(".mark-active")).to_have_count(2)
    changes.get_by_role("button").press("Enter")
    expect(page.locator(".mark-chosen")).to_have_count(2)
    screenshot(page, "compare-en")

    page.get_by_role("link", name="Back to the editor").click()
    page.get_by_role("combobox", name="Earlier versions").click()
    page.get_by_role("option", name="Version 1").click()
    expect(page.get_by_role("note")).to_contain_text("First version")
    page.get_by_role("button", name="Restore as draft").click()
    expect(page.get_by_text("draft saved by Oliver")).to_be_visible()
    drawn = page.locator('[data-element-id="check_claim"]').first
    expect(drawn).to_contain_text("Check")

    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Throw the draft away").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("as deployed")).to_be_visible()
    expect(drawn).to_contain_text("Judge")


def test_a_file_of_another_kind_is_named_and_changes_nothing(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes")
    picker = page.get_by_label("Open a file").and_(page.locator("input"))
    decision = shipped_models()["return_limits.dmn"]
    for name, content, said in (
        ("return_limits.bpmn", decision, "It holds a decision. Open it under Decisions."),
        ("photo.bpmn", b"\x89PNG\r\n", "Its content is something else, or damaged."),
        ("all.bpmn", b"PK\x03\x04", "It is an archive (zip)."),
    ):
        picker.set_input_files({"name": name, "mimeType": "text/xml", "buffer": content})
        expect(page.get_by_role("alert")).to_contain_text(f"{name} is no process diagram")
        expect(page.get_by_role("alert")).to_contain_text(said)
    screenshot(page, "wrong-file-en")
    page.reload()
    expect(page.get_by_role("link", name="Complaint")).to_be_visible()
    expect(page.get_by_text("photo.bpmn")).to_have_count(0)


@LANGUAGES
def test_a_narrow_window_shows_the_diagram_to_read(page_as: PageAs, lang: str) -> None:
    page = page_as("oliver", "/processes/follow_up/edit", lang=lang, viewport=NARROW)

    expect(page.get_by_role("note")).to_be_visible()
    expect(page.locator(".djs-element").first).to_be_visible()
    expect(page.locator(".djs-palette")).to_have_count(0)
    screenshot(page, f"modeler-narrow-{lang}")


def test_changes_that_are_not_saved_are_not_left_by_accident(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes")
    upload(page, "en", warranty("unsaved"))
    rename(page, "check_claim", "Another name")
    expect(page.get_by_text("changed, not saved")).to_be_visible()

    page.get_by_role("link", name="Imports").click()
    page.get_by_role("dialog").get_by_role("button", name="Stay").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator('[data-element-id="check_claim"]').first).to_contain_text("Another")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator('[data-element-id="check_claim"]').first).to_contain_text("Check")


def test_a_new_process_begins_with_its_names(page_as: PageAs) -> None:
    page = page_as("oliver", "/processes")
    page.get_by_role("button", name="New process").click()
    dialog = page.get_by_role("dialog", name="New process")
    dialog.get_by_label("Name in English").fill("Spare part")
    dialog.get_by_label("Name in Chinese").fill("备件")
    expect(dialog.get_by_label("Id")).to_have_value("spare_part")
    screenshot(page, "new-process-en")
    dialog.get_by_role("button", name="Begin").click()

    page.wait_for_url("**/processes/drafts/spare_part.bpmn")
    wait_until_drawn(page)
    page.goto("/processes")
    expect(page.get_by_role("link", name="spare_part.bpmn")).to_be_visible()


def _scale(page: Page) -> float:
    """Return how large a diagram is shown: 1 is its natural size."""
    matrix = str(page.locator(".viewport").first.get_attribute("transform"))
    return float(matrix.removeprefix("matrix(").split(",")[0])


def _write_duration(page: Page, duration: str) -> None:
    field = entry(page, "timer", "timerEventDefinitionValue")
    field.fill(duration)
    field.blur()


def _days(shop: Client, instance: str) -> int:
    """Return in how many days the timer of an instance is due."""
    found = shop.get("otto", f"/api/timers?processInstanceKey={instance}")["items"]
    due = datetime.fromisoformat(found[0]["dueAt"])
    return round((due - datetime.now(due.tzinfo)) / timedelta(days=1))


@pytest.mark.parametrize(
    ("process", "task"),
    [
        ("complaint", "classify_complaint"),
        ("return", "check_eligibility"),
        ("follow_up", "plan_follow_up"),
    ],
)
def test_a_shipped_diagram_saved_by_the_modeler_says_the_same(
    page_as: PageAs, shop: Client, process: str, task: str
) -> None:
    page = page_as("oliver", f"/processes/{process}/edit")
    wait_until_drawn(page)
    rename(page, task, "Something else")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    save(page, "en")

    saved = shop.get("oliver", f"/api/drafts/{process}.bpmn")

    shipped = shipped_models()[f"{process}.bpmn"]
    assert meaning(saved["content"].encode()) == meaning(shipped)


def test_whatever_the_modeler_says_is_said_in_chinese_and_a_template_is_filled_in(
    page_as: PageAs, shop: Client
) -> None:
    page = page_as("oliver", "/processes", lang="zh")
    upload(page, "zh", warranty("chinese"))
    for element in ("claim_received", "to_check", "check_claim", "two_days_waited", "claim_late"):
        select(page, element)
        open_all_groups(page)
    page.locator('.djs-palette [data-action="create"]').click()
    expect(page.locator(".djs-popup")).to_contain_text("发送邮件")
    page.keyboard.press("Escape")
    select(page, "check_claim")
    page.locator(".bio-properties-panel").get_by_role("button", name="选择").click()
    expect(page.locator(".djs-popup")).to_contain_text("服务任务")
    page.locator(".djs-popup .entry").filter(has_text="发送邮件").click()
    open_all_groups(page)
    expect(page.locator(".bio-properties-panel")).to_contain_text("收件人")
    inputs = "ElementTemplates__CustomProperties-inputs"
    recipient = entry(page, inputs, "custom-entry-redress.email-inputs-0")
    recipient.fill("desk@example.org")
    recipient.blur()
    screenshot(page, "modeler-template-zh")
    save(page, "zh")
    draft = shop.get("oliver", "/api/drafts/chinese.bpmn")["content"]
    assert '<zeebe:input source="desk@example.org" target="to" />' in draft

    page.locator(".bts-toggle-mode").click()
    expect(page.locator(".bts-palette")).to_be_visible()
    screenshot(page, "modeler-simulation-zh")

    said = page.locator(".modeler-ground").inner_text()
    assert not re.search("Token Simulation|Toggle|Simulation Log", said)
