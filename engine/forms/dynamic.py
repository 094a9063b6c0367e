"""Properties of a form that are either written down or computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.feel import Expression, compile_expression, to_json
from engine.forms.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamic:
    """A property's value: ``expression`` when there is one, else ``literal``."""

    literal: object = None
    expression: Expression | None = None

    @classmethod
    def read(cls, source: object) -> "Dynamic":
        """Read a property; text beginning with ``=`` is a FEEL expression.

        Raises:
            ExpressionError: the expression does not compile.
        """
        if isinstance(source, str) and source.startswith("="):
            return cls(expression=compile_expression(source[1:]))
        return cls(literal=source)

    def value(self, scope: Scope) -> object:
        """Return the value here, as JSON."""
        if self.expression is None:
            return self.literal
        return to_json(scope.evaluate(self.expression))

    def is_true(self, scope: Scope) -> bool:
        """Tell whether the value here is true; null and everything else is not."""
        return self.value(scope) is True


NEVER = Dynamic(literal=False)


def text_property(schema: Mapping[str, object], name: str) -> str:
    """Return a property that is text, or an empty string."""
    value = schema.get(name)
    return value if isinstance(value, str) else ""
