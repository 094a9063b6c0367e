"""Can a burst of sign-ins take the server from those who have signed in already?"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.errors import Unavailable
from engine.services.identity.passwords import WAITING_AT_MOST, PasswordHasher
from tests.server import CHEAP


@contextmanager
def busy(hasher: PasswordHasher, waiting: int) -> Iterator[list[bool]]:
    """One hash is computed and so many wait; the list gets their answers afterwards."""
    stored = hasher.hash("secret")
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(hasher.matches("secret", stored)))
        for _ in range(waiting)
    ]
    with hasher._turn():
        for thread in threads:
            thread.start()
        while hasher._places._value != WAITING_AT_MOST - waiting:  # type: ignore[attr-defined]
            pass
        yield answers
    for thread in threads:
        thread.join()


def test_a_few_wait_for_their_turn_and_are_all_answered() -> None:
    with busy(PasswordHasher(CHEAP), WAITING_AT_MOST) as answers:
        pass

    assert answers == [True] * WAITING_AT_MOST


def test_one_more_is_sent_away_until_there_is_a_place() -> None:
    hasher = PasswordHasher(CHEAP)

    with busy(hasher, WAITING_AT_MOST), pytest.raises(Unavailable, match="too many people"):
        hasher.hash("secret")

    assert hasher.matches("secret", hasher.hash("secret"))
