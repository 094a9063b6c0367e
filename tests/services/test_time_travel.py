"""Does a demo's virtual time behave like time?"""

from datetime import datetime, timedelta

import pytest

from engine.errors import Conflict, Forbidden, InvalidInput
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import ALICE, NOON, ROOT, Desk, restarted

DAY = timedelta(days=1)


def test_everything_due_on_the_way_happens_at_its_own_time(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start().add("intermediateCatchEvent", "one_day", timer("Duration", "P1D"))
    diagram.add("intermediateCatchEvent", "another_day", timer("Duration", "P1D")).end()
    desk.deploy(diagram.chain("start", "one_day", "another_day", "end"))
    desk.start()

    desk.passes(5 * DAY)

    (instance,) = desk.rows("process_instance")
    assert instance["ended_at"] == NOON + 2 * DAY
    assert desk.app.clock.now() == NOON + 5 * DAY


def test_a_clock_that_ran_by_itself_lives_through_the_way_as_well(desk: Desk) -> None:
    desk.app.clock_control.reset(ROOT)
    diagram = Diagram()
    diagram.start().add("intermediateCatchEvent", "one_day", timer("Duration", "P1D"))
    diagram.add("intermediateCatchEvent", "another_day", timer("Duration", "P1D")).end()
    desk.deploy(diagram.chain("start", "one_day", "another_day", "end"))
    desk.start()

    desk.passes(5 * DAY)

    (instance,) = desk.rows("process_instance")
    started, ended = instance["started_at"], instance["ended_at"]
    assert isinstance(started, datetime)
    assert isinstance(ended, datetime)
    assert ended - started == 2 * DAY


def test_the_pinned_time_survives_a_restart(desk: Desk) -> None:
    desk.passes(DAY)

    again = desk.another()

    assert again.clock.now() == NOON + DAY


def test_virtual_time_does_not_go_back(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="only forward"):
        desk.app.clock_control.pin(ROOT, NOON - DAY)


def test_after_a_reset_the_machine_tells_the_time(desk: Desk) -> None:
    desk.app.clock_control.reset(ROOT)

    assert not desk.app.clock.is_pinned
    assert not desk.another().clock.is_pinned


def test_only_administrators_move_the_clock(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.clock_control.pin(ALICE, NOON + DAY)


def test_outside_a_demo_the_clock_stands_to_nobody(desk: Desk) -> None:
    serious = desk.another(clock=desk.app.clock, demo=False)

    with pytest.raises(Conflict, match="demo"):
        serious.clock_control.pin(ROOT, NOON + DAY)


def test_work_goes_on_where_it_stood_after_a_restart(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    desk.deploy(diagram)
    key = desk.start()

    again = restarted(desk)
    again.complete("answer")

    assert again.state(key) == "COMPLETED"
