"""An office whose database and disks can fail, seen through its API."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from api.app import create_app
from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.domain.identity import ENGINE, Role
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.bpmn.build import Diagram, mapping, setting, timer
from tests.server import quick_identity
from tests.services.conftest import NOON, Desk

PASSWORD = "a password for tests"


@dataclass(frozen=True, slots=True)
class Office:
    """An application, its API and somebody who may do everything."""

    app: Application
    client: FlaskClient
    desk: Desk = field(repr=False)

    def post(self, path: str, **arguments: object) -> TestResponse:
        """Send a request that changes something."""
        return self.client.post(path, auth=("boss", PASSWORD), **arguments)

    def complete(self, key: int) -> TestResponse:
        """Complete a task."""
        return self.post(f"/v2/user-tasks/{key}/completion", json={"variables": {"note": "done"}})


def office(
    url: str, folder: Path, *, clock: SwitchableClock | None = None, hire: bool = True
) -> Office:
    """Put an office together; *hire* its boss unless that was done before."""
    settings = Settings(
        database_url=url, sqlite_synchronous="OFF", document_folder=folder / "documents"
    )
    app = build(settings, clock=clock)
    app = replace(app, identity=quick_identity(app))
    if hire:
        app.identity.people.create_account(
            ENGINE, username="boss", name="Boss", password=PASSWORD, groups=list(Role)
        )
    return Office(app, create_app(app).test_client(), Desk(app))


@pytest.fixture
def at_noon(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office whose clock stands at noon and whose background is run by the test."""
    made = office(database_url, tmp_path, clock=SwitchableClock(ManualClock(NOON)))
    yield made
    made.app.stop()


def asking() -> Diagram:
    """A task, a letter to a customer, and a task when a moment has passed."""
    names = ("name", "complaint_number", "subject", "message", "case_owner")
    inputs = {
        "to": '="li.na@example.com"',
        "language": '="en"',
        "template": '="complaint_acknowledged"',
        "values": "={" + ", ".join(f'{name}: "-"' for name in names) + "}",
    }
    diagram = Diagram()
    diagram.start().user("ask", settings=setting("assignmentDefinition", candidateGroups="agent"))
    diagram.job("write", type="redress:email", settings=mapping(inputs)).user("file").end()
    diagram.chain("start", "ask", "write", "file", "end")
    diagram.boundary("late", "ask", timer("Duration", "PT2S"), interrupting=False).user("remind")
    return diagram.flow("late", "remind")


def cut_connections(url: str) -> None:
    """Let the server end every connection to a database but ours."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
