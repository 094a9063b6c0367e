"""Are all writes of a request one transaction, and each of them still one in itself?"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, select

from engine.errors import RevisionConflict
from engine.persistence.database import Database
from engine.persistence.keys import BLOCK_SIZE, KeyGenerator
from engine.persistence.schema import setting
from engine.persistence.stores import settings
from engine.points import Point, watched


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with every table and no rows."""
    made = Database(database_url, synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
def onlooker(database: Database) -> Iterator[Database]:
    """The same database, as another node sees it."""
    made = Database(database.url, synchronous="OFF")
    yield made
    made.close()


class Broken(Exception):
    """What a test breaks a request with."""


def fail() -> None:
    raise Broken


def nothing(connection: Connection) -> None:
    """Begin without further ado."""


def put(database: Database, name: str) -> None:
    with database.write() as connection:
        settings.put(connection, name, "there")


def put_both(database: Database, *both: str) -> None:
    """Write two rows at once, of which the second one may be there already."""
    with database.write() as connection:
        for name in both:
            connection.execute(setting.insert().values(name=name, value="there"))


def request(database: Database, *acts: Callable[[], object]) -> None:
    """Act within one transaction."""
    with database.joined(nothing):
        for act in acts:
            act()


def names(database: Database) -> list[str]:
    with database.read() as connection:
        found = select(setting.c.name).where(setting.c.value == "there")
        return sorted(connection.execute(found).scalars())


def test_writes_are_committed_together_at_the_end(database: Database, onlooker: Database) -> None:
    with database.joined(nothing):
        put(database, "a")
        put(database, "b")
        assert (names(database), names(onlooker)) == (["a", "b"], [])

    assert names(onlooker) == ["a", "b"]


def test_an_exception_rolls_all_of_them_back(database: Database) -> None:
    with pytest.raises(Broken):
        request(database, lambda: put(database, "a"), fail)

    assert names(database) == []


def test_a_later_write_that_fails_undoes_only_what_it_did(database: Database) -> None:
    with database.joined(nothing):
        put(database, "a")
        with pytest.raises(RevisionConflict):
            put_both(database, "b", "a")
        put(database, "c")

    assert names(database) == ["a", "c"]


def test_a_first_write_that_fails_may_be_tried_again(
    database: Database, onlooker: Database
) -> None:
    begun = []
    with database.joined(begun.append):
        with pytest.raises(RevisionConflict):
            put_both(database, "a", "a")
        put(onlooker, "b")
        assert names(database) == ["b"]
        put(database, "a")

    assert names(database) == ["a", "b"]
    assert len(begun) == 2


def test_who_has_only_read_holds_nobody_up(database: Database, onlooker: Database) -> None:
    with database.joined(nothing) as joined:
        assert names(database) == []
        put(onlooker, "b")
        assert names(database) == ["b"]

    assert joined.connection is None


def test_the_commit_is_reached_once(database: Database) -> None:
    points: list[Point] = []
    with watched(points.append):
        with database.joined(nothing):
            put(database, "a")
            put(database, "b")
        with database.joined(nothing):
            names(database)

    assert points == [Point.COMMITTED]


def test_what_waits_for_the_commit_is_called_after_it(
    database: Database, onlooker: Database
) -> None:
    seen: list[list[str]] = []
    with database.joined(nothing):
        put(database, "a")
        database.after_commit(lambda: seen.append(names(onlooker)))
        assert seen == []

    assert seen == [["a"]]
    database.after_commit(lambda: seen.append([]))
    assert seen == [["a"], []]


def test_what_waits_for_a_commit_that_does_not_come_is_not_called(database: Database) -> None:
    called: list[str] = []

    with pytest.raises(Broken):
        request(
            database,
            lambda: put(database, "a"),
            lambda: database.after_commit(lambda: called.append("committed")),
            lambda: database.afterwards(lambda: put(database, "denial")),
            fail,
        )

    assert called == []
    assert names(database) == ["denial"]


def test_a_thread_is_free_again_afterwards(database: Database, onlooker: Database) -> None:
    with database.joined(nothing):
        put(database, "a")
    put(database, "b")

    assert names(onlooker) == ["a", "b"]
    assert not database.is_writing


def test_keys_of_a_request_that_is_rolled_back_are_not_given_again_to_others(
    database: Database,
) -> None:
    keys = KeyGenerator(database)
    taken: list[int] = []

    def take(count: int) -> None:
        keys.reserve(count)
        with database.write() as connection:
            next_key = keys.inside(connection)
            taken.extend(next_key() for _ in range(count))

    with pytest.raises(Broken):
        request(database, lambda: take(2), fail)
    take(2)

    assert len(set(taken)) == 4


def test_a_request_that_needs_more_keys_than_are_at_hand_waits_for_nobody(
    database: Database,
) -> None:
    keys = KeyGenerator(database)
    taken: list[int] = []
    with database.joined(nothing):
        for _ in range(3):
            keys.reserve(BLOCK_SIZE)
            with database.write() as connection:
                next_key = keys.inside(connection)
                taken.extend(next_key() for _ in range(BLOCK_SIZE))

    assert len(set(taken)) == 3 * BLOCK_SIZE
