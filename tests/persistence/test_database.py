"""Do transactions on SQLite keep what they promise when several threads want to write?"""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from engine.persistence.database import Database
from engine.persistence.fifo_lock import FifoLock
from engine.persistence.keys import BLOCK_SIZE, KeyGenerator
from engine.persistence.schema import deployment, metadata, setting


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/test.db")
    with database.write() as connection:
        metadata.create_all(connection)
    yield database
    database.close()


def _in_threads(count: int, work: threading.Thread | object) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_update_is_lost_when_many_threads_read_and_then_write(database: Database) -> None:
    with database.write() as connection:
        connection.execute(setting.insert().values(name="count", value=0))

    def increment_twenty_times() -> None:
        for _ in range(20):
            with database.write() as connection:
                count = connection.execute(select(setting.c.value)).scalar_one()
                connection.execute(setting.update().values(value=count + 1))

    _in_threads(8, increment_twenty_times)

    with database.read() as connection:
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


def test_waiters_of_the_writer_lock_are_served_in_the_order_they_came() -> None:
    lock = FifoLock()
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
