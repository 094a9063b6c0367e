"""What a running instance may ask of the world: time, keys, FEEL functions, decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.bpmn import DecisionAnswer
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.events import Reference
from engine.persistence.database import Connection
from engine.services.context import Context
from engine.services.decision_evaluation import evaluate_definition


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceHost:
    """`engine.bpmn.Host` for one instance in one command."""

    context: Context
    connection: Connection
    next_key: Callable[[], int]
    at: datetime
    definition: Definition
    business_id: str | None
    case_ordinal: int

    def now(self) -> datetime:
        """Return the command's time: the same for all that happens in it."""
        return self.at

    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Return FEEL's host functions, and two that are about this instance.

        ``case()`` is the number of the case (the business id). ``own number()`` is that of
        this instance: the case's, but from the second instance of a process in one case on with
        an ordinal behind it, such as ``2026-000123-2``, so that no two of them share one.
        """
        return {
            **self.context.functions,
            "case": lambda: self.business_id,
            "own number": self._number,
        }

    def decide(self, reference: Reference, variables: Mapping[str, object]) -> DecisionAnswer:
        """Evaluate the version of a decision that this instance's diagram is bound to."""
        decision = self.context.models.resolve(
            self.connection,
            DefinitionKind.DECISION,
            reference,
            deployment_key=self.definition.deployment_key,
        )
        result = evaluate_definition(
            self.context, self.connection, decision, variables, now=self.at
        )
        return DecisionAnswer(
            decision_key=decision.key, evaluations=result.evaluations, output=result.output
        )

    def _number(self) -> str | None:
        if self.business_id is None or self.case_ordinal == 1:
            return self.business_id
        return f"{self.business_id}-{self.case_ordinal}"
