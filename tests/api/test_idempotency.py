"""What happens when the same unsafe request arrives twice?"""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from engine.clock import ManualClock
from engine.domain.identity import Actor
from engine.errors import Conflict
from engine.persistence.database import Database
from engine.services.answers import Answer, Answers
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


ANN = Actor(username="ann")
ANSWER = Answer(status=201, content_type="application/json", body=b"{}")


@pytest.fixture
def clock() -> ManualClock:
    """The clock by which answers grow old."""
    return ManualClock(datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.fixture
def answers(database: Database, clock: ManualClock) -> Answers:
    """The kept answers themselves."""
    return Answers(database, clock)


def test_two_at_the_same_time_are_a_conflict_for_the_second(answers: Answers) -> None:
    assert answers.begin(ANN, "k", "digest") is None

    with pytest.raises(Conflict, match="under way"):
        answers.begin(ANN, "k", "digest")


def test_when_the_first_has_failed_the_second_may_try(answers: Answers) -> None:
    answers.begin(ANN, "k", "digest")
    answers.end(ANN, "k")

    assert answers.begin(ANN, "k", "digest") is None


def test_keys_of_different_people_are_different(answers: Answers) -> None:
    answers.begin(ANN, "k", "digest")
    answers.keep(ANN, "k", "digest", ANSWER)

    assert answers.begin(Actor(username="bob"), "k", "other digest") is None


def test_an_answer_is_kept_for_a_day(answers: Answers, clock: ManualClock) -> None:
    answers.keep(ANN, "k", "digest", ANSWER)

    clock.advance(timedelta(hours=24))
    answers.keep(ANN, "next", "digest", ANSWER)
    assert answers.begin(ANN, "k", "digest") == ANSWER

    clock.advance(timedelta(seconds=1))
    answers.keep(ANN, "last", "digest", ANSWER)
    assert answers.begin(ANN, "k", "digest") is None
