"""Which values a cell compares with: between two of them its answer cannot change."""

from collections.abc import Callable, Iterable, Iterator

from engine.errors import ExpressionError, LimitExceeded
from engine.feel import Run, Scope, UnaryTests, nodes
from engine.feel.builtins import BUILTINS
from engine.feel.compiler import Compiler
from engine.feel.free_names import called_names, free_names
from engine.feel.nodes import Node
from engine.feel.runtime import INPUT
from engine.feel.values import SCALARS, Range

_STEADY = frozenset(BUILTINS) - {"now", "today", "random number", "uuid"}


class NotConstant(Exception):
    """The cell does more than comparing its input with constants."""


def empty_scope() -> Scope:
    """Return a scope without variables, time or functions of the host."""
    return Scope({}, None, Run(None, {}))


def constants_of(tests: UnaryTests) -> tuple[object, ...]:
    """Return the scalars, null included, that the tests compare their input with.

    Raises:
        NotConstant: They read a variable, call a function of the host, put strings in order or
            do anything else whose answer may change between two constants.
    """
    try:
        return tuple(_of_tests(tests.tree.tests))
    except RecursionError:
        raise NotConstant from None


def constant_value(node: Node) -> object:
    """Return the value of an expression that is the same at every evaluation.

    Raises:
        NotConstant: It is not, or it fails.
    """
    if free_names(node) or not called_names(node) <= _STEADY:
        raise NotConstant
    try:
        return Compiler("", {}, frozenset()).build(node)(empty_scope())
    except (ExpressionError, LimitExceeded, RecursionError):
        raise NotConstant from None


def _of_tests(tests: Iterable[Node]) -> Iterator[object]:
    for test in tests:
        yield from _of_test(test)


def _of_test(node: Node) -> Iterator[object]:
    reader = _READERS.get(type(node))
    if reader is not None:
        yield from reader(node)
    elif isinstance(node, nodes.Call) and _is_not(node):
        yield from _of_tests(node.arguments)
    else:
        yield from _scalars(constant_value(node))


def _is_not(node: nodes.Call) -> bool:
    function = node.function
    return isinstance(function, nodes.Name) and function.name == "not" and bool(node.arguments)


def _scalars(value: object) -> Iterator[object]:
    if isinstance(value, Range):
        for end in (value.start, value.end):
            if end is not None:
                yield _ordered(end)
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(item)
    elif type(value) in SCALARS:
        yield value
    else:
        raise NotConstant


def _ordered(value: object) -> object:
    if isinstance(value, str) or type(value) not in SCALARS:
        raise NotConstant
    return value


def _compared(operator: str, operand: Node) -> Iterator[object]:
    values = tuple(_scalars(constant_value(operand)))
    yield from values if operator in ("=", "!=") else map(_ordered, values)


def _of_unary(node: nodes.UnaryComparison) -> Iterator[object]:
    yield from _compared(node.operator, node.operand)


def _of_comparison(node: nodes.Comparison) -> Iterator[object]:
    sides = [side for side in (node.left, node.right) if not _is_input(side)]
    if len(sides) != 1:
        raise NotConstant
    yield from _compared(node.operator, sides[0])


def _of_between(node: nodes.Between) -> Iterator[object]:
    _require_input(node.value)
    for end in (node.low, node.high):
        yield from _compared("<=", end)


def _of_membership(node: nodes.Membership) -> Iterator[object]:
    _require_input(node.value)
    yield from _of_tests(node.tests)


def _of_junction(node: nodes.Conjunction | nodes.Disjunction) -> Iterator[object]:
    for operand in node.operands:
        if not isinstance(operand, nodes.Literal):
            yield from _of_test(operand)


def _is_input(node: Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == INPUT


def _require_input(node: Node) -> None:
    if not _is_input(node):
        raise NotConstant


_READERS: dict[type[Node], Callable[..., Iterator[object]]] = {
    nodes.UnaryComparison: _of_unary,
    nodes.Comparison: _of_comparison,
    nodes.Between: _of_between,
    nodes.Membership: _of_membership,
    nodes.Conjunction: _of_junction,
    nodes.Disjunction: _of_junction,
}
