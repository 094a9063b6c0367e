"""How much does a submitted form ask of the database, by the database's own trace?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from benchmarks import complaint
from benchmarks.statements import Traffic, traced
from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.domain.identity import ENGINE, Role
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PASSWORD = "alice's password"
SECRET = "till's secret"
MOST_STATEMENTS = 12
MOST_ROUND_TRIPS = 6


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Application]:
    """Redress with the shipped processes, after one complaint."""
    settings = Settings(
        database_url=database_url,
        sqlite_synchronous="OFF",
        document_folder=tmp_path / "documents",
        demo=True,
    )
    made = build(settings, clock=SwitchableClock(ManualClock(NOON)))
    complaint.prepare(made)
    people = made.identity.people
    people.create_account(
        ENGINE, username="alice", name="Alice", password=PASSWORD, groups=[Role.AGENT]
    )
    people.create_client(ENGINE, client_id="till", username="alice", secret=SECRET)
    key = complaint.open_complaint(made)
    for step in range(len(complaint.COMPLETIONS)):
        complaint.complete(made, key, step)
    yield made
    made.stop()


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return create_app(app).test_client()


def credentials(client: FlaskClient, way: str) -> dict[str, object]:
    """Return what a request needs to be Alice's, used once."""
    sent: dict[str, object] = {"auth": ("alice", PASSWORD)}
    if way == "bearer":
        asked = {"grant_type": "client_credentials", "client_id": "till", "client_secret": SECRET}
        token = client.post("/oauth/token", data=asked).get_json()["access_token"]
        sent = {"headers": {"Authorization": f"Bearer {token}"}}
    assert client.get("/v2/topology", **sent).status_code == 200
    return sent


def submitted(
    app: Application, client: FlaskClient, step: int, key: int, sent: dict[str, object]
) -> Traffic:
    """Send one form of a complaint; return the traffic of the request."""
    element_id, variables = complaint.COMPLETIONS[step]
    task = complaint.task_of(app, key, element_id)
    with traced(app.database) as traffic:
        answer = client.post(
            f"/v2/user-tasks/{task}/completion", json={"variables": dict(variables)}, **sent
        )
    assert answer.status_code == 204
    return traffic


@pytest.mark.parametrize("way", ["basic", "bearer"])
def test_a_form_costs_few_statements_few_round_trips_and_one_commit(
    app: Application, client: FlaskClient, way: str
) -> None:
    sent = credentials(client, way)
    key = complaint.open_complaint(app)

    traffic = [submitted(app, client, step, key, sent) for step in range(3)]

    assert max(len(t.statements) for t in traffic) <= MOST_STATEMENTS
    assert max(t.round_trips for t in traffic) <= MOST_ROUND_TRIPS
    assert [t.commits for t in traffic] == [1, 1, 1]


def test_what_another_node_has_begun_costs_one_statement_more(
    app: Application, client: FlaskClient
) -> None:
    sent = credentials(client, "basic")
    key = complaint.open_complaint(app)
    app.instances._context.live.take(key, -1)

    traffic = submitted(app, client, 0, key, sent)

    assert len(traffic.statements) <= MOST_STATEMENTS + 1
    assert traffic.round_trips <= MOST_ROUND_TRIPS


def test_a_key_costs_few_statements_more_and_no_second_commit(
    app: Application, client: FlaskClient
) -> None:
    sent = credentials(client, "bearer")
    sent = {"headers": {**sent["headers"], "Idempotency-Key": "form-1"}}  # type: ignore[dict-item]
    key = complaint.open_complaint(app)

    first = submitted(app, client, 0, key, sent)

    assert len(first.statements) <= MOST_STATEMENTS + 5
    assert first.commits == 1


def test_the_trace_sees_every_statement_begin_and_commit(app: Application) -> None:
    with traced(app.database) as traffic:
        with app.database.write() as connection:
            connection.exec_driver_sql("select 1")
            connection.exec_driver_sql("select 2")
        with app.database.ask() as connection:
            connection.exec_driver_sql("select 3")

    begin, *asked, commit, alone = traffic.statements
    assert begin.upper().startswith("BEGIN")
    assert (asked, commit, alone) == (["select 1", "select 2"], "COMMIT", "select 3")
    assert traffic.round_trips == (0 if app.database.is_sqlite else 5)
