"""Which values belong to which type: ``instance of`` and declared parameters (10.3.2.9)."""

from collections.abc import Mapping

from engine.feel.limits import Budget
from engine.feel.nodes import TypeName
from engine.feel.values import Function, Range, kind_of

_ALIASES = {
    "date time": "date and time",
    "dateTime": "date and time",
    "day-time-duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "day time duration": "days and time duration",
    "year-month-duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "year month duration": "years and months duration",
}

_SIMPLE = frozenset(
    {
        "string",
        "number",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "context",
        "list",
        "range",
        "function",
    }
)


def conforms(
    value: object, type_name: TypeName, types: Mapping[str, TypeName], budget: Budget
) -> bool | None:
    """Say whether a FEEL value belongs to a type; None when nobody has defined that type.

    Null belongs to ``Any`` and ``Null`` only. *types* are those that the model defines.
    """
    name = _ALIASES.get(type_name.name, type_name.name)
    if name == "Any":
        return True
    if name.lower() == "null":
        return value is None
    if name in types:
        return conforms(value, types[name], types, budget)
    if name not in _SIMPLE:
        return None
    if value is None or kind_of(value) != name:
        return False
    return _parts_conform(value, type_name, types, budget) if type_name.parts else True


def _parts_conform(
    value: object, type_name: TypeName, types: Mapping[str, TypeName], budget: Budget
) -> bool:
    parts = type_name.parts
    if isinstance(value, list):
        budget.spend(1 + len(value))
        return all(item is None or conforms(item, parts[0], types, budget) for item in value)
    if isinstance(value, Range):
        ends = [end for end in (value.start, value.end) if end is not None]
        return all(conforms(end, parts[0], types, budget) for end in ends)
    if isinstance(value, dict):
        return all(
            key in value and (value[key] is None or conforms(value[key], part, types, budget))
            for key, part in zip(type_name.names, parts, strict=True)
        )
    return isinstance(value, Function) and len(value.parameters) == len(parts) - 1


def adapt(
    value: object, type_name: TypeName, types: Mapping[str, TypeName], budget: Budget
) -> object:
    """Return *value* as that type by FEEL's implicit conversions, else null (10.3.2.9.4).

    A list of one becomes its item, a single value a list of itself. A type that nobody has
    defined takes everything.
    """
    if value is None or conforms(value, type_name, types, budget) in (True, None):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], type_name, types, budget):
        return value[0]
    if conforms([value], type_name, types, budget):
        return [value]
    return None
