"""What happens when the same unsafe request arrives twice?"""

import pytest
from flask.testing import FlaskClient

from tests.api import sample_routes

KEY = {"Idempotency-Key": "order-1"}
LINE = {"itemName": "lamp", "count": 1}


@pytest.fixture(autouse=True)
def counter() -> None:
    """Start counting the sample route's calls anew."""
    sample_routes.CALLS.clear()


def test_it_happens_once_and_gets_the_same_answer(ann: FlaskClient) -> None:
    first = ann.post("/count", json=LINE, headers=KEY)
    second = ann.post("/count", json=LINE, headers=KEY)

    assert len(sample_routes.CALLS) == 1
    assert (second.status_code, second.data) == (first.status_code, first.data)
    assert second.mimetype == "application/json"
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"


def test_without_a_key_it_happens_twice(ann: FlaskClient) -> None:
    ann.post("/count", json=LINE)
    ann.post("/count", json=LINE)

    assert len(sample_routes.CALLS) == 2


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("/count", {**LINE, "count": 2}, id="another-body"),
        pytest.param("/count?x=1", LINE, id="another-query"),
        pytest.param("/orders/1/note", LINE, id="another-address"),
    ],
)
def test_the_same_key_for_another_request_is_refused(
    ann: FlaskClient, path: str, body: dict[str, object]
) -> None:
    ann.post("/count", json=LINE, headers=KEY)

    answer = ann.post(path, json=body, headers=KEY)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["code"] == "idempotency-key-reused"
    assert len(sample_routes.CALLS) == 1


def test_a_refused_request_may_be_sent_again_with_its_key(ann: FlaskClient) -> None:
    refused = ann.post("/count", json={}, headers=KEY)
    assert refused.status_code == 400

    assert ann.post("/count", json=LINE, headers=KEY).status_code == 200


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_an_unusable_key_is_refused(ann: FlaskClient, key: str) -> None:
    answer = ann.post("/count", json=LINE, headers={"Idempotency-Key": key})

    assert answer.status_code == 400
    assert not sample_routes.CALLS


def test_a_search_needs_no_key_and_keeps_no_answer(ann: FlaskClient) -> None:
    first = ann.post("/lines/search", json=LINE, headers=KEY)
    second = ann.post("/lines/search", json={**LINE, "count": 2}, headers=KEY)

    assert (first.json["limit"], second.json["limit"]) == (1, 2)
