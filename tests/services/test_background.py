"""Does all that is due have its turn, also what has failed before?"""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.errors import Unavailable
from engine.services import background
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.races.meeting import PATIENCE, answer_in_an_hour
from tests.services.conftest import NOON, Desk


class EndlessTimers:
    """Timers of which there is one more each time, until one that has failed had its turn."""

    def __init__(self) -> None:
        self.had_its_turn = threading.Event()
        self.waited_in_vain = False
        self._rounds = 0

    def fire_due(self, may_go_on: Callable[[], bool]) -> int:
        assert may_go_on()
        self._rounds += 1
        if self._rounds <= 2 and not self.had_its_turn.is_set():
            return 1
        self.waited_in_vain = not self.had_its_turn.wait(PATIENCE)
        return 0

    def fire_failed(self, may_go_on: Callable[[], bool]) -> int:
        assert may_go_on(), "it has no time of its own"
        self.had_its_turn.set()
        return 0


class UnluckyTimers:
    """One of two who fire fails at once, the other is still at work then."""

    def __init__(self) -> None:
        self.has_ended = False
        self._both = threading.Barrier(2)

    def fire_due(self, may_go_on: Callable[[], bool]) -> int:
        assert may_go_on()
        if self._both.wait(PATIENCE) == 0:
            raise Unavailable("the database is away")
        threading.Event().wait(0.2)
        self.has_ended = True
        return 0


def test_a_round_in_which_one_thread_fails_ends_when_the_others_have_ended(
    postgresql_url: str, tmp_path: Path
) -> None:
    settings = Settings(database_url=postgresql_url, document_folder=tmp_path, demo=True)
    app = build(settings, clock=SwitchableClock(ManualClock(NOON)))
    desk = Desk(app)
    desk.deploy(answer_in_an_hour())
    desk.start()
    desk.app.clock.pin(NOON + timedelta(hours=1))
    timers = app.background._timers = UnluckyTimers()  # type: ignore[assignment]

    with pytest.raises(Unavailable):
        app.background._run_due()

    assert timers.has_ended
    app.stop()


def test_what_has_failed_before_has_its_turn_though_there_is_always_more_to_do(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    desk.app.clock.pin(NOON + timedelta(hours=1))
    timers = desk.app.background._timers = EndlessTimers()  # type: ignore[assignment]

    desk.app.background._run_due()

    assert timers.had_its_turn.is_set()
    assert not timers.waited_in_vain


class ManyFailedTimers:
    """Failed timers that never end: they take all the time that they may."""

    def fire_due(self, may_go_on: Callable[[], bool]) -> int:
        assert may_go_on()
        return 0

    def fire_failed(self, may_go_on: Callable[[], bool]) -> int:
        while may_go_on():
            pass
        return 0


class FailedSignals:
    """Notes whether it could do anything."""

    def __init__(self) -> None:
        self.had_their_turn = threading.Event()

    def deliver_failed(self, may_go_on: Callable[[], bool]) -> int:
        if may_go_on():
            self.had_their_turn.set()
        return 0


def test_failed_timers_that_take_all_their_time_leave_failed_signals_theirs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "FIRING_SECONDS", 0.05)
    desk.deploy(answer_in_an_hour())
    desk.start()
    desk.app.clock.pin(NOON + timedelta(hours=1))
    desk.app.background._timers = ManyFailedTimers()  # type: ignore[assignment]
    signals = desk.app.background._signals = FailedSignals()  # type: ignore[assignment]

    desk.app.background._run_due()

    assert signals.had_their_turn.wait(PATIENCE)
