"""What the engine needs from whoever runs it: a clock, keys, functions and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.events import Reference
from engine.feel import HostFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAnswer:
    """A decision that was evaluated.

    ``output`` is a JSON value; ``evaluations`` are canonical JSON values, required decisions
    first, for the audit.
    """

    decision_key: int
    evaluations: tuple[Mapping[str, object], ...]
    output: object


class Host(Protocol):
    """The services, seen from below."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...

    def next_key(self) -> int:
        """Return a key that nothing else has: positive, 63 bits."""
        ...

    def functions(self) -> Mapping[str, HostFunction]:
        """Return the functions of Redress that FEEL may call, by name."""
        ...

    def decide(self, reference: Reference, context: Mapping[str, object]) -> DecisionAnswer:
        """Evaluate a decision.

        Raises:
            NotFound: No such decision is deployed.
            ExpressionError: It cannot be evaluated with this context.
        """
        ...
