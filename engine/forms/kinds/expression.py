"""A value that the form computes and nobody types."""

from dataclasses import dataclass

from engine.forms.dynamic import Dynamic
from engine.forms.kinds.base import Kind
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionKind(Kind):
    """``expression``: computed on the server; what a client computed is not looked at."""

    rules = frozenset()

    source: Dynamic

    @classmethod
    def read(cls, properties: Properties) -> "ExpressionKind":
        """Read the expression; a field without one is a mistake."""
        source = properties.dynamic("expression")
        if source.expression is None:
            properties.error(
                "form-expression",
                "the expression must begin with “=”",
                "表达式必须以“=”开头",
            )
        return cls(source=source)

    def initial(self, value: object, request: Request) -> object:
        """Begin with the process variable, as an expression may refer to itself."""
        return value

    def compute(self, scope: Scope) -> object:
        """Return the value here, as JSON."""
        return self.source.value(scope)

    def check(self, value: object, scope: Scope) -> object:
        """Accept the value that was computed."""
        return value
