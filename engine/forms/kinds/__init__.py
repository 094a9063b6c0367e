"""The kinds of fields that hold a value: one class each, found by the component's type."""

from engine.forms.kinds.base import Kind, Wrong
from engine.forms.kinds.checkbox import CheckboxKind
from engine.forms.kinds.choice import ChoiceKind
from engine.forms.kinds.expression import ExpressionKind
from engine.forms.kinds.files import FileKind
from engine.forms.kinds.moment import MomentKind
from engine.forms.kinds.number import NumberKind
from engine.forms.kinds.text import TextKind
from engine.forms.properties import Properties

__all__ = ["KEYED_TYPES", "ExpressionKind", "Kind", "Wrong", "read_kind"]

_KINDS: dict[str, type[Kind]] = {
    "textfield": TextKind,
    "textarea": TextKind,
    "number": NumberKind,
    "datetime": MomentKind,
    "expression": ExpressionKind,
    "filepicker": FileKind,
    "checkbox": CheckboxKind,
    "radio": ChoiceKind,
    "select": ChoiceKind,
    "checklist": ChoiceKind,
    "taglist": ChoiceKind,
}

KEYED_TYPES = frozenset(_KINDS)


def read_kind(properties: Properties) -> Kind:
    """Read the kind of a field, with what is particular to it, from a component."""
    return _KINDS[properties.text("type")].read(properties)
