"""Are keys unique, and does nobody wait for them who must not?"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.persistence.database import Connection, Database
from engine.persistence.keys import BLOCK_SIZE, KeyGenerator


class Announcing(Database):
    """A database that says when somebody asks for a transaction of their own."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.asked = threading.Event()

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """Say so, then wait for the turn."""
        self.asked.set()
        with super().apart() as connection:
            yield connection


@pytest.fixture
def database(database_url: str) -> Iterator[Announcing]:
    database = Announcing(database_url)
    yield database
    database.close()


def test_a_transaction_gets_its_keys_while_others_wait_to_fetch_a_block(
    database: Announcing,
) -> None:
    keys = KeyGenerator(database)
    keys.reserve(1)
    with database.write() as connection:
        database.asked.clear()
        waiting = threading.Thread(target=keys.reserve, args=(BLOCK_SIZE + 1,), daemon=True)
        waiting.start()
        assert database.asked.wait(timeout=10)

        taken: list[int] = []
        taking = threading.Thread(
            target=lambda: taken.append(keys.inside(connection)()), daemon=True
        )
        taking.start()
        taking.join(timeout=10)

        assert len(taken) == 1
    waiting.join(timeout=10)
    assert not waiting.is_alive()


def test_keys_stay_unique_while_blocks_are_fetched(database: Announcing) -> None:
    keys = KeyGenerator(database)
    taken: list[int] = []

    def take_many() -> None:
        for _ in range(50):
            keys.reserve(200)
            with database.write() as connection:
                next_key = keys.inside(connection)
                taken.extend(next_key() for _ in range(150))

    threads = [threading.Thread(target=take_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(taken)) == len(taken) == 30_000
