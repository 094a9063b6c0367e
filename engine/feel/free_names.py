"""Which names an expression takes from outside: its variables, and the functions it calls."""

from collections.abc import Iterator

from engine.feel import nodes
from engine.feel.nodes import Node

_Found = Iterator[tuple[str, bool]]
"""Names, each with whether it is called."""


def free_names(node: Node) -> frozenset[str]:
    """Return the variables that *node* reads and does not bind itself.

    Inside a filter a name may mean an entry of the item, which only the data can tell; such
    names are included. Names that are only called are not: see :func:`called_names`.
    """
    return frozenset(name for name, called in _free(node, frozenset()) if not called)


def called_names(node: Node) -> frozenset[str]:
    """Return the names of the functions that *node* calls and does not bind itself."""
    return frozenset(name for name, called in _free(node, frozenset()) if called)


def _free(node: Node, bound: frozenset[str]) -> _Found:
    match node:
        case nodes.Name():
            if node.name not in bound:
                yield node.name, False
        case nodes.Call():
            yield from _free_in_call(node, bound)
        case nodes.Filter():
            yield from _free(node.base, bound)
            yield from _free(node.condition, bound | {"item"})
        case nodes.For():
            yield from _free_in_loop(node.iterators, node.body, bound, {"partial"})
        case nodes.Quantified():
            yield from _free_in_loop(node.iterators, node.condition, bound, set())
        case nodes.ContextLiteral():
            yield from _free_in_context(node, bound)
        case nodes.FunctionDefinition():
            names = {parameter.name for parameter in node.parameters}
            yield from _free(node.body, bound | names)
        case _:
            for child in nodes.children(node):
                yield from _free(child, bound)


def _free_in_call(node: nodes.Call, bound: frozenset[str]) -> _Found:
    function = node.function
    if not isinstance(function, nodes.Name):
        yield from _free(function, bound)
    elif function.name not in bound:
        yield function.name, True
    for argument in (*node.arguments, *node.named_arguments):
        yield from _free(argument, bound)


def _free_in_context(node: nodes.ContextLiteral, bound: frozenset[str]) -> _Found:
    for entry in node.entries:
        yield from _free(entry.value, bound)
        bound |= {entry.key}


def _free_in_loop(
    iterators: tuple[nodes.Iterator, ...], body: Node, bound: frozenset[str], always: set[str]
) -> _Found:
    for iterator in iterators:
        yield from _free(iterator.source, bound)
        if iterator.end is not None:
            yield from _free(iterator.end, bound)
        bound |= {iterator.name}
    yield from _free(body, bound | always)
