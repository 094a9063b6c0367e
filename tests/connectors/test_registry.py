"""Which implementation do the settings choose for which job type?"""

import base64
from collections.abc import Iterator

import pytest

from engine.connectors import registry
from engine.connectors.registry import build_connectors
from engine.errors import ConnectorUnavailable
from engine.persistence.database import Database
from engine.persistence.stores import deliveries
from engine.settings import Settings
from tests.connectors.conftest import MakeCall
from tests.connectors.mail_server import MailServer, serve
from tests.connectors.retail_system import RetailSystem

INPUTS: dict[str, dict[str, object]] = {
    "redress:refund": {"order_id": "O-1", "amount": 10, "currency": "CNY", "reason": "r"},
    "redress:customer": {"customer_id": "C-1"},
    "redress:survey-sent": {"customer_id": "C-1", "surveyed_at": "2026-03-02T12:00:00Z"},
    "redress:order": {"order_id": "O-1"},
    "redress:loyalty": {"customer_id": "C-1", "points": 5, "reason": "r"},
    "redress:webhook": {"url": "https://127.0.0.1:1/", "body": {}},
}


def test_there_is_one_connector_for_each_built_in_job_type(database: Database) -> None:
    assert set(build_connectors(Settings(), database)) == {*INPUTS, "redress:email"}


def test_each_connector_is_found_under_its_own_job_type(database: Database) -> None:
    connectors = build_connectors(Settings(), database)

    assert all(connector.job_type == name for name, connector in connectors.items())


@pytest.mark.parametrize("job_type", INPUTS)
def test_without_settings_everything_stays_in_our_own_tables(
    database: Database, call: MakeCall, job_type: str
) -> None:
    connector = build_connectors(Settings(), database)[job_type]

    assert connector.execute(call(INPUTS[job_type]))


@pytest.mark.parametrize(
    ("setting", "job_type"),
    [
        ("payments_url", "redress:refund"),
        ("crm_url", "redress:customer"),
        ("crm_url", "redress:survey-sent"),
        ("orders_url", "redress:order"),
        ("loyalty_url", "redress:loyalty"),
    ],
)
def test_a_system_with_an_address_is_asked_there_with_the_token(
    database: Database,
    call: MakeCall,
    retail_system: RetailSystem,
    setting: str,
    job_type: str,
) -> None:
    settings = Settings(**{setting: retail_system.url}, connector_token="t0ken")

    build_connectors(settings, database)[job_type].execute(call(INPUTS[job_type]))

    assert [request.headers["Authorization"] for request in retail_system.received] == [
        "Bearer t0ken"
    ]


@pytest.fixture
def letter(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Ship one template and return inputs for it."""
    monkeypatch.setattr(registry, "shipped_message", lambda name, language: "Hello\n\nBody\n")
    return {"to": "a@x.test", "template": "hello", "language": "en", "values": {}}


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    handler = MailServer()
    controller = serve(handler)
    yield handler
    controller.stop()


def test_with_a_mail_server_letters_leave_from_the_address_in_the_settings(
    database: Database, call: MakeCall, letter: dict[str, object], mail_server: MailServer
) -> None:
    settings = Settings(
        smtp_host="127.0.0.1", smtp_port=mail_server.port, mail_from="hello@shop.test"
    )

    build_connectors(settings, database)["redress:email"].execute(call(letter))

    assert [mail["From"] for mail in mail_server.taken] == ["hello@shop.test"]


def test_without_a_mail_server_letters_are_kept(
    database: Database, call: MakeCall, letter: dict[str, object]
) -> None:
    build_connectors(Settings(), database)["redress:email"].execute(call(letter))

    with database.read() as connection:
        assert [mail.to for mail in deliveries.sent_mails(connection)] == ["a@x.test"]


def test_with_a_secret_webhooks_leave_for_allowed_hosts(database: Database, call: MakeCall) -> None:
    settings = Settings(
        webhook_secret="whsec_" + base64.b64encode(b"x" * 32).decode(),
        webhook_allowed_hosts="erp.test, 127.0.0.1",
    )

    with pytest.raises(ConnectorUnavailable, match="ConnectionRefused"):
        build_connectors(settings, database)["redress:webhook"].execute(
            call(INPUTS["redress:webhook"])
        )

    with database.read() as connection:
        assert deliveries.sent_webhooks(connection) == []


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        pytest.param({"payments_url": "shop"}, "REDRESS_PAYMENTS_URL", id="payments"),
        pytest.param({"crm_url": "shop"}, "REDRESS_CRM_URL", id="crm"),
        pytest.param({"orders_url": "shop"}, "REDRESS_ORDERS_URL", id="orders"),
        pytest.param({"loyalty_url": "shop"}, "REDRESS_LOYALTY_URL", id="loyalty"),
        pytest.param({"webhook_secret": "abc"}, "REDRESS_WEBHOOK_SECRET", id="secret"),
        pytest.param({"mail_from": "the shop"}, "REDRESS_MAIL_FROM", id="sender"),
    ],
)
def test_a_setting_that_is_wrong_is_named_at_the_start(
    database: Database, settings: dict[str, str], name: str
) -> None:
    with pytest.raises(ValueError, match=name):
        build_connectors(Settings(**settings), database)  # type: ignore[arg-type]
