"""Finds what no box of a grid covers."""

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.effort import Effort
from engine.dmn.analysis.grid import Point

Box = tuple[int, ...]
"""A set of samples per axis."""


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the bits of *mask*, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def meet(one: Box, other: Box) -> Box:
    """Return what lies in both boxes; see :func:`is_empty`."""
    return tuple(a & b for a, b in zip(one, other, strict=True))


def is_empty(box: Box) -> bool:
    """Say whether nothing lies in *box*."""
    return not all(box)


def first_point(box: Box) -> Point:
    """Return the lowest point of a box that is not empty."""
    return tuple(next(bits(mask)) for mask in box)


def uncovered(space: Box, boxes: Sequence[Box], effort: Effort) -> Iterator[Point]:
    """Yield points of *space* that no box covers, one for each separate hole found.

    Axis by axis the samples are grouped by the boxes that are still possible; what was found to
    be covered is remembered by axis and set of boxes. Without holes the answer is a proof.

    Raises:
        TooMuchEffort: The search takes too long.
    """
    if is_empty(space):
        return
    yield from _Search(space, boxes, effort).below(0, (1 << len(boxes)) - 1)


class _Search:
    def __init__(self, space: Box, boxes: Sequence[Box], effort: Effort) -> None:
        self._space = space
        self._effort = effort
        self._covered: set[tuple[int, int]] = set()
        self._by_sample = [self._boxes_by_sample(axis, boxes) for axis in range(len(space))]
        self._total = self._boxes_that_cover_the_rest(boxes)

    def _boxes_by_sample(self, axis: int, boxes: Sequence[Box]) -> dict[int, int]:
        """Return for each sample of an axis the set of boxes that contain it."""
        found = dict.fromkeys(bits(self._space[axis]), 0)
        for number, box in enumerate(boxes):
            inside = box[axis] & self._space[axis]
            self._effort.spend(1 + inside.bit_count())
            for sample in bits(inside):
                found[sample] |= 1 << number
        return found

    def _boxes_that_cover_the_rest(self, boxes: Sequence[Box]) -> list[int]:
        """Return for each axis the boxes that contain the whole space from there on."""
        totals = [(1 << len(boxes)) - 1]
        for axis in range(len(self._space) - 1, -1, -1):
            space = self._space[axis]
            whole = sum(1 << i for i, box in enumerate(boxes) if box[axis] & space == space)
            totals.append(totals[-1] & whole)
        return totals[::-1]

    def below(self, axis: int, possible: int) -> Iterator[Point]:
        """Yield holes from *axis* on, where only the *possible* boxes are left."""
        if not possible:
            yield first_point(self._space[axis:])
            return
        if possible & self._total[axis] or (axis, possible) in self._covered:
            return
        groups: dict[int, int] = {}
        for sample, boxes in self._by_sample[axis].items():
            groups.setdefault(possible & boxes, sample)
        self._effort.spend(1 + len(self._by_sample[axis]))
        found = False
        for remaining, sample in groups.items():
            for rest in self.below(axis + 1, remaining):
                found = True
                yield (sample, *rest)
        if not found:
            self._covered.add((axis, possible))
