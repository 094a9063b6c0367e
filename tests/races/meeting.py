"""Two who meet: one is held at a named point of the program while the other acts.

So the order of a race is chosen by the test, not by luck.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from engine.clock import SystemClock
from engine.errors import RedressError
from engine.points import Point, watched
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ALICE, NOON, Desk

HOUR = timedelta(hours=1)
AGENTS = setting("assignmentDefinition", candidateGroups="agent")
PATIENCE = 20  # seconds until a test gives up

Action = Callable[[], Any]


class Meeting:
    """Lets two actions meet: the first one is held at a point until the second is stuck or done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._there = threading.Event()
        self._go_on = threading.Event()
        self._outcomes: dict[str, RedressError | None] = {}

    def of(
        self, first: Action, second: Action, *, at: Point = Point.ROWS_WRITTEN
    ) -> tuple[RedressError | None, RedressError | None]:
        """Run both, the second while the first is held at a point; return what each raised."""

        def hold(point: Point) -> None:
            if point == at and threading.current_thread().name == "first" and not self._held:
                self._there.set()
                assert self._go_on.wait(PATIENCE)

        with watched(hold):
            return self._meet(first, second)

    @property
    def _held(self) -> bool:
        return self._there.is_set()

    def _meet(
        self, first: Action, second: Action
    ) -> tuple[RedressError | None, RedressError | None]:
        threads = [
            threading.Thread(target=self._act, args=(name, action), name=name)
            for name, action in (("first", first), ("second", second))
        ]
        threads[0].start()
        assert self._there.wait(PATIENCE)
        threads[1].start()
        self._wait_until_stuck(threads[1])
        self._go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        return self._outcomes["first"], self._outcomes["second"]

    def _act(self, name: str, action: Action) -> None:
        self._outcomes[name] = None
        try:
            action()
        except RedressError as error:
            self._outcomes[name] = error

    def _wait_until_stuck(self, thread: threading.Thread) -> None:
        clock = SystemClock()
        end = clock.now() + timedelta(seconds=PATIENCE)
        while thread.is_alive() and not self._somebody_waits():
            assert clock.now() < end
            thread.join(0.01)

    def _somebody_waits(self) -> bool:
        database = self._desk.app.database
        if database.is_sqlite:
            return bool(database._writer_lock._waiting)  # type: ignore[union-attr]
        with database.read() as connection:
            waiting = (
                "select count(*) from pg_stat_activity"
                " where wait_event_type = 'Lock' and datname = current_database()"
            )
            return bool(connection.execute(text(waiting)).scalar_one())


def answer_in_an_hour() -> Diagram:
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS).user("archive").end()
    diagram.chain("start", "answer", "archive", "end")
    diagram.boundary("late", "answer", timer("Duration", "PT1H")).user("escalate")
    diagram.flow("late", "escalate")
    return diagram


def started(desk: Desk, *others: Desk) -> tuple[int, int]:
    """Start an instance whose deadline has come; return its key and that of its task."""
    desk.deploy(answer_in_an_hour())
    key = desk.start()
    for node in (desk, *others):
        node.app.clock.pin(NOON + HOUR)
    return key, desk.task("answer")


def fired(desk: Desk) -> int:
    return sum(fact["kind"] == "timer_fired" for fact in desk.rows("history"))


def waiting_for_money() -> Diagram:
    diagram = Diagram().message("paid", key="=order")
    diagram.start().add("receiveTask", "wait", messageRef="message_paid").user("ship").end()
    diagram.chain("start", "wait", "ship", "end")
    return diagram


def pay(desk: Desk) -> None:
    desk.app.messages.publish(
        ALICE, name="paid", correlation_key="1", variables={}, time_to_live=HOUR
    )
