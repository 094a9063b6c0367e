"""Two versions of the program on one database: does the older one work, or say why it does not?"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.errors import Conflict
from engine.persistence.database import Database
from engine.persistence.migrate import (
    OLDEST_VERSION,
    is_current,
    migrate,
    oldest_that_may_work,
    revision_of,
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
