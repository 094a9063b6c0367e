"""Properties of a form that are either written down or computed, here and in the browser alike."""

from dataclasses import dataclass

from engine.errors import ExpressionError
from engine.feel import Expression, compile_expression, to_json
from engine.feel.nodes import Call, Name
from engine.forms.browser_functions import BROWSER_FUNCTIONS
from engine.forms.scopes import Scope


def compile_for_form(source: str) -> Expression:
    """Compile an expression that the browser evaluates as well.

    Raises:
        ExpressionError: it does not compile, or calls a function that the browser does not know.
    """
    expression = compile_expression(source)
    unknown = sorted(expression.functions - BROWSER_FUNCTIONS)
    if unknown:
        raise ExpressionError(f"a form in the browser does not know the function {unknown[0]!r}")
    return expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamic:
    """A property's value: ``expression`` when there is one, else ``literal``."""

    literal: object = None
    expression: Expression | None = None

    @classmethod
    def read(cls, source: object) -> "Dynamic":
        """Read a property; text beginning with ``=`` is a FEEL expression.

        Raises:
            ExpressionError: see :func:`compile_for_form`.
        """
        if isinstance(source, str) and source.startswith("="):
            return cls(expression=compile_for_form(source[1:]))
        return cls(literal=source)

    def value(self, scope: Scope) -> object:
        """Return the value here, as JSON."""
        if self.expression is None:
            return self.literal
        return to_json(scope.evaluate(self.expression))

    def holds(self, scope: Scope) -> bool:
        """Tell whether a condition (to hide, to make read-only) holds here.

        form-js reads conditions as unary tests of nothing: what is null passes as what is true
        does, except under a ``not`` around the whole. Asking a person for a field that the browser
        hides would be worse than following it.
        """
        value = self.value(scope)
        return value is True or (value is None and self._holds_for_null())

    def _holds_for_null(self) -> bool:
        match self.expression and self.expression.tree:
            case None | Call(function=Name(name="not")):
                return False
        return True
