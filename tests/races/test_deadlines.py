"""When a deadline comes while something else happens, does only one of them count?"""

import pytest

from engine.errors import Conflict
from engine.persistence.batch import Batch
from engine.persistence.database import Database
from engine.persistence.stores import waits
from engine.persistence.stores.waits import TimerRow
from tests.bpmn.build import Diagram, timer
from tests.races.meeting import (
    HOUR,
    Action,
    Meeting,
    fired,
    pay,
    started,
    waiting_for_money,
)
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


def test_a_node_waits_for_whoever_works_on_a_case_only_when_no_other_deadline_is_left(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    _, task = started(desk, other)
    for _ in range(2):
        desk.app.clock.pin(NOON)
        desk.start()
    desk.app.clock.pin(NOON + HOUR)
    noted: list[int] = []

    def complete_and_note() -> None:
        desk.app.user_tasks.complete(ALICE, task, {})
        noted.append(fired(desk))

    assert meeting.of(complete_and_note, other.work) == (None, None)

    is_alone = desk.app.database.is_sqlite
    assert noted == [0 if is_alone else 2]
    assert fired(desk) == 2


def test_two_nodes_whose_clocks_differ_and_are_set_back_fire_each_time_of_a_cycle_once(
    desk: Desk, other: Desk
) -> None:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    diagram.boundary("nag", "answer", timer("Cycle", "R2/PT1H"), interrupting=False)
    diagram.user("hurry").flow("nag", "hurry")
    desk.deploy(diagram)
    desk.start()
    times = []

    for one, another in ((1, 0), (0, 0), (0, 1), (1, 1), (1, 2), (0, 2), (3, 3)):
        desk.app.clock.pin(NOON + one * HOUR)
        desk.work()
        other.app.clock.pin(NOON + another * HOUR)
        other.work()
        times.append(fired(desk))

    assert times == [1, 1, 1, 1, 2, 2, 2]


def test_a_deadline_does_not_overtake_an_earlier_one_of_its_instance_that_a_node_holds(
    postgresql_url: str,
) -> None:
    database = Database(postgresql_url)
    timers = [waiting(key=1, instance=7), waiting(key=2, instance=7), waiting(key=3, instance=8)]
    with database.write() as connection:
        batch = Batch(connection)
        waits.insert_timers(batch, timers)
        batch.send()

    with database.write() as one, database.write() as another:
        first = waits.take_due_timers(one, NOON + HOUR, 1)
        rest = waits.take_due_timers(another, NOON + HOUR, 9)

    database.close()
    assert [timer.key for timer in first] == [1]
    assert [timer.key for timer in rest] == [3]


def waiting(*, key: int, instance: int) -> TimerRow:
    return TimerRow(
        key=key,
        due_at=NOON,
        repetitions=0,
        process_instance_key=instance,
        element_instance_key=key,
        definition_key=1,
        element_id="late",
    )
