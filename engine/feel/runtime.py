"""What exists during one evaluation: variables in scopes, the host's functions and the budget."""

import datetime as dt
from collections.abc import Callable, Mapping

from engine.errors import ExpressionError
from engine.feel.limits import Budget
from engine.feel.values import SCALARS, Function, Importer

HostFunction = Callable[..., object]
"""A function of the host: takes FEEL values, returns a JSON-like value."""

INPUT = "?"
"""The name under which tests see the value under test."""


class NoTimeGiven(ExpressionError):
    """The host gave no time, so that what depends on it has no value."""


class Run:
    """One evaluation."""

    __slots__ = ("_now", "budget", "functions", "importer")

    def __init__(self, now: dt.datetime | None, functions: Mapping[str, HostFunction]) -> None:
        self._now = now
        self.functions = functions
        self.budget = Budget()
        self.importer = Importer(self.budget)

    @property
    def now(self) -> dt.datetime:
        """The time of this evaluation; NoTimeGiven when the host gave none."""
        if self._now is None:
            raise NoTimeGiven("now() and today() have no meaning here: no time was given.")
        return self._now


class Scope:
    """Variables, and the scope around them. The outermost one holds values of the host."""

    __slots__ = ("parent", "run", "variables")

    def __init__(self, variables: Mapping[str, object], parent: "Scope | None", run: Run) -> None:
        self.variables = variables
        self.parent = parent
        self.run = run

    def inner(self, variables: Mapping[str, object]) -> "Scope":
        """Open a scope inside this one."""
        return Scope(variables, self, self.run)

    def raw(self, name: str) -> object:
        """Return the nearest variable as it lies there, perhaps a value of the host; else null."""
        scope: Scope | None = self
        while scope is not None:
            variables = scope.variables
            if name in variables:
                return variables[name]
            scope = scope.parent
        return None

    def read(self, name: str) -> object:
        """Return the nearest variable as a FEEL value; null when there is none."""
        value = self.raw(name)
        if type(value) in SCALARS:
            return value
        return self.run.importer.convert(value)

    def function(self, name: str) -> Function | None:
        """Return the function that a variable holds; None when it holds anything else."""
        value = self.raw(name)
        return value if isinstance(value, Function) else None
