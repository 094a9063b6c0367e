"""Compiles syntax trees into closures."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.errors import ExpressionError, LimitExceeded
from engine.feel import nodes
from engine.feel.builtins import BUILTINS
from engine.feel.compile import calls, collections, operators
from engine.feel.compile.base import Evaluator
from engine.feel.limits import MAX_TREE_DEPTH
from engine.feel.nodes import Node, TypeName
from engine.feel.runtime import Scope

_Builder = Callable[..., Evaluator]

_BUILDERS: dict[type[Node], _Builder] = {
    nodes.Literal: operators.build_literal,
    nodes.Name: operators.build_name,
    nodes.Path: operators.build_path,
    nodes.Negation: operators.build_negation,
    nodes.Arithmetic: operators.build_arithmetic,
    nodes.Comparison: operators.build_comparison,
    nodes.Between: operators.build_between,
    nodes.Conjunction: operators.build_conjunction,
    nodes.Disjunction: operators.build_disjunction,
    nodes.Interval: operators.build_interval,
    nodes.UnaryComparison: operators.build_unary_comparison,
    nodes.Membership: operators.build_membership,
    nodes.Conditional: operators.build_conditional,
    nodes.ListLiteral: collections.build_list,
    nodes.ContextLiteral: collections.build_context,
    nodes.Filter: collections.build_filter,
    nodes.For: collections.build_for,
    nodes.Quantified: collections.build_quantified,
}


class Compiler:
    """Compiles one expression.

    Args:
        source: The text, for messages.
        types: The types that the model defines.
        known: Names that may hold functions of the model, which hide built-ins.
    """

    def __init__(self, source: str, types: Mapping[str, TypeName], known: frozenset[str]) -> None:
        self._source = source
        self._known = known
        self._depth = 0
        self._builders: dict[type[Node], _Builder] = {
            **_BUILDERS,
            nodes.Call: self._build_call,
            nodes.FunctionDefinition: partial(calls.build_function, types=types),
            nodes.InstanceOf: partial(calls.build_instance_of, types=types),
        }

    def build(self, node: Node) -> Evaluator:
        """Compile *node* and everything below it.

        Raises:
            ExpressionError: A built-in function is called in a way that can never fit.
            LimitExceeded: The tree is too deep.
        """
        self._depth += 1
        if self._depth > MAX_TREE_DEPTH:
            raise LimitExceeded(f"An expression is deeper than {MAX_TREE_DEPTH} operations.")
        evaluator = self._builders[type(node)](node, self.build)
        self._depth -= 1
        return evaluator

    def build_tests(self, tests: nodes.Tests) -> Evaluator:
        """Compile the tests of a cell; the answer is True, False or None."""
        if not tests.tests:
            return lambda scope: True
        parts = tuple(operators.build_test(test, self.build) for test in tests.tests)
        negated = tests.negated

        def decide(scope: Scope) -> object:
            answer = operators.any_true(part(scope) for part in parts)
            return answer if answer is None or not negated else not answer

        return decide

    def _build_call(self, node: nodes.Call, build: Callable[[Node], Evaluator]) -> Evaluator:
        if isinstance(node.function, nodes.Name) and node.function.name not in self._known:
            self._check_call(node, node.function.name)
        return calls.build_call(node, build)

    def _check_call(self, node: nodes.Call, name: str) -> None:
        builtin = BUILTINS.get(name)
        if builtin is None:
            return
        keys = tuple(argument.name for argument in node.named_arguments)
        if not builtin.fits_shape(keys, len(node.arguments)):
            raise ExpressionError(
                f"{name}() cannot be called with {_describe(keys, len(node.arguments))}.",
                source=self._source,
                position=node.position,
            )


def _describe(keys: tuple[str, ...], count: int) -> str:
    if keys:
        return f"the arguments {', '.join(keys)}"
    return f"{count} argument" if count == 1 else f"{count} arguments"
