"""Answers quickly which of many boxes meet a given one."""

from collections.abc import Sequence

from engine.dmn.analysis.covering import Box, bits
from engine.dmn.analysis.effort import Effort


class BoxIndex:
    """Boxes by number, with the set of those that contain each sample of each axis."""

    def __init__(self, boxes: Sequence[Box], effort: Effort) -> None:
        self._effort = effort
        self._all = (1 << len(boxes)) - 1
        self._by_sample: dict[tuple[int, int], int] = {}
        self._unions: dict[tuple[int, int], int] = {}
        for number, box in enumerate(boxes):
            for axis, mask in enumerate(box):
                effort.spend(1 + mask.bit_count())
                for sample in bits(mask):
                    key = axis, sample
                    self._by_sample[key] = self._by_sample.get(key, 0) | 1 << number

    def meeting(self, box: Box) -> int:
        """Return the set of boxes that have a point in common with *box*."""
        found = self._all
        for axis, mask in enumerate(box):
            found &= self._union(axis, mask)
        return found

    def _union(self, axis: int, mask: int) -> int:
        key = axis, mask
        if key not in self._unions:
            self._effort.spend(1 + mask.bit_count())
            union = 0
            for sample in bits(mask):
                union |= self._by_sample.get((axis, sample), 0)
            self._unions[key] = union
        return self._unions[key]
