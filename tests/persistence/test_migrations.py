"""Do the migrations make the very tables that the code believes in?"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from engine.persistence import migrate as migrations
from engine.persistence.database import Database
from engine.persistence.migrate import MIGRATIONS, is_current, migrate
from engine.persistence.schema import metadata


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    made = Database(empty_database_url)
    yield made
    made.close()


@pytest.mark.filterwarnings("ignore:.*expression-based index")
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


def test_of_two_nodes_that_migrate_at_once_one_waits_for_the_other(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite two processes may do so, each with a lock of its own."""
    other = Database(empty.url)
    upgrade, inside, steps = migrations.upgrade, threading.Lock(), []
    both = threading.Barrier(2)

    def upgrade_alone(connection: Connection, revision: str) -> None:
        assert inside.acquire(blocking=False), "two migrate at once"
        steps.append(migrations.revision_of(connection))
        threading.Event().wait(0.2)  # the other one comes to the lock meanwhile
        upgrade(connection, revision)
        inside.release()

    def work(database: Database) -> None:
        both.wait(10)
        migrate(database)

    monkeypatch.setattr(migrations, "upgrade", upgrade_alone)
    with ThreadPoolExecutor(2) as pool:
        for node in [pool.submit(work, database) for database in (empty, other)]:
            node.result()
    other.close()

    assert steps == [None], "the one that waited finds it done"
    assert is_current(empty)


def test_instances_from_before_get_their_places_in_their_case(empty: Database) -> None:
    _upgrade(empty, "0001")
    with empty.write() as connection:
        for key, process_id, number in (
            (1, "return", "'C-1'"),
            (2, "complaint", "'C-1'"),
            (3, "return", "'C-1'"),
            (4, "return", "'C-2'"),
            (5, "return", "null"),
            (6, "return", "null"),
        ):
            connection.execute(
                text(
                    "insert into process_instance (key, definition_key, process_id, business_id,"
                    " root_key, state, incident_count, tags, started_at, started_by, revision)"
                    f" values ({key}, 1, '{process_id}', {number},"
                    f" {key}, 'ACTIVE', 0, '[]', '2026-03-02', 'alice', 1)"
                )
            )

    migrate(empty)

    with empty.read() as connection:
        rows = connection.execute(text("select case_ordinal from process_instance order by key"))
        assert list(rows.scalars()) == [1, 1, 2, 1, 1, 1]


def _upgrade(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_instances_from_before_know_the_last_fact_of_their_history(empty: Database) -> None:
    _upgrade(empty, "0008")
    with empty.write() as connection:
        for key in (1, 2):
            connection.execute(
                text(
                    "insert into process_instance (key, definition_key, process_id, case_ordinal,"
                    " root_key, state, incident_count, tags, started_at, started_by, revision)"
                    f" values ({key}, 1, 'p', 1, {key}, 'ACTIVE', 0, '[]',"
                    " '2026-03-02 12:00:00', 'demo', 1)"
                )
            )
        for sequence, digest in ((1, b"first"), (2, b"last")):
            connection.execute(
                text(
                    "insert into history (stream_key, sequence, root_key, at, actor, kind,"
                    " payload, digest) values (1, :sequence, 1, '2026-03-02 12:00:00', 'demo',"
                    " 'x', '{}', :digest)"
                ),
                {"sequence": sequence, "digest": digest},
            )

    migrate(empty)

    with empty.read() as connection:
        heads = connection.execute(
            text("select history_sequence, history_digest from process_instance order by key")
        ).all()
    assert [(sequence, bytes(digest)) for sequence, digest in heads] == [(2, b"last"), (0, b"")]
