"""How long does somebody who guesses have to wait?"""

import pytest

from engine.errors import TooManyAttempts
from engine.services.identity import throttle
from engine.services.identity.throttle import Throttle


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the throttle sees, to be changed by the test."""
    seconds = [1_000.0]
    monkeypatch.setattr(throttle, "monotonic_seconds", lambda: seconds[0])
    return seconds


def wait_after(failures: int, subject: Throttle) -> int:
    for _ in range(failures):
        subject.failed("ann")
    try:
        subject.check("ann")
    except TooManyAttempts as refused:
        return refused.retry_after_seconds
    return 0


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (1_000, 60)],
)
def test_the_wait_doubles_with_each_failure_up_to_a_minute(
    time: list[float], failures: int, seconds: int
) -> None:
    assert wait_after(failures, Throttle()) == seconds


def test_the_wait_is_over_when_it_is_over(time: list[float]) -> None:
    subject = Throttle()
    assert wait_after(7, subject) == 4

    time[0] += 3.9
    with pytest.raises(TooManyAttempts):
        subject.check("ann")
    time[0] += 0.1
    subject.check("ann")


def test_a_success_forgives_all_failures(time: list[float]) -> None:
    subject = Throttle()
    wait_after(5, subject)

    subject.succeeded("ann")

    assert wait_after(4, subject) == 0


def test_old_failures_are_forgotten(time: list[float]) -> None:
    subject = Throttle()
    wait_after(4, subject)

    time[0] += throttle.FORGOTTEN_AFTER_SECONDS + 1

    assert wait_after(1, subject) == 0


def test_names_do_not_hold_up_each_other(time: list[float]) -> None:
    subject = Throttle()
    wait_after(10, subject)

    subject.check("bob")


def test_memory_is_bounded(time: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "REMEMBERED_AT_MOST", 2)
    subject = Throttle()
    wait_after(5, subject)

    subject.failed("bob")
    subject.failed("eve")

    subject.check("ann")
