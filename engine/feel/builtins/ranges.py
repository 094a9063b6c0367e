"""How points and ranges lie to one another (DMN 1.3, table 78), and ranges from text.

Each function answers null when the ends have no order with each other.
"""

from collections.abc import Callable

from engine.errors import ExpressionError
from engine.feel import nodes
from engine.feel.builtins.registry import BUILTINS, builtin
from engine.feel.comparison import equal, less, less_or_equal
from engine.feel.limits import Budget
from engine.feel.names import NameTable
from engine.feel.parser import parse_expression
from engine.feel.runtime import Run
from engine.feel.values import Range

_Relation = Callable[["_Pair"], bool]
_LITERAL_FUNCTIONS = frozenset({"date", "time", "date and time", "duration"})


class _Pair:
    """Two ranges whose ends all have an order with one another."""

    __slots__ = ("_budget", "left", "right")

    def __init__(self, left: Range, right: Range, budget: Budget) -> None:
        self.left = left
        self.right = right
        self._budget = budget

    def swapped(self) -> "_Pair":
        return _Pair(self.right, self.left, self._budget)

    def less(self, one: object, other: object) -> bool:
        return less(one, other, self._budget) is True

    def equal(self, one: object, other: object) -> bool:
        return equal(one, other, self._budget) is True


def _as_range(value: object) -> Range:
    if isinstance(value, Range):
        return value
    return Range(start=value, end=value, start_included=True, end_included=True)


def _related(relation: _Relation, left: object, right: object, run: Run) -> bool | None:
    first, second = _as_range(left), _as_range(right)
    ends = [end for each in (first, second) for end in (each.start, each.end) if end is not None]
    if len(ends) < 2 or any(less(ends[0], end, run.budget) is None for end in ends):
        return None
    return relation(_Pair(first, second, run.budget))


def _before(pair: _Pair) -> bool:
    left, right = pair.left, pair.right
    if left.end is None or right.start is None:
        return False
    if pair.equal(left.end, right.start):
        return not (left.end_included and right.start_included)
    return pair.less(left.end, right.start)


def _after(pair: _Pair) -> bool:
    return _before(pair.swapped())


def _meets(pair: _Pair) -> bool:
    left, right = pair.left, pair.right
    touching = left.end_included and right.start_included
    return touching and left.end is not None and pair.equal(left.end, right.start)


def _met_by(pair: _Pair) -> bool:
    return _meets(pair.swapped())


def _starts_no_earlier(pair: _Pair) -> bool:
    inner, outer = pair.left, pair.right
    if outer.start is None or inner.start is None:
        return outer.start is None
    if pair.equal(inner.start, outer.start):
        return outer.start_included or not inner.start_included
    return pair.less(outer.start, inner.start)


def _ends_no_later(pair: _Pair) -> bool:
    inner, outer = pair.left, pair.right
    if outer.end is None or inner.end is None:
        return outer.end is None
    if pair.equal(inner.end, outer.end):
        return outer.end_included or not inner.end_included
    return pair.less(inner.end, outer.end)


def _during(pair: _Pair) -> bool:
    return _starts_no_earlier(pair) and _ends_no_later(pair)


def _includes(pair: _Pair) -> bool:
    return _during(pair.swapped())


def _same_start(pair: _Pair) -> bool:
    left, right = pair.left, pair.right
    return pair.equal(left.start, right.start) and left.start_included == right.start_included


def _same_end(pair: _Pair) -> bool:
    left, right = pair.left, pair.right
    return pair.equal(left.end, right.end) and left.end_included == right.end_included


def _starts(pair: _Pair) -> bool:
    return _same_start(pair) and _ends_no_later(pair)


def _started_by(pair: _Pair) -> bool:
    return _starts(pair.swapped())


def _finishes(pair: _Pair) -> bool:
    return _same_end(pair) and _starts_no_earlier(pair)


def _finished_by(pair: _Pair) -> bool:
    return _finishes(pair.swapped())


def _overlaps(pair: _Pair) -> bool:
    return not _before(pair) and not _after(pair)


def _overlaps_before(pair: _Pair) -> bool:
    left, right = pair.left, pair.right
    begins_first = not _starts_no_earlier(pair) or (
        pair.equal(left.start, right.start) and left.start_included and not right.start_included
    )
    return _overlaps(pair) and begins_first and _ends_no_later(pair)


def _overlaps_after(pair: _Pair) -> bool:
    return _overlaps_before(pair.swapped())


def _coincides(pair: _Pair) -> bool:
    return _same_start(pair) and _same_end(pair)


_POINTS_OR_RANGES = (
    "(point1: any, point2: any)",
    "(point: any, range: any)",
    "(range: any, point: any)",
    "(range1: any, range2: any)",
)
_POINT_OR_RANGE_IN_RANGE = ("(point: any, range: range)", "(range1: range, range2: range)")
_RANGE_WITH_POINT_OR_RANGE = ("(range: range, point: any)", "(range1: range, range2: range)")
_RANGES = ("(range1: range, range2: range)",)

_FUNCTIONS: dict[str, tuple[_Relation, tuple[str, ...]]] = {
    "before": (_before, _POINTS_OR_RANGES),
    "after": (_after, _POINTS_OR_RANGES),
    "meets": (_meets, _RANGES),
    "met by": (_met_by, _RANGES),
    "overlaps": (_overlaps, _RANGES),
    "overlaps before": (_overlaps_before, _RANGES),
    "overlaps after": (_overlaps_after, _RANGES),
    "finishes": (_finishes, _POINT_OR_RANGE_IN_RANGE),
    "finished by": (_finished_by, _RANGE_WITH_POINT_OR_RANGE),
    "includes": (_includes, _RANGE_WITH_POINT_OR_RANGE),
    "during": (_during, _POINT_OR_RANGE_IN_RANGE),
    "starts": (_starts, _POINT_OR_RANGE_IN_RANGE),
    "started by": (_started_by, _RANGE_WITH_POINT_OR_RANGE),
    "coincides": (_coincides, ("(point1: any, point2: any)", "(range1: any, range2: any)")),
}
"""Each relation with the ways of calling it; a point counts as the range of itself alone."""


def _declare(name: str, relation: _Relation, parameters: tuple[str, ...]) -> None:
    def answer(run: Run, left: object, right: object) -> bool | None:
        """Say whether the first stands in this relation to the second (DMN 1.3, table 78)."""
        return _related(relation, left, right, run)

    for each in parameters:
        builtin(name + each, needs_run=True)(answer)


for _name, (_relation, _parameters) in _FUNCTIONS.items():
    _declare(_name, _relation, _parameters)


@builtin("range(from: string)", needs_run=True)
def range_of_text(run: Run, text: str) -> Range | None:
    """Read an interval whose ends are literals; null for anything else."""
    try:
        node = parse_expression(text, names=(), functions=NameTable(_LITERAL_FUNCTIONS))
    except ExpressionError:
        return None
    if not isinstance(node, nodes.Interval):
        return None
    start, end = _literal(node.start, run), _literal(node.end, run)
    if start is None or end is None or not less_or_equal(start, end, run.budget):
        return None
    return Range(
        start=start,
        end=end,
        start_included=node.start_included,
        end_included=node.end_included,
    )


def _literal(node: nodes.Node, run: Run) -> object:
    """Return the value of a literal or of ``date("...")`` and its like; null for others."""
    match node:
        case nodes.Literal(value=value):
            return value
        case nodes.Call(
            function=nodes.Name(name=name),
            arguments=(nodes.Literal(value=str() as text),),
        ) if name in _LITERAL_FUNCTIONS:
            return BUILTINS[name].call(run, (), (text,))
    return None
