"""``redress:email``: writes to a customer from a template."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Protocol

from pydantic import AfterValidator, StringConstraints

from engine.connectors.call import ConnectorCall
from engine.connectors.letter import render_letter
from engine.connectors.payload import Payload, read_inputs
from engine.errors import ConnectorRejected

Templates = Callable[[str, str], str | None]
"""Finds the text of a template by name and language; None if there is none."""

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")
_LONGEST_ADDRESS = 254


def require_address(text: str) -> str:
    """Return *text* if it is one mail address without a display name.

    Raises:
        ValueError: It is none, or holds what could add a second address or a header.
    """
    if len(text) > _LONGEST_ADDRESS or not (_ADDRESS.fullmatch(text) and text.isprintable()):
        raise ValueError("this is not one mail address")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One letter to one address.

    ``message_id`` follows from ``idempotency_key``, so that a letter sent twice after a broken
    connection is one letter to the mail systems on its way.
    """

    idempotency_key: str
    message_id: str
    to: str
    subject: str
    body: str
    language: str
    sent_at: datetime


class Mailer(Protocol):
    """Delivers letters."""

    def send(self, mail: Mail) -> None:
        """Hand the letter over, at least once.

        Raises:
            ConnectorUnavailable: The mail system does not take it now.
            ConnectorRejected: It will never take it: unknown recipient, sign-in refused.
        """
        ...


class _Inputs(Payload):
    to: Annotated[str, AfterValidator(require_address)]
    template: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=80)]
    language: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)
    ]
    values: dict[str, object]


class EmailConnector:
    """Takes to, template, language (``en``, ``zh`` or with a region), values; returns message_id.

    Args:
        mailer: Delivers the letters.
        templates: Where their texts are.
        sender: The address they come from; its domain ends every message id.
    """

    job_type: ClassVar[str] = "redress:email"

    def __init__(self, mailer: Mailer, *, templates: Templates, sender: str) -> None:
        self._mailer = mailer
        self._templates = templates
        self._domain = sender.rpartition("@")[2]

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Write and send the letter; see `engine.connectors.call.Connector`."""
        inputs = read_inputs(_Inputs, call)
        text = self._template(inputs.template, inputs.language)
        letter = render_letter(text, inputs.values, now=call.now)
        mail = Mail(
            idempotency_key=call.idempotency_key,
            message_id=self._message_id(call.idempotency_key),
            to=inputs.to,
            subject=letter.subject,
            body=letter.body,
            language=inputs.language,
            sent_at=call.now,
        )
        self._mailer.send(mail)
        return {"message_id": mail.message_id}

    def _template(self, name: str, language: str) -> str:
        """Find the template; a region such as the CN of zh-CN has none of its own."""
        text = self._templates(name, language.partition("-")[0].lower())
        if text is None:
            raise ConnectorRejected(f"template: there is no {name!r} in {language!r}")
        return text

    def _message_id(self, idempotency_key: str) -> str:
        return f"<{hashlib.sha256(idempotency_key.encode()).hexdigest()[:32]}@{self._domain}>"
