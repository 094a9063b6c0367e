"""Does a browser stay signed in, and can no other page make use of that?"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.health import Readiness
from engine.bootstrap import Application
from engine.domain.identity import ENGINE, Role

MEI = {"username": "mei", "password": "mei's password"}
HERE = {"Origin": "http://localhost"}


@pytest.fixture
def browser(shipped: Application, shipped_app: Flask) -> FlaskClient:
    """A browser that keeps cookies; Mei may sign in with it."""
    shipped.identity.people.create_account(
        ENGINE, username="mei", name="Lin Mei", password=MEI["password"], groups=[Role.AGENT]
    )
    return shipped_app.test_client()


@pytest.fixture
def csrf(browser: FlaskClient) -> str:
    """What Mei's pages put into X-CSRF-Token; she is signed in."""
    return str(browser.post("/api/session", json=MEI, headers=HERE).json["csrfToken"])


def unsafe(csrf: str, **others: str) -> dict[str, str]:
    return {"X-CSRF-Token": csrf, **HERE, **others}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: FlaskClient) -> None:
    answer = browser.post("/api/session", json=MEI)

    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith("redress_session=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)
    assert "Secure" not in attributes


def test_over_https_the_cookie_goes_over_https_only(browser: FlaskClient) -> None:
    answer = browser.post("/api/session", json=MEI, base_url="https://localhost")

    assert "Secure" in answer.headers["Set-Cookie"]


def test_the_session_says_who_it_is_and_what_one_may(browser: FlaskClient, csrf: str) -> None:
    info = browser.get("/api/session").json

    assert info["user"] == {
        "username": "mei",
        "displayName": "Lin Mei",
        "email": None,
        "groups": ["agent"],
    }
    assert info["csrfToken"] == csrf
    allowed = {name for name, may in info["permissions"].items() if may}
    assert allowed == {"isStaff", "doesTasks", "mayStart", "seesAllCases"}


def test_without_a_session_nobody_is_signed_in(browser: FlaskClient) -> None:
    answer = browser.get("/api/session")

    assert answer.status_code == 200
    assert (answer.json["user"], answer.json["csrfToken"]) == (None, None)
    assert not any(answer.json["permissions"].values())


def test_a_demo_says_who_may_sign_in_and_how_far_it_is(
    shipped: Application, browser: FlaskClient, shipped_readiness: Readiness
) -> None:
    shipped.identity.people.create_account(
        ENGINE, username="jack", name="Jack", password="jack", groups=[Role.AGENT], demo=True
    )
    shipped_readiness.loading("demo", 0.25)

    demo = browser.get("/api/session").json["demo"]

    assert demo == {
        "accounts": [{"username": "jack", "displayName": "Jack", "groups": ["agent"]}],
        "loading": {"demo": 0.25},
    }


def test_the_server_says_what_time_it_counts_deadlines_by(
    shipped: Application, browser: FlaskClient, as_root: FlaskClient
) -> None:
    as_root.put("/v2/clock", json={"timestamp": 1772452800000})

    assert browser.get("/api/session").json["serverTime"] == "2026-03-02T12:00:00Z"


def test_a_wrong_password_is_refused_without_a_window_of_the_browser(
    browser: FlaskClient,
) -> None:
    answer = browser.post(
        "/api/session", json={**MEI, "password": "guess"}, headers={"Sec-Fetch-Mode": "cors"}
    )

    assert answer.status_code == 401
    assert "Basic" not in answer.headers["WWW-Authenticate"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Cookie": "redress_session=ended"}, id="a-cookie"),
        pytest.param({"X-Requested-With": "fetch"}, id="a-script"),
        pytest.param({"Accept": "text/html,*/*"}, id="a-page"),
    ],
)
def test_a_browser_is_never_asked_for_basic(shipped_app: Flask, headers: dict[str, str]) -> None:
    answer = shipped_app.test_client(use_cookies=False).get("/v2/topology", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="redress"'


def test_guessing_is_slowed_down(browser: FlaskClient) -> None:
    for _ in range(5):
        browser.post("/api/session", json={**MEI, "password": "guess"})

    answer = browser.post("/api/session", json=MEI)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]


def test_the_cookie_is_enough_to_read(browser: FlaskClient, csrf: str) -> None:
    assert browser.get("/v2/authentication/me").json["username"] == "mei"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "http://localhost"}, 204, id="from-a-page-of-ours"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, 204, id="as-the-browser-says"),
        pytest.param({}, 403, id="from-nowhere"),
        pytest.param({"Origin": "http://elsewhere.example"}, 403, id="from-another-site"),
        pytest.param({"Origin": "null"}, 403, id="from-a-frame-without-origin"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
            403,
            id="from-another-site-as-the-browser-says",
        ),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="from-a-neighbour"),
    ],
)
def test_an_unsafe_request_must_come_from_a_page_of_ours(
    browser: FlaskClient, csrf: str, headers: dict[str, str], status: int
) -> None:
    answer = browser.put(
        "/api/session/language", json={"language": "zh"}, headers={"X-CSRF-Token": csrf, **headers}
    )

    assert answer.status_code == status
    if status == 403:
        assert answer.json["code"] == "cross-site"


@pytest.mark.parametrize("sent", [None, "", "invented", "é"])
def test_an_unsafe_request_must_repeat_the_token_of_its_session(
    browser: FlaskClient, csrf: str, sent: str | None
) -> None:
    headers = HERE if sent is None else unsafe(sent)

    answer = browser.put("/api/session/language", json={"language": "zh"}, headers=headers)

    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")


def test_the_token_of_another_session_does_not_do(
    browser: FlaskClient, csrf: str, shipped_app: Flask
) -> None:
    other = shipped_app.test_client().post("/api/session", json=MEI).json["csrfToken"]

    answer = browser.delete("/api/session", headers=unsafe(other))

    assert answer.status_code == 403


def test_another_site_cannot_sign_somebody_in(browser: FlaskClient) -> None:
    answer = browser.post("/api/session", json=MEI, headers={"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")


def test_a_program_needs_no_such_token(as_ann: FlaskClient) -> None:
    assert as_ann.put("/api/session/language", json={"language": "zh"}).status_code == 204


def test_signing_out_ends_the_session_and_removes_the_cookie(
    browser: FlaskClient, csrf: str
) -> None:
    answer = browser.delete("/api/session", headers=unsafe(csrf))

    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert browser.get("/v2/authentication/me").status_code == 401


def test_ones_sessions_are_listed_and_ended_one_by_one(
    browser: FlaskClient, csrf: str, shipped_app: Flask
) -> None:
    phone = shipped_app.test_client()
    phone.post("/api/session", json=MEI, headers={"User-Agent": "Phone"})
    shown = browser.get("/api/sessions").json["items"]
    (other,) = [one for one in shown if not one["current"]]
    assert (len(shown), other["agent"], other["username"]) == (2, "Phone", "mei")

    answer = browser.delete(f"/api/sessions/{other['id']}", headers=unsafe(csrf))

    assert answer.status_code == 204
    assert phone.get("/v2/authentication/me").status_code == 401
    assert browser.get("/v2/authentication/me").status_code == 200


def test_an_administrator_ends_the_sessions_of_somebody(
    browser: FlaskClient, csrf: str, as_root: FlaskClient
) -> None:
    (session,) = as_root.get("/api/sessions?username=mei").json["items"]

    assert as_root.delete(f"/api/sessions/{session['id']}").status_code == 204
    assert browser.get("/v2/authentication/me").status_code == 401


def test_others_may_not_even_look(as_ann: FlaskClient) -> None:
    assert as_ann.get("/api/sessions?username=root").status_code == 403


def test_the_language_is_remembered_with_the_account(
    browser: FlaskClient, csrf: str, shipped_app: Flask
) -> None:
    assert browser.get("/api/session").json["language"] == "en"

    browser.put("/api/session/language", json={"language": "zh"}, headers=unsafe(csrf))

    assert browser.get("/api/session").json["language"] == "zh"
    elsewhere = shipped_app.test_client().post("/api/session", json=MEI)
    assert elsewhere.json["language"] == "zh"


def test_before_the_sign_in_the_browsers_language_counts(browser: FlaskClient) -> None:
    answer = browser.get("/api/session", headers={"Accept-Language": "zh-CN,zh;q=0.9"})

    assert answer.json["language"] == "zh"


def test_ones_own_password_is_changed_with_the_current_one(
    browser: FlaskClient, csrf: str, shipped_app: Flask
) -> None:
    wrong = {"current": "guess", "password": "a new password"}
    right = {"current": MEI["password"], "password": "a new password"}

    refused = browser.post("/api/session/password", json=wrong, headers=unsafe(csrf))
    changed = browser.post("/api/session/password", json=right, headers=unsafe(csrf))

    assert (refused.status_code, changed.status_code) == (403, 204)
    assert browser.get("/v2/authentication/me").status_code == 200
    again = shipped_app.test_client().post("/api/session", json=MEI)
    assert again.status_code == 401
