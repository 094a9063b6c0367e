"""Calls, function definitions and ``instance of``."""

from collections.abc import Callable, Mapping, Sequence

from engine.errors import ExpressionError
from engine.feel import nodes
from engine.feel.builtins.registry import BUILTINS, Builtin
from engine.feel.compile.base import Build, Evaluator, build_loop
from engine.feel.host_functions import call_host_function
from engine.feel.invoke import call_function
from engine.feel.limits import Budget
from engine.feel.nodes import TypeName
from engine.feel.runtime import Run, Scope
from engine.feel.types import adapt, conforms
from engine.feel.values import Function


def build_call(node: nodes.Call, build: Build) -> Evaluator:
    """Compile a call of a variable, a function of the host, a built-in or any other value."""
    if node.named_arguments:
        keys = tuple(argument.name for argument in node.named_arguments)
        values = tuple(build(argument.value) for argument in node.named_arguments)
    else:
        keys = ()
        values = tuple(build_argument(argument, node, build) for argument in node.arguments)
    if isinstance(node.function, nodes.Name):
        return _call_by_name(node.function.name, keys, values)
    function = build(node.function)

    def call(scope: Scope) -> object:
        target = function(scope)
        if not isinstance(target, Function):
            return None
        return _call_value(target, keys, [value(scope) for value in values], scope.run)

    return call


def build_argument(argument: nodes.Node, call: nodes.Call, build: Build) -> Evaluator:
    """Compile an argument; the name of a built-in function may stand for that function.

    Not so in calls of built-ins, except where they take functions: there a missing variable
    that happens to be called ``count`` must stay null.
    """
    value = build(argument)
    if not isinstance(argument, nodes.Name) or argument.name not in BUILTINS:
        return value
    if isinstance(call.function, nodes.Name) and _takes_values_only(call.function.name):
        return value
    name = argument.name

    def read(scope: Scope) -> object:
        result = value(scope)
        return builtin_as_value(name, scope.run) if result is None else result

    return read


def _takes_values_only(name: str) -> bool:
    return name in BUILTINS and not BUILTINS[name].takes_functions


def builtin_as_value(name: str, run: Run) -> Function:
    """Make a value of a built-in function, bound to this evaluation."""
    builtin = BUILTINS[name]

    def call(arguments: Sequence[object]) -> object:
        return builtin.call(run, (), arguments)

    return Function(name=name, parameters=builtin.parameters, call=call)


def _call_by_name(name: str, keys: tuple[str, ...], values: tuple[Evaluator, ...]) -> Evaluator:
    builtin = BUILTINS.get(name)

    def call(scope: Scope) -> object:
        arguments = [value(scope) for value in values]
        function = scope.function(name)
        if function is not None:
            return _call_value(function, keys, arguments, scope.run)
        host = scope.run.functions.get(name)
        if host is not None:
            return call_host_function(name, host, keys, arguments, scope.run)
        if builtin is not None:
            return _call_builtin(builtin, keys, arguments, scope.run)
        raise ExpressionError(f"There is no function {name}().")

    return call


def _call_builtin(
    builtin: Builtin, keys: tuple[str, ...], arguments: list[object], run: Run
) -> object:
    budget = run.budget
    budget.spend(1)
    for argument in arguments:
        budget.spend_on(argument)
    result = builtin.call(run, keys, arguments)
    budget.spend_on(result)
    return result


def _call_value(
    function: Function, keys: tuple[str, ...], arguments: Sequence[object], run: Run
) -> object:
    """Call a function value; null when arguments by name do not fit its parameters."""
    if keys:
        if set(keys) != set(function.parameters) or len(keys) != len(function.parameters):
            return None
        given = dict(zip(keys, arguments, strict=True))
        arguments = [given[name] for name in function.parameters]
    return call_function(function, arguments, run.budget)


def build_function(
    node: nodes.FunctionDefinition, build: Build, types: Mapping[str, TypeName]
) -> Evaluator:
    """Compile a function definition; the function sees the variables around it."""
    names = tuple(parameter.name for parameter in node.parameters)
    adapters = tuple(_adapter(parameter.type, types) for parameter in node.parameters)
    loop = build_loop(node.body, build)

    def make(scope: Scope) -> object:
        def call(arguments: Sequence[object]) -> object:
            if len(arguments) != len(names):
                return None
            budget = scope.run.budget
            budget.spend(loop.cost)
            bound = {}
            for name, adapter, argument in zip(names, adapters, arguments, strict=True):
                bound[name] = adapter(argument, budget)
                if bound[name] is None and argument is not None:
                    return None
            return loop.evaluate(scope.inner(bound))

        return Function(name="function", parameters=names, call=call)

    return make


def _adapter(
    type_name: TypeName | None, types: Mapping[str, TypeName]
) -> Callable[[object, Budget], object]:
    if type_name is None:
        return lambda value, budget: value
    return lambda value, budget: adapt(value, type_name, types, budget)


def build_instance_of(
    node: nodes.InstanceOf, build: Build, types: Mapping[str, TypeName]
) -> Evaluator:
    """Compile ``value instance of type``; null belongs to no type but Null."""
    value = build(node.value)
    type_name = node.type
    builtin = BUILTINS.get(node.value.name) if isinstance(node.value, nodes.Name) else None

    def decide(scope: Scope) -> object:
        tested = value(scope)
        if tested is None and builtin is not None:
            tested = builtin_as_value(builtin.name, scope.run)
        if tested is None:
            return type_name.name.lower() == "null"
        return conforms(tested, type_name, types, scope.run.budget)

    return decide
