"""Has every case a number of its own, and every instance in it one that no other has?"""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.bootstrap import build
from engine.errors import InvalidInput, RevisionConflict
from engine.persistence.batch import Batch
from engine.persistence.stores import instances
from engine.services.case_numbers import NUMBERS_AT_ONCE
from engine.services.command import Command, run
from tests.bpmn.build import Diagram, caught, timer
from tests.services.conftest import ALICE, Desk, restarted


def simple(process_id: str = "process", *, start: str = "") -> Diagram:
    diagram = Diagram(process_id).message("survey", key="")
    diagram.start("start", start).user("answer").end().chain("start", "answer", "end")
    return diagram


def numbered(process_id: str = "process") -> Diagram:
    """A process that keeps its number, and that of its case, in variables."""
    diagram = Diagram(process_id)
    diagram.start().script("register", "=own number()", "number")
    diagram.script("look", "=case()", "case_number").user("answer").end()
    diagram.chain("start", "register", "look", "answer", "end")
    return diagram


def numbers(desk: Desk) -> list[object]:
    return [row["business_id"] for row in desk.rows("process_instance")]


def opened(desk: Desk, business_id: str | None = None, process_id: str = "process") -> int:
    created = desk.app.instances.create(ALICE, process_id=process_id, business_id=business_id)
    return created.key


def test_a_case_that_is_opened_without_a_number_gets_the_next_of_the_year(desk: Desk) -> None:
    desk.deploy(simple())

    desk.start()
    desk.start()

    assert numbers(desk) == ["2026-000001", "2026-000002"]


def test_whoever_opens_a_case_is_told_its_number_and_finds_it_there(desk: Desk) -> None:
    desk.deploy(simple())

    created = desk.app.instances.create(ALICE, process_id="process")

    assert created.business_id is not None
    (found,) = desk.app.queries.case_pages.get(ALICE, created.business_id).processes
    assert found.row.key == created.key


def test_a_number_that_is_given_stays(desk: Desk) -> None:
    desk.deploy(simple())

    opened(desk, "C-7")

    assert numbers(desk) == ["C-7"]


def test_a_number_that_was_given_by_hand_is_not_given_again(desk: Desk) -> None:
    desk.deploy(simple())
    opened(desk, "2026-000001")

    opened(desk)

    assert numbers(desk) == ["2026-000001", "2026-000002"]


@pytest.mark.parametrize(
    ("at", "number"),
    [
        pytest.param(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "2026-000002", id="not-yet"),
        pytest.param(datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027-000001", id="midnight"),
    ],
)
def test_a_year_begins_when_it_begins_in_the_shops(desk: Desk, at: datetime, number: str) -> None:
    desk.deploy(simple())
    desk.start()
    desk.app.clock.pin(at)

    desk.start()

    assert numbers(desk)[-1] == number


def test_a_zone_that_does_not_exist_stops_the_start_by_name(desk: Desk) -> None:
    with pytest.raises(ValueError, match=r"REDRESS_TIME_ZONE.*'Mars/Base'"):
        build(replace(desk.app.settings, time_zone="Mars/Base"))


def test_cases_that_are_opened_at_once_get_different_numbers_without_a_gap(desk: Desk) -> None:
    desk.deploy(simple())
    barrier = threading.Barrier(8)

    def open_three() -> None:
        barrier.wait()
        for _ in range(3):
            desk.start()

    threads = [threading.Thread(target=open_three) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, numbers(desk))) == [f"2026-{count:06}" for count in range(1, 25)]


def test_numbers_go_on_after_a_restart(desk: Desk) -> None:
    desk.deploy(simple())
    desk.start()

    restarted(desk).start()

    following = 2 if desk.app.database.is_sqlite else 1 + NUMBERS_AT_ONCE
    assert numbers(desk) == ["2026-000001", f"2026-{following:06}"]


def test_a_node_that_has_given_out_its_numbers_takes_the_next(desk: Desk) -> None:
    desk.deploy(simple())

    for _ in range(NUMBERS_AT_ONCE + 1):
        desk.start()

    assert numbers(desk)[-1] == f"2026-{NUMBERS_AT_ONCE + 1:06}"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nobody_who_opens_a_case_waits_for_another_who_does(desk: Desk) -> None:
    key = desk.deploy(simple())["process"]
    context = desk.app.instances._context
    other = restarted(desk)

    def start_while_others_start(command: Command) -> None:
        command.start(context.models.definition(command.connection, key), {})
        for node in (desk, other):
            starting = threading.Thread(target=node.start, daemon=True)
            starting.start()
            starting.join(timeout=20)
            assert not starting.is_alive()

    run(context, ALICE, start_while_others_start)

    assert len(set(numbers(desk))) == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_start_that_fails_gives_its_number_back(desk: Desk) -> None:
    key = desk.deploy(simple())["process"]
    context = desk.app.instances._context

    def start_and_fail(command: Command) -> None:
        command.start(context.models.definition(command.connection, key), {})
        raise InvalidInput("the form is empty")

    with pytest.raises(InvalidInput):
        run(context, ALICE, start_and_fail)
    desk.start()

    assert numbers(desk) == ["2026-000001"]


def test_what_one_message_starts_is_one_case(desk: Desk) -> None:
    by_survey = caught("message", "survey")
    desk.deploy(simple("recovery", start=by_survey), simple("statistics", start=by_survey))

    desk.app.messages.publish(ALICE, name="survey", correlation_key="K-1", variables={})

    assert numbers(desk) == ["2026-000001", "2026-000001"]


def test_what_a_timer_starts_is_a_case(desk: Desk) -> None:
    desk.deploy(simple(start=timer("Cycle", "R/PT1H")))

    desk.passes(timedelta(hours=2))

    assert numbers(desk) == ["2026-000001", "2026-000002"]


def test_a_called_instance_belongs_to_the_case_of_its_caller(desk: Desk) -> None:
    calling = Diagram("parent")
    calling.start().call("call").end().chain("start", "call", "end")
    desk.deploy(calling, simple("child"))

    desk.start("parent")

    assert numbers(desk) == ["2026-000001", "2026-000001"]


def test_an_instance_knows_its_number_and_that_of_its_case(desk: Desk) -> None:
    desk.deploy(numbered())

    known = desk.variables(opened(desk, "C-7"))

    assert (known["number"], known["case_number"]) == ('"C-7"', '"C-7"')


def test_two_instances_of_a_process_in_one_case_have_different_numbers(desk: Desk) -> None:
    desk.deploy(numbered())

    in_case = [desk.variables(opened(desk, "C-7")) for _ in range(3)]

    assert [known["number"] for known in in_case] == ['"C-7"', '"C-7-2"', '"C-7-3"']
    assert {known["case_number"] for known in in_case} == {'"C-7"'}


def test_instances_of_different_processes_share_the_number_of_their_case(desk: Desk) -> None:
    desk.deploy(numbered("complaint"), numbered("return"))

    in_case = [desk.variables(opened(desk, "C-7", name)) for name in ("complaint", "return")]

    assert [known["number"] for known in in_case] == ['"C-7"', '"C-7"']


def test_a_process_that_is_called_again_has_a_number_of_its_own(desk: Desk) -> None:
    calling = Diagram("parent")
    calling.start().call("first", process="return").call("second", process="return").end()
    calling.parallel("both").chain("start", "both").flow("both", "first").flow("both", "second")
    calling.flow("first", "end").flow("second", "end")
    desk.deploy(calling, numbered("return"))

    opened(desk, "C-7", "parent")

    called = [row["key"] for row in desk.rows("process_instance") if row["process_id"] == "return"]
    assert {desk.variables(key)["number"] for key in called} == {'"C-7"', '"C-7-2"'}


def test_of_two_instances_that_take_the_same_place_in_a_case_one_begins_anew(desk: Desk) -> None:
    desk.deploy(simple())
    key = opened(desk, "C-7")

    def take_the_same_place() -> None:
        with desk.app.database.write() as connection:
            row = instances.find(connection, key)
            assert row is not None
            batch = Batch(connection)
            instances.insert(batch, row._replace(key=key + 1))
            batch.send()

    with pytest.raises(RevisionConflict):
        take_the_same_place()
