"""What may a person do with a task, and what does everybody else see of it?"""

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ADAM, ALICE, OTTO, WANDA, Desk

AGENTS = setting("assignmentDefinition", candidateGroups="agent")


def one_task(*, settings: str = "") -> Diagram:
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS + settings).end().chain("start", "answer", "end")
    return diagram


def two_tasks_with_four_eyes() -> Diagram:
    both = (
        "<zeebe:properties><zeebe:property name='fourEyesWith' value='propose'/></zeebe:properties>"
    )
    diagram = Diagram()
    diagram.start().user("propose", settings=AGENTS).user("approve", settings=AGENTS + both).end()
    diagram.chain("start", "propose", "approve", "end")
    return diagram


def test_a_started_instance_waits_for_a_person(desk: Desk) -> None:
    desk.deploy(one_task())

    desk.start()

    assert desk.open_tasks() == ["answer"]


def test_completing_the_last_task_ends_the_instance(desk: Desk) -> None:
    desk.deploy(one_task())
    key = desk.start()

    desk.complete("answer")

    assert desk.state(key) == "COMPLETED"


def test_the_second_of_two_completions_is_a_conflict_that_names_the_first(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.complete("answer", actor=ALICE)

    with pytest.raises(Conflict, match="completed by alice"):
        desk.app.user_tasks.complete(ADAM, task, {})


def test_a_claim_of_a_taken_task_is_a_conflict(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False)

    with pytest.raises(Conflict, match="already assigned to 'alice'"):
        desk.app.user_tasks.assign(ADAM, task, "adam", allow_override=False)


def test_a_task_given_back_can_be_taken_by_another(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False)

    desk.app.user_tasks.unassign(ALICE, task)
    desk.app.user_tasks.assign(ADAM, task, "adam", allow_override=False)

    assert desk.rows("user_task")[0]["assignee"] == "adam"


def test_somebody_who_is_no_candidate_may_not_complete(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()

    with pytest.raises(Forbidden):
        desk.complete("answer", actor=WANDA)

    assert desk.open_tasks() == ["answer"]


def test_a_refused_attempt_is_in_the_history_of_the_instance(desk: Desk) -> None:
    desk.deploy(one_task())
    key = desk.start()

    with pytest.raises(Forbidden):
        desk.complete("answer", actor=WANDA)

    refused = [h for h in desk.rows("history") if h["kind"] == "access_denied"]
    assert [(h["stream_key"], h["actor"], h["element_id"]) for h in refused] == [
        (key, "wanda", "answer")
    ]


def test_four_eyes_refuse_the_one_who_did_the_other_task(desk: Desk) -> None:
    desk.deploy(two_tasks_with_four_eyes())
    desk.start()
    desk.complete("propose", actor=ALICE)

    with pytest.raises(Forbidden, match="four eyes"):
        desk.complete("approve", actor=ALICE)


def test_four_eyes_let_a_second_person_go_on(desk: Desk) -> None:
    desk.deploy(two_tasks_with_four_eyes())
    key = desk.start()
    desk.complete("propose", actor=ALICE)

    desk.complete("approve", actor=ADAM)

    assert desk.state(key) == "COMPLETED"


def test_the_due_date_of_the_diagram_is_on_the_task(desk: Desk) -> None:
    due = setting("taskSchedule", dueDate='=now() + duration("PT24H")')
    desk.deploy(one_task(settings=due))

    desk.start()

    assert desk.rows("user_task")[0]["due_date"] == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_an_operator_may_move_the_due_date(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    later = desk.app.clock.now() + timedelta(days=3)

    desk.app.user_tasks.update(OTTO, desk.task("answer"), {"due_date": later})

    assert desk.rows("user_task")[0]["due_date"] == later


def test_a_change_of_something_unchangeable_is_refused_by_name(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()

    with pytest.raises(InvalidInput, match="'form_key'"):
        desk.app.user_tasks.update(OTTO, desk.task("answer"), {"form_key": 1})


def test_a_task_that_does_not_exist_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.app.user_tasks.complete(ALICE, 1, {})


def test_variables_of_a_task_without_form_reach_the_process(desk: Desk) -> None:
    desk.deploy(one_task())
    key = desk.start(amount=1)

    desk.complete("answer", amount=2, note="done")

    assert desk.variables(key) == {"amount": "2", "note": '"done"'}


def test_a_colleague_takes_over_from_whom_he_saw_and_it_is_on_record(desk: Desk) -> None:
    desk.deploy(one_task())
    key = desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice")

    desk.app.user_tasks.hand_over(ADAM, task, held_by="alice", to="adam")

    assert desk.rows("user_task")[0]["assignee"] == "adam"
    (last,) = [f for f in desk.rows("history") if f["kind"] == "task_assigned"][-1:]
    assert (last["actor"], last["stream_key"]) == ("adam", key)


@pytest.mark.parametrize("seen", [None, "bob"], ids=["nobody-had-it", "another-had-it"])
def test_a_task_that_changed_hands_meanwhile_is_not_handed_over(
    desk: Desk, seen: str | None
) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice")

    with pytest.raises(Conflict, match="assigned to 'alice' meanwhile"):
        desk.app.user_tasks.hand_over(ADAM, task, held_by=seen, to="adam")

    assert desk.rows("user_task")[0]["assignee"] == "alice"


def test_only_who_has_a_task_or_leads_gives_it_back(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice")

    with pytest.raises(Forbidden):
        desk.app.user_tasks.hand_over(ADAM, task, held_by="alice", to=None)
    desk.app.user_tasks.hand_over(ALICE, task, held_by="alice", to=None)

    assert desk.rows("user_task")[0]["assignee"] is None


def test_who_is_no_candidate_cannot_take_over(desk: Desk) -> None:
    desk.deploy(one_task())
    desk.start()
    task = desk.task("answer")
    desk.app.user_tasks.assign(ALICE, task, "alice")

    with pytest.raises(Forbidden):
        desk.app.user_tasks.hand_over(WANDA, task, held_by="alice", to="wanda")
