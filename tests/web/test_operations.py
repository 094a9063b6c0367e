"""Do operators see what has stopped, in words, and get it going again?"""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from api.demo import people
from api.demo.client import Client
from api.demo.world import create_world
from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from tests.bpmn.build import Diagram, mapping, setting, timer
from tests.connectors.retail_system import RetailSystem, serve
from tests.server import Server, quick_identity
from tests.web.harness import NARROW, build_pages, screenshot
from tests.web.shop import task_of

PageAs = Callable[..., Page]
ORDER = "O-77"
HAPPENED = {
    "en": "An outside system could not do what the step asks for",
    "zh": "外部系统多次尝试后仍无法完成该步骤的请求",
}
WORDS = {
    "en": {"again": "Try again", "all": "Try all again", "none": "No incidents", "mend": "Mend"},
    "zh": {"again": "重试", "all": "全部重试", "none": "没有异常", "mend": "排除原因"},
}
PATIENCE_SECONDS = 30


def _refund_process() -> bytes:
    """Pay an amount back, then let an agent tell the customer; a reminder after a day."""
    diagram = Diagram(process_id="pay_back")
    amount = mapping(
        {"order_id": "=order", "amount": "=20", "currency": '="CNY"', "reason": '="It leaks."'}
    )
    job = setting("taskDefinition", type="redress:refund", retries="1")
    named = setting(
        "properties",
        setting("property", name="name.en", value="Pay back"),
        setting("property", name="name.zh", value="退款"),
    )
    diagram.start().add("serviceTask", "pay", settings=job + amount + named)
    agents = setting("assignmentDefinition", candidateGroups="agent")
    diagram.user("tell", settings=agents).end()
    diagram.chain("start", "pay", "tell", "end")
    diagram.boundary("late", "tell", timer("Duration", "P1D")).end("forgotten")
    diagram.chain("late", "forgotten")
    return _drawn(diagram.xml())


def _drawn(xml: bytes) -> bytes:
    """Return the model with a drawing: its steps in a row, without the flows."""
    shapes = "".join(
        f'<d:BPMNShape id="{one}_shape" bpmnElement="{one}">'
        f'<c:Bounds x="{150 * place}" y="80" width="100" height="80"/></d:BPMNShape>'
        for place, one in enumerate(("pay", "tell"))
    )
    drawing = (
        '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"'
        ' xmlns:c="http://www.omg.org/spec/DD/20100524/DC" id="drawing">'
        f'<d:BPMNPlane id="plane" bpmnElement="pay_back">{shapes}</d:BPMNPlane></d:BPMNDiagram>'
    )
    before, end = xml.rsplit(b"</", 1)
    return before + drawing.encode() + b"</" + end


def _open_shop(application: Application) -> None:
    people.hire(quick_identity(application))
    application.deployments.deploy(ENGINE, {"pay_back.bpmn": _refund_process()})
    create_world(application.database, (), application.clock.now())


@pytest.fixture(scope="module")
def payments() -> Iterator[RetailSystem]:
    """A payment provider that knows no order yet."""
    system = RetailSystem()
    listening = serve(system)
    yield system
    listening.shutdown()
    listening.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, payments: RetailSystem) -> Iterator[Server]:
    """A Redress of its own, whose payments go to that provider."""
    build_pages()
    environment = {"REDRESS_DEMO": "yes", "REDRESS_PAYMENTS_URL": payments.url}
    made = Server(tmp_path_factory.mktemp("operations"), _open_shop, environment)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def stopped(shop: Client, payments: RetailSystem) -> str:
    """The key of an instance that has stopped: the provider does not know the order."""
    payments.left_to_refund.clear()
    body = {"processDefinitionId": "pay_back", "variables": {"order": ORDER}}
    key = str(shop.post("demo", "/v2/process-instances", body)["processInstanceKey"])
    end = time.monotonic() + PATIENCE_SECONDS
    search = {"filter": {"processInstanceKey": key, "state": "ACTIVE"}}
    while not shop.post("otto", "/v2/incidents/search", search)["items"]:
        assert time.monotonic() < end, "the payment did not fail"
        time.sleep(0.1)
    return key


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_operator_mends_the_cause_and_the_case_goes_on(
    page_as: PageAs, shop: Client, payments: RetailSystem, stopped: str, lang: str
) -> None:
    page = page_as("otto", "/operations/incidents", lang=lang)
    page.get_by_role("link", name=re.compile(HAPPENED[lang])).first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(WORDS[lang]["mend"])
    expect(panel).to_contain_text({"en": "Pay back", "zh": "退款"}[lang])
    case = panel.get_by_role("link", name=re.compile(r"^\d{4}-\d+$"))
    expect(case).to_have_attribute("href", re.compile(r"^/cases/\d{4}-\d+$"))
    screenshot(page, f"incident-{lang}")

    payments.left_to_refund[ORDER] = 100.0
    panel.get_by_role("button", name=WORDS[lang]["again"], exact=True).click()

    expect(panel).to_have_count(0)
    assert task_of(shop, stopped, "tell")["state"] == "CREATED"
    assert payments.left_to_refund[ORDER] == 80.0


def test_an_operator_changes_a_wrong_value_and_the_step_is_tried_with_it(
    page_as: PageAs, shop: Client, payments: RetailSystem, stopped: str
) -> None:
    page = page_as("otto", "/operations/incidents")
    page.get_by_role("link", name=re.compile(HAPPENED["en"])).first.click()
    panel = page.get_by_role("dialog")
    expect(panel.locator('.djs-element[data-element-id="pay"].mark-incident')).to_be_visible()
    payments.left_to_refund["O-78"] = 100.0

    panel.get_by_label("Value to change").fill("order_id")
    value = panel.get_by_label("New value")
    expect(value).to_have_value(f'"{ORDER}"')
    value.fill("O-78")
    again = panel.get_by_role("button", name="Change and try again")
    expect(again).to_be_disabled()
    expect(panel).to_contain_text("This is not JSON.")
    value.fill('"O-78"')
    panel.get_by_label("Reason").fill("The customer misread the number.")
    screenshot(page, "incident-mending")
    again.click()

    expect(panel).to_have_count(0)
    assert task_of(shop, stopped, "tell")["state"] == "CREATED"
    assert payments.left_to_refund["O-78"] == 80.0


def test_an_operator_gives_a_case_up_and_its_page_says_why(
    page_as: PageAs, shop: Client, stopped: str
) -> None:
    page = page_as("otto", "/operations/incidents", lang="zh")
    page.get_by_role("link", name=re.compile(HAPPENED["zh"])).first.click()
    panel = page.get_by_role("dialog", name="异常")
    case = panel.get_by_role("link", name=re.compile(r"^\d{4}-\d+$")).get_attribute("href") or ""
    panel.get_by_role("button", name="取消流程").click()
    question = page.get_by_role("dialog", name="取消流程？")
    cancel = question.get_by_role("button", name="取消流程")
    expect(cancel).to_be_disabled()
    question.get_by_label("原因").fill("测试订单")
    screenshot(page, "incident-giving-up")
    cancel.click()

    expect(question).to_have_count(0)
    assert shop.get("otto", f"/v2/process-instances/{stopped}")["state"] == "TERMINATED"
    page.goto(case)
    expect(page.get_by_text("取消了流程：测试订单")).to_be_visible()


def test_what_fails_again_is_an_incident_again(page_as: PageAs, stopped: str) -> None:
    page = page_as("otto", "/operations/incidents")
    link = page.get_by_role("link", name=re.compile(HAPPENED["en"])).first
    first = page.locator("tbody tr[data-key]").first.get_attribute("data-key")
    link.click()
    page.get_by_role("dialog").get_by_role("button", name="Try again", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    expect(page.locator(f'tr[data-key="{first}"]')).to_have_count(0)
    expect(link).to_be_visible(timeout=40_000)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_incidents_of_a_cause_are_tried_again_at_once(
    page_as: PageAs, shop: Client, payments: RetailSystem, stopped: str, lang: str
) -> None:
    page = page_as("otto", "/operations/incidents?work=redress:refund", lang=lang)
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    payments.left_to_refund[ORDER] = 1000.0

    page.get_by_role("button", name=WORDS[lang]["all"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name={"en": "Try again", "zh": "开始重试"}[lang]).click()

    expect(dialog.get_by_role("status")).to_contain_text({"en": "0 to go", "zh": "剩余 0"}[lang])
    screenshot(page, f"incidents-retried-{lang}")
    dialog.get_by_role("button", name={"en": "Close", "zh": "关闭"}[lang]).last.click()
    expect(page.get_by_role("heading", name=WORDS[lang]["none"])).to_be_visible()
    assert task_of(shop, stopped, "tell")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_count_leads_to_its_list(page_as: PageAs, stopped: str, lang: str) -> None:
    page = page_as("otto", "/operations", lang=lang)
    name = {"en": "Incidents", "zh": "异常"}[lang]
    tile = page.get_by_role("region", name=name, exact=True)
    expect(tile.locator("[data-bad]")).to_have_text(re.compile(r"^[1-9]\d*$"))
    screenshot(page, f"operations-{lang}")

    tile.get_by_role("link").click()

    expect(page).to_have_url(re.compile(r"/operations/incidents$"))
    expect(page.get_by_role("link", name=re.compile(HAPPENED[lang])).first).to_be_visible()
    screenshot(page, f"incidents-{lang}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_jobs_say_their_step_and_why_they_failed(page_as: PageAs, stopped: str, lang: str) -> None:
    page = page_as("otto", "/operations/jobs?state=FAILED", lang=lang)

    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text({"en": "Pay back", "zh": "退款"}[lang])
    expect(row).to_contain_text({"en": "Pay refund", "zh": "退款"}[lang])
    screenshot(page, f"jobs-{lang}")

    row.get_by_role("link", name={"en": "Given up", "zh": "已放弃"}[lang]).click()

    given_up = {"en": "Work of outside systems", "zh": "外部系统的工作"}[lang]
    expect(page.get_by_label(given_up)).to_have_value("redress:refund")
    expect(page.get_by_role("link", name=re.compile(HAPPENED[lang])).first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_timers_say_when_they_are_due(
    page_as: PageAs, shop: Client, payments: RetailSystem, stopped: str, lang: str
) -> None:
    payments.left_to_refund[ORDER] = 1000.0
    shop.post("otto", "/api/incidents/retry", {})
    task_of(shop, stopped, "tell")
    page = page_as("otto", "/operations/timers", lang=lang)

    due = {"en": re.compile("(1 day|23 hrs?) left"), "zh": re.compile("剩余 ?(1天|23小时)")}[lang]
    expect(page.get_by_role("row").nth(1)).to_contain_text(due)
    screenshot(page, f"timers-{lang}")

    page.get_by_text({"en": "Overdue", "zh": "已超时"}[lang], exact=True).click()
    none = {"en": "No timers wait", "zh": "没有等待的定时器"}[lang]
    expect(page.get_by_role("heading", name=none)).to_be_visible()


def test_an_agent_is_not_offered_operations_and_is_told_why(page_as: PageAs) -> None:
    page = page_as("mei", "/operations")

    expect(page.get_by_role("alert")).to_contain_text("You may not do this")
    expect(page.get_by_role("link", name="Operations", exact=True)).to_have_count(0)


def test_incidents_fit_a_phone(page_as: PageAs, stopped: str) -> None:
    page = page_as("otto", "/operations/incidents", viewport=NARROW)
    page.get_by_role("link", name=re.compile(HAPPENED["en"])).first.click()

    again = page.get_by_role("dialog").get_by_role("button", name="Try again", exact=True)
    expect(again).to_be_in_viewport()
    screenshot(page, "incident-phone")
