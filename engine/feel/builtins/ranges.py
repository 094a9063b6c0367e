"""How points and ranges lie to one another (DMN 1.3, table 78), and ranges from text.

Each function answers null when the ends have no order with each other.
"""

from collections.abc import Callable

from engine.errors import ExpressionError
from engine.feel import nodes
from engine.feel.builtins.registry import BUILTINS, builtin
from engine.feel.comparison import equal, in_range, less, less_or_equal
from engine.feel.names import NameTable
from engine.feel.parser import parse_expression
from engine.feel.runtime import Run
from engine.feel.values import Range

_Relation = Callable[[Range, Range], bool]
_LITERAL_FUNCTIONS = frozenset({"date", "time", "date and time", "duration"})


def _as_range(value: object) -> Range:
    if isinstance(value, Range):
        return value
    return Range(start=value, end=value, start_included=True, end_included=True)


def _related(relation: _Relation, left: object, right: object) -> bool | None:
    first, second = _as_range(left), _as_range(right)
    ends = [end for each in (first, second) for end in (each.start, each.end) if end is not None]
    if len(ends) < 2 or any(less(ends[0], end) is None for end in ends):
        return None
    return relation(first, second)


def _before(left: Range, right: Range) -> bool:
    if left.end is None or right.start is None:
        return False
    if equal(left.end, right.start):
        return not (left.end_included and right.start_included)
    return less(left.end, right.start) is True


def _meets(left: Range, right: Range) -> bool:
    touching = left.end_included and right.start_included
    return touching and left.end is not None and equal(left.end, right.start) is True


def _starts_no_earlier(inner: Range, outer: Range) -> bool:
    if outer.start is None or inner.start is None:
        return outer.start is None
    if equal(inner.start, outer.start):
        return outer.start_included or not inner.start_included
    return less(outer.start, inner.start) is True


def _ends_no_later(inner: Range, outer: Range) -> bool:
    if outer.end is None or inner.end is None:
        return outer.end is None
    if equal(inner.end, outer.end):
        return outer.end_included or not inner.end_included
    return less(inner.end, outer.end) is True


def _during(inner: Range, outer: Range) -> bool:
    return _starts_no_earlier(inner, outer) and _ends_no_later(inner, outer)


def _same_start(left: Range, right: Range) -> bool:
    return equal(left.start, right.start) is True and left.start_included == right.start_included


def _same_end(left: Range, right: Range) -> bool:
    return equal(left.end, right.end) is True and left.end_included == right.end_included


def _starts(inner: Range, outer: Range) -> bool:
    return _same_start(inner, outer) and _ends_no_later(inner, outer)


def _finishes(inner: Range, outer: Range) -> bool:
    return _same_end(inner, outer) and _starts_no_earlier(inner, outer)


def _overlaps(left: Range, right: Range) -> bool:
    return not _before(left, right) and not _before(right, left)


def _overlaps_before(left: Range, right: Range) -> bool:
    """Say whether *left* begins first and ends inside *right*."""
    begins_first = not _starts_no_earlier(left, right) or (
        equal(left.start, right.start) is True and left.start_included and not right.start_included
    )
    return _overlaps(left, right) and begins_first and _ends_no_later(left, right)


def _coincides(left: Range, right: Range) -> bool:
    return _same_start(left, right) and _same_end(left, right)


@builtin("before(point1: any, point2: any)")
@builtin("before(point: any, range: any)")
@builtin("before(range: any, point: any)")
@builtin("before(range1: any, range2: any)")
def before(left: object, right: object) -> bool | None:
    """Say whether the first ends before the second begins."""
    return _related(_before, left, right)


@builtin("after(point1: any, point2: any)")
@builtin("after(point: any, range: any)")
@builtin("after(range: any, point: any)")
@builtin("after(range1: any, range2: any)")
def after(left: object, right: object) -> bool | None:
    """Say whether the first begins after the second ends."""
    return _related(_before, right, left)


@builtin("meets(range1: range, range2: range)")
def meets(left: Range, right: Range) -> bool | None:
    """Say whether the second begins where the first ends, with that point in both."""
    return _related(_meets, left, right)


@builtin("met by(range1: range, range2: range)")
def met_by(left: Range, right: Range) -> bool | None:
    """Say whether the first begins where the second ends, with that point in both."""
    return _related(_meets, right, left)


@builtin("overlaps(range1: range, range2: range)")
def overlaps(left: Range, right: Range) -> bool | None:
    """Say whether two ranges have a point in common."""
    return _related(_overlaps, left, right)


@builtin("overlaps before(range1: range, range2: range)")
def overlaps_before(left: Range, right: Range) -> bool | None:
    """Say whether the first begins before the second and ends within it."""
    return _related(_overlaps_before, left, right)


@builtin("overlaps after(range1: range, range2: range)")
def overlaps_after(left: Range, right: Range) -> bool | None:
    """Say whether the second begins before the first and ends within it."""
    return _related(_overlaps_before, right, left)


@builtin("finishes(point: any, range: range)")
@builtin("finishes(range1: range, range2: range)")
def finishes(left: object, right: object) -> bool | None:
    """Say whether the second ends with the first."""
    return _related(_finishes, left, right)


@builtin("finished by(range: range, point: any)")
@builtin("finished by(range1: range, range2: range)")
def finished_by(left: object, right: object) -> bool | None:
    """Say whether the first ends with the second."""
    return _related(_finishes, right, left)


@builtin("includes(range: range, point: any)")
@builtin("includes(range1: range, range2: range)")
def includes(left: object, right: object) -> bool | None:
    """Say whether the second lies within the first."""
    return during(right, left)


@builtin("during(point: any, range: range)")
@builtin("during(range1: range, range2: range)")
def during(left: object, right: object) -> bool | None:
    """Say whether the first lies within the second."""
    if isinstance(right, Range) and not isinstance(left, Range):
        return in_range(left, right)
    return _related(_during, left, right)


@builtin("starts(point: any, range: range)")
@builtin("starts(range1: range, range2: range)")
def starts(left: object, right: object) -> bool | None:
    """Say whether the second begins with the first."""
    return _related(_starts, left, right)


@builtin("started by(range: range, point: any)")
@builtin("started by(range1: range, range2: range)")
def started_by(left: object, right: object) -> bool | None:
    """Say whether the first begins with the second."""
    return _related(_starts, right, left)


@builtin("coincides(point1: any, point2: any)")
@builtin("coincides(range1: range, range2: range)")
def coincides(left: object, right: object) -> bool | None:
    """Say whether both are the same."""
    return _related(_coincides, left, right)


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
    if start is None or end is None or not less_or_equal(start, end):
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
