"""Requirement graphs: every edge leads somewhere, and no decision needs itself."""

from collections.abc import Mapping

from engine.dmn.issues import Issues
from engine.dmn.model import DecisionModel

MAX_CHAIN = 50
"""Decisions or knowledge models that need one another in a row."""


def check_requirements(model: DecisionModel, issues: Issues) -> None:
    """Record edges to nowhere, circles and chains beyond :data:`MAX_CHAIN`."""
    for decision in model.decisions.values():
        _check_targets(decision.id, decision.required_decisions, model.decisions, issues)
        _check_targets(decision.id, decision.required_inputs, model.inputs, issues)
        _check_targets(decision.id, decision.required_knowledge, model.knowledge, issues)
    for knowledge in model.knowledge.values():
        _check_targets(knowledge.id, knowledge.required_knowledge, model.knowledge, issues)
    _check_circles({each.id: each.required_decisions for each in model.decisions.values()}, issues)
    _check_circles({each.id: each.required_knowledge for each in model.knowledge.values()}, issues)


def _check_targets(
    element_id: str, required: tuple[str, ...], known: Mapping[str, object], issues: Issues
) -> None:
    for target in required:
        if target not in known:
            issues.add(
                "missing-requirement",
                element_id,
                f"It requires {target!r}, which the file does not contain.",
                f"它依赖 {target!r}，但文件中没有该元素。",
                mend_en="Draw the requirement anew, or remove it.",
                mend_zh="请重新绘制或删除该依赖。",
            )


def _check_circles(graph: Mapping[str, tuple[str, ...]], issues: Issues) -> None:
    depths: dict[str, int] = {}
    for start in graph:
        if _depth(start, graph, depths, frozenset()) > MAX_CHAIN:
            issues.add(
                "requirement-circle",
                start,
                "It requires itself, directly or through others, or the chain is too long.",
                "它直接或间接地依赖自身，或者依赖链过长。",
                mend_en="Remove one of the requirements.",
                mend_zh="请删除其中一个依赖。",
            )


def _depth(
    element: str,
    graph: Mapping[str, tuple[str, ...]],
    depths: dict[str, int],
    above: frozenset[str],
) -> int:
    """Return the length of the longest chain from *element*; beyond the bound for a circle."""
    if element in above or len(above) > MAX_CHAIN:
        return MAX_CHAIN + 1
    if element not in depths:
        below = [_depth(each, graph, depths, above | {element}) for each in graph.get(element, ())]
        depths[element] = 1 + max(below, default=0)
    return depths[element]
