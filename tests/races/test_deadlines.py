"""When a deadline comes while something else happens, does only one of them count?"""

import pytest

from engine.errors import Conflict
from tests.bpmn.build import timer
from tests.races.meeting import HOUR, Action, Meeting, fired, pay, started, waiting_for_money
from tests.services.conftest import ALICE, NOON, Desk


def test_a_deadline_after_a_completion_does_nothing(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk, other)

    outcomes = meeting.of(lambda: desk.app.user_tasks.complete(ALICE, task, {}), other.work)

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["archive"]
    assert fired(desk) == 0


def test_after_its_deadline_a_completion_is_a_conflict(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk)

    outcomes = meeting.of(desk.work, lambda: other.app.user_tasks.complete(ALICE, task, {}))

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert desk.open_tasks() == ["escalate"]


def test_two_nodes_fire_a_timer_once(desk: Desk, other: Desk, meeting: Meeting) -> None:
    started(desk, other)

    outcomes = meeting.of(desk.work, other.work)

    assert outcomes == (None, None)
    assert fired(desk) == 1
    assert desk.open_tasks() == ["escalate"]


@pytest.mark.parametrize("message_first", [True, False], ids=["message-first", "deadline-first"])
def test_of_a_message_and_its_deadline_the_first_counts(
    desk: Desk, other: Desk, meeting: Meeting, message_first: bool
) -> None:
    diagram = waiting_for_money()
    diagram.boundary("late", "wait", timer("Duration", "PT1H")).user("dun").flow("late", "dun")
    desk.deploy(diagram)
    desk.start(order="1")
    desk.app.clock.pin(NOON + HOUR)
    other.app.clock.pin(NOON + HOUR)
    pair: list[Action] = [lambda: pay(desk), other.work]

    outcomes = meeting.of(*(pair if message_first else reversed(pair)))

    assert outcomes == (None, None)
    assert desk.open_tasks() == (["ship"] if message_first else ["dun"])
