"""Logic, and what Camunda adds for values that may be missing."""

from engine.errors import ExpressionError
from engine.feel.builtins.registry import builtin
from engine.feel.comparison import equal
from engine.feel.runtime import Run


@builtin("not(negand: any)")
def negation(value: object) -> bool | None:
    """Turn true and false round; null for anything else."""
    return not value if isinstance(value, bool) else None


@builtin("is defined(value: any)")
def is_defined(value: object) -> bool:
    """Say whether a variable or entry is there and not null."""
    return value is not None


@builtin("get or else(value: any, default: any)")
def get_or_else(value: object, default: object) -> object:
    """Return the value, or the default where the value is null."""
    return default if value is None else value


@builtin("assert(value: any, condition: any, [cause: string])")
def check(value: object, condition: object, cause: str | None = None) -> object:
    """Return the value if the condition is true; otherwise the evaluation fails."""
    if condition is not True:
        raise ExpressionError(cause or "The condition of assert() is not fulfilled.")
    return value


@builtin("is(value1: any, value2: any)", needs_run=True)
def is_same(run: Run, left: object, right: object) -> bool:
    """Say whether two values are of one type and equal, zones included."""
    if type(left) is not type(right):
        return False
    if getattr(left, "tzinfo", None) != getattr(right, "tzinfo", None):
        return False
    return equal(left, right, run.budget) is True


@builtin("all(list: list...)")
@builtin("and(list: list...)")
def every(items: list[object]) -> bool | None:
    """Join by ``and``; true for an empty list."""
    return _join(items, decisive=False)


@builtin("any(list: list...)")
@builtin("or(list: list...)")
def some(items: list[object]) -> bool | None:
    """Join by ``or``; false for an empty list."""
    return _join(items, decisive=True)


def _join(items: list[object], *, decisive: bool) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    return not decisive if all(isinstance(item, bool) for item in items) else None
