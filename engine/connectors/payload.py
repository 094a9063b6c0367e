"""Checks what comes from a model's mappings and from outside systems, field by field."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from engine.connectors.call import ConnectorCall
from engine.errors import ConnectorRejected


def _no_number(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError("a time is text such as 2030-01-31T09:00:00Z")
    return value


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Id = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""An outside system's id: one line, 1 to 120 characters."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
"""Free text, 1 to 2000 characters."""

Moment = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_no_number)]
"""A time with its zone, ISO 8601 text in JSON."""

Money = Annotated[
    Decimal,
    Field(strict=False, ge=0, decimal_places=3, max_digits=14),
    PlainSerializer(_json_number, when_used="json"),
]
"""An amount of 0 or more with at most three decimals, which no currency in use exceeds.

A JSON number, or text that is one. How many decimals a currency has: `engine.connectors.currency`.
"""


class Payload(BaseModel):
    """Base of all inputs and answers: unknown fields are left aside, types are not guessed."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, str_strip_whitespace=True)


PayloadKind = TypeVar("PayloadKind", bound=Payload)


def read_inputs(kind: type[PayloadKind], call: ConnectorCall) -> PayloadKind:
    """Check the inputs of a job.

    Raises:
        ConnectorRejected: Names each field that is missing or wrong, never its value.
    """
    return _checked(kind, dict(call.inputs), f"the inputs of {call.element_id!r} are wrong")


def read_answer(kind: type[PayloadKind], answer: object, system: str) -> PayloadKind:
    """Check what an outside *system* answered.

    Raises:
        ConnectorRejected: Names each field that is missing or wrong, never its value.
    """
    return _checked(kind, answer, f"{system} answered in a way that is not understood")


def json_values(payload: Payload) -> Mapping[str, object]:
    """Return the payload as JSON values, for variables."""
    return payload.model_dump(mode="json")


def _checked(kind: type[PayloadKind], values: object, complaint: str) -> PayloadKind:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'the whole'}: {problem['msg']}"
            for problem in error.errors()
        )
        # The chained error would show the values, which may be personal.
        raise ConnectorRejected(f"{complaint}: {problems}") from None
