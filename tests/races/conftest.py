"""One desk, another node on the same database, and a truth that holds after every race."""

import hashlib
from collections.abc import Iterator
from itertools import groupby

import pytest

from tests.races.meeting import Meeting
from tests.services.conftest import Desk, desk, limits, restarted, settings

__all__ = ["desk", "limits", "settings"]


@pytest.fixture
def meeting(desk: Desk) -> Meeting:
    """Let two meet."""
    return Meeting(desk)


@pytest.fixture
def other(desk: Desk) -> Desk:
    """Another node: on SQLite, which has but one, the same."""
    return desk if desk.app.database.is_sqlite else restarted(desk)


@pytest.fixture(autouse=True)
def _one_truth(desk: Desk) -> Iterator[None]:
    """Every history is one chain of digests, whatever met whom."""
    yield
    for _, facts in groupby(desk.rows("history"), key=lambda fact: fact["stream_key"]):
        digest = b""
        for sequence, fact in enumerate(facts, start=1):
            digest = hashlib.sha256(digest + str(fact["payload"]).encode()).digest()
            assert (fact["sequence"], fact["digest"]) == (sequence, digest)
