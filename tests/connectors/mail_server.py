"""A real SMTP server on the loopback that can be told what to answer."""

import socket
import ssl
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class MailServer:
    """What came in, and what to say instead of taking a letter."""

    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    say_to_recipient: deque[str] = field(default_factory=deque)
    say_to_data: deque[str] = field(default_factory=deque)
    say_to_quit: str = ""
    farewells: int = 0
    hang_up_on_data: bool = False
    port: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        """Take note of how the client calls itself."""
        self.names.append(name)
        session.host_name = name
        return lines

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        """Answer a recipient."""
        if self.say_to_recipient:
            return self.say_to_recipient.popleft()
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer a letter."""
        if self.say_to_data:
            return self.say_to_data.popleft()
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append(envelope)
        if self.hang_up_on_data:
            assert server.transport is not None
            server.transport.close()
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer the farewell."""
        self.farewells += 1
        return self.say_to_quit or "221 Bye"


def sign_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, proof: object
) -> AuthResult:
    """Know one account."""
    assert isinstance(proof, LoginPassword)
    known = (proof.login, proof.password) == (b"shop", b"s3cret")
    return AuthResult(success=known, handled=False)


def serve(
    handler: MailServer, *, accounts: bool = False, tls: ssl.SSLContext | None = None
) -> Controller:
    """Serve *handler*; the caller stops it. With *accounts* a client has to sign in."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=handler.port,
        server_hostname="mail.test",
        tls_context=tls,
        require_starttls=tls is not None,
        auth_required=accounts,
        auth_require_tls=True,
        authenticator=sign_in if accounts else None,
    )
    controller.start()
    return controller
