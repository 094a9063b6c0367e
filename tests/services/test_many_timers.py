"""Are many deadlines that are due at once fired quickly, each once, in the order of an instance?"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engine.bpmn import Limits
from engine.bpmn.limits import STEPS_PER_LOOK
from engine.clock import monotonic_seconds
from engine.services import due_work
from engine.services.due_work import BATCH
from engine.services.timers import TimerService
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import Desk, restarted

HOUR = timedelta(hours=1)
MANY = 60


def twice_reminded() -> Diagram:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    for name, after in (("soon", "PT1H"), ("late", "PT2H")):
        diagram.boundary(name, "answer", timer("Duration", after), interrupting=False)
        diagram.user(f"remind_{name}").flow(name, f"remind_{name}")
    return diagram


def overdue(desk: Desk, instances: int) -> list[int]:
    """Start instances and let both their deadlines pass with nobody there."""
    desk.deploy(twice_reminded())
    keys = [desk.start() for _ in range(instances)]
    desk.app.clock.pin(desk.app.clock.now() + 3 * HOUR)
    return keys


def fired(desk: Desk) -> list[tuple[object, object]]:
    facts = [row for row in desk.rows("history") if row["kind"] == "timer_fired"]
    return [(row["stream_key"], row["element_id"]) for row in facts]


def test_several_at_a_time_each_is_fired_once_and_in_the_order_of_its_instance(
    desk: Desk,
) -> None:
    keys = overdue(desk, MANY)
    timers = TimerService(desk.app.instances._context)

    with ThreadPoolExecutor(4) as pool:
        for thread in [pool.submit(timers.fire_due) for _ in range(4)]:
            thread.result()

    assert fired(desk) == [(key, name) for key in keys for name in ("soon", "late")]


def test_two_nodes_with_several_threads_each_fire_each_deadline_once(desk: Desk) -> None:
    keys = overdue(desk, MANY)
    other = desk.another()
    other.clock.pin(desk.app.clock.now())
    begin = threading.Barrier(2)

    def work(node: TimerService) -> None:
        with ThreadPoolExecutor(4) as pool:
            begin.wait(10)
            for thread in [pool.submit(node.fire_due) for _ in range(4)]:
                thread.result()

    nodes = [
        threading.Thread(target=work, args=[TimerService(app.instances._context)])
        for app in (desk.app, other)
    ]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()

    assert sorted(map(str, fired(desk))) == sorted(
        str((key, name)) for key in keys for name in ("soon", "late")
    )


def test_a_node_that_stops_leaves_the_rest_to_others(desk: Desk) -> None:
    keys = overdue(desk, BATCH + 1)
    asked = iter([True, False])
    timers = TimerService(desk.app.instances._context)

    timers.fire_due(lambda: next(asked))

    assert fired(desk) == [(key, "soon") for key in keys[:BATCH]]
    desk.work()
    assert len(fired(desk)) == 2 * len(keys)


def test_a_batch_asks_the_database_as_often_as_one_timer_does(desk: Desk) -> None:
    overdue(desk, BATCH)
    node = desk.another()
    node.clock.pin(desk.app.clock.now())
    asked: list[str] = []

    @event.listens_for(node.database._engine, "before_cursor_execute")
    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("begin"):
            asked.append(arguments[2])

    went_on = iter([True, False])
    TimerService(node.instances._context).fire_due(lambda: next(went_on))

    assert len(fired(desk)) == BATCH
    assert len([statement for statement in asked if "timer" in statement]) == 1
    assert len([statement for statement in asked if "FROM process_instance" in statement]) == 1
    assert len([statement for statement in asked if "FROM variable" in statement]) == 1


def endless() -> Diagram:
    """A deadline after which the process goes round for ever."""
    diagram = Diagram("endless")
    diagram.start().user("wait").end().chain("start", "wait", "end")
    diagram.boundary("late", "wait", timer("Duration", "PT1H")).exclusive("again")
    diagram.script("work", "=1", "x").flow("late", "work").chain("work", "again")
    return diagram.flow("again", "work")


@pytest.mark.parametrize("limits", [Limits(steps=200)], ids=["narrow bounds"])
def test_timers_that_cannot_fire_block_no_others_and_become_incidents(desk: Desk) -> None:
    desk.deploy(endless())
    bad = [desk.start("endless") for _ in range(2)]
    good = overdue(desk, BATCH)

    desk.work()

    assert {key for key, _ in fired(desk)} == set(good)
    desk.passes(HOUR)
    incidents = [(row["process_instance_key"], row["element_id"]) for row in desk.rows("incident")]
    assert incidents == [(key, "late") for key in bad]


@pytest.mark.parametrize("limits", [Limits(steps=10**9, seconds=60)], ids=["wide bounds"])
def test_a_timer_that_runs_for_ever_holds_those_beside_it_for_a_moment_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_work, "INSTANCE_SECONDS", 0.2)
    desk.deploy(endless())
    desk.start("endless")
    good = overdue(desk, 3)
    began = monotonic_seconds()

    TimerService(desk.app.instances._context).fire_due()

    assert sorted(fired(desk)) == [(key, name) for key in good for name in ("late", "soon")]
    assert monotonic_seconds() - began < 30  # it may have its minute alone


def test_who_was_hurried_in_a_batch_has_the_time_of_a_command_in_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_work, "INSTANCE_SECONDS", 0.0)  # looked at every so many steps
    diagram = Diagram()
    diagram.start().user("count").script("add", "=n + 1", "n").exclusive("enough", default="no")
    diagram.chain("start", "count", "add", "enough").flow("enough", "add", flow_id="no").end()
    diagram.flow("enough", "end", f"=n > {STEPS_PER_LOOK}")
    diagram.boundary("late", "count", timer("Duration", "PT1H"), interrupting=False)
    diagram.user("remind").flow("late", "remind").flow("remind", "end")
    desk.deploy(diagram)
    desk.start(n=0)
    desk.app.clock.pin(desk.app.clock.now() + HOUR)
    node = restarted(desk)  # it has nothing in memory but what the batch leaves there
    TimerService(node.app.instances._context).fire_due()

    node.complete("count")

    assert desk.open_tasks() == ["remind"]
