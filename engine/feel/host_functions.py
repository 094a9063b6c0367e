"""Calls the functions that the host adds, such as ``working time(start, duration, calendar)``."""

import inspect
from collections.abc import Sequence
from functools import lru_cache

from engine.errors import ExpressionError
from engine.feel.runtime import HostFunction, Run

HOST_FUNCTIONS = frozenset({"case", "own number", "sla due", "working time"})
"""The functions that Redress adds to FEEL; what else is called must be built in or defined."""


def call_host_function(
    name: str,
    function: HostFunction,
    keys: tuple[str, ...],
    arguments: Sequence[object],
    run: Run,
) -> object:
    """Call *function* and return its result as a FEEL value.

    An argument by name reaches the Python parameter of that name with ``_`` for each blank.

    Raises:
        ExpressionError: The arguments do not fit the function's parameters, or its result is no
            FEEL value. What the function itself raises is passed on.
    """
    run.budget.spend(1)
    by_name = {key.replace(" ", "_"): value for key, value in zip(keys, arguments, strict=False)}
    by_position = () if keys else tuple(arguments)
    try:
        _signature(function).bind(*by_position, **by_name)
    except TypeError as wrong:
        raise ExpressionError(f"{name}() cannot be called like this: {wrong}.") from None
    return run.importer.convert(function(*by_position, **by_name))


@lru_cache(maxsize=256)
def _signature(function: HostFunction) -> inspect.Signature:
    return inspect.signature(function)
