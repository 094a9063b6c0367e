"""Do deadlines fire when they should, once, and without blocking each other?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engine.persistence.batch import Batch
from engine.persistence.stores import waits
from engine.persistence.stores.waits import TimerRow
from engine.services.due_work import BATCH
from engine.services.timers import TimerService
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import NOON, OTTO, Desk, restarted

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def reminded(*, cycle: str = "", duration: str = "PT1H", interrupting: bool = False) -> Diagram:
    what = timer("Cycle", cycle) if cycle else timer("Duration", duration)
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    diagram.boundary("too_late", "answer", what, interrupting=interrupting)
    diagram.user("escalate").flow("too_late", "escalate")
    return diagram


def test_a_deadline_fires_when_it_is_due_and_not_a_second_earlier(desk: Desk) -> None:
    desk.deploy(reminded())
    desk.start()

    desk.passes(HOUR - SECOND)
    assert desk.open_tasks() == ["answer"]

    desk.passes(SECOND)
    assert desk.open_tasks() == ["answer", "escalate"]


def test_a_deadline_that_comes_while_others_are_fired_is_not_left_for_the_next_sweep(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.deploy(reminded())
    desk.start()
    desk.passes(HOUR / 2)
    desk.start()
    fire_due = TimerService.fire_due

    def fire_and_be_late(timers: TimerService, may_go_on: Callable[[], bool]) -> int:
        fired = fire_due(timers, may_go_on)
        desk.app.clock.pin(NOON + 2 * HOUR)
        return fired

    monkeypatch.setattr(TimerService, "fire_due", fire_and_be_late)
    desk.app.clock.pin(NOON + HOUR)

    assert desk.app.background._run_due() is None

    assert desk.open_tasks() == ["answer", "answer", "escalate", "escalate"]


def test_an_interrupting_deadline_takes_the_task_away(desk: Desk) -> None:
    desk.deploy(reminded(interrupting=True))
    desk.start()

    desk.passes(HOUR)

    assert desk.open_tasks() == ["escalate"]
    assert {t["element_id"]: t["state"] for t in desk.rows("user_task")} == {
        "answer": "CANCELED",
        "escalate": "CREATED",
    }


def test_a_completed_task_has_no_deadline_any_more(desk: Desk) -> None:
    desk.deploy(reminded())
    key = desk.start()
    desk.complete("answer")

    desk.passes(HOUR)

    assert desk.open_tasks() == []
    assert desk.state(key) == "COMPLETED"


def test_a_cycle_reminds_as_often_as_it_says(desk: Desk) -> None:
    desk.deploy(reminded(cycle="R3/PT1H"))
    desk.start()

    desk.passes(10 * HOUR)

    assert desk.open_tasks() == ["answer", "escalate", "escalate", "escalate"]


def test_a_server_that_was_down_reminds_once_for_all_the_missed_times(desk: Desk) -> None:
    desk.deploy(reminded(cycle="R/PT1H"))
    desk.start()
    desk.app.clock.pin(desk.app.clock.now() + 10 * HOUR)

    restarted(desk).work()

    assert desk.open_tasks() == ["answer", "escalate"]


def test_timers_fire_in_the_order_they_are_due(desk: Desk) -> None:
    desk.deploy(reminded())
    first = desk.start()
    desk.passes(HOUR / 2)
    second = desk.start()

    desk.passes(2 * HOUR)

    fired = [(h["stream_key"], h["at"]) for h in desk.rows("history") if h["kind"] == "timer_fired"]
    assert [key for key, _ in sorted(fired, key=lambda f: f[1])] == [first, second]
    assert fired[1][1] - fired[0][1] == HOUR / 2


def test_a_condition_without_an_answer_is_an_incident_that_can_be_mended(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start().exclusive("is_it_much", default="no").user("check").end()
    diagram.flow("start", "is_it_much").flow("is_it_much", "check", "=amount > 100")
    diagram.flow("is_it_much", "end", flow_id="no").flow("check", "end")
    desk.deploy(diagram)
    key = desk.start()
    (incident,) = desk.rows("incident")
    assert incident["element_id"] == "is_it_much"

    desk.app.instances.set_variables(OTTO, key, {"amount": 500}, local=False)
    desk.app.incidents.resolve(OTTO, incident["key"])

    assert desk.open_tasks() == ["check"]
    assert desk.rows("incident")[0]["state"] == "RESOLVED"


def statements(desk: Desk) -> list[str]:
    """Return a list that takes down every statement from now on."""
    seen: list[str] = []

    @event.listens_for(desk.app.database._engine, "before_cursor_execute")
    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("begin"):  # SQLite's transactions are counted nowhere else
            seen.append(arguments[2])

    return seen


def test_a_sweep_with_nothing_due_is_one_statement_however_much_waits(desk: Desk) -> None:
    desk.deploy(reminded())
    waiting = [
        TimerRow(
            key=number,
            due_at=NOON + DAY + timedelta(seconds=number),
            repetitions=0,
            process_instance_key=number,
            element_instance_key=number,
            definition_key=1,
            element_id="too_late",
        )
        for number in range(1, 20_001)
    ]
    with desk.app.database.write() as connection:
        batch = Batch(connection)
        waits.insert_timers(batch, waiting)
        batch.send()
    seen = statements(desk)

    assert desk.app.background._run_due() == waiting[0].due_at

    assert len(seen) == 1


def test_a_clock_that_is_set_back_fires_nothing_twice_and_loses_nothing(desk: Desk) -> None:
    desk.deploy(reminded(cycle="R2/PT1H"))
    desk.start()
    desk.app.clock.pin(NOON + HOUR)
    desk.work()

    desk.app.clock.pin(NOON)
    desk.work()
    assert desk.open_tasks() == ["answer", "escalate"]

    desk.app.clock.pin(NOON + HOUR)
    desk.work()
    assert desk.open_tasks() == ["answer", "escalate"]

    desk.app.clock.pin(NOON + 2 * HOUR)
    desk.work()
    assert desk.open_tasks() == ["answer", "escalate", "escalate"]


def test_after_a_day_down_everything_fires_once_in_the_order_it_was_due(desk: Desk) -> None:
    desk.deploy(reminded())
    due_in_this_order = []
    for _ in range(BATCH + 2):
        due_in_this_order.append(desk.start())
        desk.app.clock.pin(desk.app.clock.now() + SECOND)
    desk.app.clock.pin(NOON + DAY)

    restarted(desk).work()

    escalated = [
        task["process_instance_key"]
        for task in desk.rows("user_task")  # by key: as they were created
        if task["element_id"] == "escalate"
    ]
    assert escalated == due_in_this_order
