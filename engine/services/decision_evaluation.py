"""Evaluates a deployed decision, in the shape that audits and clients read."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import datetime

from engine.dmn import EvaluatedDecision, evaluate
from engine.domain.definitions import Definition
from engine.domain.fields import values_of
from engine.feel import to_json
from engine.persistence.database import Connection
from engine.services.context import Context

_PLAIN = frozenset({type(None), str, bool, int})
"""An int is the number of a rule; FEEL's own numbers are decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOutcome:
    """The output of a decision and every evaluation behind it, required ones first; JSON values."""

    output: object
    evaluations: tuple[Mapping[str, object], ...]


def evaluate_definition(
    context: Context,
    connection: Connection,
    decision: Definition,
    variables: Mapping[str, object],
    *,
    now: datetime,
) -> DecisionOutcome:
    """Evaluate one version of one decision; raises ExpressionError where it cannot."""
    model = context.models.decision(connection, decision)
    result = evaluate(model, decision.id, variables, now=now, functions=context.functions)
    return DecisionOutcome(
        output=to_json(result.output),
        evaluations=tuple(as_json(one) for one in result.evaluated),
    )


def as_json(evaluated: EvaluatedDecision) -> Mapping[str, object]:
    """Return one decision that was made as plain JSON values."""
    return _members(evaluated)


def _members(made: object) -> dict[str, object]:
    return {name: _plain(value) for name, value in values_of(made).items()}


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return _members(value) if is_dataclass(kind) else to_json(value)
