"""Choosing one or several out of options."""

from dataclasses import dataclass
from typing import Literal

from engine.forms.dynamic import Dynamic
from engine.forms.kinds.base import Kind, Wrong, wrong_type
from engine.forms.paths import same_json
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope

_SOURCES = ("values", "valuesKey", "valuesExpression")
_MANY = frozenset({"checklist", "taglist"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKind(Kind):
    """``radio`` and ``select`` (one), ``checklist`` and ``taglist`` (``many``).

    The options are written in the form (``values``), come from the process variable named
    ``valuesKey``, or are computed (``valuesExpression``); in ``options`` are the values written
    there, that name, or how to compute them.
    """

    many: bool
    source: Literal["values", "valuesKey", "valuesExpression"]
    options: Dynamic

    @property
    def empty(self) -> object:
        """No choice is null, or an empty list."""
        return [] if self.many else None

    @classmethod
    def read(cls, properties: Properties) -> "ChoiceKind":
        """Read where the options come from: exactly one source."""
        many = properties.text("type") in _MANY
        given = [name for name in _SOURCES if properties.value(name) is not None]
        if len(given) != 1:
            properties.error(
                "form-options",
                "the options must come from one of “values”, “valuesKey” and “valuesExpression”",
                "选项必须来自“values”、“valuesKey”或“valuesExpression”中的一个",
            )
            return cls(many=many, source="values", options=Dynamic(literal=[]))
        if given[0] == "valuesExpression":
            options = properties.dynamic("valuesExpression")
            return cls(many=many, source="valuesExpression", options=options)
        if given[0] == "valuesKey":
            key = Dynamic(literal=properties.text("valuesKey"))
            return cls(many=many, source="valuesKey", options=key)
        values = properties.value("values")
        written = _option_values(values)
        if not isinstance(values, list) or len(written) != len(values):
            properties.error(
                "form-options",
                "every option needs a label and a value",
                "每个选项都需要名称和值",
            )
        return cls(many=many, source="values", options=Dynamic(literal=written))

    def initial(self, value: object, request: Request) -> object:
        """Show what is among the options; computed ones are not known yet."""
        if self.source == "valuesExpression":
            return value
        return self._kept(value, self._known_options(request))

    def settled(self, value: object, scope: Scope) -> object:
        """Drop what is no longer among the options."""
        return self._kept(value, self._options(scope))

    def check(self, value: object, scope: Scope) -> object:
        """Accept options only; null and "" mean none."""
        options = self._options(scope)
        if self.many:
            return _checked_list([] if value is None else value, options)
        if value is None or value == "":
            return None
        _check_option(value, options)
        return value

    def _kept(self, value: object, options: list[object]) -> object:
        if self.many:
            chosen = value if isinstance(value, list) else []
            return [item for item in chosen if _is_in(item, options)]
        return value if _is_in(value, options) else None

    def _options(self, scope: Scope) -> list[object]:
        if self.source == "valuesExpression":
            return _option_values(self.options.value(scope))
        return self._known_options(scope.request)

    def _known_options(self, request: Request) -> list[object]:
        if self.source == "valuesKey":
            return _option_values(request.variables.get(str(self.options.literal)))
        return self.options.literal if isinstance(self.options.literal, list) else []


def _option_values(source: object) -> list[object]:
    """Return the values of options as form-js reads them.

    An option is text, a number or a truth value, or an object with a ``value`` (itself an object
    only where there is a ``label``); anything else is passed over.
    """
    if not isinstance(source, list):
        return []
    values: list[object] = []
    for option in source:
        if _is_scalar(option):
            values.append(option)
        elif isinstance(option, dict):
            value = option.get("value")
            label = option.get("label")
            is_labelled = isinstance(label, str) and bool(label)
            if _is_scalar(value) or (is_labelled and isinstance(value, dict) and value):
                values.append(value)
    return values


def _is_scalar(value: object) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and bool(value))


def _is_in(value: object, options: list[object]) -> bool:
    return any(same_json(value, option) for option in options)


def _check_option(value: object, options: list[object]) -> None:
    if not _is_in(value, options):
        raise Wrong("option", "This is not one of the options.", options=options)


def _checked_list(value: object, options: list[object]) -> list[object]:
    if not isinstance(value, list):
        raise wrong_type("a list")
    for position, item in enumerate(value):
        _check_option(item, options)
        if _is_in(item, value[:position]):
            raise Wrong("duplicate", "An option may be chosen once only.")
    return value
