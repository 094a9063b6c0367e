"""Walks through a form with data in it, as the browser draws it: which fields are there, where."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.forms.model import Container, Field, Node
from engine.forms.paths import Path, get
from engine.forms.scopes import Scope


class Place(NamedTuple):
    """One field, or one dynamic list, at one place in the data.

    ``hidden`` is true also when something around it is hidden. ``movable`` tells that rows around
    it may have been added or removed, so that its position says nothing about where it came from.
    """

    node: Field | Container
    path: Path
    scope: Scope
    hidden: bool
    movable: bool


def places(
    nodes: tuple[Node, ...],
    scope: Scope,
    data: Mapping[str, object],
    path: Path = (),
    *,
    hidden: bool = False,
    movable: bool = False,
) -> Iterator[Place]:
    """Yield the fields and lists below *nodes* in the order of the form.

    ``scope`` is what conditions see; ``data`` says how many rows a list has. The rows of a hidden
    list are left out.
    """
    for node in nodes:
        is_hidden = hidden or node.hide.holds(scope)
        here = (*path, *node.path)
        place = Place(node=node, path=here, scope=scope, hidden=is_hidden, movable=movable)
        if isinstance(node, Field):
            yield place
        elif node.repetition is None:
            yield from places(node.children, scope, data, here, hidden=is_hidden, movable=movable)
        else:
            yield place
            rows = get(data, here)
            if is_hidden or not isinstance(rows, list):
                continue
            moves = movable or node.repetition.resizable
            for index, row in enumerate(rows):
                row_scope = scope.of_row(row, index)
                yield from places(node.children, row_scope, data, (*here, index), movable=moves)
