"""What many shapes of the contract share."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, JsonValue, StringConstraints

from api.models import Model

TenantId = Literal["<default>"]
"""There is one tenant; any other is refused by name."""

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=10_000)]
"""Text that every database can hold."""

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=255)]
"""A text that names something: an id, a job type, a message."""

Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_\-:.]{0,99}$")]
Tags = Annotated[tuple[Tag, ...], Field(max_length=10)]
BusinessId = Annotated[str, StringConstraints(pattern=r"^[^\x00]+$", max_length=255)]
Variables = dict[Name, JsonValue]
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
