"""Does a query of the hot path say what SQLAlchemy would have said?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from engine.errors import Unavailable
from engine.persistence.batch import Batch
from engine.persistence.database import Database
from engine.persistence.migrate import migrate
from engine.persistence.query import Query
from engine.persistence.schema import process_instance, timer
from engine.persistence.stores import instances
from engine.persistence.stores.instances import InstanceRow
from engine.persistence.stores.waits import TimerRow, insert_timers

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))
AN_INSTANCE = InstanceRow(
    key=7,
    definition_key=1,
    process_id="complaint",
    business_id="2026-000001",
    case_ordinal=1,
    root_key=7,
    parent_key=None,
    parent_element_instance_key=None,
    state="ACTIVE",
    incident_count=0,
    tags=["vip", "门店"],
    started_at=NOON,
    started_by="ann",
    ended_at=None,
    revision=3,
    state_blob=b"\x00\xff",
    history_sequence=2,
    history_digest=b"digest",
)


def a_timer(key: int, *, due_at: datetime, blocked: bool = False) -> TimerRow:
    return TimerRow(
        key=key,
        due_at=due_at,
        repetitions=1,
        process_instance_key=7,
        element_instance_key=key,
        definition_key=None,
        element_id="wait",
        attempts=0,
        blocked=blocked,
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url, synchronous="OFF")
    migrate(made)
    with made.write() as connection:
        batch = Batch(connection)
        instances.insert(batch, AN_INSTANCE)
        soon = [a_timer(1, due_at=NOON), a_timer(2, due_at=NOON + timedelta(hours=1), blocked=True)]
        insert_timers(batch, soon)
        batch.send()
    yield made
    made.close()


def test_values_come_back_as_the_types_of_their_columns_make_them(database: Database) -> None:
    with database.read() as connection:
        (found,) = instances.of_business_id(connection, "2026-000001")

    assert found == AN_INSTANCE


def test_a_query_finds_what_sqlalchemy_finds(database: Database) -> None:
    statement = select(timer).where(timer.c.due_at <= bindparam("now")).order_by(timer.c.key)

    with database.read() as connection:
        expected = [tuple(row) for row in connection.execute(statement, {"now": NOON})]
        found = Query(statement).all(connection, now=NOON)

    assert [tuple(row) for row in found] == expected
    assert len(expected) == 1


def test_a_moment_means_the_same_in_every_zone(database: Database) -> None:
    due = Query(select(timer.c.key).where(timer.c.due_at == bindparam("now")))

    with database.read() as connection:
        assert due.first(connection, now=NOON.astimezone(SHANGHAI)) == (1,)


def test_a_naive_moment_is_refused(database: Database) -> None:
    due = Query(select(timer.c.key).where(timer.c.due_at == bindparam("now")))

    with database.read() as connection, pytest.raises(Exception, match="without a time zone"):
        due.first(connection, now=NOON.replace(tzinfo=None))


def test_what_the_statement_says_itself_stays_in_it(database: Database) -> None:
    blocked = Query(select(timer.c.key).where(timer.c.blocked.is_(True)).limit(1))

    with database.read() as connection:
        assert blocked.all(connection) == [(2,)]


def test_a_forgotten_parameter_is_no_null(database: Database) -> None:
    of_case = Query(
        select(process_instance.c.key).where(process_instance.c.business_id == bindparam("number"))
    )

    with database.read() as connection, pytest.raises(Exception, match="number"):
        of_case.all(connection)


def test_nothing_found_is_none(database: Database) -> None:
    of_key = Query(select(timer.c.key).where(timer.c.key == bindparam("key")))

    with database.read() as connection:
        assert of_key.first(connection, key=99) is None


def test_a_database_that_is_away_is_said_to_be_away(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    alone = Query(select(bindparam("one", 1).label("one")))

    def asked_of_a_broken_connection() -> None:
        with database.read() as connection:
            alone.all(connection)
            driver: Any = connection.connection.driver_connection
            driver.pgconn.finish()
            alone.all(connection)

    with pytest.raises(Unavailable, match="away"):
        asked_of_a_broken_connection()

    with database.read() as connection:
        assert alone.all(connection) == [(1,)]
    database.close()
