"""Evaluates boxed expressions other than tables."""

from collections.abc import Callable, Iterator, Sequence

from engine.dmn import model
from engine.dmn.model import Logic
from engine.dmn.table import evaluate_table
from engine.errors import ExpressionError
from engine.feel import Function, Scope, TypeName
from engine.feel.compile.base import Loop
from engine.feel.compile.collections import iterate, select
from engine.feel.invoke import call_function
from engine.feel.limits import check_list_length
from engine.feel.types import adapt

_Types = dict[str, TypeName]


def evaluate_logic(logic: Logic, scope: Scope) -> object:
    """Return the FEEL value of a boxed expression.

    Raises:
        ExpressionError: A function to invoke does not exist, a table's hit policy is violated,
            or an expression fails.
        LimitExceeded: A bound of the evaluation was reached.
    """
    evaluate = _EVALUATORS[type(logic)]
    return evaluate(logic, scope)


def _literal(logic: model.LiteralExpression, scope: Scope) -> object:
    return logic.expression.value_in(scope)


def _table(logic: model.DecisionTable, scope: Scope) -> object:
    return evaluate_table(logic, scope).output


def _context(logic: model.BoxedContext, scope: Scope) -> object:
    context: dict[str, object] = {}
    inner = scope.inner(context)
    for entry in logic.entries:
        value = evaluate_logic(entry.logic, inner)
        if entry.name is None:
            return value
        context[entry.name] = value
    return context


def _invocation(logic: model.Invocation, scope: Scope) -> object:
    function = evaluate_logic(logic.function, scope)
    if not isinstance(function, Function):
        raise ExpressionError("What the invocation calls is no function.")
    given = {name: evaluate_logic(value, scope) for name, value in logic.bindings}
    unknown = given.keys() - set(function.parameters)
    if unknown:
        raise ExpressionError(f"{function.name}() has no parameter {sorted(unknown)[0]!r}.")
    arguments = [given.get(name) for name in function.parameters]
    return call_function(function, arguments, scope.run.budget)


def _function(logic: model.FunctionDefinition, scope: Scope) -> object:
    return make_function("function", logic, scope, {})


def make_function(
    name: str,
    definition: model.FunctionDefinition,
    scope: Scope,
    types: dict[str, TypeName],
) -> Function:
    """Make a FEEL function of a boxed one; *scope* is what its body sees besides arguments."""
    parameters = tuple(parameter.name for parameter in definition.parameters)
    budget = scope.run.budget

    def call(arguments: Sequence[object]) -> object:
        if len(arguments) != len(parameters):
            return None
        bound = {}
        for parameter, argument in zip(definition.parameters, arguments, strict=True):
            value = argument
            if parameter.type is not None:
                value = adapt(argument, parameter.type, types, budget)
                if value is None and argument is not None:
                    return None
            bound[parameter.name] = value
        result = evaluate_logic(definition.body, scope.inner(bound))
        return (
            result if definition.result is None else adapt(result, definition.result, types, budget)
        )

    return Function(name=name, parameters=parameters, call=call)


def _list(logic: model.BoxedList, scope: Scope) -> object:
    return [evaluate_logic(item, scope) for item in logic.items]


def _relation(logic: model.Relation, scope: Scope) -> object:
    return [
        {
            column: evaluate_logic(cell, scope)
            for column, cell in zip(logic.columns, row, strict=True)
        }
        for row in logic.rows
    ]


def _conditional(logic: model.Conditional, scope: Scope) -> object:
    holds = evaluate_logic(logic.condition, scope) is True
    return evaluate_logic(logic.consequence if holds else logic.alternative, scope)


def _filter(logic: model.Filter, scope: Scope) -> object:
    match = logic.match
    loop = Loop(evaluate=lambda inner: evaluate_logic(match, inner), cost=1)
    return select(evaluate_logic(logic.source, scope), loop, scope)


def _iteration(logic: model.Iteration, scope: Scope) -> object:
    items = iterate(evaluate_logic(logic.source, scope), None, scope.run.budget)
    if items is None:
        return None
    if logic.kind is model.IterationKind.FOR:
        return _collect(logic, items, scope)
    decisive = logic.kind is model.IterationKind.SOME
    answer: bool | None = not decisive
    for item in items:
        result = _round(logic, item, scope)
        if result is decisive:
            return decisive
        if not isinstance(result, bool):
            answer = None
    return answer


def _collect(logic: model.Iteration, items: Iterator[object], scope: Scope) -> object:
    results: list[object] = []
    for item in items:
        results.append(_round(logic, item, scope, partial=results))
        check_list_length(len(results))
    return results


def _round(
    logic: model.Iteration, item: object, scope: Scope, *, partial: Sequence[object] = ()
) -> object:
    scope.run.budget.spend(1 + len(partial))
    inner = scope.inner({logic.variable: item, "partial": list(partial)})
    return evaluate_logic(logic.body, inner)


_EVALUATORS: dict[type, Callable[..., object]] = {
    model.LiteralExpression: _literal,
    model.DecisionTable: _table,
    model.BoxedContext: _context,
    model.Invocation: _invocation,
    model.FunctionDefinition: _function,
    model.BoxedList: _list,
    model.Relation: _relation,
    model.Conditional: _conditional,
    model.Filter: _filter,
    model.Iteration: _iteration,
}
