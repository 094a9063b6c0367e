"""Which names an expression takes from outside: its variables, and the functions it calls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.feel import nodes
from engine.feel.nodes import Node


@dataclass(frozen=True, slots=True)
class _Use:
    name: str
    called: bool
    position: int


_Found = Iterator[_Use]


def free_names(node: Node) -> frozenset[str]:
    """Return the variables that *node* reads and does not bind itself.

    Inside a filter a name may mean an entry of the item, which only the data can tell; such
    names are included. Names that are only called are not: see :func:`called_names`.
    """
    return frozenset(use.name for use in _free(node, frozenset()) if not use.called)


def called_names(node: Node) -> frozenset[str]:
    """Return the names of the functions that *node* calls and does not bind itself."""
    return frozenset(calls(node))


def calls(node: Node) -> dict[str, int]:
    """Return those functions with the position of the first call of each."""
    found: dict[str, int] = {}
    for use in _free(node, frozenset()):
        if use.called:
            found.setdefault(use.name, use.position)
    return found


def _free(node: Node, bound: frozenset[str]) -> _Found:
    special = _BINDERS.get(type(node))
    if special is not None:
        yield from special(node, bound)
        return
    for child in nodes.children(node):
        yield from _free(child, bound)


def _free_in_name(node: nodes.Name, bound: frozenset[str]) -> _Found:
    if node.name not in bound:
        yield _Use(node.name, False, node.position)


def _free_in_call(node: nodes.Call, bound: frozenset[str]) -> _Found:
    function = node.function
    if not isinstance(function, nodes.Name):
        yield from _free(function, bound)
    elif function.name not in bound:
        yield _Use(function.name, True, function.position)
    for argument in (*node.arguments, *node.named_arguments):
        yield from _free(argument, bound)


def _free_in_filter(node: nodes.Filter, bound: frozenset[str]) -> _Found:
    yield from _free(node.base, bound)
    yield from _free(node.condition, bound | {"item"})


def _free_in_membership(node: nodes.Membership, bound: frozenset[str]) -> _Found:
    yield from _free(node.value, bound)
    for test in node.tests:
        yield from _free(test, bound | {"?"})


def _free_in_context(node: nodes.ContextLiteral, bound: frozenset[str]) -> _Found:
    for entry in node.entries:
        yield from _free(entry.value, bound)
        bound |= {entry.key}


def _free_in_function(node: nodes.FunctionDefinition, bound: frozenset[str]) -> _Found:
    yield from _free(node.body, bound | {parameter.name for parameter in node.parameters})


def _free_in_for(node: nodes.For, bound: frozenset[str]) -> _Found:
    yield from _free_in_loop(node.iterators, node.body, bound, {"partial"})


def _free_in_quantified(node: nodes.Quantified, bound: frozenset[str]) -> _Found:
    yield from _free_in_loop(node.iterators, node.condition, bound, set())


def _free_in_loop(
    iterators: tuple[nodes.Iterator, ...], body: Node, bound: frozenset[str], always: set[str]
) -> _Found:
    for iterator in iterators:
        yield from _free(iterator.source, bound)
        if iterator.end is not None:
            yield from _free(iterator.end, bound)
        bound |= {iterator.name}
    yield from _free(body, bound | always)


_BINDERS: dict[type[Node], Callable[..., _Found]] = {
    nodes.Name: _free_in_name,
    nodes.Call: _free_in_call,
    nodes.Filter: _free_in_filter,
    nodes.Membership: _free_in_membership,
    nodes.ContextLiteral: _free_in_context,
    nodes.FunctionDefinition: _free_in_function,
    nodes.For: _free_in_for,
    nodes.Quantified: _free_in_quantified,
}
