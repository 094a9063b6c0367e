"""Which credentials does a request get in with?"""

import base64

import pytest
from flask.testing import FlaskClient


def basic(username: str, password: str) -> dict[str, str]:
    sent = base64.b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {sent}"}


def test_a_user_name_and_password(sample: FlaskClient) -> None:
    answer = sample.get("/orders", headers=basic("ann", "ann's password"))

    assert answer.json["username"] == "ann"


def test_a_token_of_a_client(sample: FlaskClient) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": "till",
        "client_secret": "till's secret",
    }
    token = sample.post("/oauth/token", data=form).json["access_token"]

    answer = sample.get("/orders", headers={"Authorization": f"Bearer {token}"})

    assert answer.json["username"] == "ann"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nothing"),
        pytest.param(basic("ann", "wrong"), id="a-wrong-password"),
        pytest.param(basic("", ""), id="an-empty-name"),
        pytest.param({"Authorization": "Basic ???"}, id="broken-base64"),
        pytest.param({"Authorization": "Bearer invented"}, id="an-invented-token"),
        pytest.param({"Authorization": "Bearer "}, id="an-empty-token"),
        pytest.param({"Authorization": 'Digest username="ann"'}, id="another-scheme"),
    ],
)
def test_anything_else_is_asked_to_sign_in(sample: FlaskClient, headers: dict[str, str]) -> None:
    answer = sample.get("/orders", headers=headers)

    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"
    assert "Basic" in answer.headers["WWW-Authenticate"]
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_who_guesses_is_told_how_long_to_wait(sample: FlaskClient) -> None:
    for _ in range(5):
        sample.get("/orders", headers=basic("ann", "guess"))

    answer = sample.get("/orders", headers=basic("ann", "guess"))

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
