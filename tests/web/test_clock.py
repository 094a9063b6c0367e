"""Does a demo's clock show its deadlines without waiting?"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from api.demo import people
from api.demo.client import Client
from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from tests.bpmn.build import Diagram, setting, timer
from tests.server import Server, quick_identity
from tests.web.harness import NARROW, build_pages, screenshot
from tests.web.shop import task_of

PageAs = Callable[..., Page]
WORDS = {
    "en": {
        "next": "To the next timer",
        "fired": "One timer fired",
        "reset": "real time",
        "date": "To a date",
    },
    "zh": {
        "next": "到下一个定时器",
        "fired": "触发了 1 个定时器",
        "reset": "恢复真实时间",
        "date": "到指定日期",
    },
}


def _open_shop(application: Application) -> None:
    """An answer that a supervisor gives where no agent does within a day."""
    people.hire(quick_identity(application))
    diagram = Diagram(process_id="ask")
    for step, group in (("answer", "agent"), ("step_in", "supervisor")):
        diagram.user(step, settings=setting("assignmentDefinition", candidateGroups=group))
    diagram.start().end().end("late_end").chain("start", "answer", "end")
    diagram.boundary("late", "answer", timer("Duration", "P1D")).chain(
        "late", "step_in", "late_end"
    )
    application.deployments.deploy(ENGINE, {"ask.bpmn": diagram.xml()})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Redress of its own: the others' deadlines stay as they are."""
    build_pages()
    made = Server(tmp_path_factory.mktemp("clock"), _open_shop, {"REDRESS_DEMO": "yes"})
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_clock_moves_to_the_next_deadline_and_the_escalation_is_there(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    started = shop.post("mei", "/v2/process-instances", {"processDefinitionId": "ask"})
    key = str(started["processInstanceKey"])
    page = page_as("demo", "/operations/clock", lang=lang)
    move = page.get_by_role("button", name=WORDS[lang]["next"])
    expect(move).to_be_enabled()
    move.press("Enter")

    expect(page.get_by_text(WORDS[lang]["fired"])).to_be_visible()
    screenshot(page, f"clock-{lang}")
    assert task_of(shop, key, "step_in")["candidateGroups"] == ["supervisor"]

    day = page.get_by_role("textbox", name=WORDS[lang]["date"])
    day.fill("2031-05-06")
    day.press("Tab")
    expect(day).to_have_value({"en": "6 May 2031", "zh": "2031年5月6日"}[lang])
    screenshot(page, f"clock-date-{lang}")

    page.get_by_role("button", name=re.compile(WORDS[lang]["reset"])).press("Enter")
    expect(page.get_by_role("button", name=re.compile(WORDS[lang]["reset"]))).to_have_count(0)


def test_who_may_not_move_the_clock_is_told_so(page_as: PageAs) -> None:
    page = page_as("otto", "/operations/clock", viewport=NARROW)

    expect(page.get_by_text("Only administrators move the clock of the demo.")).to_be_visible()
