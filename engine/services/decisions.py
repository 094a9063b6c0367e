"""Decisions evaluated on request, outside any process."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.errors import InvalidInput, NotFound
from engine.persistence.database import Connection
from engine.persistence.stores import decision_evaluations, definitions
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context
from engine.services.decision_evaluation import evaluate_definition


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEvaluation:
    """One evaluation: which version was asked, what it answered, and every step to it."""

    key: int
    decision: Definition
    output: object
    evaluations: tuple[Mapping[str, object], ...]


class DecisionService:
    """Evaluates decisions and keeps a record of each evaluation."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def evaluate(
        self,
        actor: Actor,
        *,
        decision_id: str | None = None,
        decision_key: int | None = None,
        variables: Mapping[str, object],
    ) -> DecisionEvaluation:
        """Evaluate the newest version of *decision_id*, or the version with *decision_key*.

        Raises NotFound, or ExpressionError where the decision cannot answer.
        """
        if not permissions.is_staff(actor):
            refuse(self._context, actor, "only staff evaluate decisions")

        def work(command: Command) -> DecisionEvaluation:
            decision = _choose(command.connection, decision_id, decision_key)
            outcome = evaluate_definition(
                self._context, command.connection, decision, variables, now=command.now
            )
            key = command.next_key()
            decision_evaluations.insert(
                command.batch,
                [
                    decision_evaluations.DecisionEvaluationRow(
                        key=key,
                        decision_key=decision.key,
                        process_instance_key=None,
                        definition_key=None,
                        element_id=None,
                        element_instance_key=None,
                        evaluated_at=command.now,
                        evaluations=outcome.evaluations,
                        output=outcome.output,
                    )
                ],
            )
            return DecisionEvaluation(
                key=key,
                decision=decision,
                output=outcome.output,
                evaluations=outcome.evaluations,
            )

        return run(self._context, actor, work)


def _choose(
    connection: Connection, decision_id: str | None, decision_key: int | None
) -> Definition:
    if (decision_id is None) == (decision_key is None):
        raise InvalidInput("name the decision either by its id or by its key")
    if decision_key is not None:
        found = definitions.find(connection, decision_key)
    else:
        found = definitions.latest(connection, DefinitionKind.DECISION, decision_id or "")
    if found is None or found.kind != DefinitionKind.DECISION:
        raise NotFound(f"there is no decision {decision_id or decision_key!r}")
    return found
