"""Does the work list stay light with 100 000 open tasks?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from api.demo import people
from engine.bootstrap import Application
from engine.domain.identity import ENGINE
from tests.bpmn.build import Diagram, setting
from tests.server import Server, quick_identity
from tests.web.harness import Visitors, build_pages

TASKS = 100_000
FIRST_COPY = 10**9
COLUMNS = {
    "process_instance": {"key": "o.key + n", "root_key": "o.root_key + n"},
    "user_task": {
        "key": "o.key + n",
        "process_instance_key": "o.process_instance_key + n",
        "element_instance_key": "o.element_instance_key + n",
    },
    "user_task_candidate": {"user_task_key": "o.user_task_key + n"},
}
NUMBERED = {"process_instance": {"business_id": "'B-' || printf('%06d', n - :first)"}}

SCROLLED = """([frame, index]) => {
  frame.scrollTo(0, frame.scrollHeight);
  const last = [...frame.querySelectorAll('tr[data-index]')].at(-1);
  return Number(last?.dataset.index) >= index;
}"""


def _hire_and_pile_up(application: Application) -> None:
    people.hire(quick_identity(application))
    diagram = Diagram()
    agents = setting("assignmentDefinition", candidateGroups="agent")
    diagram.start().user("answer", settings=agents).end().chain("start", "answer", "end")
    application.deployments.deploy(ENGINE, {"pile.bpmn": diagram.xml()})
    application.instances.create(ENGINE, process_id="process", variables={})
    with application.database.write() as connection:
        for table, columns in COLUMNS.items():
            changed = columns | NUMBERED.get(table, {})
            names = [row[1] for row in connection.execute(text(f"pragma table_info({table})"))]
            values = ", ".join(changed.get(name, f"o.{name}") for name in names)
            connection.execute(
                text(
                    "with recursive number(n) as (select :first + 1 union all "
                    "select n + 1 from number where n < :first + :count - 1) "
                    f"insert into {table} ({', '.join(names)}) "
                    f"select {values} from (select * from {table}) o cross join number"
                ),
                {"first": FIRST_COPY, "count": TASKS},
            )


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Redress with 100 000 open tasks for agents."""
    build_pages()
    made = Server(tmp_path_factory.mktemp("many"), _hire_and_pile_up, {"REDRESS_DEMO": "yes"})
    made.start()
    yield made
    made.stop()


@pytest.fixture
def page(crowded: Server, browser: Browser) -> Iterator[Page]:
    visitors = Visitors(browser, crowded)
    yield visitors.page_as("mei", "/work")
    complaints = visitors.examine()
    visitors.leave()
    assert not complaints, "\n".join(complaints)


def test_only_the_rows_in_sight_are_in_the_page(page: Page) -> None:
    rows = page.locator("tbody tr[data-key]")
    expect(rows.nth(10)).to_be_visible()

    frame = page.get_by_role("region", name="Work").last
    page.wait_for_function(SCROLLED, arg=[frame.element_handle(), 200], polling=200)

    assert rows.count() < 100
    frame.evaluate("it => it.scrollTo(0, 0)")  # a row half under the head is no small target
    expect(rows.first).to_be_in_viewport()


def test_one_case_among_them_is_found_by_its_number(page: Page) -> None:
    expect(page.locator("tbody tr[data-key]").nth(10)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("B-077123")

    expect(page.locator("tbody tr[data-key]")).to_have_count(1)
    expect(page.get_by_role("row", name="B-077123")).to_be_visible()
