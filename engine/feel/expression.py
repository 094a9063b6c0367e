"""Compiled expressions and tests, and the cache of them."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from engine.errors import ExpressionError, LimitExceeded
from engine.feel import nodes
from engine.feel.builtins import BUILTINS
from engine.feel.compile.base import Evaluator
from engine.feel.compiler import Compiler
from engine.feel.free_names import called_names, free_names
from engine.feel.names import NameTable
from engine.feel.nodes import Node, TypeName
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.runtime import INPUT, HostFunction, Run, Scope

_CACHE_SIZE = 4096
_FUNCTION_NAMES = NameTable(BUILTINS)
_NO_FUNCTIONS: Mapping[str, HostFunction] = {}
_NO_TYPES: Mapping[str, TypeName] = {}

_Result = TypeVar("_Result")


class Expression:
    """A compiled FEEL expression; immutable, shared between threads."""

    __slots__ = ("_evaluate", "_tree", "functions", "names", "source")

    def __init__(self, source: str, tree: Node, evaluate: Evaluator) -> None:
        self.source = source
        """The text, without a leading ``=``."""
        self.names = free_names(tree)
        """The variables that it reads. Inside a filter these may be entries of the items."""
        self.functions = called_names(tree)
        """The functions that it calls and does not define, built-in ones included."""
        self._tree = tree
        self._evaluate = evaluate

    @property
    def tree(self) -> Node:
        """The syntax tree, with positions."""
        return self._tree

    def evaluate(
        self,
        context: Mapping[str, object],
        *,
        now: dt.datetime | None = None,
        functions: Mapping[str, HostFunction] = _NO_FUNCTIONS,
    ) -> object:
        """Return the value in *context*, a FEEL value (see :mod:`engine.feel.values`).

        Args:
            context: The variables, JSON-like; dates and times may be Python's own.
            now: What ``now()`` and ``today()`` give, aware; without it they are an error.
            functions: The host's functions by the name under which FEEL calls them.

        Raises:
            ExpressionError: ``assert()`` failed, a function does not exist or was called
                wrongly, or *context* holds something that is no FEEL value.
            LimitExceeded: The evaluation needs too many steps or makes something too large.
        """
        try:
            return self._evaluate(Scope(context, None, Run(now, functions)))
        except RecursionError:
            raise _too_deep() from None

    def value_in(self, scope: Scope) -> object:
        """Return the value in *scope*, as one part of a larger evaluation with one budget."""
        return self._evaluate(scope)

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


class UnaryTests:
    """The compiled tests of one cell; immutable, shared between threads."""

    __slots__ = ("_evaluate", "_tree", "functions", "names", "source")

    def __init__(self, source: str, tree: nodes.Tests, evaluate: Evaluator) -> None:
        self.source = source
        """The text of the cell."""
        self.names = free_names(tree) - {INPUT}
        """The variables that the tests read."""
        self.functions = called_names(tree)
        """The functions that the tests call, built-in ones included."""
        self._tree = tree
        self._evaluate = evaluate

    @property
    def tree(self) -> nodes.Tests:
        """The syntax tree, with positions."""
        return self._tree

    def matches(
        self,
        value: object,
        context: Mapping[str, object],
        *,
        now: dt.datetime | None = None,
        functions: Mapping[str, HostFunction] = _NO_FUNCTIONS,
    ) -> bool:
        """Say whether *value* passes; an undecided test (null) does not.

        Arguments and errors are those of :meth:`Expression.evaluate`.
        """
        run = Run(now, functions)
        try:
            return self.accept_in(run.importer.convert(value), Scope(context, None, run))
        except RecursionError:
            raise _too_deep() from None

    def accept_in(self, value: object, scope: Scope) -> bool:
        """Say whether a FEEL value passes in *scope*, as one part of a larger evaluation."""
        return self._evaluate(scope.inner({INPUT: value})) is True

    def __repr__(self) -> str:
        return f"UnaryTests({self.source!r})"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text that is no expression and stands for itself."""

    text: str


def compile_expression(
    source: str,
    *,
    names: Collection[str] = (),
    types: Mapping[str, TypeName] = _NO_TYPES,
) -> Expression:
    """Compile *source*, or return the expression compiled before from the same text.

    Args:
        source: FEEL without a leading ``=``.
        names: Variables, entries and types whose names have several words or signs.
        types: Types that a decision model defines, by name.

    Raises:
        ExpressionError: With ``source`` and the ``position`` of the character at fault.
        LimitExceeded: The text is too long or nested too deeply.
    """
    if types:
        return _compile_expression(source, frozenset(names), types)
    return _cached_expression(source, frozenset(names))


def compile_unary_tests(
    source: str,
    *,
    names: Collection[str] = (),
    types: Mapping[str, TypeName] = _NO_TYPES,
) -> UnaryTests:
    """Compile the tests of a cell; a blank one and ``-`` let everything pass.

    Arguments and errors are those of :func:`compile_expression`.
    """
    if types:
        return _compile_unary_tests(source, frozenset(names), types)
    return _cached_unary_tests(source, frozenset(names))


def parse_value(text: str) -> Literal | Expression:
    """Read a value of a Camunda file: with a leading ``=`` an expression, else a literal.

    Raises:
        ExpressionError: The expression does not compile.
    """
    if text.startswith("="):
        return compile_expression(text[1:])
    return Literal(text)


@lru_cache(maxsize=_CACHE_SIZE)
def _cached_expression(source: str, names: frozenset[str]) -> Expression:
    return _compile_expression(source, names, _NO_TYPES)


@lru_cache(maxsize=_CACHE_SIZE)
def _cached_unary_tests(source: str, names: frozenset[str]) -> UnaryTests:
    return _compile_unary_tests(source, names, _NO_TYPES)


def _compile_expression(
    source: str, names: frozenset[str], types: Mapping[str, TypeName]
) -> Expression:
    def compile_it() -> Expression:
        tree = parse_expression(source, names=names | types.keys(), functions=_FUNCTION_NAMES)
        expression = Expression(source, tree, Compiler(source, types, names).build(tree))
        if INPUT in expression.names:
            raise ExpressionError(
                "? has a meaning only in the cells of a decision table and after 'in'.",
                source=source,
                position=source.index(INPUT),
            )
        return expression

    return _within_depth(compile_it)


def _compile_unary_tests(
    source: str, names: frozenset[str], types: Mapping[str, TypeName]
) -> UnaryTests:
    def compile_it() -> UnaryTests:
        tree = parse_unary_tests(source, names=names | types.keys(), functions=_FUNCTION_NAMES)
        return UnaryTests(source, tree, Compiler(source, types, names).build_tests(tree))

    return _within_depth(compile_it)


def _within_depth(compile_it: Callable[[], _Result]) -> _Result:
    try:
        return compile_it()
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> LimitExceeded:
    return LimitExceeded("An expression is nested too deeply.")
