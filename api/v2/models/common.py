"""What many shapes of the contract share."""

import math
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, JsonValue, StringConstraints

from api.models import Model

MAX_INTEGER = 1 << 63


def _storable(value: JsonValue) -> JsonValue:
    """Refuse numbers that would not come back as they were: no JSON, or beyond 64 bits."""
    if isinstance(value, dict):
        for member in value.values():
            _storable(member)
    elif isinstance(value, list):
        for member in value:
            _storable(member)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number must be finite")
    elif isinstance(value, int) and not -MAX_INTEGER <= value < MAX_INTEGER:
        raise ValueError("a whole number has at most 64 bits; send longer ones as text")
    return value


TenantId = Literal["<default>"]
"""There is one tenant; any other is refused by name."""

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=10_000)]
"""Text that every database can hold."""

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=255)]
"""A text that names something: an id, a job type, a message."""

Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_\-:.]{0,99}$")]
Tags = Annotated[tuple[Tag, ...], Field(max_length=10)]
BusinessId = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=255)]
Json = Annotated[JsonValue, AfterValidator(_storable)]
"""A JSON value that can be stored and sent as it came."""

Variables = dict[Name, Json]
Int32 = Annotated[int, Field(ge=-(1 << 31), lt=1 << 31)]
OperationReference = Annotated[
    int, Field(ge=1, description="Accepted and of no effect: history names the person instead.")
]

ModelT = TypeVar("ModelT", bound=BaseModel)


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def optional(alias: str | None = None, description: str | None = None, **rules: Any) -> Any:
    """Declare a property that may be left out but must not be null; left out it is None."""
    return Field(
        default=None,
        alias=alias,
        description=description,
        json_schema_extra=_without_default,
        **rules,
    )


class Tenanted(Model):
    """Anything that the contract places in a tenant."""

    tenant_id: TenantId = "<default>"


def shown_as(model: type[ModelT], view: object) -> ModelT:
    """Return *view*, whose attributes are named like the fields of *model*, as JSON shape."""
    return model.model_validate(view, from_attributes=True)
