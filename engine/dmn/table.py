"""Evaluates a decision table and says what matched."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn.hit_policies import Row, answer, as_output
from engine.dmn.model import DecisionTable, HitPolicy, Rule
from engine.errors import ExpressionError
from engine.feel import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedInput:
    """The value of an input column."""

    id: str
    name: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedOutput:
    """The value of an output column in a matched rule."""

    id: str
    name: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRule:
    """A rule that matched: its id, its number in the table from 1, and its outputs."""

    rule_id: str
    index: int
    outputs: tuple[EvaluatedOutput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """What a table answered, and why."""

    inputs: tuple[EvaluatedInput, ...]
    matched_rules: tuple[MatchedRule, ...]
    output: object


class HitPolicyViolated(ExpressionError):
    """The rules that matched cannot be joined; ``result`` says which they were."""

    def __init__(self, message: str, result: TableResult) -> None:
        super().__init__(message)
        self.result = result


def evaluate_table(table: DecisionTable, scope: Scope) -> TableResult:
    """Evaluate *table*; without a matching rule the output is the default, else null.

    Raises:
        HitPolicyViolated: Two rules match a UNIQUE table, or different ones an ANY table, or
            the outputs cannot be aggregated.
        ExpressionError: An expression of the table fails.
    """
    inputs = tuple(
        EvaluatedInput(id=each.id, name=each.name, value=each.expression.value_in(scope))
        for each in table.inputs
    )
    values = [each.value for each in inputs]
    scope.run.budget.spend(1 + len(table.rules) * len(values))
    matched = _matching_rules(table, values, scope)
    rows = [_outputs(table, rule, scope) for rule in matched]
    rules = tuple(
        MatchedRule(
            rule_id=rule.id,
            index=rule.index,
            outputs=tuple(
                EvaluatedOutput(id=output.id, name=output.name, value=value)
                for output, value in zip(table.outputs, row.values(), strict=True)
            ),
        )
        for rule, row in zip(matched, rows, strict=True)
    )
    if not matched:
        return TableResult(inputs=inputs, matched_rules=(), output=_default(table, scope))
    try:
        output = answer(table, rows, [rule.index for rule in matched], scope)
    except ExpressionError as error:
        failed = TableResult(inputs=inputs, matched_rules=rules, output=None)
        raise HitPolicyViolated(str(error), failed) from None
    return TableResult(inputs=inputs, matched_rules=rules, output=output)


def _matching_rules(table: DecisionTable, values: Sequence[object], scope: Scope) -> list[Rule]:
    matched = []
    for rule in table.rules:
        if all(
            test.accept_in(value, scope) for test, value in zip(rule.tests, values, strict=True)
        ):
            matched.append(rule)
            if table.hit_policy is HitPolicy.FIRST:
                break
    return matched


def _outputs(table: DecisionTable, rule: Rule, scope: Scope) -> Row:
    return {
        output.name: None if expression is None else expression.value_in(scope)
        for output, expression in zip(table.outputs, rule.outputs, strict=True)
    }


def _default(table: DecisionTable, scope: Scope) -> object:
    """Return the default outputs of the columns that have one; null when none has."""
    defaults = {
        output.name: output.default.value_in(scope)
        for output in table.outputs
        if output.default is not None
    }
    return as_output(defaults) if defaults else None
