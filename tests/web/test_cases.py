"""Does a case tell its whole story: what happened, where it stands, what it knows?"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.modeler import FILES
from tests.web.shop import CUSTOMER, ORDER, deploy_files, raise_complaint, task_of

PageAs = Callable[..., Page]
PARTS_WITH_NAMES = 20
RETURN_FIELDS = ("wish", "returned_items", "goods_condition", "receipt_shown", "handover")
STARTS: dict[str, dict[str, Any]] = {
    "return": {
        "order_id": ORDER,
        "wish": "return",
        "reason": "quality_defect",
        "returned_items": [{"sku": "KETTLE", "quantity": 1}],
        "description": "It does not boil.",
        "goods_condition": "used",
        "receipt_shown": True,
        "handover": "counter",
    },
    "follow_up": {"customer_id": CUSTOMER, "subject": "Visit"},
}


def number_of(shop: Client, instance: str) -> str:
    """Return the number of the case that an instance belongs to."""
    found = shop.get("demo", f"/v2/process-instances/{instance}")
    return str(found["businessId"])


def assert_drawn_in(page: Page, lang: str) -> None:
    """See that the drawing has names, and each of them in that language."""
    drawn = page.locator(".djs-visual text").all_text_contents()
    foreign = {"en": r"[\u4e00-\u9fff]", "zh": "[A-Za-z]"}[lang]
    assert len(drawn) > PARTS_WITH_NAMES
    assert [text for text in drawn if re.search(foreign, text)] == []


def accepted(shop: Client, subject: str) -> tuple[str, str]:
    """Raise a complaint that Anna accepts; return its instance and its number."""
    instance = raise_complaint(shop, subject)
    task = task_of(shop, instance, "accept_complaint")["userTaskKey"]
    shop.post("anna", f"/v2/user-tasks/{task}/assignment", {"assignee": "anna"})
    shop.post("anna", f"/v2/user-tasks/{task}/completion", {"variables": {"case_owner": "anna"}})
    task_of(shop, instance, "acknowledge_complaint")
    return instance, number_of(shop, instance)


def test_a_case_is_found_by_part_of_its_number_and_opened_by_the_keyboard(
    page_as: PageAs, shop: Client
) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", "/cases")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")

    page.keyboard.press("/")
    page.keyboard.type(number[2:])
    expect(page).to_have_url(re.compile("number="))
    expect(page.get_by_role("status").filter(has_text="1 found")).to_be_visible()
    screenshot(page, "cases-en")
    link = page.get_by_role("link", name=number)
    link.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Case {number}")


def test_filters_are_kept_in_the_address(page_as: PageAs, shop: Client) -> None:
    accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases?customer={CUSTOMER}&state=ENDED&process=complaint", lang="zh")

    expect(page.get_by_label("顾客或订单")).to_have_value(CUSTOMER)
    expect(page.get_by_role("combobox", name="状态")).to_have_value("已结案")
    expect(page.get_by_role("combobox", name="流程")).to_have_value("投诉处理")
    screenshot(page, "cases-zh")


def test_nothing_found_says_what_to_do(page_as: PageAs) -> None:
    page = page_as("mei", "/cases?number=NO-SUCH-CASE")
    expect(page.get_by_role("heading", name="No case fits")).to_be_visible()
    screenshot(page, "cases-none-en")

    page.get_by_role("main").get_by_role("button", name="Clear filters").last.click()

    expect(page.get_by_role("link", name=re.compile("YESTERDAY-1"))).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "said", "owner"),
    [
        ("en", "Anna Zhou 周安娜 completed “Accept and confirm classification”", "Owner"),
        ("zh", "Anna Zhou 周安娜完成了“受理并确认分类”", "负责人"),
    ],
)
def test_the_timeline_tells_in_words_what_happened(
    page_as: PageAs, shop: Client, lang: str, said: str, owner: str
) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases/{number}", lang=lang)

    expect(page.get_by_role("listitem").filter(has_text=said)).to_be_visible()
    expect(page.locator(".case-facts")).to_contain_text(f"{owner}Anna Zhou 周安娜")
    screenshot(page, f"case-{lang}")


def test_a_change_of_data_is_shown_before_and_after(page_as: PageAs, shop: Client) -> None:
    instance, number = accepted(shop, "Dented tin")
    shop.put(
        "otto",
        f"/v2/element-instances/{instance}/variables",
        {"variables": {"subject": "Dented tin, twice"}},
    )
    page = page_as("ada", f"/cases/{number}?about=data")

    page.get_by_role("button", name="Details: Subject got a value").first.click()

    change = page.locator(".fact-change")
    expect(change).to_contain_text("BeforeDented tin")
    expect(change).to_contain_text("AfterDented tin, twice")


def test_a_step_of_the_diagram_leads_to_its_history(page_as: PageAs, shop: Client) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases/{number}?tab=diagram")
    step = page.locator("[data-element-id=acknowledge_complaint].mark-active")
    expect(step).to_be_visible()
    expect(page.locator("[data-element-id=accept_complaint].mark-done")).to_be_attached()
    expect(page.locator(".djs-connection.mark-done").first).to_be_attached()

    step.click()
    expect(page.get_by_role("heading", name="Acknowledge complaint")).to_be_visible()
    screenshot(page, "case-diagram-en")
    page.get_by_role("link", name="Show in the timeline").click()

    expect(page.get_by_role("button", name="Only “Acknowledge complaint”")).to_be_visible()
    expect(page.get_by_text("“Acknowledge complaint” waits for somebody")).to_be_visible()


ON_THE_WAY_TO_A_RETURN: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "acknowledge_complaint",
        {"acknowledgement_channel": "phone", "acknowledgement": "We look into it at once."},
    ),
    (
        "investigate_complaint",
        {
            "sources": ["internal_systems"],
            "findings": "The lid does not close tightly.",
            "fault": "supplier",
        },
    ),
    (
        "propose_solution",
        {
            "initial_solution": "We take the kettle back.",
            "proposal_channel": "phone",
            "customer_answer": "agrees",
        },
    ),
    (
        "decide_solution",
        {
            "solution": "return",
            "solution_reason": "Agreed by phone.",
            "return_reason": "quality_defect",
        }
        | {name: STARTS["return"][name] for name in RETURN_FIELDS},
    ),
)


def test_a_call_leads_to_what_it_called_and_back(page_as: PageAs, shop: Client) -> None:
    instance, number = accepted(shop, "Leaking kettle")
    for element, variables in ON_THE_WAY_TO_A_RETURN:
        task = task_of(shop, instance, element)["userTaskKey"]
        shop.post("anna", f"/v2/user-tasks/{task}/assignment", {"assignee": "anna"})
        shop.post("anna", f"/v2/user-tasks/{task}/completion", {"variables": variables})
    page = page_as("anna", f"/cases/{number}?tab=diagram", lang="zh")
    call = page.locator("[data-element-id=handle_return].mark-active")
    expect(call).to_be_attached()

    call.dispatch_event("click")
    page.get_by_role("link", name="打开被调用的流程：退换货").click()
    expect(page.get_by_role("combobox", name="流程")).to_have_value(re.compile("^退换货"))
    screenshot(page, "case-called-zh")
    page.get_by_role("link", name="由“投诉处理”调用：打开").click()

    expect(page.get_by_role("combobox", name="流程")).to_have_value(re.compile("^投诉处理"))
    others = page.get_by_role("region", name="该顾客的其他案件")
    expect(others.get_by_role("link").first).to_be_visible()


def test_the_mark_of_bpmn_io_is_visible_and_uncovered(page_as: PageAs, shop: Client) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases/{number}?tab=diagram")
    mark = page.locator("a.bjs-powered-by")
    expect(mark).to_be_visible()

    covered = mark.evaluate("""mark => {
      mark.scrollIntoView({block: 'center'});
      const {left, top, width, height} = mark.getBoundingClientRect();
      return [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y => [x, y])).filter(([x, y]) =>
        !mark.contains(document.elementFromPoint(left + width * x, top + height * y)));
    }""")

    assert covered == []


def test_the_diagram_is_also_told_in_words(page_as: PageAs, shop: Client) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases/{number}?tab=diagram", lang="zh")

    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="首次响应顾客"))
    expect(row).to_contain_text("进行中")
    row.get_by_role("button").press("Enter")

    expect(page).to_have_url(re.compile("element=acknowledge_complaint"))
    assert_drawn_in(page, "zh")
    screenshot(page, "case-diagram-zh")


def test_data_is_listed_by_scope_with_its_changes(page_as: PageAs, shop: Client) -> None:
    instance, number = accepted(shop, "Dented tin")
    shop.put(
        "otto", f"/v2/element-instances/{instance}/variables", {"variables": {"subject": "Two"}}
    )
    page = page_as("ada", f"/cases/{number}?tab=data")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Subject"))
    expect(row).to_contain_text("Two")
    expect(page.locator(".fact-raw")).to_have_count(0)
    row_of_topic = page.get_by_role("row").filter(has_text="What is it about?")
    expect(row_of_topic).to_contain_text("Packaging")

    row.get_by_role("button", name="2 changes").click()
    page.get_by_role("switch", name="Names in the diagram").check()
    expect(row_of_topic.get_by_role("rowheader")).to_contain_text("topic")

    expect(page.get_by_role("row").filter(has_text="Dented tin →")).to_contain_text("Otto Jiang")
    screenshot(page, "case-data-en")


def test_a_file_is_added_and_comes_back_as_it_was(
    page_as: PageAs, shop: Client, tmp_path: Path
) -> None:
    _, number = accepted(shop, "Dented tin")
    paper = tmp_path / "receipt.txt"
    paper.write_text("One kettle, 199 CNY")
    page = page_as("mei", f"/cases/{number}?tab=documents")
    expect(page.get_by_role("heading", name="No documents")).to_be_visible()

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a file").click()
    chooser.value.set_files(paper)
    with page.expect_download() as download:
        page.get_by_role("link", name="receipt.txt").click()

    assert download.value.path().read_text() == "One kettle, 199 CNY"
    screenshot(page, "case-documents-en")


def test_a_file_that_is_not_accepted_is_refused_in_words(
    page_as: PageAs, shop: Client, tmp_path: Path
) -> None:
    _, number = accepted(shop, "Dented tin")
    program = tmp_path / "game.exe"
    program.write_bytes(b"MZ\x90\x00" + bytes(200))
    page = page_as("mei", f"/cases/{number}?tab=documents", lang="zh")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="添加文件").click()
    chooser.value.set_files(program)

    expect(page.get_by_role("alert")).to_contain_text("有内容需要更正")
    expect(page.get_by_role("heading", name="没有文件")).to_be_visible()


@pytest.mark.parametrize(("lang", "sent"), [("en", "Sent"), ("zh", "已发送")])
def test_a_letter_shows_whether_it_was_sent(
    page_as: PageAs, shop: Client, lang: str, sent: str
) -> None:
    instance, number = accepted(shop, "Dented tin")
    task = task_of(shop, instance, "acknowledge_complaint")["userTaskKey"]
    variables = {"acknowledgement_channel": "email", "acknowledgement": "We look into it."}
    shop.post("anna", f"/v2/user-tasks/{task}/completion", {"variables": variables})
    task_of(shop, instance, "investigate_complaint")
    page = page_as("mei", f"/cases/{number}?tab=messages", lang=lang)

    letter = page.get_by_role("tabpanel").get_by_role("listitem")
    expect(letter).to_contain_text(sent)
    expect(letter).to_contain_text("We look into it.")
    screenshot(page, f"case-messages-{lang}")


def test_an_open_task_leads_to_its_page(page_as: PageAs, shop: Client) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("anna", f"/cases/{number}")

    page.get_by_role("complementary").get_by_role("link", name="Acknowledge complaint").click()

    expect(page.locator("form")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("process", STARTS)
def test_a_case_of_each_process_has_its_page(
    page_as: PageAs, shop: Client, process: str, lang: str
) -> None:
    body = {"processDefinitionId": process, "variables": STARTS[process]}
    instance = shop.post("mei", "/v2/process-instances", body)["processInstanceKey"]
    number = number_of(shop, instance)
    page = page_as("wang", f"/cases/{number}?tab=diagram", lang=lang)

    expect(page.locator(".djs-shape.mark-active").first).to_be_attached()
    assert_drawn_in(page, lang)
    screenshot(page, f"case-{process}-{lang}")


def test_a_case_that_is_not_there_is_said_to_be_missing(page_as: PageAs) -> None:
    page = page_as("mei", "/cases/NO-SUCH-CASE")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This does not exist, or you may not see it"
    )


def test_a_case_is_readable_on_a_phone(page_as: PageAs, shop: Client) -> None:
    _, number = accepted(shop, "Dented tin")
    page = page_as("mei", f"/cases/{number}", lang="zh", viewport=NARROW)
    expect(page.get_by_role("tab", name="时间线")).to_be_visible()
    screenshot(page, "case-phone-zh")

    wide = page.evaluate("document.documentElement.scrollWidth")

    assert wide <= NARROW["width"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_process_without_a_drawing_tells_its_steps_in_words(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    page = page_as("mei", "/work", lang=lang)
    deploy_files(page, shop, {"undrawn.bpmn": (FILES / "undrawn.bpmn").read_text()})
    started = shop.post("demo", "/v2/process-instances", {"processDefinitionId": "undrawn"})

    page.goto(f"/cases/{number_of(shop, started['processInstanceKey'])}?tab=diagram")

    told = {"en": "This process has no drawing", "zh": "此流程没有流程图"}[lang]
    expect(page.get_by_role("heading", name=told)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Call the customer")).to_be_visible()
    screenshot(page, f"case-undrawn-{lang}")


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
def test_a_case_is_printed_whole_and_without_the_frame(
    page_as: PageAs, lang: str, scheme: str
) -> None:
    page = page_as("wang", "/cases/YESTERDAY-1", lang=lang, scheme=scheme)
    page.get_by_role("link", name={"en": "Print", "zh": "打印"}[lang], exact=True).click()
    told = {"en": "Wang Lei 王磊 cancelled it", "zh": "Wang Lei 王磊取消了流程"}[lang]
    expect(page.get_by_text(told)).to_be_visible()
    screenshot(page, f"case-papers-{lang}")

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_text("Cracked lid").first).to_be_visible()
    whole = page.locator(".app-main")
    assert whole.evaluate("main => main.scrollHeight <= main.clientHeight")
    screenshot(page, f"case-printed-{lang}")


def test_a_replay_steps_by_the_arrow_keys(page_as: PageAs) -> None:
    page = page_as("ada", "/cases/YESTERDAY-1/replay")
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    page.get_by_role("heading", level=1).focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^3 of \d+$"))).to_be_visible()
    page.keyboard.press("ArrowLeft")

    expect(page.get_by_text(re.compile(r"^2 of \d+$"))).to_be_visible()
    expect(page).to_have_url(re.compile("step=2"))
    expect(page.locator(".replay-now")).to_contain_text(re.compile("12 values were set: Channel"))
    expect(page.get_by_role("row").filter(has_text="Cracked lid")).to_be_visible()
    screenshot(page, "replay-beginning")


def test_a_replay_plays_to_its_end(page_as: PageAs) -> None:
    page = page_as("ada", "/cases/YESTERDAY-1/replay")
    total = page.get_by_text(re.compile(r"^1 of \d+$")).inner_text().split()[-1]
    page.get_by_text("16×").click()

    page.get_by_role("button", name="Play", exact=True).click()

    expect(page.get_by_text(f"{total} of {total}")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_replay_is_saved_as_picture_and_as_steps(page_as: PageAs) -> None:
    page = page_as("ada", "/cases/YESTERDAY-1/replay?step=9", lang="zh")
    expect(page.locator(".djs-shape.mark-chosen")).to_be_attached()
    expect(page.locator(".replay-steps")).to_contain_text(re.compile("项数据已赋值：渠道、"))

    with page.expect_download() as picture:
        page.get_by_role("button", name="保存图片（SVG）").click()
    with page.expect_download() as steps:
        page.get_by_role("button", name="保存步骤（JSON）").click()

    drawn = picture.value.path().read_text()
    assert "mark-done" in drawn
    assert ".mark-done" in drawn.split("</style>")[0]
    told = json.loads(steps.value.path().read_text())
    assert told[0]["kind"] == "instance_started"
    screenshot(page, "replay-zh")
