"""Is a customer written to - by a real mail server and by the stand-in?"""

import socket
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from engine.connectors.email import EmailConnector, Mailer, require_address
from engine.connectors.smtp import SmtpMailer, SmtpServer
from engine.connectors.table.mail import TableMailer
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from engine.persistence.stores import deliveries
from tests.connectors.conftest import NOON, MakeCall
from tests.connectors.mail_server import MailServer, serve
from tests.connectors.peers import certificate_for, peer

SENDER = "service@shop.test"
TEMPLATES = {
    ("received", "en"): "Your case {{case}}\n\nDear {{name}},\nwe have it.\n",
    ("received", "zh"): "您的投诉 {{case}}\n\n尊敬的{{name}}：\n我们已收到。\n",
}
INPUTS = {
    "to": "li.na@example.com",
    "template": "received",
    "language": "zh",
    "values": {"case": "K-7", "name": "李娜"},
}


def connect(mailer: Mailer) -> EmailConnector:
    """Make a connector that knows two templates."""
    return EmailConnector(
        mailer, templates=lambda name, language: TEMPLATES.get((name, language)), sender=SENDER
    )


@pytest.fixture
def server() -> Iterator[MailServer]:
    handler = MailServer()
    controller = serve(handler)
    yield handler
    controller.stop()


@pytest.fixture
def by_smtp(server: MailServer) -> EmailConnector:
    return connect(SmtpMailer(SmtpServer(host="127.0.0.1", port=server.port), sender=SENDER))


@pytest.fixture(params=["table", "smtp"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connector(kind: str, database: Database, by_smtp: EmailConnector) -> EmailConnector:
    return connect(TableMailer(database)) if kind == "table" else by_smtp


@pytest.fixture
def letters(
    kind: str, database: Database, server: MailServer
) -> Callable[[], list[tuple[str, str, str, str]]]:
    """Read what was sent: id, recipient, subject, body."""

    def from_tables() -> list[tuple[str, str, str, str]]:
        with database.read() as connection:
            return [
                (mail.message_id, mail.to, mail.subject, mail.body)
                for mail in deliveries.sent_mails(connection)
            ]

    def from_server() -> list[tuple[str, str, str, str]]:
        return [
            (
                mail["Message-ID"],
                mail["To"],
                mail["Subject"],
                mail.get_content().replace("\r\n", "\n"),
            )
            for mail in server.taken
        ]

    return from_tables if kind == "table" else from_server


Letters = Callable[[], list[tuple[str, str, str, str]]]


def test_a_letter_arrives_in_the_customers_language(
    connector: EmailConnector, call: MakeCall, letters: Letters
) -> None:
    result = connector.execute(call(INPUTS))

    assert letters() == [
        (
            result["message_id"],
            "li.na@example.com",
            "您的投诉 K-7",
            "尊敬的李娜：\n我们已收到。\n",
        )
    ]


def test_the_message_id_follows_from_the_key(connector: EmailConnector, call: MakeCall) -> None:
    ids = [connector.execute(call(INPUTS, key=key))["message_id"] for key in ("a", "a", "b")]

    assert ids[0] == ids[1] != ids[2]
    assert str(ids[0]).endswith("@shop.test>")


@pytest.mark.parametrize("language", ["zh-CN", "ZH", "zh-Hans-CN"])
def test_a_region_or_a_script_gets_the_letter_of_its_language(
    connector: EmailConnector, call: MakeCall, letters: Letters, language: str
) -> None:
    connector.execute(call(INPUTS | {"language": language}))

    assert letters()[0][2] == "您的投诉 K-7"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"to": None}, "to", id="nobody"),
        pytest.param({"to": "li.na"}, "to", id="no-address"),
        pytest.param({"to": "a@x.test, b@x.test"}, "to", id="two-addresses"),
        pytest.param({"to": "Li <a@x.test>"}, "to", id="name-and-address"),
        pytest.param({"to": "a@x.test\r\nBcc: b@x.test"}, "to", id="a-header-more"),
        pytest.param({"to": "a@x\x7f.test"}, "to", id="control-character"),
        pytest.param({"to": "a" * 248 + "@x.test"}, "to", id="too-long"),
        pytest.param({"template": "../../etc/passwd"}, "template", id="path-as-template"),
        pytest.param({"template": "unknown"}, "template", id="unknown-template"),
        pytest.param({"language": "fr"}, "'fr'", id="language-without-templates"),
        pytest.param({"language": "../zh"}, "language", id="path-as-language"),
        pytest.param({"language": None}, "language", id="no-language"),
        pytest.param({"values": ["李娜"]}, "values", id="values-without-names"),
        pytest.param({"values": {"case": "K-7"}}, "name", id="value-missing"),
        pytest.param({"values": {"case": None, "name": "李娜"}}, "case", id="value-null"),
    ],
)
def test_bad_inputs_are_refused_by_name_and_nothing_is_sent(
    connector: EmailConnector,
    call: MakeCall,
    letters: Letters,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(ConnectorRejected, match=field):
        connector.execute(call(INPUTS | change))

    assert letters() == []


def test_what_a_customer_typed_cannot_add_a_header(
    connector: EmailConnector, call: MakeCall, letters: Letters
) -> None:
    case = "K-7\r\nBcc: all@shop.test\x00\n\nBuy now!"

    connector.execute(call(INPUTS | {"values": {"case": case, "name": "Li"}}))

    assert letters()[0][2] == "您的投诉 K-7 Bcc: all@shop.test Buy now!"


def test_the_stand_in_keeps_a_letter_once(call: MakeCall, database: Database) -> None:
    connector = connect(TableMailer(database))

    connector.execute(call(INPUTS))
    connector.execute(call(INPUTS))

    with database.read() as connection:
        assert len(deliveries.sent_mails(connection)) == 1


def test_a_letter_by_smtp_says_who_when_and_that_a_machine_wrote_it(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer
) -> None:
    by_smtp.execute(call(INPUTS))

    mail, envelope = server.taken[0], server.envelopes[0]
    assert mail["From"] == SENDER
    assert parsedate_to_datetime(mail["Date"]) == NOON
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["li.na@example.com"])
    assert server.names == ["shop.test"]
    assert server.farewells == 1


def test_no_line_needs_a_server_that_takes_eight_bits_or_long_lines(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer
) -> None:
    by_smtp.execute(call(INPUTS | {"values": {"case": "案" * 300, "name": "a" * 3_000}}))

    raw = server.envelopes[0].original_content
    assert raw is not None
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 998


@pytest.mark.parametrize("where", ["say_to_recipient", "say_to_data"])
def test_a_server_that_is_busy_is_asked_again_and_then_takes_it(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer, where: str
) -> None:
    getattr(server, where).append("451 Try again later")

    with pytest.raises(ConnectorUnavailable, match="451 Try again later"):
        by_smtp.execute(call(INPUTS))
    result = by_smtp.execute(call(INPUTS))

    assert [mail["Message-ID"] for mail in server.taken] == [result["message_id"]]


@pytest.mark.parametrize("where", ["say_to_recipient", "say_to_data"])
def test_a_server_that_refuses_stops_the_job(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer, where: str
) -> None:
    getattr(server, where).append("500 No such mailbox")

    with pytest.raises(ConnectorRejected, match="500 No such mailbox"):
        by_smtp.execute(call(INPUTS))


def test_a_bad_farewell_does_not_send_the_letter_again(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer
) -> None:
    server.say_to_quit = "421 Shutting down"

    result = by_smtp.execute(call(INPUTS))

    assert server.taken[0]["Message-ID"] == result["message_id"]


def test_a_letter_whose_receipt_was_lost_is_sent_again_under_the_same_id(
    by_smtp: EmailConnector, call: MakeCall, server: MailServer
) -> None:
    server.hang_up_on_data = True
    with pytest.raises(ConnectorUnavailable):
        by_smtp.execute(call(INPUTS))
    server.hang_up_on_data = False

    by_smtp.execute(call(INPUTS))

    assert len({mail["Message-ID"] for mail in server.taken}) == 1
    assert len(server.taken) == 2


def test_no_server_is_worth_another_try(call: MakeCall) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mailer = SmtpMailer(SmtpServer(host="127.0.0.1", port=port), sender=SENDER)

    with pytest.raises(ConnectorUnavailable, match="ConnectionRefusedError"):
        connect(mailer).execute(call(INPUTS))


def test_a_silent_server_is_given_up_in_time(call: MakeCall) -> None:
    with peer(lambda connection: connection.recv(1) and None) as port:
        server = SmtpServer(host="127.0.0.1", port=port, timeout_seconds=0.1)

        with pytest.raises(ConnectorUnavailable, match="closed the connection"):
            connect(SmtpMailer(server, sender=SENDER)).execute(call(INPUTS))


@pytest.mark.parametrize(
    ("greeting", "error"),
    [
        pytest.param(b"421 Too busy\r\n", ConnectorUnavailable, id="busy"),
        pytest.param(b"554 Go away\r\n", ConnectorRejected, id="closed-for-good"),
    ],
)
def test_the_greeting_says_whether_to_come_again(
    call: MakeCall, greeting: bytes, error: type[Exception]
) -> None:
    with peer(lambda connection: connection.sendall(greeting)) as port:
        mailer = SmtpMailer(SmtpServer(host="127.0.0.1", port=port), sender=SENDER)

        with pytest.raises(error, match=greeting[:3].decode()):
            connect(mailer).execute(call(INPUTS))


def test_a_letter_is_sent_by_tls_after_signing_in(call: MakeCall, tmp_path: Path) -> None:
    certificate = certificate_for("localhost", tmp_path)
    handler = MailServer()
    controller = serve(handler, accounts=True, tls=certificate.server)
    server = SmtpServer(
        host="localhost",
        port=handler.port,
        user="shop",
        password="s3cret",
        starttls=True,
        trust=certificate.trust,
    )
    try:
        connect(SmtpMailer(server, sender=SENDER)).execute(call(INPUTS))
    finally:
        controller.stop()

    assert len(handler.taken) == 1


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_password(
    call: MakeCall, tmp_path: Path
) -> None:
    handler = MailServer()
    controller = serve(handler, accounts=True, tls=certificate_for("localhost", tmp_path).server)
    server = SmtpServer(
        host="localhost", port=handler.port, user="shop", password="s3cret", starttls=True
    )
    try:
        with pytest.raises(ConnectorRejected, match="not trusted"):
            connect(SmtpMailer(server, sender=SENDER)).execute(call(INPUTS))
    finally:
        controller.stop()


def test_a_wrong_password_stops_the_job_and_is_not_repeated(call: MakeCall, tmp_path: Path) -> None:
    certificate = certificate_for("localhost", tmp_path)
    handler = MailServer()
    controller = serve(handler, accounts=True, tls=certificate.server)
    server = SmtpServer(
        host="localhost",
        port=handler.port,
        user="shop",
        password="wr0ng",
        starttls=True,
        trust=certificate.trust,
    )
    try:
        with pytest.raises(ConnectorRejected, match="535") as refused:
            connect(SmtpMailer(server, sender=SENDER)).execute(call(INPUTS))
    finally:
        controller.stop()

    assert "wr0ng" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({"starttls": True}, "STARTTLS", id="no-starttls-there"),
        pytest.param({"user": "shop", "password": "s3cret"}, "AUTH", id="no-accounts-there"),
    ],
)
def test_a_server_that_cannot_do_what_the_settings_ask_stops_the_job(
    call: MakeCall, server: MailServer, settings: dict[str, Any], message: str
) -> None:
    mailer = SmtpMailer(SmtpServer(host="127.0.0.1", port=server.port, **settings), sender=SENDER)

    with pytest.raises(ConnectorRejected, match=message):
        connect(mailer).execute(call(INPUTS))

    assert server.taken == []


def test_the_password_is_not_shown_with_the_server() -> None:
    assert "s3cret" not in repr(SmtpServer(host="mail.test", port=25, password="s3cret"))


@pytest.mark.parametrize("text", ["a@b", "a.b+c@x-y.test", "李@例子.测试", "a" * 247 + "@x.test"])
def test_one_plain_address_is_accepted(text: str) -> None:
    assert require_address(text) == text
