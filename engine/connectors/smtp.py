"""Sends letters by SMTP."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from engine.connectors.email import Mail
from engine.errors import ConnectorError, ConnectorRejected, ConnectorUnavailable

# 7bit, because a relay on the way may not take more; longer lines and other scripts are encoded.
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where letters are handed over.

    ``user`` is empty where nobody signs in; ``trust`` says which certificates are accepted with
    STARTTLS, None for those that the machine accepts.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    trust: ssl.SSLContext | None = None
    timeout_seconds: float = 10.0


class SmtpMailer:
    """Hands each letter over in a connection of its own.

    A letter may arrive twice if the server takes it and the connection breaks before it says so;
    both then bear the same Message-ID.
    """

    def __init__(self, server: SmtpServer, *, sender: str) -> None:
        self._server = server
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Hand the letter over; see `engine.connectors.email.Mailer`."""
        try:
            with contextlib.closing(self._connect()) as connection:
                connection.send_message(_message(mail, self._sender), self._sender, [mail.to])
                # The letter is taken by now; what the server says to the farewell changes nothing.
                with contextlib.suppress(OSError):
                    connection.quit()
        except OSError as error:
            raise _refusal(error) from None

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        # The sender's domain as our name, because the default asks the DNS, which may take long.
        connection = smtplib.SMTP(
            server.host,
            server.port,
            local_hostname=self._sender.rpartition("@")[2],
            timeout=server.timeout_seconds,
        )
        try:
            if server.starttls:
                connection.starttls(context=server.trust or ssl.create_default_context())
            if server.user:
                connection.login(server.user, server.password)
        except OSError:
            connection.close()
            raise
        return connection


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    # After the content, which replaces every Content header.
    message["Content-Language"] = mail.language
    return message


def _refusal(error: OSError) -> ConnectorError:
    """Return what a failure means for the job; every smtplib error is an OSError."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()))
            return _by_code(code, text)
        case smtplib.SMTPResponseException():
            return _by_code(error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected():
            return ConnectorUnavailable("mail: the server closed the connection")
        case ssl.SSLCertVerificationError():
            return ConnectorRejected(
                f"mail: the server's certificate is not trusted: {error.verify_message}"
            )
        case smtplib.SMTPException():
            return ConnectorRejected(f"mail: the server cannot do what is needed: {error}")
        case _:
            return ConnectorUnavailable(f"mail: no connection: {type(error).__name__}")


def _by_code(code: int, text: bytes | str) -> ConnectorError:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    message = f"mail: the server answered {code} {' '.join(said.split())[:200]}"
    return ConnectorRejected(message) if code >= 500 else ConnectorUnavailable(message)
