"""Is what a person has typed kept for that person, and only as long as it is needed?"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.errors import Conflict, Forbidden, LimitExceeded, NotFound, Outdated
from engine.persistence.schema import task_draft
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ADAM, ALICE, NOON, WANDA, Desk

AGENTS = setting("assignmentDefinition", candidateGroups="agent")


@pytest.fixture
def task(desk: Desk) -> int:
    """A task for agents that is interrupted after a day."""
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS).end()
    diagram.boundary("late", "answer", timer("Duration", "P1D"))
    diagram.chain("start", "answer", "end").chain("late", "end")
    desk.deploy(diagram)
    desk.start()
    return desk.task("answer")


def stored(desk: Desk) -> int:
    with desk.app.database.read() as connection:
        return len(connection.execute(select(task_draft)).all())


def test_a_draft_is_what_was_saved_last(desk: Desk, task: int) -> None:
    drafts = desk.app.task_drafts
    drafts.put(ALICE, task, {"text": "Dear"})
    drafts.put(ALICE, task, {"text": "Dear Ms Lin", "amount": 12})

    found = drafts.get(ALICE, task)

    assert found is not None
    assert (found.content, found.saved_at) == ({"text": "Dear Ms Lin", "amount": 12}, NOON)


def test_everybody_has_a_draft_of_his_own(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "mine"})

    assert desk.app.task_drafts.get(ADAM, task) is None


def test_a_draft_can_be_forgotten(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "no"})

    desk.app.task_drafts.delete(ALICE, task)

    assert desk.app.task_drafts.get(ALICE, task) is None


def test_completing_the_task_forgets_all_its_drafts(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "a"})
    desk.app.task_drafts.put(ADAM, task, {"text": "b"})

    desk.complete("answer", actor=ALICE)

    assert stored(desk) == 0


def test_an_interrupted_task_forgets_them_too(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "a"})

    desk.passes(timedelta(days=1))

    assert stored(desk) == 0


def test_a_task_that_has_ended_takes_no_draft(desk: Desk, task: int) -> None:
    desk.complete("answer", actor=ALICE)

    with pytest.raises(Conflict, match="completed by alice"):
        desk.app.task_drafts.put(ADAM, task, {})


def test_what_a_colleague_has_taken_takes_no_draft(desk: Desk, task: int) -> None:
    desk.app.user_tasks.assign(ALICE, task, "alice")

    with pytest.raises(Forbidden):
        desk.app.task_drafts.put(ADAM, task, {})


def test_a_task_out_of_sight_has_no_draft(desk: Desk, task: int) -> None:
    with pytest.raises(NotFound):
        desk.app.task_drafts.get(WANDA, task)


def test_a_draft_is_bounded(desk: Desk, task: int) -> None:
    with pytest.raises(LimitExceeded):
        desk.app.task_drafts.put(ALICE, task, {"text": "x" * 256 * 1024})


def test_a_draft_does_not_stand_in_the_way_of_a_claim(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "a"})

    desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False)
    desk.app.task_drafts.put(ALICE, task, {"text": "b"})

    found = desk.app.task_drafts.get(ALICE, task)
    assert found is not None
    assert found.content == {"text": "b"}


def test_a_second_window_overwrites_no_draft_that_it_has_not_seen(desk: Desk, task: int) -> None:
    first = desk.app.task_drafts.put(ALICE, task, {"text": "first"}, replaces=None)
    second = desk.app.task_drafts.put(ALICE, task, {"text": "second"}, replaces=first.revision)

    for known in (None, first.revision):
        with pytest.raises(Outdated, match="another window"):
            desk.app.task_drafts.put(ALICE, task, {"text": "lost?"}, replaces=known)

    assert desk.app.task_drafts.get(ALICE, task) == second


def test_a_colleagues_draft_stands_in_nobodys_way(desk: Desk, task: int) -> None:
    desk.app.task_drafts.put(ALICE, task, {"text": "hers"}, replaces=None)

    desk.app.task_drafts.put(ADAM, task, {"text": "his"}, replaces=None)
