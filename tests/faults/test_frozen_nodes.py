"""When a node freezes in the middle of a transaction, do the others have what it held?"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import RedressError, Unavailable
from engine.jobs.scheduler import Waker
from engine.persistence import database
from engine.points import Point, watched
from engine.services.time_travel import SwitchableClock
from tests.faults.conftest import Office, asking, office
from tests.services.conftest import ROOT

INSTANCES = 3
FROZEN_AFTER_MS = 2_000
PATIENCE_SECONDS = 90
TAKEN_OVER_WITHIN = timedelta(seconds=30)


@pytest.fixture
def healthy(postgresql_url: str, tmp_path: Path) -> Iterator[Office]:
    """A node that is well, with deadlines that have come."""
    place = office(postgresql_url, tmp_path, clock=SwitchableClock())
    place.desk.deploy(asking())
    for _ in range(INSTANCES):
        place.desk.start()
    place.app.clock.pin(place.app.clock.now() + timedelta(seconds=2))
    yield place
    place.app.stop()


@pytest.fixture
def frozen(healthy: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Another node, with whose silence PostgreSQL has little patience."""
    short = f"-c idle_in_transaction_session_timeout={FROZEN_AFTER_MS}"
    monkeypatch.setitem(database._POSTGRESQL_LINK, "options", short)
    url = healthy.app.settings.database_url
    place = office(url, tmp_path, clock=SwitchableClock(), hire=False)
    place.app.clock.pin(healthy.app.clock.now())
    yield place
    place.app.stop()


@dataclass
class Frozen:
    """What a thread did that froze."""

    raised: list[RedressError] = field(default_factory=list)


@contextmanager
def freezing(work: object, at: Point) -> Iterator[Frozen]:
    """Let a thread begin to work and freeze at a point; it thaws when the block ends."""
    there, thaw, told = threading.Event(), threading.Event(), Frozen()

    def freeze(point: Point) -> None:
        if point == at and threading.current_thread() is thread and not there.is_set():
            there.set()
            assert thaw.wait(PATIENCE_SECONDS)

    def act() -> None:
        try:
            work()  # type: ignore[operator]
        except RedressError as error:
            told.raised.append(error)

    thread = threading.Thread(target=act)
    with watched(freeze):
        thread.start()
        assert there.wait(PATIENCE_SECONDS)
        yield told
        thaw.set()
        thread.join(PATIENCE_SECONDS)


def until(place: Office, tasks: list[str]) -> None:
    """Let a node work until these tasks are open."""
    end = time.monotonic() + PATIENCE_SECONDS
    while place.desk.open_tasks() != tasks:
        assert time.monotonic() < end
        place.desk.work()
        time.sleep(0.05)


def test_deadlines_that_a_frozen_node_holds_are_fired_by_another_one_once(
    frozen: Office, healthy: Office
) -> None:
    all_reminded = ["ask"] * INSTANCES + ["remind"] * INSTANCES

    with freezing(frozen.desk.work, Point.TIMER_CLAIMED) as told:
        until(healthy, all_reminded)

    assert [type(error) for error in told.raised] == [Unavailable]
    frozen.desk.work()
    assert frozen.desk.open_tasks() == all_reminded


def test_a_case_that_a_frozen_node_holds_goes_on_elsewhere_and_its_answer_is_that_it_failed(
    frozen: Office, healthy: Office
) -> None:
    """Also in the moment between the last row and the commit."""
    (task, *_) = [row["key"] for row in frozen.desk.rows("user_task")]
    complete = healthy.app.user_tasks.complete

    with freezing(
        lambda: frozen.app.user_tasks.complete(ROOT, task, {}), Point.ROWS_WRITTEN
    ) as told:
        complete(ROOT, int(str(task)), {})

    assert [type(error) for error in told.raised] == [Unavailable]
    completed = [row for row in frozen.desk.rows("user_task") if row["state"] == "COMPLETED"]
    assert [row["key"] for row in completed] == [task]


def test_what_a_frozen_node_holds_is_free_in_time_for_a_sweep_within_30_s() -> None:
    sweep = Waker.__init__.__kwdefaults__["sweep_every"]

    assert timedelta(milliseconds=database.FROZEN_AFTER_MS) + sweep < TAKEN_OVER_WITHIN
