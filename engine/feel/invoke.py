"""Calls function values within the bounds of an evaluation."""

from collections.abc import Sequence

from engine.errors import LimitExceeded
from engine.feel.limits import MAX_CALL_DEPTH, Budget
from engine.feel.values import Function


def call_function(function: Function, arguments: Sequence[object], budget: Budget) -> object:
    """Call *function* with FEEL values by position.

    Raises:
        LimitExceeded: Too many calls are open at once, or the budget is used up.
    """
    budget.spend(1)
    budget.open_calls += 1
    if budget.open_calls > MAX_CALL_DEPTH:
        raise LimitExceeded(f"More than {MAX_CALL_DEPTH} function calls are open at once.")
    result = function.call(arguments)
    budget.open_calls -= 1
    return result
