"""What the rules of a table answer, as far as it does not depend on variables."""

from dataclasses import dataclass

from engine.dmn.analysis.constants import NotConstant, constant_value, empty_scope
from engine.dmn.hit_policies import places, priority_orders
from engine.dmn.model import DecisionTable, Rule
from engine.errors import ExpressionError, LimitExceeded
from engine.feel.comparison import equal
from engine.feel.limits import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outputs of a rule; ``values`` is None where one of them is no constant."""

    sources: tuple[str, ...]
    values: list[object] | None

    def same(self, other: "Answer") -> bool:
        """Say whether both rules certainly answer the same."""
        if self.sources == other.sources:
            return True
        return self._equal(other) is True

    def differs(self, other: "Answer") -> bool:
        """Say whether the rules certainly answer different things."""
        return self._equal(other) is False

    def _equal(self, other: "Answer") -> bool | None:
        if self.values is None or other.values is None:
            return None
        return equal(self.values, other.values, Budget()) is True


def answer_of(rule: Rule) -> Answer:
    """Return what a rule answers."""
    sources = tuple("null" if each is None else each.source for each in rule.outputs)
    try:
        values = [None if each is None else constant_value(each.tree) for each in rule.outputs]
    except NotConstant:
        return Answer(sources=sources, values=None)
    return Answer(sources=sources, values=values)


def ranks_of(table: DecisionTable) -> dict[int, list[int]]:
    """Return the priority of each rule by its number, lower first.

    Rules whose outputs are no constants are left out, and all when the order is none.
    """
    scope = empty_scope()
    try:
        orders = priority_orders(table, scope)
    except (ExpressionError, LimitExceeded):
        return {}
    answers = {rule.index: answer_of(rule).values for rule in table.rules}
    return {
        index: [*places(values, orders, scope), index]
        for index, values in answers.items()
        if values is not None
    }
