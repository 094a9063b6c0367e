"""How are leased jobs run: how many at once, after which poke, and what if one breaks?"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from engine.jobs.executor import JobExecutor

SOON = 10.0
"""Seconds after which a test that waits for another thread gives up; never reached when right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    key: int


class Queue:
    """Jobs to claim, each handed out once, and a record of how many were asked for."""

    def __init__(self, *keys: int) -> None:
        self._lock = threading.Lock()
        self._waiting = [Job(key=key) for key in keys]
        self.asked: list[int] = []
        self.seen_empty = threading.Event()

    def add(self, key: int) -> None:
        with self._lock:
            self._waiting.append(Job(key=key))

    def claim(self, count: int) -> Sequence[Job]:
        with self._lock:
            self.asked.append(count)
            claimed, self._waiting = self._waiting[:count], self._waiting[count:]
        if not claimed:
            self.seen_empty.set()
        return claimed


class Doors:
    """A handler whose jobs report that they began and wait behind a door until it is opened."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: set[int] = set()
        self.running: set[int] = set()
        self.finished: list[int] = []

    def run(self, job: Job) -> None:
        with self._changed:
            self.running.add(job.key)
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: job.key in self._open, SOON)
            self.running.discard(job.key)
            self.finished.append(job.key)
            self._changed.notify_all()

    def open(self, *keys: int) -> None:
        with self._changed:
            self._open.update(keys)
            self._changed.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, SOON)


@pytest.fixture
def started() -> Iterator[Callable[[JobExecutor[Job]], JobExecutor[Job]]]:
    executors: list[JobExecutor[Job]] = []

    def start(executor: JobExecutor[Job]) -> JobExecutor[Job]:
        executors.append(executor)
        executor.start()
        return executor

    yield start
    for executor in executors:
        executor.stop()


Start = Callable[[JobExecutor[Job]], JobExecutor[Job]]


def test_jobs_that_wait_at_the_start_are_run_without_a_poke(started: Start) -> None:
    queue, doors = Queue(1, 2), Doors()
    doors.open(1, 2)

    started(JobExecutor(pool_size=2, claim=queue.claim, run=doors.run))

    doors.until(lambda: sorted(doors.finished) == [1, 2])


def test_a_poke_runs_a_job_that_came_later(started: Start) -> None:
    queue, doors = Queue(), Doors()
    doors.open(1)
    executor = started(JobExecutor(pool_size=2, claim=queue.claim, run=doors.run))
    assert queue.seen_empty.wait(SOON)
    queue.add(1)

    executor.poke()

    doors.until(lambda: doors.finished == [1])


def test_no_more_jobs_run_at_once_than_the_pool_holds(started: Start) -> None:
    queue, doors = Queue(1, 2, 3), Doors()

    started(JobExecutor(pool_size=2, claim=queue.claim, run=doors.run))

    doors.until(lambda: doors.running == {1, 2})
    doors.open(1)
    doors.until(lambda: doors.running == {2, 3})
    doors.open(2, 3)


def test_no_job_is_leased_before_a_thread_is_free_for_it(started: Start) -> None:
    queue, doors = Queue(1, 2, 3), Doors()
    executor = started(JobExecutor(pool_size=2, claim=queue.claim, run=doors.run))
    doors.until(lambda: doors.running == {1, 2})

    executor.poke()
    doors.open(1)
    doors.until(lambda: 3 in doors.running)

    assert queue.asked == [2, 1]
    doors.open(2, 3)


def test_a_poke_while_all_threads_work_is_not_lost(started: Start) -> None:
    queue, doors = Queue(1), Doors()
    executor = started(JobExecutor(pool_size=1, claim=queue.claim, run=doors.run))
    doors.until(lambda: doors.running == {1})
    queue.add(2)

    executor.poke()
    doors.open(1, 2)

    doors.until(lambda: doors.finished == [1, 2])


def test_an_idle_executor_claims_only_when_poked(started: Start) -> None:
    queue = Queue()
    executor = started(JobExecutor(pool_size=3, claim=queue.claim, run=Doors().run))
    assert queue.seen_empty.wait(SOON)
    queue.seen_empty.clear()

    executor.poke()

    assert queue.seen_empty.wait(SOON)
    executor.stop()
    assert queue.asked == [3, 3]


def test_a_handler_that_raises_is_logged_with_its_key_and_the_pool_lives_on(
    started: Start,
) -> None:
    queue, ran = Queue(1, 2), threading.Event()

    def run(job: Job) -> None:
        if job.key == 1:
            raise LookupError("unforeseen")
        ran.set()

    with capture_logs() as logs:
        executor = started(JobExecutor(pool_size=1, claim=queue.claim, run=run))
        assert ran.wait(SOON)
        executor.stop()

    assert [(entry["log_level"], entry["job_key"]) for entry in logs] == [("error", 1)]


def test_a_claim_that_raises_is_logged_and_the_next_poke_tries_again(started: Start) -> None:
    queue, doors, failed = Queue(1), Doors(), threading.Event()
    doors.open(1)

    def claim(count: int) -> Sequence[Job]:
        if not failed.is_set():
            failed.set()
            raise ConnectionError("database away")
        return queue.claim(count)

    with capture_logs() as logs:
        executor = started(JobExecutor(pool_size=1, claim=claim, run=doors.run))
        assert failed.wait(SOON)
        executor.poke()
        doors.until(lambda: doors.finished == [1])

    assert [entry["log_level"] for entry in logs] == ["error"]


def test_stop_returns_only_when_the_running_job_has_ended(started: Start) -> None:
    queue, doors, stopped = Queue(1, 2), Doors(), threading.Event()
    executor = started(JobExecutor(pool_size=1, claim=queue.claim, run=doors.run))
    doors.until(lambda: doors.running == {1})

    def stop() -> None:
        executor.stop()
        stopped.set()

    stopper = threading.Thread(target=stop)
    stopper.start()
    assert not stopped.wait(0.05)
    doors.open(1, 2)
    stopper.join(SOON)

    assert stopped.is_set()
    assert doors.finished == [1]


def test_a_stop_with_a_limit_gives_a_job_up_that_hangs(started: Start) -> None:
    queue, doors = Queue(1), Doors()
    executor = started(JobExecutor(pool_size=1, claim=queue.claim, run=doors.run))
    doors.until(lambda: doors.running == {1})

    assert executor.stop(within=timedelta(milliseconds=50)) is False

    doors.open(1)
    assert executor.stop() is True


def test_a_job_claimed_while_stop_is_called_is_still_run(started: Start) -> None:
    doors, claiming, go_on = Doors(), threading.Event(), threading.Event()
    doors.open(1)

    def claim(count: int) -> Sequence[Job]:
        claiming.set()
        assert go_on.wait(SOON)
        return [Job(key=1)]

    executor = started(JobExecutor(pool_size=1, claim=claim, run=doors.run))
    assert claiming.wait(SOON)
    stopper = threading.Thread(target=executor.stop)
    stopper.start()
    go_on.set()
    stopper.join(SOON)

    assert doors.finished == [1]


def test_run_until_idle_runs_in_the_calling_thread_what_the_jobs_themselves_add() -> None:
    queue = Queue(1)
    ran: list[tuple[int, int]] = []

    def run(job: Job) -> None:
        ran.append((job.key, threading.get_ident()))
        if job.key < 3:
            queue.add(job.key + 1)

    count = JobExecutor(pool_size=2, claim=queue.claim, run=run).run_until_idle()

    assert count == 3
    assert ran == [(key, threading.get_ident()) for key in (1, 2, 3)]


def test_run_until_idle_goes_on_after_a_handler_that_raises() -> None:
    ran: list[int] = []

    def run(job: Job) -> None:
        ran.append(job.key)
        raise LookupError("unforeseen")

    with capture_logs() as logs:
        JobExecutor(pool_size=1, claim=Queue(1, 2).claim, run=run).run_until_idle()

    assert ran == [1, 2]
    assert [entry["job_key"] for entry in logs] == [1, 2]


def test_run_until_idle_tells_its_caller_that_claiming_failed() -> None:
    def claim(count: int) -> Sequence[Job]:
        raise ConnectionError("database away")

    with pytest.raises(ConnectionError):
        JobExecutor(pool_size=1, claim=claim, run=Doors().run).run_until_idle()


def test_stopping_an_executor_that_never_started_does_no_harm() -> None:
    queue = Queue(1)

    JobExecutor(pool_size=1, claim=queue.claim, run=Doors().run).stop()

    assert queue.asked == []


@pytest.mark.parametrize("before", ["start", "stop"])
def test_an_executor_starts_once(before: str) -> None:
    executor = JobExecutor(pool_size=1, claim=Queue().claim, run=Doors().run)
    getattr(executor, before)()

    with pytest.raises(RuntimeError, match="starts once"):
        executor.start()

    executor.stop()


def test_a_pool_without_threads_is_refused() -> None:
    with pytest.raises(ValueError, match="pool_size"):
        JobExecutor(pool_size=0, claim=Queue().claim, run=Doors().run)


def test_waiting_for_running_jobs_returns_when_the_last_has_ended() -> None:
    ended = threading.Event()
    may_end = threading.Event()
    queue = [Job(key=1)]

    def run(job: Job) -> None:
        may_end.wait()
        ended.set()

    executor = JobExecutor(pool_size=1, claim=lambda count: [queue.pop()] if queue else [], run=run)
    executor.start()
    while not executor.is_running:
        pass
    may_end.set()

    executor.wait_for_running()

    assert ended.is_set()
    assert not executor.is_running
    executor.stop()
