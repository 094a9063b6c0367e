"""Keys: 63-bit integers, unique for ever, handed out in blocks."""

import threading

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.database import Database
from engine.persistence.schema import key_block

BLOCK_SIZE = 4_096
FIRST_KEY = 1 << 51  # looks like a Camunda key; fits in the 63 bits of the contract


class KeyGenerator:
    """Hands out keys from blocks that the database counts.

    A block is taken in a transaction of its own, before the command that needs it, so a rolled
    back command wastes keys and never repeats one. No clock is asked: a clock that jumps back
    cannot repeat a key either.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._next = 0
        self._end = 0

    def next_key(self) -> int:
        """Return a key that no other call, process or node ever got."""
        with self._lock:
            if self._next >= self._end:
                self._take_block()
            key = self._next
            self._next += 1
            return key

    def reserve(self, count: int) -> None:
        """Make sure that *count* keys are at hand, so that a transaction need not fetch a block."""
        with self._lock:
            if self._end - self._next < count:
                self._take_block()

    def _take_block(self) -> None:
        with self._database.write() as connection:
            self._next = _advance(connection, BLOCK_SIZE)
        self._end = self._next + BLOCK_SIZE


def _advance(connection: Connection, by: int) -> int:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(key_block)
        .values(name="key", next_key=FIRST_KEY + by)
        .on_conflict_do_update(
            index_elements=[key_block.c.name], set_={"next_key": key_block.c.next_key + by}
        )
        .returning(key_block.c.next_key)
    )
    return int(connection.execute(statement).scalar_one()) - by
