"""Do transactions keep what they promise when several threads want to write?"""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InternalError, StatementError

from engine.errors import InvalidInput, RevisionConflict, Unavailable
from engine.persistence.database import Database
from engine.persistence.fifo_lock import FifoLock
from engine.persistence.keys import BLOCK_SIZE, KeyGenerator
from engine.persistence.locks import hold
from engine.persistence.schema import deployment, setting


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    yield from opened(database_url)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    yield from opened(sqlite_url)


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Database]:
    yield from opened(postgresql_url)


def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def _in_threads(count: int, work: threading.Thread | object) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_update_is_lost_when_many_threads_read_and_then_write(sqlite: Database) -> None:
    with sqlite.write() as connection:
        connection.execute(setting.insert().values(name="count", value=0))

    def increment_twenty_times() -> None:
        for _ in range(20):
            with sqlite.write() as connection:
                count = connection.execute(select(setting.c.value)).scalar_one()
                connection.execute(setting.update().values(value=count + 1))

    _in_threads(8, increment_twenty_times)

    with sqlite.read() as connection:
        assert connection.execute(select(setting.c.value)).scalar_one() == 160


def test_a_failed_transaction_leaves_nothing_behind(database: Database) -> None:
    def write_half_and_fail() -> None:
        with database.write() as connection:
            connection.execute(setting.insert().values(name="half", value=1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half_and_fail()

    with database.read() as connection:
        assert connection.execute(select(setting.c.name)).all() == []


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.write() as writer:
        writer.execute(setting.insert().values(name="new", value=1))

        with database.read() as reader:
            assert reader.execute(select(setting.c.name)).all() == []


def test_a_datetime_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    new = deployment.insert().values(key=1, deployed_at=naive, deployed_by="olivia")

    with pytest.raises(StatementError, match="without a time zone"), database.write() as connection:
        connection.execute(new)


def test_a_datetime_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    in_shanghai = datetime(2026, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    with database.write() as connection:
        connection.execute(
            deployment.insert().values(key=1, deployed_at=in_shanghai, deployed_by="olivia")
        )

    with database.read() as connection:
        read = connection.execute(select(deployment.c.deployed_at)).scalar_one()

    assert read == in_shanghai
    assert read.tzinfo is UTC


def test_a_reader_sees_one_state_however_long_it_reads(database: Database) -> None:
    with database.read() as reader:
        before = reader.execute(select(setting.c.name)).all()
        with database.write() as writer:
            writer.execute(setting.insert().values(name="new", value=1))

        assert reader.execute(select(setting.c.name)).all() == before == []


def test_a_reader_cannot_write(postgresql: Database) -> None:
    with pytest.raises(InternalError, match="read-only"), postgresql.read() as reader:
        reader.execute(setting.insert().values(name="new", value=1))


def test_of_two_who_store_the_same_row_the_second_lost_a_race(postgresql: Database) -> None:
    with postgresql.write() as connection:
        connection.execute(setting.insert().values(name="same", value=1))

    with pytest.raises(RevisionConflict, match="same thing"), postgresql.write() as connection:
        connection.execute(setting.insert().values(name="same", value=2))


def test_of_two_who_wait_for_each_other_one_lost_a_race(postgresql: Database) -> None:
    with postgresql.write() as connection:
        connection.execute(setting.insert(), [{"name": n, "value": 0} for n in ("a", "b")])
    both_hold_one = threading.Barrier(2, timeout=10)
    lost: list[RevisionConflict] = []

    def change(first: str, then: str) -> None:
        try:
            with postgresql.write() as connection:
                for name in (first, then):
                    connection.execute(
                        setting.update().where(setting.c.name == name).values(value=1)
                    )
                    if name == first:
                        both_hold_one.wait()
        except RevisionConflict as error:
            lost.append(error)

    threads = [threading.Thread(target=change, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [str(error) for error in lost] == [
        "the transaction and another one waited for each other"
    ]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x" * 81, id="longer-than-its-column"),
        pytest.param("a\0b", id="with-a-character-that-no-text-holds"),
    ],
)
def test_a_text_that_cannot_be_stored_is_bad_input(postgresql: Database, name: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be stored"), postgresql.write() as connection:
        connection.execute(setting.insert().values(name=name, value=1))


def test_who_holds_a_name_keeps_others_waiting_until_the_commit(postgresql: Database) -> None:
    seen: list[object] = []
    asked = threading.Event()

    def wait_and_look() -> None:
        with postgresql.write() as connection:
            asked.set()
            hold(connection, "the name")
            seen.extend(connection.execute(select(setting.c.name)).scalars())

    waiting = threading.Thread(target=wait_and_look)
    with postgresql.write() as connection:
        hold(connection, "the name")
        waiting.start()
        assert asked.wait(timeout=10)
        connection.execute(setting.insert().values(name="written meanwhile", value=1))
    waiting.join(timeout=10)

    assert seen == ["written meanwhile"]


def test_waiters_of_the_writer_lock_are_served_in_the_order_they_came() -> None:
    lock = FifoLock(patience=timedelta(minutes=1))
    served: list[int] = []
    waiting: list[threading.Thread] = []

    def wait_and_note(number: int) -> None:
        with lock:
            served.append(number)

    with lock:
        for number in range(5):
            thread = threading.Thread(target=wait_and_note, args=(number,))
            thread.start()
            waiting.append(thread)
            while len(lock._waiting) <= number:
                pass
    for thread in waiting:
        thread.join()

    assert served == [0, 1, 2, 3, 4]


def test_who_waits_too_long_for_the_writer_lock_gives_up_and_leaves_no_trace() -> None:
    lock = FifoLock(patience=timedelta(milliseconds=1))

    with lock, pytest.raises(Unavailable, match="try again"), lock:
        pass

    with lock:
        assert not lock._waiting


def test_who_is_served_at_the_moment_of_giving_up_has_the_lock() -> None:
    lock = FifoLock(patience=timedelta(0))
    served = threading.Event()
    served.set()

    lock._give_up(served)


def test_two_key_generators_never_hand_out_the_same_key(database: Database) -> None:
    first, second = KeyGenerator(database), KeyGenerator(database)
    count = BLOCK_SIZE + 10

    keys = [generator.next_key() for _ in range(count) for generator in (first, second)]

    assert len(set(keys)) == 2 * count


def test_keys_fit_in_63_bits_and_grow(database: Database) -> None:
    generator = KeyGenerator(database)

    keys = [generator.next_key() for _ in range(3)]

    assert keys == sorted(keys)
    assert 0 < keys[-1] < 1 << 63


def test_a_transaction_gets_more_keys_than_a_block_without_waiting_for_itself(
    database: Database,
) -> None:
    generator = KeyGenerator(database)

    with database.write() as connection:
        next_key = generator.inside(connection)
        keys = {next_key() for _ in range(3 * BLOCK_SIZE)}

    assert len(keys) == 3 * BLOCK_SIZE
    assert generator.next_key() not in keys


def test_whoever_comes_to_a_new_sqlite_file_while_another_program_writes_it_waits(
    tmp_path: Path,
) -> None:
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    database = Database(f"sqlite:///{file}")
    done = threading.Timer(0.3, lambda: other.execute("commit"))
    done.start()

    with database.read() as connection:
        mode = connection.exec_driver_sql("pragma journal_mode").scalar_one()

    assert mode == "wal"
    done.join()
    other.close()
    database.close()
