"""Is what a process keeps in memory never believed against the database, and bounded?"""

import gc
import tracemalloc
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import update

from engine.bpmn import Execution
from engine.errors import InvalidInput
from engine.persistence.schema import process_instance
from engine.services.command import Command, run
from engine.services.live import BYTES_OF_ONE, Live, LiveExecutions
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import ALICE, OTTO, ROOT, Desk, restarted


def three_steps() -> Diagram:
    diagram = Diagram()
    diagram.start().user("one").user("two").script("note", "=seen", "noted").user("three").end()
    diagram.chain("start", "one", "two", "note", "three", "end")
    diagram.boundary("late", "two", timer("Duration", "PT1H"), interrupting=False).end("told")
    return diagram.flow("late", "told")


def live_of(desk: Desk) -> LiveExecutions:
    return desk.app.instances._context.live


def restorations(desk: Desk, step: str) -> int:
    """Complete a step; return how many instances were restored from the database for it."""
    with patch.object(Execution, "restore", side_effect=Execution.restore) as restore:
        desk.complete(step)
    return restore.call_count


def test_who_goes_on_where_the_same_process_stopped_restores_nothing(desk: Desk) -> None:
    desk.deploy(three_steps())
    desk.start(seen=1)

    assert [restorations(desk, step) for step in ("one", "two", "three")] == [0, 0, 0]


def test_what_another_process_did_is_seen(desk: Desk) -> None:
    desk.deploy(three_steps())
    key = desk.start(seen="at the start")
    other = restarted(desk)
    other.app.instances.set_variables(OTTO, key, {"seen": "by the other"}, local=False)
    other.complete("one")

    assert restorations(desk, "two") == 1

    assert desk.variables(key)["noted"] == '"by the other"'


def test_a_command_that_fails_leaves_nothing_of_what_it_did(desk: Desk) -> None:
    desk.deploy(three_steps())
    key = desk.start(seen="kept")

    def change_and_fail(command: Command) -> None:
        command.load(key).execution.set_variables(key, {"seen": "undone"}, local=False)
        raise InvalidInput("no")

    with pytest.raises(InvalidInput):
        run(desk.app.instances._context, ALICE, change_and_fail)
    desk.complete("one")
    desk.complete("two")

    assert desk.variables(key)["noted"] == '"kept"'


def test_a_command_that_loses_a_race_begins_anew_from_the_database(desk: Desk) -> None:
    desk.deploy(three_steps())
    key = desk.start(seen=0)
    attempts: list[object] = []

    def add_one(command: Command) -> None:
        execution = command.load(key).execution
        attempts.append(execution.visible_variables(key)["seen"])
        execution.set_variables(key, {"seen": 1}, local=False)
        if len(attempts) == 1:
            command.connection.execute(update(process_instance).values(revision=7))

    run(desk.app.instances._context, ALICE, add_one)

    assert attempts == [0, 0]


def test_what_has_ended_is_not_kept(desk: Desk) -> None:
    desk.deploy(three_steps())
    key = desk.start(seen=1)
    assert len(live_of(desk)) == 1

    desk.app.instances.cancel(ROOT, key)

    assert len(live_of(desk)) == 0


def test_a_life_in_memory_and_one_restored_at_each_step_tell_the_same(desk: Desk) -> None:
    desk.deploy(three_steps())

    def life(*, restored: bool) -> list[object]:
        key = desk.start(seen=[1, {"a": None}])
        for step in ("one", "two", "three"):
            if restored:
                live_of(desk).take(key, -1)
            if step == "two":
                desk.passes(timedelta(hours=1))
                if restored:
                    live_of(desk).take(key, -1)
            desk.complete(step)
        facts = [f for f in desk.rows("history") if f["stream_key"] == key]
        return [(fact["kind"], fact["element_id"]) for fact in facts]

    in_memory = life(restored=False)

    assert in_memory == life(restored=True)
    assert ("instance_ended", "process") in in_memory


def some(revision: int = 1, characters: int = 0) -> Live:
    return Live(execution=None, revision=revision, characters=characters)  # type: ignore[arg-type]


def test_an_execution_is_given_to_one_only() -> None:
    live = LiveExecutions()
    live.keep(1, some())

    assert live.take(1, 1) is not None
    assert live.take(1, 1) is None


@pytest.mark.parametrize("revision", [0, 2])
def test_an_execution_of_another_revision_is_dropped(revision: int) -> None:
    live = LiveExecutions()
    live.keep(1, some())

    assert live.take(1, revision) is None
    assert len(live) == 0


def test_the_least_recently_used_make_room() -> None:
    live = LiveExecutions(max_bytes=2 * BYTES_OF_ONE)
    live.keep(1, some())
    live.keep(2, some())
    live.keep(1, some())

    live.keep(3, some())

    assert [key for key in (1, 2, 3) if live.take(key, 1)] == [1, 3]


def test_one_that_is_larger_than_all_the_room_is_not_kept() -> None:
    live = LiveExecutions(max_bytes=2 * BYTES_OF_ONE)
    live.keep(1, some())

    live.keep(2, some(characters=1_000_000))

    assert len(live) == 0
    live.keep(3, some())
    live.keep(4, some())
    assert len(live) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_instances_take_no_more_memory_than_they_are_counted_for(desk: Desk) -> None:
    desk.deploy(three_steps())
    context = desk.app.instances._context
    values = {f"name {n}": {"list": list(range(50)), "text": "x" * 50} for n in range(20)}
    desk.start(seen=values)

    gc.collect()
    tracemalloc.start()
    for _ in range(40):
        desk.start(seen={name: dict(value) for name, value in values.items()})
    gc.collect()
    with_all, _ = tracemalloc.get_traced_memory()
    counted = context.live._bytes
    context.live._kept.clear()
    gc.collect()
    without, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 0 < with_all - without <= counted
