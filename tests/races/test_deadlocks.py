"""Two who wait for each other on PostgreSQL: is what is no command tried again, too?

A rival holds the second thing that somebody needs and then asks for the first. Only the somebody
is ever chosen to give way: the rival waits as long as it takes.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, select, text, update

from engine import metrics
from engine.errors import RedressError
from engine.persistence.locks import hold
from engine.persistence.schema import job, web_session
from engine.services.recorder import SYSTEM_STREAM, hold_common
from engine.settings import Settings
from tests.bpmn.build import Diagram
from tests.races.meeting import PATIENCE
from tests.races.test_jobs import take
from tests.services.conftest import ROOT, Desk

Touch = Callable[[Connection], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody locks ``first`` and then ``second``; a rival does the other way round."""

    prepare: Callable[[Desk], Callable[[], object]]
    first: Touch
    second: Touch


def people(connection: Connection) -> None:
    hold(connection, "people")


def system_history(connection: Connection) -> None:
    hold_common(connection, SYSTEM_STREAM)


def row(column: Column[int] | Column[str], number: int) -> Touch:
    """Lock a row of a table by its place in the order of its key."""

    def lock(connection: Connection) -> object:
        keys = list(connection.execute(select(column).order_by(column)).scalars())
        return connection.execute(
            select(column).where(column == keys[number]).with_for_update()
        ).one()

    return lock


def new_group(desk: Desk) -> Callable[[], object]:
    return lambda: desk.app.identity.people.create_group(ROOT, group_id="night", name="Night")


def sign_in_after_a_session_expired(desk: Desk) -> Callable[[], object]:
    desk.app.identity.people.create_account(ROOT, username="ann", name="Ann", password=None)
    desk.app.identity.sessions.start("ann", agent="a browser")
    with desk.app.database.write() as connection:
        connection.execute(update(web_session).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    return lambda: desk.app.identity.sessions.start("ann", agent="a browser")


def jobs_that_reached_nobody(desk: Desk) -> Callable[[], object]:
    diagram = Diagram()
    diagram.start().job("pay", type="pay").end().chain("start", "pay", "end")
    desk.deploy(diagram)
    desk.start()
    desk.start()
    taken = sorted(take(desk), key=lambda job: job.key)
    return lambda: desk.app.jobs.release(taken)


@pytest.fixture
def settings(postgresql_url: str, tmp_path: Path) -> Settings:
    """PostgreSQL: on SQLite a writer holds everything."""
    return Settings(database_url=postgresql_url, document_folder=tmp_path / "documents", demo=True)


@pytest.mark.parametrize(
    "clash",
    [
        pytest.param(Clash(prepare=new_group, first=people, second=system_history), id="a-group"),
        pytest.param(
            Clash(
                prepare=sign_in_after_a_session_expired,
                first=row(web_session.c.id, 0),
                second=system_history,
            ),
            id="a-sign-in",
        ),
        pytest.param(
            Clash(
                prepare=jobs_that_reached_nobody,
                first=row(job.c.key, 0),
                second=row(job.c.key, 1),
            ),
            id="jobs-given-back",
        ),
    ],
)
def test_who_gives_way_in_a_deadlock_begins_anew_and_is_not_told(desk: Desk, clash: Clash) -> None:
    act = clash.prepare(desk)
    before = races_retried()
    outcomes: list[RedressError | None] = []

    with desk.app.database.apart() as rival:
        rival.execute(text("set local deadlock_timeout = '10s'"))
        clash.second(rival)
        thread = threading.Thread(target=lambda: outcomes.append(outcome_of(act)))
        thread.start()
        wait_until_stuck(desk, thread)
        clash.first(rival)  # whoever looks for the deadlock is the one who gives way
    thread.join(PATIENCE)

    assert outcomes == [None]
    assert races_retried() == before + 1


def outcome_of(act: Callable[[], object]) -> RedressError | None:
    try:
        act()
    except RedressError as error:
        return error
    return None


def races_retried() -> float:
    return metrics.RACES.labels("retried")._value.get()


def wait_until_stuck(desk: Desk, thread: threading.Thread) -> None:
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
    for _ in range(100 * PATIENCE):
        with desk.app.database.ask() as connection:
            if connection.execute(text(waiting)).scalar_one():
                return
        thread.join(0.01)
    raise AssertionError("nobody waits for the rival")
