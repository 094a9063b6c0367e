"""Finds calls of functions that nobody has, before an evaluation meets them."""

from collections.abc import Collection, Iterator

from engine.errors import ExpressionError
from engine.feel import nodes
from engine.feel.builtins import BUILTINS
from engine.feel.expression import Expression, UnaryTests
from engine.feel.free_names import calls
from engine.feel.host_functions import HOST_FUNCTIONS


def refuse_unknown_functions(
    compiled: Expression | UnaryTests,
    *,
    defined: Collection[str] = (),
    host: Collection[str] = HOST_FUNCTIONS,
) -> None:
    """Check that every function that is called exists.

    Args:
        compiled: The expression or the tests of a cell.
        defined: Names that may hold functions when it is evaluated, as those of a DMN file may.
        host: The functions of the host.

    Raises:
        ExpressionError: One does not; with its name, the source and the position of the call.
    """
    if compiled.functions <= BUILTINS.keys():
        return
    known = {*BUILTINS, *host, *defined, *_entries(compiled.tree)}
    for name, position in calls(compiled.tree).items():
        if name not in known:
            raise ExpressionError(
                f"There is no function {name}().", source=compiled.source, position=position
            )


def _entries(node: nodes.Node) -> Iterator[str]:
    """Yield the keys of all contexts written out: inside a filter, entries are called by name."""
    if isinstance(node, nodes.Entry):
        yield node.key
    for child in nodes.children(node):
        yield from _entries(child)
