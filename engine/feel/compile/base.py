"""The shapes that the modules of this package share."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel import nodes
from engine.feel.nodes import Node
from engine.feel.runtime import Scope

Evaluator = Callable[[Scope], object]
"""A compiled node: gives its value in a scope."""

Build = Callable[[Node], Evaluator]
"""Compiles a node below the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A body evaluated once per item: its closure and what one round takes from the budget."""

    evaluate: Evaluator
    cost: int


def build_loop(body: Node, build: Build) -> Loop:
    """Compile *body*; a round costs as many steps as the body has nodes."""
    return Loop(evaluate=build(body), cost=count_nodes(body))


def count_nodes(node: Node) -> int:
    """Count *node* and all nodes below it."""
    return 1 + sum(map(count_nodes, nodes.children(node)))
