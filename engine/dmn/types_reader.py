"""Reads item definitions: the types that a model defines, and references to types."""

from lxml import etree

from engine.dmn.xml import attribute, child, children, text_of
from engine.feel import TypeName

_BUILT_IN_ALIASES = {
    "integer": "number",
    "long": "number",
    "double": "number",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
"""Names that Camunda Modeler and DMN 1.1 write for FEEL's own types."""


_WHOLE = frozenset({"integer", "long"})


def read_allowed_values(root: etree._Element) -> dict[str, str]:
    """Return the tests that values of the item definitions of a file must pass, by name."""
    return {
        attribute(definition, "name"): text
        for definition in children(root, "itemDefinition")
        if attribute(definition, "isCollection") != "true"
        and (text := text_of(child(definition, "allowedValues")))
    }


def is_whole(type_ref: str) -> bool:
    """Say whether a ``typeRef`` means whole numbers only, which FEEL has no type for."""
    return type_ref.rpartition(":")[2] in _WHOLE


def read_types(root: etree._Element) -> dict[str, TypeName]:
    """Return the item definitions of a file by name."""
    types = {}
    for definition in children(root, "itemDefinition"):
        name = attribute(definition, "name")
        if name:
            types[name] = _definition(definition)
    return types


def _definition(element: etree._Element) -> TypeName:
    function = child(element, "functionItem")
    components = list(children(element, "itemComponent"))
    if function is not None:
        type_name = _function(function)
    elif components:
        type_name = TypeName(
            position=0,
            name="context",
            names=tuple(attribute(component, "name") for component in components),
            parts=tuple(_definition(component) for component in components),
        )
    else:
        reference = child(element, "typeRef")
        text = attribute(element, "typeRef") if reference is None else reference.text or ""
        type_name = type_reference(text) or any_type()
    if attribute(element, "isCollection") == "true":
        return TypeName(position=0, name="list", parts=(type_name,))
    return type_name


def _function(element: etree._Element) -> TypeName:
    parameters = [
        type_reference(attribute(parameter, "typeRef")) or any_type()
        for parameter in children(element, "parameters")
    ]
    result = type_reference(attribute(element, "outputTypeRef")) or any_type()
    return TypeName(position=0, name="function", parts=(*parameters, result))


def type_reference(text: str) -> TypeName | None:
    """Return the type that a ``typeRef`` names; None when there is none."""
    name = text.strip().rpartition(":")[2]
    return TypeName(position=0, name=_BUILT_IN_ALIASES.get(name, name)) if name else None


def any_type() -> TypeName:
    """Return the type of every value."""
    return TypeName(position=0, name="Any")
