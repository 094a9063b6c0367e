"""Do auditors and operators get what they need over HTTP?"""

import hashlib

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from tests.api.test_cases import ANN, FILES, OWNER


@pytest.fixture(autouse=True)
def _running(shipped: Application) -> None:
    shipped.deployments.deploy(OWNER, {path.name: path.read_bytes() for path in FILES.iterdir()})
    shipped.instances.create(
        ANN,
        process_id="order",
        variables={"order_id": "o-1", "amount": 20},
        business_id="C-1",
    )


def test_history_is_searched_by_case_and_kind(as_root: FlaskClient) -> None:
    answer = as_root.get("/api/history?caseNumber=C-1&kind=instance_started").json

    (started,) = answer["items"]
    assert (started["actor"], started["sequence"], started["processId"]) == ("ann", 1, "order")
    assert answer["page"]["totalItems"] == 1


def test_history_is_searched_by_time(as_root: FlaskClient) -> None:
    assert as_root.get("/api/history?atBefore=2020-01-01T00:00:00Z").json["items"] == []
    assert as_root.get("/api/history?atFrom=2020-01-01T00:00:00Z").json["items"]


def test_an_agent_does_not_read_the_whole_history(as_ann: FlaskClient) -> None:
    assert as_ann.get("/api/history").status_code == 403
    assert as_ann.get("/api/history/export").status_code == 403


@pytest.mark.parametrize(
    ("format", "media_type"), [("csv", "text/csv; charset=utf-8"), ("json", "application/json")]
)
def test_an_export_is_a_download_that_can_be_checked(
    as_root: FlaskClient, format: str, media_type: str
) -> None:
    answer = as_root.get(f"/api/history/export?format={format}&caseNumber=C-1")

    assert answer.headers["Content-Type"] == media_type
    assert f"history.{format}" in answer.headers["Content-Disposition"]
    marker = {"csv": b"#sha256", "json": b'"sha256"'}[format]
    body = answer.data[: answer.data.rindex(marker)]
    assert hashlib.sha256(body).hexdigest().encode() in answer.data


def test_an_export_for_a_zone_that_does_not_exist_is_refused(as_root: FlaskClient) -> None:
    answer = as_root.get("/api/history/export?zone=Mars/Olympus")

    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
    assert "Mars/Olympus" in answer.json["detail"]


def test_the_overview_counts(as_root: FlaskClient) -> None:
    overview = as_root.get("/api/overview").json

    assert (overview["activeInstances"], overview["openTasks"], overview["incidents"]) == (1, 1, 0)


def test_timers_and_incidents_are_lists_with_cursors(as_root: FlaskClient) -> None:
    for path in (
        "/api/timers?blocked=false",
        "/api/incidents?processId=order",
        "/api/jobs?state=FAILED",
    ):
        answer = as_root.get(path).json
        assert (answer["items"], answer["page"]["totalItems"]) == ([], 0)
