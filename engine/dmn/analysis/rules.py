"""Compares the rules of a table: gaps, overlaps, duplicates and rules that never decide.

Each check yields facts: numbers of rules and a point of the grid that shows them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.analysis.box_index import BoxIndex
from engine.dmn.analysis.covering import Box, bits, first_point, is_empty, meet, uncovered
from engine.dmn.analysis.effort import Effort
from engine.dmn.analysis.grid import Grid, Point, Row
from engine.dmn.analysis.outputs import Answer, answer_of, ranks_of
from engine.dmn.model import DecisionTable, HitPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two rules, the one that stands or decides first first, and a point that both match."""

    first: Row
    second: Row
    example: Point


def gaps(table: DecisionTable, grid: Grid, effort: Effort) -> Iterator[Point]:
    """Yield expected inputs that no rule matches, unless the outputs have defaults."""
    if any(output.default is not None for output in table.outputs):
        return
    yield from uncovered(grid.expected, [row.accepts for row in grid.rows], effort)


def duplicates(grid: Grid, effort: Effort) -> Iterator[Pair]:
    """Yield rules that match the same inputs as one before them and answer the same."""
    seen: dict[Box, list[tuple[Row, Answer]]] = {}
    for row in grid.rows:
        if not row.certain or is_empty(row.accepts):
            continue
        answer = answer_of(row.rule)
        alike = seen.setdefault(row.accepts, [])
        effort.spend(1 + len(alike))
        twin = next((each for each, its_answer in alike if answer.same(its_answer)), None)
        if twin is None:
            alike.append((row, answer))
        else:
            yield Pair(first=twin, second=row, example=_example(grid, row.accepts))


def overlaps(table: DecisionTable, grid: Grid, effort: Effort) -> Iterator[Pair]:
    """Yield rules that match the same expected input although the hit policy forbids it."""
    if table.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    rows = [row for row in grid.rows if row.certain]
    boxes = [meet(row.accepts, grid.expected) for row in rows]
    answers = [answer_of(row.rule) for row in rows]
    index = BoxIndex(boxes, effort)
    for place, box in enumerate(boxes):
        for earlier in bits(index.meeting(box) & (1 << place) - 1):
            effort.spend(1)
            if table.hit_policy is HitPolicy.UNIQUE or answers[earlier].differs(answers[place]):
                example = first_point(meet(box, boxes[earlier]))
                yield Pair(first=rows[earlier], second=rows[place], example=example)


def masked(table: DecisionTable, grid: Grid, effort: Effort) -> Iterator[Pair]:
    """Yield rules that never decide, each after one that decides in its place.

    Here every input counts and not only the expected ones, so that a last rule which catches
    null and misspelt values is not called useless.
    """
    precedence = _precedence(table)
    deciding = sorted(
        (row for row in grid.rows if row.certain and row.rule.index in precedence),
        key=lambda row: precedence[row.rule.index],
    )
    index = BoxIndex([row.accepts for row in deciding], effort)
    for row in grid.rows:
        if is_empty(row.accepts) or row.rule.index not in precedence:
            continue
        own = precedence[row.rule.index]
        meeting = (deciding[each] for each in bits(index.meeting(row.accepts)))
        before = [each for each in meeting if precedence[each.rule.index] < own]
        effort.spend(1 + len(before))
        if before and _is_covered(row, before, effort):
            example = _example(grid, row.accepts)
            winner = next(each for each in before if _contains(each.accepts, example))
            yield Pair(first=winner, second=row, example=example)


def impossible(grid: Grid) -> Iterator[Row]:
    """Yield rules that no value at all can match."""
    return (row for row in grid.rows if is_empty(row.accepts))


def _precedence(table: DecisionTable) -> dict[int, list[int]]:
    """Return by rule what decides between rules that match, lower first; empty if all answer."""
    if table.hit_policy is HitPolicy.FIRST:
        return {rule.index: [rule.index] for rule in table.rules}
    return ranks_of(table) if table.hit_policy is HitPolicy.PRIORITY else {}


def _is_covered(row: Row, others: Sequence[Row], effort: Effort) -> bool:
    holes = uncovered(row.accepts, [each.accepts for each in others], effort)
    return next(holes, None) is None


def _contains(box: Box, point: Point) -> bool:
    return all(mask >> place & 1 for mask, place in zip(box, point, strict=True))


def _example(grid: Grid, box: Box) -> Point:
    """Return a point of *box*, on each axis an expected one where there is one."""
    return first_point(
        tuple(mask & expected or mask for mask, expected in zip(box, grid.expected, strict=True))
    )
