"""What does an HTTP answer of a retailer's system mean for a job?"""

import pytest

from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.transport import HttpTransport
from engine.errors import ConnectorRejected, ConnectorUnavailable
from tests.connectors.retail_system import RetailSystem


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_2xx_with_json_is_an_answer(
    client: JsonClient, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, b'{"a": 1}')

    assert client.get("things", "1").document == {"a": 1}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_these_statuses_are_worth_another_try(
    client: JsonClient, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status)

    with pytest.raises(ConnectorUnavailable, match=f"payments answered HTTP {status}"):
        client.get("things", "1")


@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 451])
def test_these_statuses_are_not(
    client: JsonClient, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, Location="/api/customers/C-1")

    with pytest.raises(ConnectorRejected, match=f"payments answered HTTP {status}"):
        client.get("things", "1")

    assert len(retail_system.received) == 1


def test_an_expected_status_is_an_answer(client: JsonClient, retail_system: RetailSystem) -> None:
    retail_system.answer_next(404, b"not even JSON")

    answer = client.get("things", "1", expect=(404,))

    assert (answer.status, answer.document) == (404, None)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b'{"a": NaN}', b"\xff"])
def test_a_good_status_without_json_is_refused(
    client: JsonClient, retail_system: RetailSystem, body: bytes
) -> None:
    retail_system.answer_next(200, body)

    with pytest.raises(ConnectorRejected, match="without JSON"):
        client.get("things", "1")


def test_json_nested_without_end_is_refused(
    client: JsonClient, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(200, b"[" * 100_000 + b"]" * 100_000)

    with pytest.raises(ConnectorRejected, match="without JSON"):
        client.get("things", "1")


def test_a_post_carries_json_key_and_token(client: JsonClient, retail_system: RetailSystem) -> None:
    retail_system.answer_next(200)

    client.post("things", key="job-1", body={"名": "李"})

    request = retail_system.received[0]
    assert (request.method, request.path) == ("POST", "/api/things")
    assert request.headers["Idempotency-Key"] == "job-1"
    assert request.headers["Authorization"] == "Bearer s3cret-token"
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == '{"名":"李"}'.encode()


def test_without_a_token_none_is_sent(retail_system: RetailSystem) -> None:
    retail_system.answer_next(200)
    client = JsonClient(
        system="crm", base_url=retail_system.url + "/", token="", transport=HttpTransport()
    )

    client.get("things")

    assert "Authorization" not in retail_system.received[0].headers
    assert retail_system.received[0].path == "/api/things"


@pytest.mark.parametrize("status", [200, 401, 500])
def test_no_failure_repeats_the_token_even_if_the_system_does(
    client: JsonClient, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, b"bad token s3cret-token")

    with pytest.raises((ConnectorRejected, ConnectorUnavailable)) as failure:
        client.get("things")

    assert "s3cret" not in str(failure.value)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param(b'{"detail": "No."}', "No.", id="problem-detail"),
        pytest.param(b'{"message": "No."}', "No.", id="message"),
        pytest.param(b'{"detail": "a\\r\\n\\tb"}', "a b", id="made-one-line"),
        pytest.param(b'{"detail": "' + b"x" * 500 + b'"}', "x" * 200, id="cut-to-200"),
        pytest.param(b'{"detail": ["No."]}', "", id="no-text"),
        pytest.param(b'"No."', "", id="no-object"),
    ],
)
def test_the_reason_of_a_no_is_one_short_line(
    client: JsonClient, retail_system: RetailSystem, document: bytes, reason: str
) -> None:
    retail_system.answer_next(409, document)

    assert client.get("things", expect=(409,)).reason() == reason


@pytest.mark.parametrize(
    "base_url", ["", "shop.test", "ftp://shop.test", "http://shop.test/?a=b", "http://shop.test/#a"]
)
def test_a_base_address_that_is_none_is_refused_at_the_start(base_url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        JsonClient(system="crm", base_url=base_url, token="", transport=HttpTransport())
