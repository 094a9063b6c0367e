"""The bases of all request and response models: camelCase JSON, keys as text, times in UTC."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel

from engine.domain.definitions import DefinitionKind

MAX_KEY = (1 << 63) - 1
MODELS = {
    "processes": DefinitionKind.PROCESS,
    "decisions": DefinitionKind.DECISION,
    "forms": DefinitionKind.FORM,
}
"""What people edit, as paths call it."""


class Model(BaseModel):
    """A JSON object of the API. Unknown properties are refused; nothing is dropped in silence."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", frozen=True
    )


def _read_key(value: object, info: ValidationInfo) -> int:
    if isinstance(value, int) and info.mode == "python":
        return value  # built by our own code; JSON numbers lose digits in JavaScript
    if not (isinstance(value, str) and value.isascii() and value.isdigit()):
        raise ValueError("a key is a string of decimal digits")
    if len(value) > len(str(MAX_KEY)) or int(value) > MAX_KEY:
        raise ValueError("a key has at most 63 bits")
    return int(value)


Key = Annotated[
    int,
    BeforeValidator(_read_key),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[0-9]{1,19}$",
            "description": "A 63-bit key, as decimal text.",
            "examples": ["2251799813685249"],
        }
    ),
]
"""A 63-bit key: an int in Python, a string of digits in JSON, in both directions."""


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A date-time of RFC 3339 with an offset; UTC in Python and written with ``Z``."""
