"""Do writes that are sent together do what they would do one by one, in few statements?"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from benchmarks.statements import traced
from engine.domain.classification import Classification
from engine.errors import InvalidInput, RevisionConflict
from engine.persistence.batch import SQLITE_ROWS, Batch
from engine.persistence.database import Database
from engine.persistence.schema import key_block, setting, timer, variable
from engine.persistence.stores.instances import VariableValue
from engine.persistence.stores.waits import TimerRow

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url, synchronous="OFF")
    yield made
    made.close()


def counters(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {name: number for name, number in connection.execute(select(key_block))}


def sent(database: Database, fill: Callable[[Batch], None]) -> None:
    """Send a batch in a transaction of its own."""
    with database.write() as connection:
        batch = Batch(connection)
        fill(batch)
        batch.send()


class Counter(NamedTuple):
    name: str
    next_key: int


class Setting(NamedTuple):
    name: str
    value: object


def a_timer(key: int, **values: Any) -> TimerRow:
    plain = TimerRow(
        key=key,
        due_at=NOON,
        repetitions=1,
        process_instance_key=None,
        element_instance_key=key,
        definition_key=None,
        element_id="wait",
        attempts=0,
        blocked=False,
    )
    return plain._replace(**values)


def test_nothing_is_written_before_it_is_sent(database: Database) -> None:
    with database.write() as connection:
        Batch(connection).insert(key_block, [Counter("a", 1)])

    assert counters(database) == {}


def test_writes_are_carried_out_in_the_order_they_came(database: Database) -> None:
    with database.write() as connection:
        batch = Batch(connection)
        batch.insert(key_block, [Counter("a", 1), Counter("b", 1)])
        batch.update(key_block, {"next_key": 2}, where={"name": "a"})
        batch.upsert(key_block, [Counter("a", 3)], key=("name",), change=("next_key",))
        batch.send()

    assert counters(database) == {"a": 3, "b": 1}


def test_what_was_sent_is_not_sent_again(database: Database) -> None:
    with database.write() as connection:
        batch = Batch(connection)
        batch.insert(key_block, [Counter("a", 1)])
        batch.send()
        batch.send()

    assert counters(database) == {"a": 1}


def test_of_a_stored_row_an_upsert_changes_only_what_it_names(database: Database) -> None:
    row = VariableValue(
        key=1,
        process_instance_key=1,
        scope_key=1,
        name="amount",
        value="1",
        classification=Classification.INTERNAL,
    )
    with database.write() as connection:
        batch = Batch(connection)
        batch.insert(variable, [row])
        batch.upsert(
            variable,
            [row._replace(key=2, value="2", classification=Classification.PERSONAL)],
            key=("scope_key", "name"),
            change=("value",),
        )
        batch.send()

    with database.read() as connection:
        (stored,) = connection.execute(select(variable)).mappings().all()
    assert dict(stored) == row._replace(value="2")._asdict()


@pytest.mark.parametrize("count", [1, SQLITE_ROWS, SQLITE_ROWS + 1])
def test_any_number_of_rows_is_written_and_deleted(database: Database, count: int) -> None:
    with database.write() as connection:
        batch = Batch(connection)
        batch.insert(timer, [a_timer(key) for key in range(1, count + 2)])
        batch.delete(timer, "element_instance_key", list(range(1, count + 1)))
        batch.send()

    with database.read() as connection:
        assert connection.execute(select(timer.c.key)).scalars().all() == [count + 1]


@pytest.mark.timeout(60)
def test_more_than_a_socket_takes_at_once_is_sent_whole(database: Database) -> None:
    large = "x" * 8_000_000

    sent(database, lambda batch: batch.insert(setting, [Setting("large", large)]))

    with database.read() as connection:
        statement = select(setting.c.value).where(setting.c.name == "large")
        assert connection.execute(statement).scalar_one() == large


def test_values_are_stored_as_every_other_way_stores_them(database: Database) -> None:
    in_shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    with database.write() as connection:
        batch = Batch(connection)
        batch.insert(timer, [a_timer(1, due_at=in_shanghai, blocked=True), a_timer(2)])
        batch.insert(setting, [Setting("s", {"名": [1, None, "x"]})])
        batch.send()

    with database.read() as connection:
        statement = select(timer).where(timer.c.due_at == NOON).order_by(timer.c.key)
        assert connection.execute(statement).all() == [
            (1, NOON, 1, None, 1, None, "wait", 0, True),
            (2, NOON, 1, None, 2, None, "wait", 0, False),
        ]
        written = select(setting.c.value).where(setting.c.name == "s")
        assert connection.execute(written).scalar_one() == {"名": [1, None, "x"]}


def test_an_update_that_finds_no_row_is_what_the_caller_says(database: Database) -> None:
    lost = RevisionConflict("somebody else was first")

    def fill(batch: Batch) -> None:
        batch.insert(key_block, [Counter("b", 1)])
        batch.update(key_block, {"next_key": 2}, where={"name": "a"}, otherwise=lost)

    with pytest.raises(RevisionConflict, match="first"):
        sent(database, fill)

    assert counters(database) == {}


def test_a_key_that_is_taken_is_a_lost_race(database: Database) -> None:
    with pytest.raises(RevisionConflict):
        sent(database, lambda b: b.insert(key_block, [Counter("a", 1), Counter("a", 2)]))

    assert counters(database) == {}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("name", ["x" * 41, "nul\0"])
def test_a_text_that_does_not_fit_is_refused_and_never_cut(database: Database, name: str) -> None:
    with pytest.raises(InvalidInput):
        sent(database, lambda batch: batch.insert(key_block, [Counter(name, 1)]))

    assert counters(database) == {}


def test_a_table_costs_one_statement_and_all_of_them_one_round_trip(database: Database) -> None:
    with traced(database) as traffic, database.write() as connection:
        batch = Batch(connection)
        batch.insert(key_block, [Counter(str(n), n) for n in range(40)])
        batch.insert(timer, [a_timer(key) for key in range(40)])
        batch.delete(timer, "key", list(range(20)))
        batch.send()

    begin, *writes, commit = traffic.statements
    assert (begin[:5].upper(), len(writes), commit) == ("BEGIN", 3, "COMMIT")
    assert database.is_sqlite or traffic.round_trips == 3
