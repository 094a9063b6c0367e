"""When is the server alive, and when is it of use?"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.health import Readiness, health_blueprint
from engine.persistence.database import Database


def test_it_is_alive_as_soon_as_it_answers(sample: FlaskClient) -> None:
    answer = sample.get("/health/live")

    assert (answer.status_code, answer.json) == (200, {"status": "UP"})


def test_it_is_ready_when_nothing_is_being_loaded(sample: FlaskClient) -> None:
    answer = sample.get("/health/ready")

    assert (answer.status_code, answer.json) == (200, {"status": "UP", "loading": {}})


def test_until_then_it_says_what_is_missing(sample: FlaskClient, readiness: Readiness) -> None:
    readiness.loading("demo data", 0.25)

    answer = sample.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json == {"status": "LOADING", "loading": {"demo data": 0.25}}


def test_it_is_ready_again_when_all_is_loaded(sample: FlaskClient, readiness: Readiness) -> None:
    readiness.loading("demo data")
    readiness.loaded("demo data")

    assert sample.get("/health/ready").status_code == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(None, "UP"), (1.0, "UP"), (59.0, "UP"), (61.0, "STUCK")]
)
def test_a_node_that_has_not_looked_for_due_work_for_a_minute_is_not_ready(
    database: Database, seconds: float | None, status: str
) -> None:
    app = Flask("health")
    app.register_blueprint(health_blueprint(database, Readiness(), lambda: seconds))

    answer = app.test_client().get("/health/ready")

    assert answer.json == {"status": status, "loading": {}}
    assert answer.status_code == (200 if status == "UP" else 503)
