"""Filter values: exact, or an object of operators, as in the contract's ``…FilterProperty``."""

from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field
from pydantic import Json as ParsedJson

from api.models import Key, Model, Moment
from api.v2.models.common import Int32, Json, Name, Text, optional

ValueT = TypeVar("ValueT")
EnumT = TypeVar("EnumT", bound=StrEnum)

MAX_LIST = 1_000
"""Longest ``$in`` list; databases bound the number of values in a statement."""

Like = Annotated[
    Text,
    Field(
        max_length=1_000,
        description=(
            "`*` stands for any characters, `?` for one; a backslash before either means itself. "
            "Small and capital letters are not told apart."
        ),
    ),
]
Listed = Annotated[tuple[ValueT, ...], Field(max_length=MAX_LIST)]


class Operators(Model):
    """Operators on one property; all of them must hold."""


class EqualityOperators(Operators, Generic[ValueT]):
    """Operators on a property whose values have no order."""

    eq: ValueT = optional("$eq")
    neq: ValueT = optional("$neq", "Other than this; also true without any value.")
    exists: bool = optional("$exists")
    is_in: Listed[ValueT] = optional("$in")
    not_in: Listed[ValueT] = optional("$notIn")


class TextOperators(EqualityOperators[Text]):
    """Operators on text."""

    like: Like = optional("$like")


class EnumOperators(EqualityOperators[EnumT], Generic[EnumT]):
    """Operators on one of a few words."""

    like: Like = optional("$like")


class OrderOperators(EqualityOperators[ValueT], Generic[ValueT]):
    """Operators on numbers and times."""

    gt: ValueT = optional("$gt")
    gte: ValueT = optional("$gte")
    lt: ValueT = optional("$lt")
    lte: ValueT = optional("$lte")


TextFilter = Text | TextOperators
KeyFilter = Key | EqualityOperators[Key]
IntegerFilter = Int32 | OrderOperators[Int32]
MomentFilter = Moment | OrderOperators[Moment]
JsonText = ParsedJson[Json]
JsonFilter = JsonText | EqualityOperators[JsonText]


class VariableFilter(Model):
    """A variable by name and value; the value is JSON text, e.g. ``"\\"online\\""``."""

    name: Name
    value: JsonFilter


VariableFilters = Annotated[tuple[VariableFilter, ...], Field(max_length=50)]


def operators_of(value: Any) -> list[tuple[str, Any]]:
    """Return ``(operator, operand)`` pairs of a filter value; an exact value is ``$eq``."""
    if not isinstance(value, Operators):
        return [("$eq", value)]
    fields = type(value).model_fields
    return [
        (str(fields[name].alias), getattr(value, name)) for name in sorted(value.model_fields_set)
    ]
