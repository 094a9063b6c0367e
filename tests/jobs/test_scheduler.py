"""When does the engine look for what is due, and how often?"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from structlog.testing import capture_logs

from engine.clock import Clock, ManualClock, SystemClock
from engine.jobs.scheduler import Waker

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SOON = 10.0
"""Seconds after which a test that waits for another thread gives up; never reached when right."""
NEVER = timedelta(days=1)
"""A sweep so rare that only the first one falls into a test."""


class Due:
    """What the waker calls: counts its runs, can be held up, and says which due time is next."""

    def __init__(self, next_due: datetime | None = None) -> None:
        self._changed = threading.Condition()
        self._next_due = next_due
        self._running = 0
        self.most_at_once = 0
        self.count = 0
        self.began = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.may_end.set()
        self.during: Callable[[int], None] = lambda run: None

    def run(self) -> datetime | None:
        with self._changed:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
            run = self.count + 1
        self.began.release()
        assert self.may_end.wait(SOON)
        self.during(run)
        with self._changed:
            self._running -= 1
            self.count = run
            self._changed.notify_all()
        return self._next_due

    def until_count(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count >= count, SOON)


@pytest.fixture
def wakers() -> Iterator[list[Waker]]:
    made: list[Waker] = []
    yield made
    for waker in made:
        waker.stop()


@pytest.fixture
def make(wakers: list[Waker]) -> Callable[..., Waker]:
    def make_waker(due: Due, clock: Clock | None = None, sweep_every: timedelta = NEVER) -> Waker:
        waker = Waker(due.run, clock=clock or ManualClock(NOON), sweep_every=sweep_every)
        wakers.append(waker)
        return waker

    return make_waker


Make = Callable[..., Waker]


def in_thread(call: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=call)
    thread.start()
    return thread


def test_starting_looks_at_once_for_what_became_due_while_nobody_ran(make: Make) -> None:
    due = Due()

    make(due).start()

    due.until_count(1)


def test_a_run_starts_when_the_planned_time_has_come(make: Make) -> None:
    due = Due()
    waker = make(due, SystemClock())
    waker.start()
    due.until_count(1)

    waker.wake_at(SystemClock().now() + timedelta(milliseconds=30))

    due.until_count(2)


def test_a_run_is_not_started_before_the_planned_time(make: Make) -> None:
    due, starts = Due(), []
    waker = make(due, SystemClock())
    waker.start()
    due.until_count(1)
    due.during = lambda run: starts.append(SystemClock().now())
    planned = SystemClock().now() + timedelta(milliseconds=80)

    waker.wake_at(planned)
    due.until_count(2)

    assert starts[0] >= planned


def test_the_next_due_time_that_a_run_returns_is_planned(make: Make) -> None:
    waker = make(Due(next_due=NOON + timedelta(hours=3)))

    waker.poke()

    assert waker.armed_for == NOON + timedelta(hours=3)


def test_a_due_time_already_past_is_run_at_once(make: Make) -> None:
    due = Due()
    waker = make(due)
    waker.start()
    due.until_count(1)

    waker.wake_at(NOON - timedelta(days=400))

    due.until_count(2)


@pytest.mark.parametrize(
    ("then", "planned"),
    [
        pytest.param(timedelta(minutes=5), timedelta(minutes=5), id="an-earlier-time-takes-over"),
        pytest.param(timedelta(minutes=20), timedelta(minutes=10), id="a-later-time-is-no-reason"),
    ],
)
def test_the_earliest_time_asked_for_is_planned(
    make: Make, then: timedelta, planned: timedelta
) -> None:
    waker = make(Due())

    waker.wake_at(NOON + timedelta(minutes=10))
    waker.wake_at(NOON + then)

    assert waker.armed_for == NOON + planned


def test_a_time_asked_for_before_the_start_is_kept(make: Make) -> None:
    due = Due()
    clock = SystemClock()
    waker = make(due, clock)
    waker.wake_at(clock.now() + timedelta(milliseconds=150))

    waker.start()

    due.until_count(2)


def test_a_time_in_the_far_future_is_planned_too(make: Make) -> None:
    waker = make(Due())
    waker.start()
    last_day = datetime.max.replace(tzinfo=UTC)

    waker.wake_at(last_day)

    assert waker.armed_for == last_day


def test_a_sweep_run_keeps_a_later_time_that_it_knows_nothing_of(make: Make) -> None:
    waker = make(Due(next_due=None))
    waker.wake_at(NOON + timedelta(minutes=10))

    waker.poke()

    assert waker.armed_for == NOON + timedelta(minutes=10)


def test_sweeps_repeat_without_anybody_asking(make: Make) -> None:
    due = Due()

    make(due, sweep_every=timedelta(milliseconds=20)).start()

    due.until_count(4)


def test_a_poke_runs_in_the_calling_thread_before_it_returns(make: Make) -> None:
    due, threads = Due(), []
    due.during = lambda run: threads.append(threading.get_ident())

    make(due).poke()

    assert threads == [threading.get_ident()]


def test_after_a_virtual_clock_has_moved_a_poke_leaves_nothing_planned_in_the_past(
    make: Make,
) -> None:
    clock = ManualClock(NOON)
    waker = make(Due(), clock)
    waker.wake_at(NOON + timedelta(hours=1))
    clock.advance(timedelta(hours=2))

    waker.poke()

    assert waker.armed_for is None


def test_a_virtual_clock_moved_near_the_due_time_shortens_the_wait(make: Make) -> None:
    clock = _Ticking(NOON)
    due = Due(next_due=NOON + timedelta(days=1))
    waker = make(due, clock)
    waker.start()
    due.until_count(1)

    clock.jump_to(NOON + timedelta(days=1) - timedelta(milliseconds=50))
    waker.poke()

    due.until_count(3)


def test_a_ring_for_a_time_that_was_served_meanwhile_does_not_delay_the_next(make: Make) -> None:
    due = Due()
    waker = make(due)
    waker.start()
    due.until_count(1)
    waker.wake_at(NOON + timedelta(seconds=0.9))
    planned = waker._scheduler.get_job("wake").next_run_time

    waker._wake(NOON)

    assert waker._scheduler.get_job("wake").next_run_time == planned


def test_a_virtual_clock_that_stands_still_does_not_keep_the_engine_busy(make: Make) -> None:
    due = Due(next_due=NOON + timedelta(milliseconds=1))
    waker = make(due)
    waker.start()
    due.until_count(1)
    waker.poke()

    assert not _happens_within(0.2, due.began, after=2)


def test_runs_never_overlap_whoever_asks(make: Make) -> None:
    due = Due()
    waker = make(due, SystemClock(), sweep_every=timedelta(milliseconds=5))
    waker.start()

    def ask() -> None:
        for _ in range(50):
            waker.poke()
            waker.wake_at(SystemClock().now())

    for thread in [in_thread(ask) for _ in range(4)]:
        thread.join(SOON)

    assert due.most_at_once == 1


def test_a_poke_during_a_run_waits_for_the_run_after_it(make: Make) -> None:
    due = Due()
    waker = make(due)
    due.may_end.clear()
    first = in_thread(waker.poke)
    assert due.began.acquire(timeout=SOON)
    counts: list[int] = []

    def poke_and_count() -> None:
        waker.poke()
        counts.append(due.count)

    second = in_thread(poke_and_count)
    due.may_end.set()
    first.join(SOON)
    second.join(SOON)

    assert counts == [2]


def test_a_poke_returns_when_it_is_answered_though_the_runner_goes_on(make: Make) -> None:
    due = Due()
    waker = make(due)
    due.may_end.clear()
    running = in_thread(waker.poke)
    assert due.began.acquire(timeout=SOON)
    second = in_thread(waker.poke)
    third_may_end = threading.Event()

    def ask_for_a_third(run: int) -> None:
        if run == 2:
            waker.wake_at(NOON)
        elif run == 3:
            assert third_may_end.wait(SOON)

    due.during = ask_for_a_third
    wait_until_asked(waker, 2)
    due.may_end.set()
    second.join(SOON)

    assert not second.is_alive()
    assert due.count == 2
    third_may_end.set()
    running.join(SOON)
    assert (due.count, due.most_at_once) == (3, 1)


def test_a_sweep_during_a_run_does_not_start_another(make: Make) -> None:
    due = Due()
    waker = make(due, SystemClock(), sweep_every=timedelta(milliseconds=5))
    due.may_end.clear()
    running = in_thread(waker.poke)
    assert due.began.acquire(timeout=SOON)

    waker.start()

    assert not due.began.acquire(timeout=0.1)
    due.may_end.set()
    running.join(SOON)


def test_no_wake_is_lost_however_soon_one_follows_the_other(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    due = Due()
    waker = make(due, SystemClock())
    due.during = lambda run: waker.wake_at(SystemClock().now() + timedelta(microseconds=1))

    waker.start()

    due.until_count(300)
    assert caplog.messages == []


def test_asking_returns_at_once_and_a_run_follows(make: Make) -> None:
    due = Due()
    waker = make(due)
    waker.start()
    due.until_count(1)

    waker.ask()

    due.until_count(2)


def test_asking_often_before_the_run_causes_one_run(make: Make) -> None:
    due = Due()
    waker = make(due)
    due.may_end.clear()
    waker.start()
    assert due.began.acquire(timeout=SOON)

    for _ in range(10):
        waker.ask()
    due.may_end.set()

    due.until_count(2)
    waker.stop()
    assert due.count == 2


def test_sweeps_go_on_when_the_clock_of_the_machine_is_set_back(make: Make) -> None:
    due = Due()
    make(due, sweep_every=timedelta(milliseconds=50)).start()
    due.until_count(2)

    with time_machine.travel(SystemClock().now() - timedelta(hours=2), tick=True):
        due.until_count(due.count + 5)


def test_however_often_asked_during_a_run_one_more_run_follows(make: Make) -> None:
    due = Due()
    waker = make(due)
    due.may_end.clear()
    running = in_thread(waker.poke)
    assert due.began.acquire(timeout=SOON)

    for _ in range(10):
        waker.wake_at(NOON)
    due.may_end.set()
    running.join(SOON)

    assert due.count == 2


def test_a_time_asked_for_during_a_run_wins_over_a_later_one_that_the_run_returns(
    make: Make,
) -> None:
    due = Due(next_due=NOON + timedelta(hours=2))
    waker = make(due)
    due.during = lambda run: waker.wake_at(NOON + timedelta(hours=1))

    waker.poke()

    assert waker.armed_for == NOON + timedelta(hours=1)


def test_a_run_may_poke_and_is_followed_by_one_more_run(make: Make) -> None:
    due = Due()
    waker = make(due)
    due.during = lambda run: waker.poke() if run == 1 else None

    waker.poke()

    assert due.count == 2


def test_a_run_that_raises_is_logged_and_the_next_one_comes() -> None:
    runs: list[int] = []

    def fail_at_first() -> None:
        runs.append(len(runs) + 1)
        if runs == [1]:
            raise ConnectionError("database away")

    waker = Waker(fail_at_first, clock=ManualClock(NOON))
    with capture_logs() as logs:
        waker.poke()
        waker.poke()

    assert runs == [1, 2]
    assert [entry["log_level"] for entry in logs] == ["error"]


def test_stop_returns_only_when_the_run_has_ended(make: Make) -> None:
    due, stopped = Due(), threading.Event()
    waker = make(due)
    due.may_end.clear()
    waker.start()
    assert due.began.acquire(timeout=SOON)

    def stop() -> None:
        waker.stop()
        stopped.set()

    stopping = in_thread(stop)
    assert not stopped.wait(0.05)
    due.may_end.set()
    stopping.join(SOON)

    assert stopped.is_set()
    assert due.count == 1


def test_stopping_at_the_moment_of_a_wake_breaks_no_thread(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[object] = []
    monkeypatch.setattr(threading, "excepthook", broken.append)

    for _ in range(200):
        due = Due()
        waker = make(due, SystemClock())
        waker.start()
        waker.wake_at(SystemClock().now())
        due.until_count(1)
        waker.stop()

    assert broken == []


def test_stop_waits_for_a_run_that_a_poke_started(make: Make) -> None:
    due, stopped = Due(), threading.Event()
    waker = make(due)
    due.may_end.clear()
    running = in_thread(waker.poke)
    assert due.began.acquire(timeout=SOON)

    def stop() -> None:
        waker.stop()
        stopped.set()

    stopping = in_thread(stop)
    assert not stopped.wait(0.05)
    due.may_end.set()
    stopping.join(SOON)
    running.join(SOON)

    assert stopped.is_set()


def test_a_run_that_plans_while_it_is_being_stopped_does_not_hang(make: Make) -> None:
    due, stop_called = Due(), threading.Event()
    waker = make(due)

    def plan(run: int) -> None:
        assert stop_called.wait(SOON)
        waker.wake_at(NOON + timedelta(seconds=1))

    due.during = plan
    waker.start()
    assert due.began.acquire(timeout=SOON)
    stopping = in_thread(waker.stop)
    stop_called.set()
    stopping.join(SOON)

    assert not stopping.is_alive()


def test_nothing_runs_after_stop(make: Make) -> None:
    due = Due()
    waker = make(due)
    waker.start()
    due.until_count(1)
    waker.stop()

    waker.wake_at(NOON)
    waker.poke()

    assert due.count == 1


def test_stop_leaves_no_thread_behind(make: Make) -> None:
    before = set(threading.enumerate())
    waker = make(Due())
    waker.start()

    waker.stop()

    assert set(threading.enumerate()) <= before


def test_stop_twice_does_no_harm(make: Make) -> None:
    waker = make(Due())
    waker.start()

    waker.stop()
    waker.stop()

    assert waker.armed_for is None


def test_a_run_must_not_stop_its_own_waker(make: Make) -> None:
    due, refused = Due(), []
    waker = make(due)

    def stop(run: int) -> None:
        with pytest.raises(RuntimeError, match="must not stop"):
            waker.stop()
        refused.append(run)

    due.during = stop
    waker.poke()

    assert refused == [1]


@pytest.mark.parametrize("before", ["start", "stop"])
def test_a_waker_starts_once(make: Make, before: str) -> None:
    waker = make(Due())
    getattr(waker, before)()

    with pytest.raises(RuntimeError, match="starts once"):
        waker.start()


def test_a_due_time_without_a_time_zone_is_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="aware"):
        make(Due()).wake_at(datetime(2030, 1, 1))  # noqa: DTZ001 - the point of the test


def test_a_sweep_without_a_pause_is_refused() -> None:
    with pytest.raises(ValueError, match="sweep_every"):
        Waker(Due().run, clock=ManualClock(NOON), sweep_every=timedelta(0))


def wait_until_asked(waker: Waker, times: int) -> None:
    """Wait until that many runs have been asked for; nobody outside can see it happen."""
    with waker._state:
        while waker._asked < times:
            waker._state.wait(0.001)


class _Ticking:
    """A virtual clock that goes on by itself after each jump."""

    def __init__(self, start: datetime) -> None:
        self._machine = SystemClock()
        self.jump_to(start)

    def jump_to(self, to: datetime) -> None:
        self._offset = to - self._machine.now()

    def now(self) -> datetime:
        return self._machine.now() + self._offset


def _happens_within(seconds: float, event: threading.Semaphore, *, after: int) -> bool:
    for _ in range(after):
        assert event.acquire(timeout=SOON)
    return event.acquire(timeout=seconds)
