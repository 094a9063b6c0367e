"""Evaluates a decision with everything that it requires, and records how it came about."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.dmn.logic import evaluate_logic, make_function
from engine.dmn.model import Decision, DecisionModel, DecisionTable, LiteralExpression
from engine.dmn.table import (
    EvaluatedInput,
    HitPolicyViolated,
    MatchedRule,
    TableResult,
    evaluate_table,
)
from engine.errors import ExpressionError, LimitExceeded, NotFound
from engine.feel import HostFunction, Run, Scope
from engine.feel.types import adapt

_NO_FUNCTIONS: Mapping[str, HostFunction] = {}


class DecisionType(StrEnum):
    """What a decision is made of, in Camunda's words."""

    DECISION_TABLE = "DECISION_TABLE"
    LITERAL_EXPRESSION = "LITERAL_EXPRESSION"
    UNKNOWN = "UNKNOWN"
    """Another boxed expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedDecision:
    """One decision that was evaluated; ``inputs`` and ``matched_rules`` are those of its table."""

    decision_id: str
    name: str
    type: DecisionType
    inputs: tuple[EvaluatedInput, ...]
    matched_rules: tuple[MatchedRule, ...]
    output: object


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionResult:
    """What a decision answered, and every decision that led to it, required ones first."""

    output: object
    evaluated: tuple[EvaluatedDecision, ...]


class DecisionFailed(ExpressionError):
    """A decision could not be made.

    ``decision_id`` is the decision at fault, perhaps a required one; ``evaluated`` are the
    decisions made before it and, last, what is known of the one at fault (its output is null).
    """

    code = "decision-failed"

    def __init__(
        self, message: str, *, decision_id: str, evaluated: tuple[EvaluatedDecision, ...]
    ) -> None:
        super().__init__(message)
        self.decision_id = decision_id
        self.evaluated = evaluated


def evaluate(
    model: DecisionModel,
    decision_id: str,
    context: Mapping[str, object],
    *,
    now: dt.datetime | None = None,
    functions: Mapping[str, HostFunction] = _NO_FUNCTIONS,
) -> DecisionResult:
    """Evaluate a decision of *model*.

    Args:
        model: The file that contains the decision and all that it requires.
        decision_id: Which decision.
        context: The variables, JSON-like, under the names that the file uses.
        now: What ``now()`` and ``today()`` give, aware.
        functions: The host's functions by the name under which FEEL calls them.

    Raises:
        NotFound: The file has no such decision.
        DecisionFailed: A hit policy is violated, an expression fails or a bound is reached.
    """
    if decision_id not in model.decisions:
        raise NotFound(f"{model.resource_name} has no decision {decision_id!r}.")
    evaluation = _Evaluation(model, Scope(context, None, Run(now, functions)))
    output = evaluation.decide(model.decisions[decision_id])
    return DecisionResult(output=output, evaluated=tuple(evaluation.made))


class _Evaluation:
    """One evaluation; each decision is made at most once."""

    def __init__(self, model: DecisionModel, scope: Scope) -> None:
        self._model = model
        self._scope = scope
        self._types = dict(model.types)
        self._outputs: dict[str, object] = {}
        self.made: list[EvaluatedDecision] = []

    def decide(self, decision: Decision) -> object:
        """Return the output of *decision*, made now or before."""
        if decision.id not in self._outputs:
            required = [self._model.decisions[each] for each in decision.required_decisions]
            results = {each.variable: self.decide(each) for each in required}
            functions = self._knowledge(decision.required_knowledge)
            made = self._make(decision, self._scope.inner({**results, **functions}))
            self.made.append(made)
            self._outputs[decision.id] = made.output
        return self._outputs[decision.id]

    def _knowledge(self, required: tuple[str, ...]) -> dict[str, object]:
        functions: dict[str, object] = {}
        for knowledge in (self._model.knowledge[each] for each in required):
            inner = self._scope.inner(self._knowledge(knowledge.required_knowledge))
            functions[knowledge.variable] = make_function(
                knowledge.variable, knowledge.function, inner, self._types
            )
        return functions

    def _make(self, decision: Decision, scope: Scope) -> EvaluatedDecision:
        try:
            if isinstance(decision.logic, DecisionTable):
                result = evaluate_table(decision.logic, scope)
            else:
                output = evaluate_logic(decision.logic, scope)
                result = TableResult(inputs=(), matched_rules=(), output=output)
            return _record(decision, result, self._typed(decision, result.output))
        except HitPolicyViolated as error:
            raise self._failed(decision, error, error.result) from error
        except (ExpressionError, LimitExceeded) as error:
            raise self._failed(decision, error) from error
        except RecursionError:
            raise self._failed(decision, LimitExceeded("It is nested too deeply.")) from None

    def _typed(self, decision: Decision, output: object) -> object:
        """Return the output as the declared type of the decision's variable."""
        if decision.type is None or output is None:
            return output
        adapted = adapt(output, decision.type, self._types, self._scope.run.budget)
        if adapted is None:
            raise ExpressionError(f"The output is not of the type {decision.type.name!r}.")
        return adapted

    def _failed(
        self,
        decision: Decision,
        error: ExpressionError | LimitExceeded,
        result: TableResult | None = None,
    ) -> DecisionFailed:
        known = result or TableResult(inputs=(), matched_rules=(), output=None)
        return DecisionFailed(
            f"The decision {decision.name!r} could not be made. {error}",
            decision_id=decision.id,
            evaluated=(*self.made, _record(decision, known, None)),
        )


def _record(decision: Decision, result: TableResult, output: object) -> EvaluatedDecision:
    return EvaluatedDecision(
        decision_id=decision.id,
        name=decision.name,
        type=_type_of(decision),
        inputs=result.inputs,
        matched_rules=result.matched_rules,
        output=output,
    )


def _type_of(decision: Decision) -> DecisionType:
    if isinstance(decision.logic, DecisionTable):
        return DecisionType.DECISION_TABLE
    if isinstance(decision.logic, LiteralExpression):
        return DecisionType.LITERAL_EXPRESSION
    return DecisionType.UNKNOWN
