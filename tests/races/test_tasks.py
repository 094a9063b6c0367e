"""When two people meet at a task, is there one winner, and is the other one told?"""

import pytest

from engine.errors import Conflict, Forbidden
from engine.points import Point
from tests.bpmn.build import Diagram
from tests.races.meeting import Meeting, started
from tests.services.conftest import ADAM, ALICE, OTTO, Desk


def test_of_two_completions_the_first_wins(desk: Desk, other: Desk, meeting: Meeting) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        lambda: other.app.user_tasks.complete(ADAM, task, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert "by alice" in str(outcomes[1])
    assert desk.open_tasks() == ["archive"]


def test_of_two_who_claim_the_first_has_the_task(desk: Desk, other: Desk, meeting: Meeting) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False),
        lambda: other.app.user_tasks.assign(ADAM, task, "adam", allow_override=False),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert desk.rows("user_task")[0]["assignee"] == "alice"


def test_a_completion_before_a_cancellation_stays_in_the_history(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    key, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        lambda: other.app.instances.cancel(OTTO, key),
    )

    assert outcomes == (None, None)
    assert desk.state(key) == "TERMINATED"
    assert {t["element_id"]: t["state"] for t in desk.rows("user_task")} == {
        "answer": "COMPLETED",
        "archive": "CANCELED",
    }


def test_after_a_cancellation_a_completion_is_a_conflict(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    key, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.instances.cancel(OTTO, key),
        lambda: other.app.user_tasks.complete(ALICE, task, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert desk.state(key) == "TERMINATED"


def test_a_task_that_somebody_has_just_claimed_is_not_completed_by_another_agent(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False),
        lambda: other.app.user_tasks.complete(ADAM, task, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Forbidden]
    assert desk.open_tasks() == ["answer"]


def test_a_task_that_somebody_has_just_completed_is_not_claimed(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ADAM, task, {}),
        lambda: other.app.user_tasks.assign(ALICE, task, "alice", allow_override=False),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert desk.rows("user_task")[0]["assignee"] == "adam"


@pytest.mark.parametrize("at", [Point.COMMAND_BEGUN, Point.ROWS_WRITTEN])
def test_two_branches_that_end_at_once_are_joined_once(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    diagram = Diagram()
    diagram.start().parallel("fork").user("pack").user("write").parallel("join").user("ship").end()
    diagram.chain("start", "fork", "pack", "join", "ship", "end").chain("fork", "write", "join")
    desk.deploy(diagram)
    desk.start()

    outcomes = meeting.of(
        lambda: desk.complete("pack", packed_by="alice"),
        lambda: other.complete("write", written_by="adam"),
        at=at,
    )

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship"]
    (instance,) = desk.rows("process_instance")
    assert desk.variables(instance["key"]) == {"packed_by": '"alice"', "written_by": '"adam"'}


def test_a_draft_that_is_saved_while_its_task_is_completed_is_forgotten_with_it(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.task_drafts.put(ALICE, task, {"note": "half"}),
        lambda: other.app.user_tasks.complete(ALICE, task, {"note": "whole"}),
    )

    assert outcomes == (None, None)
    assert desk.app.task_drafts.get(ALICE, task) is None


def test_a_draft_of_a_task_that_was_just_completed_is_refused(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk)

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ALICE, task, {"note": "whole"}),
        lambda: other.app.task_drafts.put(ALICE, task, {"note": "half"}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert desk.app.task_drafts.get(ALICE, task) is None
