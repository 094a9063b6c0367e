"""Can Prometheus read how an installation is doing, and nobody else?"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from api.metrics import metrics_blueprint
from api.requests import refuse
from engine.errors import RedressError, Unavailable
from engine.persistence.stores.backlog import Waiting
from engine.services.backlog import Backlog

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "metrics.md"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BUSY = Backlog(
    at=NOON,
    timers=[Waiting(kind="timer", count=2, since=NOON - timedelta(minutes=5))],
    signals=[Waiting(kind="signal", count=4, since=NOON - timedelta(seconds=70))],
    jobs=[Waiting(kind="till:pay", count=7, since=NOON - timedelta(seconds=9))],
    messages=5,
    incidents={"JOB_NO_RETRIES": 3},
)
IDLE = Backlog(at=NOON, timers=[], signals=[], jobs=[], messages=0, incidents={})


def away() -> Backlog:
    raise Unavailable("the database does not answer")


def client(backlog: Backlog | None, *, token: str = "") -> FlaskClient:
    app = Flask("metrics")
    app.register_error_handler(RedressError, refuse)
    look = away if backlog is None else lambda: backlog
    app.register_blueprint(metrics_blueprint(look, lambda: 0.5, token=token))
    return app.test_client()


def samples(client: FlaskClient) -> dict[str, float]:
    """Return each sample of ours, written as it is in PromQL."""
    return {
        sample.name + "".join(f"[{value}]" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
        if family.name.startswith("redress_")
    }


def test_what_waits_is_shown_with_the_age_of_the_oldest() -> None:
    shown = samples(client(BUSY))

    assert shown["redress_timers_due"] == 2
    assert shown["redress_timers_due_oldest_seconds"] == 300
    assert shown["redress_signals_due"] == 4
    assert shown["redress_signals_due_oldest_seconds"] == 70
    assert shown["redress_messages_kept"] == 5
    assert shown["redress_jobs_waiting[till:pay]"] == 7
    assert shown["redress_jobs_waiting_oldest_seconds[till:pay]"] == 9
    assert shown["redress_incidents_open[JOB_NO_RETRIES]"] == 3


def test_a_node_shows_when_it_last_looked_for_due_work() -> None:
    assert samples(client(IDLE))["redress_look_age_seconds"] == 0.5


@pytest.mark.parametrize("what", ["timers", "signals"])
def test_nothing_late_is_a_zero_and_not_a_gap(what: str) -> None:
    shown = samples(client(IDLE))

    assert (shown[f"redress_{what}_due"], shown[f"redress_{what}_due_oldest_seconds"]) == (0, 0)


def test_a_database_that_is_away_is_said_and_hides_no_other_figure() -> None:
    shown = samples(client(None))

    assert shown["redress_database_up"] == 0
    assert "redress_timers_due" not in shown
    assert any(name.startswith("redress_build") for name in shown)


def test_many_collectors_cost_one_look_at_the_database() -> None:
    looks = []

    def look() -> Backlog:
        looks.append(1)
        return IDLE

    app = Flask("metrics")
    app.register_blueprint(metrics_blueprint(look, lambda: None, token=""))
    for _ in range(3):
        assert app.test_client().get("/metrics").status_code == 200

    assert len(looks) == 1


def test_another_machine_may_not_read_them() -> None:
    answer = client(IDLE).get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 403
    assert "REDRESS_METRICS_TOKEN" in answer.text


def test_another_machine_may_not_read_them_through_a_proxy_either() -> None:
    assert client(IDLE).get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(("sent", "status"), [("Bearer right", 200), ("Bearer wrong", 401)])
def test_whoever_has_the_token_may_read_them_from_anywhere(sent: str, status: int) -> None:
    answer = client(IDLE, token="right").get(
        "/metrics",
        headers={"Authorization": sent},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )

    assert answer.status_code == status


def test_each_request_is_counted_by_its_operation_and_answer(ann: FlaskClient) -> None:
    ann.get("/health/live")

    text = ann.get("/metrics").text
    assert 'redress_http_request_seconds_count{operation="health.live",status="200"}' in text


def test_every_figure_is_explained_on_the_page_and_nothing_else() -> None:
    explained = set(re.findall(r"^\| `(redress_\w+)`", PAGE.read_text(encoding="utf-8"), re.M))

    families = text_string_to_metric_families(client(BUSY).get("/metrics").text)
    assert {f.name for f in families if f.name.startswith("redress_")} == explained
