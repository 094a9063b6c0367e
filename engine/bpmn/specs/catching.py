"""How an error or an escalation finds what catches it."""

from collections.abc import Iterable
from typing import TypeVar

from engine.bpmn.kernel import Catcher, Phase, Token

_C = TypeVar("_C", bound=Catcher)


def best_catcher(catchers: Iterable[_C], kind: type, code: str) -> _C | None:
    """Return the one that catches *code*: one that names it goes before one for all."""
    fitting = [one for one in catchers if one.kind is kind and one.code in (code, None)]
    return min(fitting, key=lambda one: one.code is None, default=None)


def find_catcher(token: Token, kind: type, code: str) -> tuple[Catcher, Token] | None:
    """Find what catches *code* thrown at *token*, and the token at which it does.

    The search goes outwards: the edge of an activity, then the event sub-processes of what it
    lies in, then the edge of that, and so on.
    """
    current: Token | None = token
    while current is not None:
        found = _on_edge(current, kind, code) or _in_scope(current, kind, code)
        if found is not None:
            return found, current
        current = current.enclosing
    return None


def _on_edge(token: Token, kind: type, code: str) -> Catcher | None:
    edge = token.task_spec.boundary
    if edge is None or token.phase is Phase.ARRIVED:
        return None
    found: Catcher | None = edge.catching(kind, code)
    return found


def _in_scope(token: Token, kind: type, code: str) -> Catcher | None:
    scope = token.workflow
    handlers = scope.spec.handlers
    if handlers is None or token.parent is not scope.task_tree:
        return None
    found: Catcher | None = handlers.catching(scope, kind, code)
    return found
