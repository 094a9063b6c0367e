"""A table as boxes on a grid: one axis per input, and per rule the samples that it accepts.

Sets of samples and sets of rules are integers used as bits. Every answer on the grid was found by
evaluating the cell with the sample, or with one that the cell cannot tell from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.analysis.constants import NotConstant, constants_of, empty_scope
from engine.dmn.analysis.domains import Domain, build_domain, split
from engine.dmn.analysis.effort import Effort
from engine.dmn.model import DecisionTable, Input, Rule
from engine.errors import ExpressionError, LimitExceeded
from engine.feel import TypeName, UnaryTests, nodes
from engine.feel.nodes import Node

Point = tuple[int, ...]
"""One sample per axis, by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An input that is a variable, or an entry of one: ``path`` from the outside in."""

    path: tuple[str, ...]
    domain: Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule: the samples that it may accept on each axis.

    A rule that is not ``certain`` has cells that are not understood; it may accept less.
    """

    rule: Rule
    accepts: tuple[int, ...]
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCell:
    """A cell that is not understood: the number of its rule, its column, and its text."""

    rule: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table on its grid."""

    axes: tuple[Axis, ...]
    rows: tuple[Row, ...]
    unknown: tuple[UnknownCell, ...]

    @property
    def expected(self) -> tuple[int, ...]:
        """The samples that the author expects, on each axis."""
        return tuple(axis.domain.expected for axis in self.axes)


def build_grid(table: DecisionTable, types: Mapping[str, TypeName], effort: Effort) -> Grid:
    """Evaluate every cell that is understood with every sample of its input.

    Raises:
        TooMuchEffort: There are too many cells or samples.
    """
    builder = _Builder(table, types, effort)
    rows = tuple(builder.row(rule) for rule in table.rules)
    return Grid(axes=tuple(builder.axes), rows=rows, unknown=tuple(builder.unknown))


class _Builder:
    def __init__(self, table: DecisionTable, types: Mapping[str, TypeName], effort: Effort) -> None:
        self._table = table
        self._effort = effort
        self._masks: dict[tuple[int, str], int | None] = {}
        self.axes: list[Axis] = []
        self.unknown: list[UnknownCell] = []
        self._axis_of = self._build_axes(types)

    def _build_axes(self, types: Mapping[str, TypeName]) -> dict[int, int]:
        """Make the axes; return the place of the axis of each column that has one."""
        by_path = _columns_by_path(self._table.inputs)
        axis_of: dict[int, int] = {}
        for path, columns in by_path.items():
            if any(path != other and other[: len(path)] == path for other in by_path):
                continue  # a context whose entries are inputs as well
            constants = [each for column in columns for each in self._constants(column)]
            domain = build_domain(self._table.inputs[columns[0]], constants, types)
            if domain is not None and any(self._is_tested(column) for column in columns):
                axis_of |= dict.fromkeys(columns, len(self.axes))
                self.axes.append(Axis(path=path, domain=domain))
        return axis_of

    def _constants(self, column: int) -> list[object]:
        found: list[object] = []
        for tests in self._cells(column):
            self._effort.spend(1)
            try:
                found += constants_of(tests)
            except NotConstant:
                continue  # the cell is listed as unknown when its row is read
        return found

    def _is_tested(self, column: int) -> bool:
        return any(tests.tree.tests for tests in self._cells(column))

    def _cells(self, column: int) -> list[UnaryTests]:
        return [rule.tests[column] for rule in self._table.rules]

    def row(self, rule: Rule) -> Row:
        """Return the rule on the grid."""
        accepts = [axis.domain.everything for axis in self.axes]
        certain = True
        for column, tests in enumerate(rule.tests):
            if not tests.tree.tests:
                continue
            accepted = self._accepted(column, tests)
            if accepted is None:
                certain = False
                self.unknown.append(
                    UnknownCell(
                        rule=rule.index, column=self._table.inputs[column].name, text=tests.source
                    )
                )
            else:
                accepts[self._axis_of[column]] &= accepted
        return Row(rule=rule, accepts=tuple(accepts), certain=certain)

    def _accepted(self, column: int, tests: UnaryTests) -> int | None:
        """Return the samples that a cell accepts; None when it is not understood."""
        key = column, tests.source
        if key not in self._masks:
            self._masks[key] = self._evaluate(column, tests)
        return self._masks[key]

    def _evaluate(self, column: int, tests: UnaryTests) -> int | None:
        if column not in self._axis_of:
            return None
        domain = self.axes[self._axis_of[column]].domain
        try:
            runs = split(domain, constants_of(tests))
            self._effort.spend(len(runs))
            scope = empty_scope()
            return sum(
                (1 << run.stop) - (1 << run.start)
                for run in runs
                if tests.accept_in(domain.samples[run.start], scope)
            )
        except (NotConstant, ExpressionError, LimitExceeded, RecursionError):
            return None


def _columns_by_path(inputs: Sequence[Input]) -> dict[tuple[str, ...], list[int]]:
    """Return the columns that test a variable; two columns may test the same one."""
    found: dict[tuple[str, ...], list[int]] = {}
    for column, each in enumerate(inputs):
        path = _path(each.expression.tree)
        if path:
            found.setdefault(path, []).append(column)
    return found


def _path(node: Node) -> tuple[str, ...]:
    """Return the names of ``a.b.c``; empty for any other expression."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Path):
        base = _path(node.base)
        return (*base, node.name) if base else ()
    return ()
