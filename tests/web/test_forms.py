"""Do process owners design, translate, try and deploy forms in the browser?"""

import base64
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, axe, screenshot
from tests.web.modeler import FILES, TEXTS, deploy, open_all_groups, save, start
from tests.web.shop import deploy_files, task_of

PageAs = Callable[..., Page]
LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh"])
SAID = {
    "en": {
        "check": "Check",
        "lacking": "Missing",
        "none": "None",
        "taken": "The server takes it",
        "refused": "The server refuses one field",
        "required": "This field is required.",
        "tabs": ["Design", "Translations", "Try", "Used by"],
        "chinese": "中文 (Chinese)",
        "answer": "The server's answer",
        "title": "Forms",
        "name": "Accept and confirm classification",
    },
    "zh": {
        "check": "检查",
        "lacking": "缺少",
        "none": "无",
        "taken": "服务器接受",
        "refused": "服务器拒绝了 1 个字段",
        "required": "此项必填。",
        "tabs": ["设计", "翻译", "试填", "使用情况"],
        "chinese": "中文",
        "answer": "服务器的答复",
        "title": "表单",
        "name": "受理并确认分类",
    },
}


def wait_until_drawn(page: Page) -> None:
    """Wait until palette, form and properties are there."""
    expect(page.locator(".fjs-palette-field").first).to_be_visible()
    expect(page.locator(".fjs-properties-container .bio-properties-panel")).to_be_visible()


def tab(page: Page, lang: str, number: int) -> None:
    """Go to one of the four parts."""
    page.get_by_role("tab", name=SAID[lang]["tabs"][number], exact=True).click()


def prop(page: Page, name: str) -> Locator:
    """Return what is typed into for a property of the component that is selected."""
    entry = page.locator(f'[data-entry-id="{name}"]')
    if not entry.is_visible():
        group = page.locator(".bio-properties-panel-group").filter(has=entry)
        group.locator(".bio-properties-panel-group-header").first.click()
    return entry.locator("input, textarea, [contenteditable=true]").first


def form(name: str) -> str:
    """Return a form of one field, in both languages."""
    field = {"type": "textfield", "id": "Field_goods", "key": "goods", "label": "Goods"}
    chinese = {"title": "保修单", "goods": {"label": "商品"}}
    sheet = {"type": "default", "id": name, "schemaVersion": 19, "title": "Warranty sheet"}
    return json.dumps(sheet | {"components": [field], "translations": {"zh": chinese}})


def put_in(page: Page, shop: Client, name: str) -> None:
    """Deploy a process of one task together with its form, bound to each other."""
    process = (FILES / "warranty.bpmn").read_text().replace('"warranty"', f'"{name}"')
    link = f'<zeebe:userTask /><zeebe:formDefinition formId="{name}" bindingType="deployment" />'
    linked = process.replace("<zeebe:userTask />", link)
    deploy_files(page, shop, {f"{name}.bpmn": linked, f"{name}.form": form(name)})


def labels(page: Page, task: dict[str, str], language: str) -> list[str]:
    """Return the labels of a task's form, as staff get them."""
    answer = page.context.request.get(
        f"/api/user-tasks/{task['userTaskKey']}",
        headers={
            "Authorization": f"Basic {base64.b64encode(b'demo:demo').decode()}",
            "Accept-Language": language,
        },
    )
    return [one["label"] for one in answer.json()["form"]["components"]]


@LANGUAGES
def test_a_new_field_is_translated_tried_and_deployed_for_the_next_case(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    name = f"warranty_sheet_{lang}"
    page = page_as("oliver", "/forms", lang=lang)
    put_in(page, shop, name)
    running = start(shop, name)

    page.goto(f"/forms/{name}/edit")
    wait_until_drawn(page)
    page.locator('.fjs-palette-field[data-field-type="textfield"]').press("Enter")
    expect(page.locator(".fjs-editor-selected")).to_have_attribute("data-field-type", "textfield")
    open_all_groups(page)
    prop(page, "label").fill("Serial number")
    prop(page, "key").fill("serial")
    prop(page, "required").check()
    screenshot(page, f"form-design-{lang}")

    tab(page, lang, 1)
    row = page.get_by_role("row").filter(has_text="Serial number").last
    expect(row).to_contain_text(SAID[lang]["lacking"])
    screenshot(page, f"form-translations-{lang}")
    assert axe(page) == []
    row.get_by_role("textbox").last.fill("序列号")
    expect(row).not_to_contain_text(SAID[lang]["lacking"])
    problems = page.get_by_role("region", name=TEXTS[lang]["problems"])
    expect(problems.get_by_role("status")).to_contain_text(SAID[lang]["none"])

    tab(page, lang, 2)
    check = page.get_by_role("button", name=SAID[lang]["check"], exact=True)
    check.click()
    expect(page.get_by_text(SAID[lang]["refused"])).to_be_visible()
    sheet = page.locator(".form-view")
    expect(sheet.locator(".fjs-form-field-error")).to_contain_text(SAID[lang]["required"])
    screenshot(page, f"form-try-{lang}")
    sheet.get_by_role("textbox").last.fill("S-1")
    check.click()
    answer = page.get_by_role("region", name=SAID[lang]["answer"])
    expect(answer).to_contain_text(SAID[lang]["taken"])
    expect(answer.locator("pre")).to_contain_text('"serial": "S-1"')

    deploy(page, lang, "Ask for the serial number")
    wait_until_drawn(page)
    tab(page, lang, 3)
    expect(page.get_by_role("row").nth(2)).to_be_visible()  # the version that the case is on
    screenshot(page, f"form-uses-{lang}")
    page.goto(f"/forms/{name}/edit?version=1")
    wait_until_drawn(page)
    expect(page.get_by_role("note")).to_contain_text("1")
    expect(page.locator('.fjs-element[data-field-type="textfield"]')).to_have_count(1)
    later = start(shop, name)
    old, new = task_of(shop, running, "check_claim"), task_of(shop, later, "check_claim")
    assert (labels(page, old, "en"), labels(page, old, "zh")) == (["Goods"], ["商品"])
    assert labels(page, new, "en") == ["Goods", "Serial number"]
    assert labels(page, new, "zh") == ["商品", "序列号"]


def test_nobody_overwrites_a_form_that_somebody_else_saved(page_as: PageAs, shop: Client) -> None:
    shop.put("demo", "/api/drafts/contested.form", {"content": form("contested")})
    first = page_as("oliver", "/forms/drafts/contested.form")
    second = page_as("demo", "/forms/drafts/contested.form")
    for page, title in ((first, "Theirs"), (second, "Mine")):
        wait_until_drawn(page)
        tab(page, "en", 1)
        page.get_by_role("textbox", name="English").first.fill(title)
    save(first, "en")

    second.get_by_role("button", name="Save draft").click()

    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Oliver Sun 孙立 saved it on")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(second.get_by_role("textbox", name="English").first).to_have_value("Theirs")


def test_texts_follow_their_component_and_come_back_by_undo(page_as: PageAs, shop: Client) -> None:
    shop.put("demo", "/api/drafts/followed.form", {"content": form("followed")})
    page = page_as("oliver", "/forms/drafts/followed.form")
    wait_until_drawn(page)
    problems = page.get_by_role("region", name="Problems").get_by_role("status")
    page.locator('.fjs-element[data-field-type="textfield"]').click()
    open_all_groups(page)

    prop(page, "key").fill("article")
    save(page, "en")
    expect(problems).to_contain_text("None")
    page.get_by_role("button", name="Remove Text field").click()
    expect(page.locator(".fjs-empty-editor")).to_be_visible()
    save(page, "en")
    without = json.loads(shop.get("oliver", "/api/drafts/followed.form")["content"])
    page.get_by_role("button", name="Undo").click()
    save(page, "en")
    back = json.loads(shop.get("oliver", "/api/drafts/followed.form")["content"])

    assert without["translations"] == {"zh": {"title": "保修单"}}
    assert back["translations"]["zh"]["article"] == {"label": "商品"}
    assert (back["title"], back["components"][0]["key"]) == ("Warranty sheet", "article")
    expect(problems).to_contain_text("None")


def test_what_is_undone_is_never_what_was_done_elsewhere(page_as: PageAs, shop: Client) -> None:
    shop.put("demo", "/api/drafts/undone.form", {"content": form("undone")})
    page = page_as("oliver", "/forms/drafts/undone.form")
    wait_until_drawn(page)
    undo = page.get_by_role("button", name="Undo")
    fields = page.locator('.fjs-element[data-field-type="textfield"]')
    title = page.get_by_role("textbox", name="中文").first
    palette = page.locator('.fjs-palette-field[data-field-type="textfield"]')

    palette.press("Enter")
    expect(fields).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(fields).to_have_count(1)
    tab(page, "en", 1)
    title.fill("单子")
    undo.click()
    expect(title).to_have_value("保修单")
    title.fill("单子")
    tab(page, "en", 0)
    palette.press("Enter")
    tab(page, "en", 1)

    expect(undo).to_be_disabled()  # it would take the new field away unseen
    expect(title).to_have_value("单子")
    tab(page, "en", 0)
    undo.click()
    expect(fields).to_have_count(1)
    tab(page, "en", 1)
    expect(title).to_have_value("单子")


def test_a_finding_leads_to_its_component(page_as: PageAs, shop: Client) -> None:
    broken = form("broken").replace('"label": "Goods"', '"label": "Goods", "readonly": "=1 +"')
    shop.put("demo", "/api/drafts/broken.form", {"content": broken})
    page = page_as("oliver", "/forms/drafts/broken.form")
    wait_until_drawn(page)
    tab(page, "en", 1)
    problems = page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("status")).to_contain_text("1 error")

    problems.get_by_role("button").first.click()
    problems.get_by_role("list").get_by_role("button").first.click()

    expect(page.locator(".fjs-editor-selected")).to_contain_text("Goods")
    screenshot(page, "form-finding")


@LANGUAGES
def test_the_list_shows_what_is_live_and_begins_new_forms(page_as: PageAs, lang: str) -> None:
    page = page_as("oliver", "/forms", lang=lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(SAID[lang]["title"])
    expect(page.get_by_role("link", name=SAID[lang]["name"])).to_be_visible()
    screenshot(page, f"forms-{lang}")

    page.locator("header").get_by_role("button").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").nth(0).fill(f"Gift card {lang}")
    dialog.get_by_role("textbox").nth(1).fill("礼品卡")
    dialog.locator('[type="submit"]').click()

    page.wait_for_url(f"**/forms/drafts/gift_card_{lang}.form")
    title = {"en": "Gift card en", "zh": "礼品卡"}[lang]
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".fjs-empty-editor")).to_be_visible()
    screenshot(page, f"form-new-{lang}")


def test_whatever_the_editor_says_is_said_in_chinese(page_as: PageAs, shop: Client) -> None:
    shop.put("demo", "/api/drafts/everything.form", {"content": form("everything")})
    page = page_as("oliver", "/forms/drafts/everything.form", lang="zh")
    wait_until_drawn(page)
    entries = page.locator(".fjs-palette-field")
    for number in range(entries.count()):
        entries.nth(number).press("Enter")
        expect(page.locator(".fjs-editor-selected")).to_have_count(1)
        open_all_groups(page)

    said = page.locator(".fjs-palette-container").inner_text()

    assert "Text" not in said
    expect(page.locator(".bio-properties-panel-header-type")).to_have_text("按钮")


def test_the_mark_of_bpmn_io_is_in_sight_and_uncovered(page_as: PageAs) -> None:
    page = page_as("oliver", "/forms/approve_refund/edit")
    wait_until_drawn(page)
    mark = page.locator(".formeditor .fjs-powered-by-link")
    mark.scroll_into_view_if_needed()
    mark.click(trial=True)


@pytest.mark.parametrize("path", ["/forms", "/forms/approve_refund/edit"])
def test_who_is_no_owner_is_told_so(page_as: PageAs, path: str) -> None:
    page = page_as("mei", path)

    expect(page.get_by_role("heading", level=1)).to_have_text("This page is for process owners")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_opens_on_a_phone(page_as: PageAs, scheme: str) -> None:
    page = page_as("oliver", "/forms/approve_refund/edit", viewport=NARROW, scheme=scheme)
    expect(page.locator(".fjs-element").first).to_be_visible()
    screenshot(page, f"form-narrow-{scheme}")
    tab(page, "en", 1)
    expect(page.get_by_role("textbox", name="中文").first).to_be_visible()
    screenshot(page, f"form-translations-narrow-{scheme}")
