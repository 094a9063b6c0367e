"""Does one find the case one looks for, and only cases one may see?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.domain.search import Condition, Operator, PageRequest, Search, SortBy
from engine.errors import InvalidInput, NotFound
from engine.persistence.search import case_filters
from engine.persistence.stores import customers
from engine.persistence.stores.customers import CustomerRow
from engine.services.queries.cases import CaseEntry, CaseFilter
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ADAM, ALICE, NOON, OTTO, ROOT, WANDA, Desk

NEWEST_FIRST = (SortBy(field="started_at", descending=True),)


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Three cases, an hour apart: an agent's, one that warehouse works on, and one that ended."""
    settings = Settings(
        database_url=database_url, document_folder=tmp_path / "documents", demo=True
    )
    made = Desk(build(settings, clock=SwitchableClock(ManualClock(NOON))))
    made.deploy(*diagrams())
    for number, process, customer in (
        ("R-1", "service", "c-1"),
        ("R-2", "parcel", "c-2"),
        ("R-3", "service", "c-1"),
    ):
        made.app.instances.create(
            ALICE,
            process_id=process,
            business_id=number,
            variables={"customer_id": customer, "customer": {"name": f"Name of {customer}"}},
        )
        made.passes(timedelta(hours=1))
    third = Search(conditions=[Condition(field="business_id", operator=Operator.EQ, value="R-3")])
    (task,) = made.app.queries.user_tasks.tasks.search(OTTO, third).items
    made.app.user_tasks.complete(ADAM, task.user_task_key, {"answer": "yes"})
    yield made
    made.app.stop()


def diagrams() -> tuple[Diagram, Diagram]:
    due = setting("taskSchedule", dueDate="2026-03-03T12:00:00Z")
    service = Diagram(process_id="service")
    service.start().user(
        "answer", settings=setting("assignmentDefinition", candidateGroups="agent") + due
    ).end()
    service.boundary("late", "answer", timer("Duration", "P3D"), interrupting=False)
    service.end("told").chain("start", "answer", "end").chain("late", "told")
    parcel = Diagram(process_id="parcel")
    parcel.start().user(
        "receive", settings=setting("assignmentDefinition", candidateGroups="warehouse")
    ).end().chain("start", "receive", "end")
    return service, parcel


def found(desk: Desk, actor: object = ALICE, **asked: str) -> list[str]:
    return [entry.number for entry in entries(desk, actor, **asked)]


def entries(desk: Desk, actor: object = ALICE, **wanted: str) -> tuple[CaseEntry, ...]:
    asked = Search(sort=NEWEST_FIRST)
    return desk.app.queries.cases.search(actor, asked, CaseFilter(**wanted)).items


def test_every_case_is_there_once_the_newest_first(desk: Desk) -> None:
    assert found(desk) == ["R-3", "R-2", "R-1"]


def test_a_case_with_several_processes_is_one_case(desk: Desk) -> None:
    desk.app.instances.create(ALICE, process_id="parcel", business_id="R-1")

    assert found(desk) == ["R-3", "R-2", "R-1"]
    assert found(desk, process="parcel") == ["R-2", "R-1"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        pytest.param({"number": "-2"}, ["R-2"], id="part-of-the-number"),
        pytest.param({"number": "%"}, [], id="no-wildcards"),
        pytest.param({"customer": "c-1"}, ["R-3", "R-1"], id="the-customers-id"),
        pytest.param({"state": "ACTIVE"}, ["R-2", "R-1"], id="active"),
        pytest.param({"state": "ENDED"}, ["R-3"], id="ended"),
        pytest.param({"person": "adam"}, ["R-3"], id="who-worked-on-it"),
        pytest.param({"person": "alice"}, ["R-3", "R-2", "R-1"], id="who-started-it"),
        pytest.param({"process": "parcel"}, ["R-2"], id="process"),
        pytest.param({"customer": "c-1", "state": "ACTIVE"}, ["R-1"], id="all-together"),
        pytest.param({"customer": "nobody"}, [], id="nothing"),
    ],
)
def test_what_is_asked_for_is_found(desk: Desk, asked: dict[str, str], numbers: list[str]) -> None:
    assert found(desk, **asked) == numbers


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"person": "alice"}, ["R-3", "R-2", "R-1"]),
        ({"process": "service"}, ["R-3", "R-1"]),
        ({"customer": "c-1"}, ["R-3", "R-1"]),
        ({"state": "ACTIVE"}, ["R-2", "R-1"]),
        ({"number": "r-"}, ["R-3", "R-2", "R-1"]),
    ],
)
def test_many_cases_are_found_as_few_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, str], numbers: list[str]
) -> None:
    monkeypatch.setattr(case_filters, "FEW", 1)

    assert found(desk, **wanted) == numbers


@pytest.mark.parametrize("few", [0, 10])
def test_whoever_has_a_task_or_completed_that_of_another_is_involved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(case_filters, "FEW", few)
    (task,) = entries(desk, number="R-1")
    key = desk.task("answer", task.process_instance_key)
    desk.app.user_tasks.assign(ROOT, key, "adam")

    assert found(desk, person="adam") == ["R-3", "R-1"]
    desk.app.user_tasks.complete(ROOT, key, {})
    assert found(desk, person="root") == ["R-1"]
    assert found(desk, person="adam") == ["R-3", "R-1"]


def test_a_whole_number_finds_no_longer_ones(desk: Desk) -> None:
    desk.app.instances.create(ALICE, process_id="parcel", business_id="R-12")

    assert found(desk, number="R-1") == ["R-1"]
    assert found(desk, number="-1") == ["R-12", "R-1"]


def test_of_a_customers_id_longer_than_the_index_every_letter_counts(desk: Desk) -> None:
    for number, last in (("R-7", "a"), ("R-8", "b")):
        desk.app.instances.create(
            ALICE,
            process_id="parcel",
            business_id=number,
            variables={"customer_id": "c" * 4_000 + last},
        )

    assert found(desk, customer="c" * 4_000 + "b") == ["R-8"]


@pytest.mark.parametrize("text", ["LIN", "mei@", "138"])
def test_a_customer_is_found_by_name_address_and_number(desk: Desk, text: str) -> None:
    row = CustomerRow(
        id="c-2",
        name="Lin Mei",
        email="mei@example.com",
        phone="+86 138",
        language="zh",
        segment="regular",
        channels=[],
        consent=True,
        last_surveyed_at=None,
    )
    with desk.app.database.write() as connection:
        customers.insert(connection, [row])

    assert found(desk, customer=text) == ["R-2"]


def test_a_time_range_includes_its_beginning_and_not_its_end(desk: Desk) -> None:
    conditions = [
        Condition(field="started_at", operator=Operator.GTE, value=NOON),
        Condition(field="started_at", operator=Operator.LT, value=NOON + timedelta(hours=1)),
    ]

    result = desk.app.queries.cases.search(ALICE, Search(conditions=conditions))

    assert [entry.number for entry in result.items] == ["R-1"]


def test_an_entry_says_how_the_case_stands(desk: Desk) -> None:
    ended, _, active = entries(desk)

    assert (active.state, active.open_tasks, active.ended_at) == ("ACTIVE", 1, None)
    assert active.next_due is not None
    assert (ended.state, ended.open_tasks, ended.next_due) == ("ENDED", 0, None)
    assert ended.ended_at == NOON + timedelta(hours=3)
    assert active.parties.customer_name == "Name of c-1"


def test_warehouse_sees_only_the_case_it_has_a_task_in(desk: Desk) -> None:
    assert found(desk, WANDA) == ["R-2"]
    assert desk.app.queries.case_pages.get(WANDA, "R-2").number == "R-2"
    with pytest.raises(NotFound):
        desk.app.queries.case_pages.get(WANDA, "R-1")


def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk) -> None:
    numbers: list[str] = []
    after = None
    for _ in range(3):
        asked = Search(sort=NEWEST_FIRST, page=PageRequest(limit=1, after=after))
        result = desk.app.queries.cases.search(ALICE, asked)
        numbers += [entry.number for entry in result.items]
        after = result.end_cursor

    assert numbers == ["R-3", "R-2", "R-1"]


def test_a_page_names_what_is_due_next(desk: Desk) -> None:
    page = desk.app.queries.case_pages.get(ALICE, "R-1")

    assert [(d.kind, d.element_id) for d in page.deadlines] == [
        ("TASK", "answer"),
        ("TIMER", "late"),
    ]
    assert [(task.row.element_id, task.may_work) for task in page.tasks] == [("answer", True)]


def test_a_variable_comes_with_its_changes(desk: Desk) -> None:
    stories = desk.app.queries.case_pages.variables(ALICE, "R-3")

    (answer,) = [story for story in stories if story.variable.name == "answer"]
    assert answer.variable.value == "yes"
    assert [(c.old, c.new, c.created, c.actor) for c in answer.changes] == [
        (None, "yes", True, "adam")
    ]


def test_the_path_counts_visits_and_flows_and_says_where_tokens_are(desk: Desk) -> None:
    (active,) = desk.app.queries.case_pages.path(ALICE, "R-1")
    (ended,) = desk.app.queries.case_pages.path(ALICE, "R-3")

    here = {e.element_id: (e.active, e.completed, e.terminated) for e in active.elements}
    there = {e.element_id: (e.active, e.completed, e.terminated) for e in ended.elements}
    assert here["start"] == (0, 1, 0)
    assert here["answer"] == (1, 0, 0)
    assert there["answer"] == there["end"] == (0, 1, 0)
    assert (len(active.flows), len(ended.flows)) == (1, 2)
    assert set(ended.flows.values()) == {1}


def test_a_replay_in_small_pages_is_the_same_as_in_one(desk: Desk) -> None:
    replay = desk.app.queries.case_replay
    whole = replay.page(ALICE, "R-3", after=None, limit=1000)

    steps = []
    after = None
    while page := replay.page(ALICE, "R-3", after=after, limit=3).steps:
        steps += page
        after = replay.page(ALICE, "R-3", after=after, limit=3).end

    assert steps == list(whole.steps)
    assert whole.total == len(whole.steps)
    assert [step.sequence for step in steps] == list(range(1, len(steps) + 1))


def test_a_story_is_read_backwards_in_pages_too(desk: Desk) -> None:
    replay = desk.app.queries.case_replay
    forwards = replay.page(ALICE, "R-3", after=None, limit=1000).steps

    after, backwards = None, []
    while page := replay.page(ALICE, "R-3", after=after, limit=3, newest_first=True):
        if not page.steps:
            break
        backwards += page.steps
        after = page.end

    assert backwards == list(reversed(forwards))


def test_a_story_is_read_of_some_kinds_and_one_element_only(desk: Desk) -> None:
    replay = desk.app.queries.case_replay
    every = replay.page(ALICE, "R-3", after=None, limit=1000)
    kinds = ["element_activated", "element_completed"]
    element = next(step.element_id for step in every.steps if step.kind == "element_completed")

    some = replay.page(ALICE, "R-3", after=None, limit=1000, kinds=kinds, element_id=element)

    fits = [s for s in every.steps if s.kind in kinds and s.element_id == element]
    assert list(some.steps) == fits
    assert some.total == every.total


def test_a_replay_says_which_flow_was_taken_and_what_changed(desk: Desk) -> None:
    steps = desk.app.queries.case_replay.page(ALICE, "R-3", after=None, limit=1000).steps

    flows = [(step.flow.source, step.flow.target) for step in steps if step.flow]
    assert flows == [("start", "answer"), ("answer", "end")]
    changed = [step.variable.name for step in steps if step.variable]
    assert changed == ["customer_id", "customer", "answer"]


@pytest.mark.parametrize("cursor", ["", "x", "W10=", "WyJ4IiwxLDJd", "WzEsMiwzXQ=="])
def test_an_invented_place_in_a_replay_is_refused(desk: Desk, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        desk.app.queries.case_replay.page(ALICE, "R-1", after=cursor, limit=1)
