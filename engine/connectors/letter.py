"""Turns a message template and values into a letter.

A template's first line is the subject, then comes a blank line, then the body. ``{{expression}}``
is replaced by the value of a FEEL expression over the values.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from engine.errors import ConnectorRejected, ExpressionError, LimitExceeded
from engine.feel import compile_expression, to_json

_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written; ``subject`` is one line."""

    subject: str
    body: str


def render_letter(template: str, values: Mapping[str, object], *, now: datetime) -> Letter:
    """Fill in *template*.

    Args:
        template: The text of a template.
        values: What its expressions may refer to.
        now: What the FEEL functions ``now`` and ``today`` answer.

    Raises:
        ConnectorRejected: The template is not of that form, or an expression does not compile or
            has no value that can be written as text; names the expression.
    """
    subject, _, rest = template.partition("\n")
    blank, _, body = rest.partition("\n")
    if not subject.strip() or blank.strip() or not body.strip():
        raise ConnectorRejected(
            "template: it needs a subject in its first line, a blank line and a text"
        )
    return Letter(
        subject=_one_line(_fill_in(subject, values, now)), body=_fill_in(body, values, now)
    )


def _fill_in(text: str, values: Mapping[str, object], now: datetime) -> str:
    filled = _PLACEHOLDER.sub(lambda found: _value_of(found[1].strip(), values, now), text)
    if "{{" in _PLACEHOLDER.sub("", text):
        raise ConnectorRejected("template: a '{{' has no '}}'")
    return filled


def _value_of(expression: str, values: Mapping[str, object], now: datetime) -> str:
    try:
        value = compile_expression(expression).evaluate(values, now=now)
    except (ExpressionError, LimitExceeded) as error:
        raise ConnectorRejected(f"template: {{{{{expression}}}}} fails: {error}") from None
    if value is None:
        raise ConnectorRejected(f"template: {{{{{expression}}}}} has no value")
    return _as_text(value, expression)


def _as_text(value: object, expression: str) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, bool | list | dict):
        written = to_json(value)
        if isinstance(written, str | int | float):
            return str(written)
    raise ConnectorRejected(
        f"template: {{{{{expression}}}}} is neither text nor a number, date, time or duration"
    )


def _one_line(text: str) -> str:
    """Keep what a customer typed from adding a header to the mail."""
    line = " ".join(text.split())
    return "".join(char for char in line if unicodedata.category(char) != "Cc")
