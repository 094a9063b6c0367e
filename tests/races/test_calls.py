"""When the end of a caller meets the end of what it called, does each hear of it?"""

import pytest

from engine.errors import Conflict
from tests.bpmn.build import Diagram, timer
from tests.races.meeting import HOUR, Meeting
from tests.services.conftest import NOON, OTTO, ROOT, Desk


def calling() -> tuple[Diagram, Diagram]:
    child, parent = Diagram("child"), Diagram("parent")
    child.start().user("help").end().chain("start", "help", "end")
    parent.start().call("ask").user("thank").end().chain("start", "ask", "thank", "end")
    return child, parent


def test_a_child_that_ends_before_its_parent_is_cancelled_tells_it(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(*calling())
    key = desk.start("parent")
    task = desk.task("help")

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ROOT, task, {}),
        lambda: other.app.instances.cancel(OTTO, key),
    )

    assert outcomes == (None, None)
    assert {i["process_id"]: i["state"] for i in desk.rows("process_instance")} == {
        "parent": "TERMINATED",
        "child": "COMPLETED",
    }


def test_a_child_cannot_end_after_its_parent_was_cancelled(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(*calling())
    key = desk.start("parent")
    task = desk.task("help")

    outcomes = meeting.of(
        lambda: desk.app.instances.cancel(OTTO, key),
        lambda: other.app.user_tasks.complete(ROOT, task, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert {i["state"] for i in desk.rows("process_instance")} == {"TERMINATED"}


@pytest.mark.parametrize("deadline_first", [True, False])
def test_of_the_end_of_a_called_instance_and_its_callers_deadline_the_first_counts(
    desk: Desk, other: Desk, meeting: Meeting, deadline_first: bool
) -> None:
    child, parent = calling()
    parent.boundary("late", "ask", timer("Duration", "PT1H")).user("apologise")
    desk.deploy(child, parent.flow("late", "apologise"))
    desk.start("parent")
    task = desk.task("help")
    for node in (desk, other):
        node.app.clock.pin(NOON + HOUR)
    pair = [desk.work, lambda: other.app.user_tasks.complete(ROOT, task, {})]

    outcomes = meeting.of(*(pair if deadline_first else reversed(pair)))

    assert [type(o) for o in outcomes] == [type(None), Conflict if deadline_first else type(None)]
    assert desk.open_tasks() == (["apologise"] if deadline_first else ["thank"])
    ended = "TERMINATED" if deadline_first else "COMPLETED"
    assert [i["state"] for i in desk.rows("process_instance") if i["process_id"] == "child"] == [
        ended
    ]


def test_two_called_instances_that_end_at_once_both_tell_their_caller(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    child = Diagram("child")
    child.start().user("help").end().chain("start", "help", "end")
    parent = Diagram("parent")
    parent.start().parallel("fork").call("one").call("two").parallel("join").user("thank").end()
    parent.chain("start", "fork", "one", "join", "thank", "end").chain("fork", "two", "join")
    desk.deploy(child, parent)
    desk.start("parent")
    tasks = [int(str(row["key"])) for row in desk.rows("user_task")]

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ROOT, tasks[0], {}),
        lambda: other.app.user_tasks.complete(ROOT, tasks[1], {}),
    )

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["thank"]
