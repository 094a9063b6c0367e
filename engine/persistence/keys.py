"""Keys: 63-bit integers, unique for ever, handed out in blocks."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.database import Database
from engine.persistence.query import Query
from engine.persistence.schema import key_block
from engine.points import Point, reached

BLOCK_SIZE = 4_096
FIRST_KEY = 1 << 51  # looks like a Camunda key; fits in the 63 bits of the contract


def _advance(insert: Callable[[Table], Any]) -> Query:
    return Query(
        insert(key_block)
        .values(name=bindparam("counter"), next_key=bindparam("then"))
        .on_conflict_do_update(
            index_elements=[key_block.c.name],
            set_={"next_key": key_block.c.next_key + bindparam("by")},
        )
        .returning(key_block.c.next_key)
    )


_ADVANCE = {"sqlite": _advance(sqlite.insert), "postgresql": _advance(postgresql.insert)}


class KeyGenerator:
    """Hands out keys from blocks that the database counts.

    A block is taken in a transaction of its own, before the command that needs it, so a rolled
    back command wastes keys and never repeats one. No clock is asked: a clock that jumps back
    cannot repeat a key either.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fetching = threading.Lock()
        self._lock = threading.Lock()
        self._next = 0
        self._end = 0

    def next_key(self) -> int:
        """Return a key that no other call, process or node ever got.

        Not inside a write transaction: use `inside`, which never waits for another one.
        """
        self.reserve(1)
        key = self._take()
        return self.next_key() if key is None else key

    def reserve(self, count: int) -> None:
        """Make sure that *count* keys are at hand, so that a transaction need not fetch a block.

        Nothing happens where this thread's transaction has begun: `inside` finds what it needs.
        """
        if self._database.is_writing:
            return
        with self._fetching:
            if self._left() >= count:
                return
            # Not under the lock that `inside` needs: its transaction may be the one waited for.
            with self._database.apart() as connection:
                first = _new_block(connection)
            reached(Point.KEYS_TAKEN)
            with self._lock:
                self._next, self._end = first, first + BLOCK_SIZE

    def inside(self, connection: Connection) -> Callable[[], int]:
        """Return a source of keys for one write transaction.

        A transaction that needs more than is at hand takes further blocks for itself, on its own
        connection: rolled back, they are given back together with everything they were used for.
        """
        own = iter(range(0))

        def next_key() -> int:
            nonlocal own
            key = self._take() or next(own, None)
            if key is None:
                first = _new_block(connection)
                own = iter(range(first, first + BLOCK_SIZE))
                key = next(own)
            return key

        return next_key

    def _left(self) -> int:
        with self._lock:
            return self._end - self._next

    def _take(self) -> int | None:
        with self._lock:
            if self._next >= self._end:
                return None
            self._next += 1
            return self._next - 1


def advance(connection: Connection, counter: str, *, first: int, by: int) -> int:
    """Take *by* numbers from a counter that begins at *first*; return the lowest of them.

    Others who want numbers of the same counter wait for the end of this transaction; if it is
    rolled back, they get these.
    """
    given = {"counter": counter, "then": first + by, "by": by}
    ((then,),) = _ADVANCE[connection.dialect.name].all(connection, **given)
    return int(then) - by


def _new_block(connection: Connection) -> int:
    return advance(connection, "key", first=FIRST_KEY, by=BLOCK_SIZE)
