"""An empty database with every table, and a way to fill it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.persistence.database import Connection, Database
from engine.persistence.schema import metadata
from tests.search.seed import Seed


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{tmp_path}/test.db", synchronous="OFF")
    with database.write() as connection:
        metadata.create_all(connection)
        yield connection
    database.close()


@pytest.fixture
def seed(connection: Connection) -> Seed:
    return Seed(connection)
