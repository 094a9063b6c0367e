"""Is another system told once what happened, and can it trust what it hears?"""

import base64
import hashlib
import hmac

import pytest

from engine.connectors.http.egress import EgressGuard
from engine.connectors.http.transport import HttpTransport
from engine.connectors.http.webhooks import HttpWebhooks, read_secret, signature
from engine.connectors.table.webhooks import TableWebhooks
from engine.connectors.webhook import WebhookConnector
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from engine.persistence.stores import deliveries
from tests.connectors.conftest import NOON, MakeCall
from tests.connectors.retail_system import RetailSystem

SECRET = b"0123456789abcdef01234567"


@pytest.fixture
def connector() -> WebhookConnector:
    """A real one, which may reach the loopback."""
    return WebhookConnector(
        HttpWebhooks(
            secret=SECRET,
            guard=EgressGuard(allowed_hosts=["127.0.0.1"]),
            transport=HttpTransport(timeout_seconds=5),
        )
    )


def test_the_receiver_gets_json_that_it_can_verify(
    connector: WebhookConnector, call: MakeCall, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(204)

    connector.execute(call({"url": retail_system.url, "body": {"案件": [1, None, True]}}))

    request = retail_system.received[0]
    sent_at = request.headers["webhook-timestamp"]
    signed = b"job-1." + sent_at.encode() + b"." + request.body
    expected = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{expected}"
    assert request.headers["webhook-id"] == "job-1"
    assert int(sent_at) == NOON.timestamp()
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == '{"案件":[1,null,true]}'.encode()


def test_the_signature_is_that_of_the_published_example() -> None:
    """The example is the one in the specification of Standard Webhooks."""
    secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    assert (
        signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}')
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize("status", [200, 202, 204])
def test_the_status_is_the_result(
    connector: WebhookConnector, call: MakeCall, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, b"" if status == 204 else b"thanks")

    result = connector.execute(call({"url": retail_system.url, "body": {}}))

    assert result == {"status": status}


def test_another_attempt_bears_the_same_id(
    connector: WebhookConnector, call: MakeCall, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(503)
    retail_system.answer_next(200)

    with pytest.raises(ConnectorUnavailable, match="503"):
        connector.execute(call({"url": retail_system.url, "body": {}}))
    connector.execute(call({"url": retail_system.url, "body": {}}))

    assert [request.headers["webhook-id"] for request in retail_system.received] == ["job-1"] * 2


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410])
def test_a_redirect_or_a_refusal_stops_the_job(
    connector: WebhookConnector, call: MakeCall, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, Location=retail_system.url)

    with pytest.raises(ConnectorRejected, match=str(status)):
        connector.execute(call({"url": retail_system.url, "body": {}}))

    assert len(retail_system.received) == 1


def test_the_connection_goes_to_the_address_that_was_judged(
    call: MakeCall, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(200)
    port = retail_system.url.split(":")[2].split("/")[0]
    guard = EgressGuard(allowed_hosts=["erp.test"], resolve=lambda host, port: ["127.0.0.1"])
    sender = HttpWebhooks(secret=SECRET, guard=guard, transport=HttpTransport())

    WebhookConnector(sender).execute(call({"url": f"http://erp.test:{port}/hook", "body": {}}))

    assert retail_system.received[0].headers["Host"] == f"erp.test:{port}"
    assert retail_system.received[0].path == "/hook"


def test_our_own_network_is_out_of_reach(call: MakeCall, retail_system: RetailSystem) -> None:
    sender = HttpWebhooks(secret=SECRET, guard=EgressGuard(), transport=HttpTransport())
    url = retail_system.url.replace("http://", "https://")

    with pytest.raises(ConnectorRejected, match="private network"):
        WebhookConnector(sender).execute(call({"url": url, "body": {}}))

    assert retail_system.received == []


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        pytest.param({"body": {}}, "url", id="no-url"),
        pytest.param({"url": "", "body": {}}, "url", id="empty-url"),
        pytest.param({"url": "ftp://a.test/", "body": {}}, "url", id="another-scheme"),
        pytest.param({"url": "https://me@a.test/", "body": {}}, "url", id="user-in-url"),
        pytest.param({"url": "https://a.test/"}, "body", id="no-body"),
        pytest.param({"url": "https://a.test/", "body": 2**64}, "body", id="beyond-64-bits"),
    ],
)
def test_bad_inputs_are_refused_by_name(
    connector: WebhookConnector, call: MakeCall, inputs: dict[str, object], field: str
) -> None:
    with pytest.raises(ConnectorRejected, match=field):
        connector.execute(call(inputs))


def test_without_a_receiver_webhooks_are_kept_once(call: MakeCall, database: Database) -> None:
    connector = WebhookConnector(TableWebhooks(database))
    one = call({"url": "https://erp.test/hook", "body": {"case": "K-1"}})

    results = [connector.execute(one), connector.execute(one)]

    with database.read() as connection:
        kept = deliveries.sent_webhooks(connection)
    assert results == [{"status": 202}] * 2
    assert kept == [
        deliveries.SentWebhookRow(
            idempotency_key="job-1",
            url="https://erp.test/hook",
            body={"case": "K-1"},
            sent_at=NOON,
        )
    ]


@pytest.mark.parametrize("prefix", ["", "whsec_"])
def test_a_secret_is_read_with_or_without_its_prefix(prefix: str) -> None:
    assert read_secret(prefix + base64.b64encode(SECRET).decode()) == SECRET


@pytest.mark.parametrize("length", [24, 64])
def test_the_shortest_and_the_longest_secret_are_read(length: int) -> None:
    assert len(read_secret(base64.b64encode(b"x" * length).decode())) == length


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("hunter2", id="no-base64"),
        pytest.param("höchst geheim", id="no-ascii"),
        pytest.param("!?" + base64.b64encode(SECRET).decode(), id="base64-and-more"),
        pytest.param(base64.b64encode(b"x" * 23).decode(), id="too-short"),
        pytest.param(base64.b64encode(b"x" * 65).decode(), id="too-long"),
    ],
)
def test_a_bad_secret_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 bytes") as refused:
        read_secret(text)

    assert text not in str(refused.value)
