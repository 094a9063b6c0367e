"""What is true of every request, whatever its route?"""

import pytest
import structlog
from flask.testing import FlaskClient

HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/orders", "/nowhere", "/crash", "/health/live"])
def test_every_answer_tells_browsers_to_be_careful(ann: FlaskClient, path: str) -> None:
    headers = ann.get(path).headers

    assert {name: headers.get(name) for name in HARMLESS} == HARMLESS


def test_every_answer_has_an_id(ann: FlaskClient) -> None:
    ids = {ann.get("/orders").headers["X-Request-Id"] for _ in range(2)}

    assert len(ids) == 2


def test_the_senders_id_is_kept(ann: FlaskClient) -> None:
    answer = ann.get("/orders", headers={"X-Request-Id": "till-7.2026_a"})

    assert answer.headers["X-Request-Id"] == "till-7.2026_a"


@pytest.mark.parametrize("sent", ["", "two words", "x" * 65, '{"a":1}'])
def test_an_id_that_could_spoil_a_log_is_replaced(ann: FlaskClient, sent: str) -> None:
    answer = ann.get("/orders", headers={"X-Request-Id": sent})

    assert answer.headers["X-Request-Id"] != sent


def test_every_request_is_one_log_line_with_its_actor_and_without_its_query(
    ann: FlaskClient,
) -> None:
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as lines:
        ann.get("/orders?state=Mr+Wang", headers={"X-Request-Id": "r-1"})

    (line,) = lines
    milliseconds = line.pop("milliseconds")
    assert milliseconds >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "path": "/orders",
        "operation": "findOrders",
        "status": 200,
        "actor": "ann",
        "request_id": "r-1",
    }


def test_nothing_of_a_request_leaks_into_the_next(sample: FlaskClient, ann: FlaskClient) -> None:
    ann.get("/orders")

    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as lines:
        sample.get("/health/live")

    assert "actor" not in lines[0]


def test_no_cookie_is_ever_set(ann: FlaskClient) -> None:
    assert "Set-Cookie" not in ann.get("/orders").headers
