"""An empty database with every table, and a way to fill it."""

from collections.abc import Iterator

import pytest

from engine.persistence.database import Connection, Database
from tests.search.seed import Seed


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    database = Database(database_url, synchronous="OFF")
    with database.write() as connection:
        yield connection
    database.close()


@pytest.fixture
def seed(connection: Connection) -> Seed:
    return Seed(connection)
