"""When one command meets another just before its commit, is there one winner and one truth?

The first command is held when all its rows are written and nothing is committed. The second one,
on another node where the test says so, runs until it waits or is done; then the first goes on.
"""

import hashlib
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import text

from engine.clock import SystemClock
from engine.errors import Conflict, RedressError
from engine.services.command import Command
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ADAM, ALICE, NOON, OTTO, ROOT, Desk, restarted

HOUR = timedelta(hours=1)
AGENTS = setting("assignmentDefinition", candidateGroups="agent")
PATIENCE = 20  # seconds until a test gives up

Action = Callable[[], Any]


class Meeting:
    """Lets two actions meet, the second while the first one's transaction is open."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._desk = desk
        self._written = threading.Event()
        self._go_on = threading.Event()
        self._outcomes: dict[str, RedressError | None] = {}
        settle = Command.settle

        def settle_and_wait(command: Command) -> None:
            settle(command)
            if threading.current_thread().name == "first" and not self._written.is_set():
                self._written.set()
                assert self._go_on.wait(PATIENCE)

        monkeypatch.setattr(Command, "settle", settle_and_wait)

    def of(self, first: Action, second: Action) -> tuple[RedressError | None, RedressError | None]:
        """Run both; return what each of them raised."""
        threads = [
            threading.Thread(target=self._act, args=(name, action), name=name)
            for name, action in (("first", first), ("second", second))
        ]
        threads[0].start()
        assert self._written.wait(PATIENCE)
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
            waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            return bool(connection.execute(text(waiting)).scalar_one())


@pytest.fixture
def meeting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return Meeting(desk, monkeypatch)


@pytest.fixture
def other(desk: Desk) -> Desk:
    """Another node: on SQLite, which has but one, the same."""
    return desk if desk.app.database.is_sqlite else restarted(desk)


@pytest.fixture(autouse=True)
def _one_truth(desk: Desk) -> Any:
    """Every history is one chain of digests, whatever met whom."""
    yield
    for _, facts in groupby(desk.rows("history"), key=lambda fact: fact["stream_key"]):
        digest = b""
        for sequence, fact in enumerate(facts, start=1):
            digest = hashlib.sha256(digest + str(fact["payload"]).encode()).digest()
            assert (fact["sequence"], fact["digest"]) == (sequence, digest)


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


def test_two_nodes_never_take_the_same_job(desk: Desk, other: Desk, meeting: Meeting) -> None:
    diagram = Diagram()
    diagram.start().job("pay", type="pay").end().chain("start", "pay", "end")
    desk.deploy(diagram)
    desk.start()
    taken: list[str] = []

    def take(node: Desk) -> None:
        jobs = node.app.jobs.activate(ROOT, types=["pay"], worker="w", timeout=HOUR, max_jobs=5)
        taken.extend(threading.current_thread().name for _ in jobs)

    meeting.of(lambda: take(desk), lambda: take(other))

    assert taken == ["first"]


def test_two_deployments_of_one_process_get_different_versions(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    shorter = Diagram()
    shorter.start().user("other").end().chain("start", "other", "end")

    outcomes = meeting.of(lambda: desk.deploy(answer_in_an_hour()), lambda: other.deploy(shorter))

    assert outcomes == (None, None)
    desk.start()
    assert desk.open_tasks() == ["other"]
    assert [f["kind"] for f in desk.rows("history")].count("deployed") == 2


def waiting_for_money() -> Diagram:
    diagram = Diagram().message("paid", key="=order")
    diagram.start().add("receiveTask", "wait", messageRef="message_paid").user("ship").end()
    diagram.chain("start", "wait", "ship", "end")
    return diagram


def pay(desk: Desk) -> None:
    desk.app.messages.publish(
        ALICE, name="paid", correlation_key="1", variables={}, time_to_live=HOUR
    )


@pytest.mark.parametrize("message_first", [True, False], ids=["message-first", "receiver-first"])
def test_a_message_and_its_receiver_do_not_miss_each_other(
    desk: Desk, other: Desk, meeting: Meeting, message_first: bool
) -> None:
    desk.deploy(waiting_for_money())
    desk.start(order="1")  # parsed and cached before they meet
    pay(desk)
    pair = [lambda: pay(desk), lambda: other.start(order="1")]

    outcomes = meeting.of(*(pair if message_first else reversed(pair)))

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship", "ship"]


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


def test_denials_at_once_are_all_recorded(desk: Desk, other: Desk, meeting: Meeting) -> None:
    desk.deploy(answer_in_an_hour())

    meeting.of(
        lambda: desk.app.jobs.activate(ALICE, types=["pay"], worker="w", timeout=HOUR, max_jobs=1),
        lambda: other.app.jobs.activate(ADAM, types=["pay"], worker="w", timeout=HOUR, max_jobs=1),
    )

    refused = [f["actor"] for f in desk.rows("history") if f["kind"] == "access_denied"]
    assert refused == ["alice", "adam"]


def calling() -> tuple[Diagram, Diagram]:
    child, parent = Diagram("child"), Diagram("parent")
    child.start().user("help").end().chain("start", "help", "end")
    parent.start().call("ask").user("thank").end().chain("start", "ask", "thank", "end")
    return child, parent


def test_a_child_that_ends_before_its_parent_is_cancelled_tells_it(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(*calling())
    key = desk.start("parent")
    task = desk.task("help")

    outcomes = meeting.of(
        lambda: desk.app.user_tasks.complete(ROOT, task, {}),
        lambda: other.app.instances.cancel(OTTO, key),
    )

    assert outcomes == (None, None)
    assert {i["process_id"]: i["state"] for i in desk.rows("process_instance")} == {
        "parent": "TERMINATED",
        "child": "COMPLETED",
    }


def test_a_child_cannot_end_after_its_parent_was_cancelled(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(*calling())
    key = desk.start("parent")
    task = desk.task("help")

    outcomes = meeting.of(
        lambda: desk.app.instances.cancel(OTTO, key),
        lambda: other.app.user_tasks.complete(ROOT, task, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert {i["state"] for i in desk.rows("process_instance")} == {"TERMINATED"}
