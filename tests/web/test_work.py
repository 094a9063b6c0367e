"""Can staff live in the work list: find, take, fill in, finish, and never lose anything?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.shop import raise_complaint, task_of

PageAs = Callable[..., Page]
COMPLETE = {"en": "Complete", "zh": "完成"}
TAKE = {"en": "Take it", "zh": "认领"}


def a_task(shop: Client, subject: str) -> dict[str, str]:
    """Raise a complaint and return its first task."""
    return task_of(shop, raise_complaint(shop, subject), "accept_complaint")


def opened(page_as: PageAs, who: str, task: dict[str, str], **how: object) -> Page:
    """Open the work list as somebody, with this task shown beside it."""
    page = page_as(who, f"/work?task={task['userTaskKey']}&q={task['businessId']}", **how)
    expect(page.locator(".task-head")).to_contain_text(task["businessId"])
    return page


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("zh", "dark")])
def test_the_list_and_the_task_stand_side_by_side(
    page_as: PageAs, shop: Client, lang: str, scheme: str
) -> None:
    for number in range(3):
        a_task(shop, f"Torn box {number}")
    page = page_as("mei", "/work", lang=lang, scheme=scheme)
    expect(page.get_by_role("row").nth(3)).to_be_visible()

    page.keyboard.press("j")

    expect(page.locator("form")).to_be_visible()
    expect(page.get_by_role("button", name=TAKE[lang], exact=True)).to_be_visible()
    screenshot(page, f"work-{lang}")


def test_a_phone_shows_how_long_there_is_left_whole(page_as: PageAs, shop: Client) -> None:
    a_task(shop, "Torn box")
    page = page_as("mei", "/work", viewport=NARROW)

    left = page.locator(".app-due .mantine-Badge-label").first
    expect(left).to_be_visible()
    assert left.evaluate("label => label.scrollWidth <= label.clientWidth")
    screenshot(page, "work-narrow")


@pytest.mark.parametrize(
    ("lang", "moment"), [("en", r"\d+ \w+ \d{4}, \d\d:\d\d"), ("zh", r"\d+年\d+月\d+日 \d\d:\d\d")]
)
def test_a_form_writes_moments_as_its_reader_does(
    page_as: PageAs, shop: Client, lang: str, moment: str
) -> None:
    page = opened(page_as, "mei", a_task(shop, "When was it?"), lang=lang)

    form = page.locator(".form-view")
    expect(form).to_contain_text(re.compile(moment))
    expect(form).not_to_contain_text(re.compile(r"\dT\d\d:"))


def test_who_takes_a_task_fills_it_in_and_completes_it(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Bent lid")
    page = opened(page_as, "mei", task, lang="zh")

    page.keyboard.press("c")
    expect(page.get_by_role("row", name=re.compile(task["businessId"]))).to_contain_text("我")
    page.get_by_label("负责人").fill("mei")
    screenshot(page, "work-mine-zh")
    page.get_by_role("button", name=COMPLETE["zh"], exact=True).click()

    expect(page.get_by_text("已完成：受理并确认分类")).to_be_visible()
    following = task_of(shop, task["processInstanceKey"], "acknowledge_complaint")
    assert following["assignee"] == "mei"


def test_two_people_take_the_same_task_and_the_second_sees_who_has_it(
    page_as: PageAs, shop: Client
) -> None:
    task = a_task(shop, "Scratched door")
    mei, jack = (opened(page_as, who, task) for who in ("mei", "jack"))
    expect(jack.get_by_role("button", name="Take it")).to_be_visible()

    mei.get_by_role("button", name="Take it").click()
    expect(mei.get_by_role("button", name="Complete", exact=True)).to_be_visible()
    jack.get_by_role("button", name="Take it").click()

    expect(jack.get_by_role("alert")).to_contain_text("Somebody was faster")
    expect(jack.locator(".task-head")).to_contain_text("Lin Mei 林梅 has it")
    screenshot(jack, "work-lost-race-en")


def test_what_is_typed_is_kept_and_is_there_again(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Missing screws")
    page = opened(page_as, "mei", task)
    page.keyboard.press("c")
    page.get_by_label("Case owner").fill("anna")
    expect(page.get_by_text("Draft saved")).to_be_visible()

    page.reload()

    expect(page.get_by_label("Case owner")).to_have_value("anna")


def test_a_session_that_ends_loses_no_typing(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Wrong colour")
    page = opened(page_as, "mei", task)
    page.keyboard.press("c")
    page.get_by_label("Case owner").fill("mei")
    page.context.clear_cookies()

    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog", name="Your session has ended")
    expect(dialog.get_by_role("textbox", name="User name")).to_have_value("mei")
    dialog.get_by_label("Password", exact=True).fill("mei")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Done: Accept and confirm classification")).to_be_visible()


def test_what_the_server_refuses_stands_at_its_field(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "No receipt")
    page = opened(page_as, "mei", task)
    page.keyboard.press("c")
    page.route("**/completion", _as_the_server_sees_it)

    page.get_by_label("Case owner").fill("mei")
    page.keyboard.press("Control+Enter")

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Something is not right yet")
    expect(page.get_by_label("Case owner")).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("button", name="Case owner").press("Enter")
    expect(page.get_by_label("Case owner")).to_be_focused()
    screenshot(page, "work-refused")


def _as_the_server_sees_it(route) -> None:  # type: ignore[no-untyped-def]
    """Send a value that the browser lets pass and the server does not."""
    body = route.request.post_data_json
    route.continue_(post_data={"variables": body["variables"] | {"case_owner": "x" * 500}})


def test_a_required_field_is_named_before_anything_is_sent(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Late parcel")
    page = opened(page_as, "mei", task)
    page.keyboard.press("c")
    expect(page.get_by_label("Case owner")).to_be_enabled()
    page.get_by_label("Case owner").fill("")

    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Field is required.")).to_be_visible()


def test_filters_and_order_are_in_the_address(page_as: PageAs, shop: Client) -> None:
    a_task(shop, "Open seal")
    page = page_as("mei", "/work")
    expect(page.get_by_role("row").nth(1)).to_be_visible()

    page.get_by_text("Unclaimed").click()
    page.get_by_role("combobox", name="Process").select_option("Complaint")
    page.get_by_role("button", name="Task").click()

    expect(page).to_have_url(re.compile(r"view=unclaimed&process=complaint&sort=name"))
    page.reload()
    expect(page.get_by_role("columnheader", name="Task")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_new_work_is_announced_and_moves_no_row(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "First of two")
    page = page_as("anna", "/work?sort=creationDate&desc=true")
    first = page.get_by_role("row").nth(1)
    expect(first).to_contain_text(task["businessId"])

    other = a_task(shop, "Second of two")
    expect(page.get_by_role("button", name=re.compile(r"\d+ new"))).to_be_visible()
    expect(first).to_contain_text(task["businessId"])
    page.keyboard.press("n")

    expect(first).to_contain_text(other["businessId"])


def test_nothing_found_is_said_in_words(page_as: PageAs) -> None:
    page = page_as("mei", "/work?q=no-such-case", lang="zh")

    expect(page.get_by_text("没有符合条件的任务")).to_be_visible()
    screenshot(page, "work-empty-zh")


def test_on_a_phone_a_task_is_a_page_of_its_own(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Small screen")
    page = page_as("mei", f"/work?q={task['businessId']}", viewport=NARROW, lang="zh")
    screenshot(page, "work-phone-zh")

    page.get_by_role("link", name="受理并确认分类").click()

    expect(page).to_have_url(re.compile(rf"/work/{task['userTaskKey']}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("受理并确认分类")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    screenshot(page, "task-phone-zh")


def test_the_mark_of_bpmn_io_is_seen_and_nothing_covers_it(page_as: PageAs, shop: Client) -> None:
    page = opened(page_as, "mei", a_task(shop, "Mark"))
    mark = page.locator(".fjs-powered-by a")

    mark.scroll_into_view_if_needed()

    mark.click(trial=True)


def test_somebody_else_reads_a_task_that_has_ended(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "Ended")
    path = f"/v2/user-tasks/{task['userTaskKey']}"
    shop.post("mei", f"{path}/assignment", {"assignee": "mei"})
    values = {"complaint_type": "product", "severity": "general", "priority": 50}
    shop.post("mei", f"{path}/completion", {"variables": {**values, "case_owner": "mei"}})

    page = page_as("wang", f"/work/{task['userTaskKey']}")

    expect(page.get_by_text("has been completed or withdrawn")).to_be_visible()
    expect(page.get_by_role("button", name="Complete", exact=True)).to_have_count(0)


def test_taking_over_is_asked_for_and_takes_from_nobody_unseen(
    page_as: PageAs, shop: Client
) -> None:
    task = a_task(shop, "Taken over")
    path = f"/v2/user-tasks/{task['userTaskKey']}/assignment"
    shop.post("jack", path, {"assignee": "jack"})
    page = opened(page_as, "mei", task)
    expect(page.locator(".task-head")).to_contain_text("Jack Ross has it")

    page.keyboard.press("c")
    expect(page.locator(".task-head")).to_contain_text("Jack Ross has it")
    page.get_by_role("button", name="Take it over…").click()
    dialog = page.get_by_role("dialog", name="Jack Ross has this task")
    shop.post("jack", path, {"assignee": "anna"})
    dialog.get_by_role("button", name="Take it over").click()

    expect(page.get_by_role("alert")).to_contain_text("Somebody was faster")
    expect(page.locator(".task-head")).to_contain_text("Anna")
    page.get_by_role("button", name="Take it over…").click()
    again = page.get_by_role("dialog", name="Anna Zhou 周安娜 has this task")
    expect(again.get_by_role("button", name="Take it over")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".task-head")).to_contain_text("You have it")


def test_a_task_leads_to_its_case_and_the_case_to_its_task(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "There and back")
    page = opened(page_as, "mei", task)

    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(rf"/cases/{task['businessId']}"))
    page.get_by_role("link", name="Accept and confirm classification").first.click()

    expect(page).to_have_url(re.compile(rf"/work/{task['userTaskKey']}"))


def test_a_task_is_found_by_its_chinese_name(page_as: PageAs, shop: Client) -> None:
    task = a_task(shop, "In Chinese")
    page = page_as("mei", f"/work?q={task['businessId']}", lang="zh")

    page.get_by_role("searchbox").fill("受理并确认")

    expect(page.get_by_role("row", name="受理并确认分类").first).to_be_visible()


def test_a_lead_gives_many_tasks_to_one_person_and_sees_which_were_taken_meanwhile(
    page_as: PageAs, shop: Client
) -> None:
    tasks = [a_task(shop, f"Pile {number}") for number in range(4)]
    page = page_as("wang", "/work?view=all&sort=creationDate&desc=true")
    expect(page.get_by_role("row", name=tasks[0]["businessId"])).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("row", name=tasks[0]["businessId"]).click(modifiers=["Shift"])
    expect(page.get_by_text("4 chosen")).to_be_visible()
    faster = tasks[1]["userTaskKey"]
    shop.post("jack", f"/v2/user-tasks/{faster}/assignment", {"assignee": "jack"})
    page.get_by_role("button", name="Assign to…").click()
    page.get_by_role("combobox", name="Person").fill("Anna")
    page.get_by_role("option", name="Anna Zhou").click()
    page.get_by_role("button", name="Assign", exact=True).click()

    result = page.get_by_role("alert")
    expect(result).to_contain_text("3 tasks assigned")
    expect(result).to_contain_text(f"{tasks[1]['businessId']} Accept and confirm classification")
    expect(result).to_contain_text("Jack Ross has it")
    screenshot(page, "work-bulk-en")
    owners = [shop.get("wang", f"/v2/user-tasks/{t['userTaskKey']}")["assignee"] for t in tasks]
    assert owners == ["anna", "jack", "anna", "anna"]


def test_an_agent_takes_many_and_gives_them_back(page_as: PageAs, shop: Client) -> None:
    tasks = [a_task(shop, f"Armful {number}") for number in range(2)]
    page = page_as("mei", "/work?sort=creationDate&desc=true", lang="zh")
    for task in tasks:
        page.get_by_role("checkbox", name=task["businessId"]).check()
    screenshot(page, "work-chosen-zh")
    page.get_by_role("button", name="认领", exact=True).click()
    expect(page.get_by_text("已认领 2 项任务")).to_be_visible()
    expect(page.get_by_role("button", name="分派给")).to_have_count(0)

    for task in tasks:
        expect(page.get_by_role("row", name=task["businessId"])).to_contain_text("我")
        page.get_by_role("checkbox", name=task["businessId"]).check()
    page.get_by_role("button", name="退回", exact=True).click()

    expect(page.get_by_text("已退回 2 项任务")).to_be_visible()


def test_a_view_is_saved_opens_first_and_is_shared_with_the_group(
    page_as: PageAs, shop: Client
) -> None:
    a_task(shop, "Seen through a view")
    page = page_as("jack", "/work?view=unclaimed&sort=creationDate&desc=true", lang="zh")
    page.get_by_role("button", name="视图").click()
    page.get_by_role("menuitem", name="保存和管理视图").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("最新待认领")
    dialog.get_by_label("可见范围").select_option("客服专员")
    screenshot(page, "work-view-dialog-zh")
    dialog.get_by_role("button", name="保存视图").click()
    expect(page.get_by_role("button", name="最新待认领")).to_be_visible()

    page.goto("/work")
    expect(page).to_have_url(re.compile("view=unclaimed&sort=creationDate&desc=true"))
    page.get_by_role("button", name="待办").click()
    expect(page).to_have_url(re.compile("view=todo"))

    colleague = page_as("anna", "/work")
    expect(colleague.get_by_role("button", name="To do", pressed=True)).to_be_visible()
    colleague.get_by_role("button", name="Views").click()
    screenshot(colleague, "work-views-en")
    colleague.get_by_role("menuitem", name="最新待认领 (Jack Ross)").click()
    expect(colleague).to_have_url(re.compile("view=unclaimed"))

    page.get_by_role("button", name="视图").click()
    page.get_by_role("menuitem", name="保存和管理视图").click()
    page.get_by_role("button", name="删除最新待认领").click()
    expect(page.get_by_role("button", name="删除最新待认领")).to_have_count(0)
    page.keyboard.press("Escape")
