"""When a broadcast meets somebody who begins or ceases to wait, is it had once or not at all?"""

import pytest

from engine.errors import Conflict
from engine.points import Point
from engine.services.due_work import BATCH
from tests.bpmn.build import Diagram, caught
from tests.races.meeting import Action, Meeting
from tests.services.conftest import ALICE, ROOT, Desk

MEETING_POINTS = (Point.COMMAND_BEGUN, Point.SIGNAL_ADDRESSED, Point.ROWS_WRITTEN)
RECALL = caught("signal", "recall")


def waits() -> Diagram:
    diagram = Diagram().signal("recall").start().user("inspect").end()
    diagram.add("intermediateCatchEvent", "wait", RECALL)
    return diagram.chain("start", "wait", "inspect", "end")


def interrupted() -> Diagram:
    diagram = Diagram().signal("recall").start().user("sell").user("file").end()
    diagram.chain("start", "sell", "file", "end")
    diagram.boundary("recalled", "sell", RECALL).user("send_back")
    return diagram.flow("recalled", "send_back")


def broadcast(desk: Desk) -> None:
    desk.app.signals.broadcast(ALICE, name="recall", variables={})


def heard(desk: Desk) -> int:
    return sum(fact["kind"] == "signal_received" for fact in desk.rows("history"))


@pytest.mark.parametrize("at", MEETING_POINTS)
def test_who_begins_to_wait_during_a_broadcast_gets_it_once_or_waits_for_the_next(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    desk.deploy(waits())
    desk.start()  # parsed and cached, and somebody to be addressed

    outcomes = meeting.of(lambda: broadcast(desk), lambda: other.start(), at=at)
    desk.work()

    assert outcomes == (None, None)
    assert heard(desk) == len(desk.open_tasks()) in (1, 2)
    broadcast(desk)
    desk.work()
    assert heard(desk) == 2
    assert desk.open_tasks() == ["inspect", "inspect"]


def test_a_broadcast_that_is_over_does_not_reach_who_has_not_begun_to_wait_for_others_to_see(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(waits())
    desk.start()

    outcomes = meeting.of(lambda: desk.start(), lambda: broadcast(other))
    desk.work()

    assert outcomes == (None, None)
    is_alone = desk.app.database.is_sqlite  # whose broadcast comes after the start
    assert heard(desk) == (2 if is_alone else 1)


def test_a_node_delivers_to_others_while_another_one_is_at_a_batch(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(waits())
    for _ in range(BATCH + 3):
        desk.start()
    broadcast(desk)
    noted: list[int] = []

    def deliver_and_note() -> None:
        other.work()
        noted.append(heard(desk))

    assert meeting.of(desk.work, deliver_and_note, at=Point.SIGNAL_DELIVERED) == (None, None)

    is_alone = desk.app.database.is_sqlite
    assert noted == [BATCH + 3 if is_alone else 3]
    assert heard(desk) == BATCH + 3


@pytest.mark.parametrize("first", ["signal", "completion"])
def test_of_a_signal_that_interrupts_a_task_and_its_completion_the_first_counts(
    desk: Desk, other: Desk, meeting: Meeting, first: str
) -> None:
    desk.deploy(interrupted())
    desk.start()
    task = desk.task("sell")
    broadcast(desk)
    pair: list[Action] = [other.work, lambda: desk.app.user_tasks.complete(ROOT, task, {})]

    if first == "signal":
        outcomes = meeting.of(*pair, at=Point.SIGNAL_DELIVERED)
        assert [type(o) for o in outcomes] == [type(None), Conflict]
        assert desk.open_tasks() == ["send_back"]
    else:
        assert meeting.of(*reversed(pair)) == (None, None)
        assert desk.open_tasks() == ["file"]
        assert heard(desk) == 0
