"""Lists, contexts, filters, loops and quantifiers."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from engine.feel import nodes
from engine.feel.comparison import less_or_equal
from engine.feel.compile.base import Build, Evaluator, Loop, build_loop
from engine.feel.free_names import free_names
from engine.feel.limits import Budget, check_list_length
from engine.feel.runtime import Scope
from engine.feel.values import NUMBERS, Range

_PARTIAL = "partial"


def build_list(node: nodes.ListLiteral, build: Build) -> Evaluator:
    """Compile ``[a, b]``."""
    items = tuple(build(item) for item in node.items)
    return lambda scope: [item(scope) for item in items]


def build_context(node: nodes.ContextLiteral, build: Build) -> Evaluator:
    """Compile ``{key: value}``; an entry sees those before it."""
    entries = tuple((entry.key, build(entry.value)) for entry in node.entries)

    def make(scope: Scope) -> object:
        context: dict[str, object] = {}
        inner = scope.inner(context)
        for key, value in entries:
            context[key] = value(inner)
        return context

    return make


def build_filter(node: nodes.Filter, build: Build) -> Evaluator:
    """Compile ``list[condition]``: by place when the condition is a number, else by truth."""
    base = build(node.base)
    loop = build_loop(node.condition, build)

    return lambda scope: select(base(scope), loop, scope)


def select(value: object, loop: Loop, scope: Scope) -> object:
    """Return the items of a list for which the condition is true, or the item at its number."""
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    first = loop.evaluate(_item_scope(items[0], scope) if items else scope)
    if isinstance(first, Decimal):
        return item_at(items, first)
    return _matching(items, loop, scope)


def _matching(items: list[object], loop: Loop, scope: Scope) -> list[object]:
    budget = scope.run.budget
    found = []
    for item in items:
        budget.spend(loop.cost)
        if loop.evaluate(_item_scope(item, scope)) is True:
            found.append(item)
    return found


def _item_scope(item: object, scope: Scope) -> Scope:
    inner = scope.inner({"item": item})
    return inner.inner(item) if isinstance(item, dict) else inner


def item_at(items: list[object], place: Decimal) -> object:
    """Return the item at *place*: 1 is the first, -1 the last; null outside the list."""
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return None
    index = int(place)
    return items[index - 1] if index > 0 else items[index]


def build_for(node: nodes.For, build: Build) -> Evaluator:
    """Compile ``for``; ``partial`` is the list of the results so far."""
    rounds = _Rounds(node.iterators, node.body, build)
    wants_partial = _PARTIAL in free_names(node.body)

    def loop(scope: Scope) -> object:
        results: list[object] = []
        for inner in rounds.scopes(scope):
            if inner is None:
                return None
            if wants_partial:
                scope.run.budget.spend_on(results)
                inner.variables[_PARTIAL] = list(results)
            results.append(rounds.loop.evaluate(inner.scope))
            check_list_length(len(results))
        return results

    return loop


def build_quantified(node: nodes.Quantified, build: Build) -> Evaluator:
    """Compile ``some`` and ``every``; null when undecided because of a null answer."""
    rounds = _Rounds(node.iterators, node.condition, build)
    decisive = node.quantifier == "some"

    def decide(scope: Scope) -> object:
        answer: bool | None = not decisive
        for inner in rounds.scopes(scope):
            if inner is None:
                return None
            result = rounds.loop.evaluate(inner.scope)
            if result is decisive:
                return decisive
            if not isinstance(result, bool):
                answer = None
        return answer

    return decide


class _Round:
    """The variables of one round of a loop, in a scope of their own."""

    __slots__ = ("scope", "variables")

    def __init__(self, variables: dict[str, object], scope: Scope) -> None:
        self.variables = variables
        self.scope = scope.inner(variables)


class _Rounds:
    """All combinations of the iterators of a loop; later iterators see the earlier ones."""

    def __init__(
        self, iterators: tuple[nodes.Iterator, ...], body: nodes.Node, build: Build
    ) -> None:
        self.loop = build_loop(body, build)
        self._sources = tuple(
            (
                iterator.name,
                build(iterator.source),
                None if iterator.end is None else build(iterator.end),
            )
            for iterator in iterators
        )

    def scopes(self, scope: Scope) -> Iterator[_Round | None]:
        """Yield one round after the other; None once a source is null, or no list or range."""
        return self._descend(scope, {}, 0)

    def _descend(
        self, scope: Scope, variables: dict[str, object], level: int
    ) -> Iterator[_Round | None]:
        budget = scope.run.budget
        if level == len(self._sources):
            budget.spend(self.loop.cost)
            yield _Round(dict(variables), scope)
            return
        name, source, end = self._sources[level]
        outer = scope.inner(variables) if variables else scope
        items = iterate(source(outer), None if end is None else (end(outer),), budget)
        if items is None:
            yield None
            return
        for item in items:
            budget.spend(1)
            yield from self._descend(scope, {**variables, name: item}, level + 1)


def iterate(source: object, end: tuple[object] | None, budget: Budget) -> Iterator[object] | None:
    """Return what a loop runs over; None when it cannot run over that.

    *end* holds the value after ``..``. Whole numbers and dates are counted up or down, one at
    a time, so a wide range costs no memory. A single value is a list of itself.
    """
    if end is not None:
        return _count(source, end[0])
    if isinstance(source, Range):
        if not (source.start_included and source.end_included):
            return None
        ascending = less_or_equal(source.start, source.end, budget)
        return _count(source.start, source.end) if ascending else None
    if source is None:
        return None
    return iter(source) if isinstance(source, list) else iter([source])


def _count(start: object, end: object) -> Iterator[object] | None:
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        if start != start.to_integral_value() or end != end.to_integral_value():
            return None
        return _whole_numbers(start, end)
    if type(start) is dt.date and type(end) is dt.date:
        return _dates(start, end)
    return None


def _whole_numbers(start: Decimal, end: Decimal) -> Iterator[Decimal]:
    step = Decimal(1 if start <= end else -1)
    value = start
    while (value <= end) if step > 0 else (value >= end):
        yield value
        value = NUMBERS.add(value, step)


def _dates(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    step = 1 if start <= end else -1
    for day in range(start.toordinal(), end.toordinal() + step, step):
        yield dt.date.fromordinal(day)
