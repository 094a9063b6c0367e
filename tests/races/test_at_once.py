"""When two things happen at once, does exactly one win and does the instance stay fine?"""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.errors import Conflict, RedressError, RevisionConflict
from engine.persistence.races import MAX_ATTEMPTS
from engine.persistence.schema import process_instance
from engine.services.command import Command, run
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ADAM, ALICE, NOON, OTTO, Desk, restarted

AGENTS = setting("assignmentDefinition", candidateGroups="agent")


def answer_in_an_hour() -> Diagram:
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS).user("archive").end()
    diagram.chain("start", "answer", "archive", "end")
    diagram.boundary("late", "answer", timer("Duration", "PT1H")).user("escalate")
    return diagram.flow("late", "escalate")


def at_once(*actions: Callable[[], None]) -> list[RedressError | None]:
    """Run the actions from one barrier; return what each raised."""
    barrier = threading.Barrier(len(actions))
    outcomes: list[RedressError | None] = [None] * len(actions)

    def act(index: int, action: Callable[[], None]) -> None:
        barrier.wait()
        try:
            action()
        except RedressError as error:
            outcomes[index] = error

    threads = [threading.Thread(target=act, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_people_who_complete_at_once_one_wins_and_one_gets_a_conflict(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    task = desk.task("answer")

    outcomes = at_once(
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        lambda: desk.app.user_tasks.complete(ADAM, task, {}),
    )

    assert sorted(type(o) for o in outcomes if o) == [Conflict]
    assert desk.open_tasks() == ["archive"]


def test_of_two_people_who_claim_at_once_one_has_the_task(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    task = desk.task("answer")

    outcomes = at_once(
        lambda: desk.app.user_tasks.assign(ALICE, task, "alice", allow_override=False),
        lambda: desk.app.user_tasks.assign(ADAM, task, "adam", allow_override=False),
    )

    assert [type(o) for o in outcomes if o] == [Conflict]


def test_of_a_completion_and_its_deadline_at_once_only_one_happens(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    task = desk.task("answer")
    desk.app.clock.pin(desk.app.clock.now() + timedelta(hours=1))

    at_once(
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        desk.work,
    )

    assert desk.open_tasks() in (["archive"], ["escalate"])


def test_of_a_completion_and_a_cancellation_at_once_the_instance_is_one_or_the_other(
    desk: Desk,
) -> None:
    desk.deploy(answer_in_an_hour())
    key = desk.start()
    task = desk.task("answer")

    at_once(
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        lambda: desk.app.instances.cancel(OTTO, key),
    )

    assert desk.state(key) == "TERMINATED"
    assert desk.open_tasks() == []


def test_two_nodes_that_work_at_once_fire_each_of_many_deadlines_once(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    keys = {desk.start() for _ in range(12)}
    other = restarted(desk)
    for node in (desk, other):
        node.app.clock.pin(NOON + timedelta(hours=1))

    at_once(desk.work, other.work)

    fired = [f["stream_key"] for f in desk.rows("history") if f["kind"] == "timer_fired"]
    assert sorted(fired) == sorted(keys)


def interfering(desk: Desk, key: int, times: int) -> Callable[[Command], None]:
    """Return work on an instance that somebody else changes meanwhile, *times* times."""
    left = [times]

    def work(command: Command) -> None:
        command.load(key)
        if left[0]:
            left[0] -= 1
            command.connection.execute(
                update(process_instance)
                .where(process_instance.c.key == key)
                .values(revision=process_instance.c.revision + 1)
            )

    return work


def test_a_lost_race_begins_anew_and_succeeds(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    key = desk.start()

    run(desk.app.instances._context, ALICE, interfering(desk, key, times=1))

    assert desk.rows("process_instance")[0]["revision"] == 1


def test_a_race_that_is_always_lost_is_a_conflict_and_changes_nothing(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    key = desk.start()

    with pytest.raises(RevisionConflict):
        run(desk.app.instances._context, ALICE, interfering(desk, key, times=MAX_ATTEMPTS))

    assert desk.rows("process_instance")[0]["revision"] == 0
