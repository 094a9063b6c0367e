"""How does a program get a token, and how is it refused one (RFC 6749)?"""

import base64

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

RIGHT = {
    "grant_type": "client_credentials",
    "client_id": "till",
    "client_secret": "till's secret",
}
AUDIENCE = {"audience": "orchestration-api", "scope": "ignored"}


def with_basic(sample: FlaskClient, client_id: str, secret: str) -> TestResponse:
    sent = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return sample.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {sent}"},
    )


def test_the_secret_may_be_in_the_form(sample: FlaskClient) -> None:
    answer = sample.post("/oauth/token", data={**RIGHT, **AUDIENCE})

    assert answer.status_code == 200
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 3600
    assert len(answer.json["access_token"]) >= 43


def test_the_secret_may_be_in_the_header(sample: FlaskClient) -> None:
    assert with_basic(sample, "till", "till's secret").status_code == 200


def test_no_cache_keeps_a_token(sample: FlaskClient) -> None:
    answer = sample.post("/oauth/token", data=RIGHT)

    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        pytest.param({}, "invalid_request", id="no-grant-type"),
        pytest.param(
            {**RIGHT, "grant_type": "password"}, "unsupported_grant_type", id="another-grant"
        ),
        pytest.param(
            {**RIGHT, "client_id": ["till", "till"]}, "invalid_request", id="a-parameter-twice"
        ),
    ],
)
def test_a_wrong_form_is_refused_as_the_standard_says(
    sample: FlaskClient, form: dict[str, object], error: str
) -> None:
    answer = sample.post(
        "/oauth/token", data=form, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400
    assert answer.json["error"] == error


def test_a_json_body_is_refused(sample: FlaskClient) -> None:
    answer = sample.post("/oauth/token", json=RIGHT)

    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")


def test_sending_the_secret_twice_is_refused(sample: FlaskClient) -> None:
    sent = base64.b64encode(b"till:till's secret").decode()

    answer = sample.post("/oauth/token", data=RIGHT, headers={"Authorization": f"Basic {sent}"})

    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")


def test_wrong_credentials_are_an_invalid_client(sample: FlaskClient) -> None:
    answer = with_basic(sample, "till", "wrong")

    assert (answer.status_code, answer.json["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_guessing_a_secret_is_slowed_down(sample: FlaskClient) -> None:
    for _ in range(5):
        with_basic(sample, "till", "guess")

    answer = with_basic(sample, "till", "till's secret")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
