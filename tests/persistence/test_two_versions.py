"""Two versions of the program on one database: does the older one work, or say why it does not?"""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.errors import Conflict
from engine.persistence.database import Connection, Database
from engine.persistence.migrate import (
    MIGRATIONS,
    OLDEST_VERSION,
    is_current,
    migrate,
    oldest_that_may_work,
    revision_of,
    upgrade,
)
from engine.persistence.stores import settings
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.bpmn.build import Diagram
from tests.services.conftest import ROOT, Desk


def migrated_by_a_newer_version(url: str, oldest: str | None = None) -> Database:
    """Return a database with a column and a table that this version does not know."""
    database = Database(url)
    migrate(database)
    with database.write() as connection:
        connection.execute(text("alter table process_instance add column colour varchar(20)"))
        connection.execute(text("create table shade (key integer)"))
        connection.execute(text("update alembic_version set version_num = '9999'"))
        if oldest is not None:
            settings.put(connection, OLDEST_VERSION, oldest)
    return database


ADDITIVE = [
    (str(step.down_revision), step.revision)
    for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    if getattr(step.module, "additive", False)
]


def demands(connection: Connection) -> dict[str, object]:
    """Return what the schema asks of those who write: columns and what must be so of them."""
    seen = inspect(connection)
    return {
        f"{table}.{name}": what
        for table in seen.get_table_names()
        for name, what in [
            *((c["name"], _kind(c)) for c in seen.get_columns(table)),
            *((str(u["name"]), u["column_names"]) for u in seen.get_unique_constraints(table)),
            *((str(f["name"]), f["referred_table"]) for f in seen.get_foreign_keys(table)),
            *((str(i["name"]), "unique") for i in seen.get_indexes(table) if i["unique"]),
            *((str(c["name"]), c["sqltext"]) for c in seen.get_check_constraints(table)),
        ]
    }


def _kind(column: Mapping[str, object]) -> tuple[str, bool]:
    """Return a column's type, and whether it may be left out."""
    return str(column["type"]), bool(column["nullable"] or column["default"])


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # not unique: it asks nothing
@pytest.mark.parametrize(("before", "step"), ADDITIVE)
def test_a_step_that_says_it_only_adds_asks_nothing_new_of_older_programs(
    empty_database_url: str, before: str, step: str
) -> None:
    database = Database(empty_database_url)
    with database.write() as connection:
        upgrade(connection, before)
        asked = demands(connection)
        tables = {name.partition(".")[0] for name in asked}

        upgrade(connection, step)

        now = demands(connection)
        assert asked.items() <= now.items()
        for name in now.keys() - asked.keys():
            if name.partition(".")[0] in tables:
                _, may_be_left_out = now[name]  # a column: nothing else may be new
                assert may_be_left_out is True, name
    database.close()


def test_a_node_works_on_beside_a_newer_one_that_only_added_to_the_schema(
    empty_database_url: str,
) -> None:
    migrated_by_a_newer_version(empty_database_url).close()
    clock = SwitchableClock(ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC)))
    desk = Desk(build(Settings(database_url=empty_database_url), clock=clock))
    diagram = Diagram()
    desk.deploy(diagram.start().user("answer").end().chain("start", "answer", "end"))
    key = desk.start()

    desk.app.user_tasks.complete(ROOT, desk.task("answer"), {})

    assert desk.state(key) == "COMPLETED"
    assert is_current(desk.app.database)
    with desk.app.database.read() as connection:
        assert revision_of(connection) == "9999"
    desk.app.stop()


@pytest.mark.parametrize("oldest", ["9998", ""], ids=["needs-a-newer-program", "says-nothing"])
def test_a_node_that_would_do_harm_to_a_newer_database_does_not_start_and_says_why(
    empty_database_url: str, oldest: str
) -> None:
    database = migrated_by_a_newer_version(empty_database_url, oldest or None)
    if not oldest:
        with database.write() as connection:
            settings.put(connection, OLDEST_VERSION, None)

    with pytest.raises(Conflict, match="step 9999 by a newer version"):
        migrate(database)

    assert not is_current(database)
    database.close()


def test_what_a_program_has_to_know_is_the_newest_step_that_did_more_than_add() -> None:
    steps = [("0004", True), ("0003", True), ("0002", False), ("0001", False)]

    assert oldest_that_may_work(steps) == "0002"
