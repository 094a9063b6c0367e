"""What a table answers when its rules have matched (DMN 1.3, 8.2.10 and 8.2.11)."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.dmn.model import Aggregation, DecisionTable, HitPolicy
from engine.errors import ExpressionError
from engine.feel import Run, Scope
from engine.feel.builtins.statistics import maximum, minimum, total
from engine.feel.comparison import equal, member

Row = dict[str, object]
"""The outputs of one matched rule by the names of the columns, in their order."""


def answer(table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope) -> object:
    """Return the table's output for the *rows* of at least one matched rule.

    *rules* are the numbers of the rules, for messages.

    Raises:
        ExpressionError: UNIQUE or ANY is violated, or the outputs cannot be aggregated.
    """
    return _POLICIES[table.hit_policy](table, rows, rules, scope)


def as_output(row: Row) -> object:
    """Return the only output itself, several as a context."""
    return next(iter(row.values())) if len(row) == 1 else row


def _unique(
    table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope
) -> object:
    if len(rows) > 1:
        raise ExpressionError(
            f"The rules {_numbers(rules)} match; with the hit policy UNIQUE only one may."
        )
    return as_output(rows[0])


def _any(table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope) -> object:
    budget = scope.run.budget
    if not all(equal(rows[0], row, budget) is True for row in rows[1:]):
        raise ExpressionError(
            f"The rules {_numbers(rules)} match with different outputs; with the hit policy ANY "
            "they must agree."
        )
    return as_output(rows[0])


def _numbers(rules: Sequence[int]) -> str:
    return ", ".join(map(str, rules[:-1])) + f" and {rules[-1]}"


def _first(table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope) -> object:
    return as_output(rows[0])


def _priority(
    table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope
) -> object:
    return as_output(_by_priority(table, rows, scope)[0])


def _output_order(
    table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope
) -> object:
    return [as_output(row) for row in _by_priority(table, rows, scope)]


def _by_priority(table: DecisionTable, rows: Sequence[Row], scope: Scope) -> list[Row]:
    orders = priority_orders(table, scope)
    return sorted(rows, key=lambda row: places(list(row.values()), orders, scope))


def priority_orders(table: DecisionTable, scope: Scope) -> list[object]:
    """Return the values of each output column in order of priority; none where none are listed."""
    return [
        [] if output.values is None else output.values.value_in(scope) for output in table.outputs
    ]


def places(values: Sequence[object], orders: Sequence[object], scope: Scope) -> list[int]:
    """Return the place of each output in its column's order; unlisted ones are last."""
    return [_place(value, order, scope) for value, order in zip(values, orders, strict=True)]


def _place(value: object, order: object, scope: Scope) -> int:
    values = order if isinstance(order, list) else []
    return next(
        (
            place
            for place, each in enumerate(values)
            if member(value, each, scope.run.budget) is True
        ),
        len(values),
    )


def _rule_order(
    table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope
) -> object:
    return [as_output(row) for row in rows]


def _collect(
    table: DecisionTable, rows: Sequence[Row], rules: Sequence[int], scope: Scope
) -> object:
    outputs = [as_output(row) for row in rows]
    if table.aggregation is None:
        return outputs
    aggregated = _AGGREGATIONS[table.aggregation](scope.run, outputs)
    if aggregated is None:
        raise ExpressionError(f"The outputs cannot be joined by {table.aggregation}.")
    return aggregated


def _sum(run: Run, outputs: list[object]) -> object:
    return total(outputs)


def _count(run: Run, outputs: list[object]) -> object:
    return Decimal(len(outputs))


_AGGREGATIONS: dict[Aggregation, Callable[[Run, list[object]], object]] = {
    Aggregation.SUM: _sum,
    Aggregation.MIN: minimum,
    Aggregation.MAX: maximum,
    Aggregation.COUNT: _count,
}

_Policy = Callable[[DecisionTable, Sequence[Row], Sequence[int], Scope], object]

_POLICIES: dict[HitPolicy, _Policy] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.COLLECT: _collect,
}
