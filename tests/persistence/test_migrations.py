"""Do the migrations make the very tables that the code believes in?"""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from engine.persistence.database import Database
from engine.persistence.migrate import is_current, migrate
from engine.persistence.schema import metadata


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/migrated.db")


def test_a_migrated_database_has_exactly_the_tables_of_the_schema(empty: Database) -> None:
    migrate(empty)

    with empty.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_is_current_only_after_it_was_migrated(empty: Database) -> None:
    assert not is_current(empty)

    migrate(empty)

    assert is_current(empty)


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate(empty)
    migrate(empty)

    assert is_current(empty)
