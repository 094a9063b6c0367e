"""An identity service on a database of its own, with hashes that cost next to nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.clock import ManualClock
from engine.domain.identity import ENGINE, Role
from engine.persistence.database import Database
from engine.services.identity import IdentityService
from tests.server import CHEAP

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    """The engine's clock."""
    return ManualClock(NOON)


@pytest.fixture
def wall_clock() -> ManualClock:
    """The clock that tokens expire by."""
    return ManualClock(NOON)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with every table."""
    made = Database(database_url, synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
def identity(database: Database, clock: ManualClock, wall_clock: ManualClock) -> IdentityService:
    """A service that knows the agent Ann and the administrator Root."""
    service = IdentityService(database, clock, cost=CHEAP, wall_clock=wall_clock)
    for username, role in (("root", Role.ADMINISTRATOR), ("ann", Role.AGENT)):
        service.people.create_account(
            ENGINE,
            username=username,
            name=username.title(),
            password=f"{username}'s password",
            groups=[role],
        )
    return service
