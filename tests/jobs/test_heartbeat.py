"""Are leases kept alive while, and only while, somebody works on the jobs?"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from engine.jobs.heartbeat import Heartbeat

SOON = 10.0
OFTEN = timedelta(milliseconds=5)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    key: int


@dataclass
class Beats:
    """Notes for which job the heart beats."""

    beats: list[int] = field(default_factory=list)
    fails: set[int] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def beat(self, job: Job) -> None:
        with self.changed:
            self.beats.append(job.key)
            self.changed.notify_all()
        if job.key in self.fails:
            raise ConnectionError("database away")

    def until(self, true: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(true, SOON)


Make = Callable[..., Heartbeat[Job]]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Heartbeat[Job]] = []

    def make_heartbeat(
        beats: Beats, *, every: timedelta = OFTEN, longest: timedelta = HOUR
    ) -> Heartbeat[Job]:
        made.append(Heartbeat(beats.beat, every=every, longest=longest))
        made[-1].start()
        return made[-1]

    yield make_heartbeat
    for heartbeat in made:
        heartbeat.stop()


def test_it_beats_for_every_job_in_hand(make: Make) -> None:
    beats = Beats()
    heartbeat = make(beats)

    with heartbeat.of(Job(key=1)), heartbeat.of(Job(key=2)):
        beats.until(lambda: beats.beats.count(1) >= 3 and beats.beats.count(2) >= 3)


def test_it_beats_no_more_for_a_job_that_is_done(make: Make) -> None:
    beats = Beats()
    heartbeat = make(beats)
    with heartbeat.of(Job(key=1)):
        beats.until(lambda: 1 in beats.beats)

    with heartbeat.of(Job(key=2)):
        beats.until(lambda: 2 in beats.beats)
        seen = len(beats.beats)
        beats.until(lambda: len(beats.beats) >= seen + 5)

    assert set(beats.beats[seen:]) == {2}


def test_a_job_that_hangs_is_given_up(make: Make) -> None:
    beats = Beats()
    heartbeat = make(beats, longest=timedelta(0))

    with heartbeat.of(Job(key=1)):
        heartbeat._is_stopped_within(0.1)

    assert beats.beats == []


def test_a_beat_that_fails_is_logged_and_stops_no_other(make: Make) -> None:
    beats = Beats(fails={1})

    with capture_logs() as logs:
        heartbeat = make(beats)
        with heartbeat.of(Job(key=1)), heartbeat.of(Job(key=2)):
            beats.until(lambda: beats.beats.count(1) >= 2 and beats.beats.count(2) >= 2)

    assert {entry["job_key"] for entry in logs} == {1}


def test_a_job_taken_again_while_it_hangs_is_kept_until_both_have_ended(make: Make) -> None:
    beats = Beats()
    heartbeat = make(beats)

    with heartbeat.of(Job(key=1)):
        with heartbeat.of(Job(key=1)):
            pass
        seen = len(beats.beats)
        beats.until(lambda: len(beats.beats) >= seen + 3)


def test_it_beats_no_more_when_it_is_stopped(make: Make) -> None:
    beats = Beats()
    heartbeat = make(beats)
    with heartbeat.of(Job(key=1)):
        beats.until(lambda: 1 in beats.beats)
        heartbeat.stop()
        seen = len(beats.beats)
        heartbeat.stop()

    assert len(beats.beats) == seen


def test_a_heart_without_a_pause_is_refused() -> None:
    with pytest.raises(ValueError, match="every"):
        Heartbeat(Beats().beat, every=timedelta(0), longest=HOUR)
