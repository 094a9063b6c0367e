"""Does the director decide from what the server shows, and from nothing else?"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast

import pytest

from api.demo.client import Refused
from api.demo.director import Director, Period
from api.demo.shopfloor import Shopfloor, Task
from api.demo.story import Completes, Customer, Ending, Moves, Story, Tells, Values

MIDNIGHT = datetime(2026, 11, 7, 16, tzinfo=UTC)  # in Shanghai
TEN = MIDNIGHT + timedelta(hours=10)
PERIOD = Period(begins_at=MIDNIGHT, ends_at=MIDNIGHT + timedelta(days=1))
HOUR = timedelta(hours=1)


@dataclass
class FakeFloor:
    """A server with one kind of user task per case, kept in memory."""

    now: datetime = MIDNIGHT
    cases: dict[str, datetime] = field(default_factory=dict)
    open: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    log: list[tuple[Any, ...]] = field(default_factory=list)
    refuses_with: dict[str, int] = field(default_factory=dict)

    def clock(self) -> tuple[datetime, bool]:
        return self.now, True

    def move_clock(self, to: datetime) -> None:
        self.now = to

    def begun(self) -> dict[str, datetime]:
        return dict(self.cases)

    def open_tasks(self) -> list[Task]:
        return list(self.open)

    def done_tasks(self) -> list[Task]:
        return list(self.done)

    def is_open(self, task: Task) -> bool:
        return task in self.open

    def was_refused(self, number: str, who: str) -> bool:
        return who in self.refused

    def begin(self, story: Story, now: datetime) -> None:
        self.cases[story.number] = now
        self.log.append(("begin", story.number, now))
        self.open.append(a_task(at=now))

    def claim(self, task: Task, who: str, *, take_over: bool) -> None:
        self.log.append(("claim", who, take_over))

    def complete(self, task: Task, who: str, values: Values, now: datetime) -> None:
        if who in self.refuses_with:
            self.refused.add(who)
            raise Refused(self.refuses_with[who], "no")
        self.log.append(("complete", who, now))
        self.open.remove(task)
        self.done.append(replace(task, at=now))

    def tell(self, task: Task, message: str, values: Values) -> None:
        self.log.append(("tell", message, self.now))
        self.open.remove(task)


def a_task(
    *, at: datetime, element_id: str = "answer", assignee: str | None = None, key: str = "1"
) -> Task:
    return Task(
        key=key, number="C-1", element_id=element_id, instance_key="9", assignee=assignee, at=at
    )


def a_story(moves: Moves) -> Story:
    return Story(
        number="C-1",
        service_type="other",
        channel="phone",
        process_id="complaint",
        day=0,
        at=time(10),
        by="mei",
        customer=Customer(),
        purchase=None,
        opening={},
        moves=moves,
        ending=Ending(places={}),
    )


def by(who: str, **more: Any) -> Completes:
    return Completes(by=who, after=HOUR, values={}, **more)


def play(floor: FakeFloor, moves: Moves) -> list[tuple[Any, ...]]:
    director = Director(cast("Shopfloor", floor), [a_story(moves)], PERIOD)
    director.play(lambda share: None)
    return floor.log


def test_a_case_begins_at_its_time_and_its_task_is_done_when_it_is_due() -> None:
    log = play(FakeFloor(), {"answer": (by("mei"),)})
    assert log == [
        ("begin", "C-1", TEN),
        ("claim", "mei", False),
        ("complete", "mei", TEN + HOUR),
    ]


def test_a_case_that_has_begun_is_not_begun_again() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)])
    assert ("begin", "C-1", TEN) not in play(floor, {"answer": (by("mei"),)})


def test_a_task_claimed_before_a_kill_is_done_without_a_second_claim() -> None:
    floor = FakeFloor(now=TEN + HOUR, cases={"C-1": TEN}, open=[a_task(at=TEN, assignee="mei")])
    assert play(floor, {"answer": (by("mei"),)}) == [("complete", "mei", TEN + HOUR)]


def test_a_task_that_belongs_to_somebody_is_done_by_that_person() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN, assignee="anna")])
    assert play(floor, {"answer": (by("mei"),)}) == [("complete", "anna", TEN + HOUR)]


def test_a_task_can_be_taken_over() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN, assignee="anna")])
    log = play(floor, {"answer": (by("wang", takes_over=True),)})
    assert log == [("claim", "wang", True), ("complete", "wang", TEN + HOUR)]


def test_the_second_visit_has_the_second_move() -> None:
    floor = FakeFloor(
        now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)], done=[a_task(at=MIDNIGHT, key="0")]
    )
    assert ("complete", "anna", TEN + HOUR) in play(floor, {"answer": (by("mei"), by("anna"))})


def test_a_task_without_moves_stays_open() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN, element_id="other")])
    assert play(floor, {"answer": (by("mei"),)}) == []


def test_a_move_waits_for_the_task_that_it_names() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)])
    assert play(floor, {"answer": (by("mei", once="account"),)}) == []


def test_its_time_counts_from_when_that_task_was_done() -> None:
    later = TEN + 3 * HOUR
    floor = FakeFloor(
        now=later,
        cases={"C-1": TEN},
        open=[a_task(at=TEN)],
        done=[a_task(at=later, element_id="account", key="0")],
    )
    log = play(floor, {"answer": (by("mei", once="account"),)})
    assert log[-1] == ("complete", "mei", later + HOUR)


def test_a_customer_tells_instead_of_somebody_completing() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)])
    log = play(floor, {"answer": (Tells(message="withdrawn", after=HOUR),)})
    assert log == [("tell", "withdrawn", TEN + HOUR)]


def test_who_is_to_be_refused_tries_first() -> None:
    floor = FakeFloor(
        now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)], refuses_with={"wang": 403}
    )
    log = play(floor, {"answer": (by("chen", refused="wang"),)})
    assert floor.refused == {"wang"}
    assert log[-1] == ("complete", "chen", TEN + HOUR)


def test_who_was_refused_before_a_kill_does_not_try_again() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)], refused={"wang"})
    log = play(floor, {"answer": (by("chen", refused="wang"),)})
    assert ("complete", "wang", TEN + HOUR) not in log


def test_somebody_who_is_not_refused_after_all_stops_the_play() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)])
    with pytest.raises(AssertionError, match="wang was not refused"):
        play(floor, {"answer": (by("chen", refused="wang"),)})


def test_a_refusal_that_no_story_asks_for_stops_the_play() -> None:
    floor = FakeFloor(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)], refuses_with={"mei": 422})
    with pytest.raises(Refused):
        play(floor, {"answer": (by("mei"),)})


def test_a_task_that_another_move_has_ended_is_passed_over() -> None:
    class Ending409(FakeFloor):
        def complete(self, task: Task, who: str, values: Values, now: datetime) -> None:
            self.open.clear()
            raise Refused(409, "it has ended")

    floor = Ending409(now=TEN, cases={"C-1": TEN}, open=[a_task(at=TEN)])
    assert play(floor, {"answer": (by("mei"),)}) == [("claim", "mei", False)]


def test_the_clock_stops_at_the_end_of_the_period() -> None:
    floor = FakeFloor()
    play(floor, {"answer": (by("mei"),)})
    assert floor.now == PERIOD.ends_at
