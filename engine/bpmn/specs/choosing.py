"""Which of the sequence flows out of an element a token takes."""

from collections.abc import Sequence

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import ProcessInstance
from engine.bpmn.nodes import Flow


def choose_one(
    instance: ProcessInstance, flows: Sequence[Flow], default: str | None, scope_key: int
) -> Flow:
    """Return the first flow, in document order, whose condition is true, else the default.

    Raises:
        ElementFailed: A condition is neither true nor false, or there is no way on.
    """
    seen = instance.scopes.view(scope_key)
    for flow in flows:
        if flow.id == default:
            continue
        if flow.condition is None or instance.evaluator.boolean(flow.condition, seen):
            return flow
    return _default_of(flows, default)


def choose_all(
    instance: ProcessInstance, flows: Sequence[Flow], default: str | None, scope_key: int
) -> tuple[Flow, ...]:
    """Return the flows without a condition and those whose condition is true.

    The default is taken when no condition is true (BPMN 2.0, 10.3.1 and 13.3.3).

    Raises:
        ElementFailed: A condition is neither true nor false, or there is no way on.
    """
    seen = instance.scopes.view(scope_key)
    others = [flow for flow in flows if flow.id != default]
    true = {
        flow.id
        for flow in others
        if flow.condition is not None and instance.evaluator.boolean(flow.condition, seen)
    }
    taken = [flow for flow in others if flow.condition is None or flow.id in true]
    if not true and (default is not None or not taken):
        taken.append(_default_of(flows, default))
    return tuple(taken)


def _default_of(flows: Sequence[Flow], default: str | None) -> Flow:
    for flow in flows:
        if flow.id == default:
            return flow
    raise ElementFailed(
        ErrorType.CONDITION_ERROR,
        "No condition of the sequence flows is true, and none of them is the default",
    )
