"""The decision tables of a model, wherever they stand, and what is wrong with each."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from engine.dmn.analysis import rules
from engine.dmn.analysis.cells import cell_faults
from engine.dmn.analysis.effort import Effort, TooMuchEffort
from engine.dmn.analysis.examples import literal, values_of
from engine.dmn.analysis.grid import Grid, build_grid
from engine.dmn.analysis.report import MAX_LISTED, Report
from engine.dmn.model import DecisionModel, DecisionTable, HitPolicy
from engine.dmn.parts import tables_in
from engine.domain.findings import Finding
from engine.feel import TypeName

_ONE_ANSWER = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
_ENOUGH = MAX_LISTED + 1


def analyse(model: DecisionModel) -> tuple[Finding, ...]:
    """Return what is wrong with the tables of a model that could be read without errors.

    Each finding about rules names an input that shows it. The work is bounded: of a table that
    is too large a finding says so. See docs/reference/findings.md for the rules.
    """
    findings: list[Finding] = []
    effort = Effort()
    for owner, table in _tables_of(model):
        report = Report(model.resource_name, owner)
        _check(table, model.types, effort, report)
        findings += report.findings
    return tuple(findings)


def _tables_of(model: DecisionModel) -> Iterator[tuple[str, DecisionTable]]:
    """Yield every table with the id of the decision or knowledge model that it belongs to."""
    for decision in model.decisions.values():
        yield from ((decision.id, table) for table in tables_in(decision.logic))
    for knowledge in model.knowledge.values():
        yield from ((knowledge.id, table) for table in tables_in(knowledge.function))


def _check(
    table: DecisionTable, types: Mapping[str, TypeName], effort: Effort, report: Report
) -> None:
    _report_cells(table, types, report)
    try:
        grid = build_grid(table, types, effort.of_one_check())
    except TooMuchEffort:
        report.too_large()
        return
    finished = [check(table, grid, effort, report) for check in _CHECKS]
    if grid.unknown:
        report.not_analysed(grid.unknown)
    if not all(finished):
        report.too_large()


def _report_cells(table: DecisionTable, types: Mapping[str, TypeName], report: Report) -> None:
    for fault in cell_faults(table, types):
        rule, value = fault.rule, literal(fault.value)
        if fault.wanted is None:
            report.cell_value(rule.id, rule.index, fault.column, value)
        else:
            report.cell_type(rule.id, rule.index, fault.column, value, fault.wanted)


_Check = Callable[[DecisionTable, Grid, Effort, Report], None]


def _bounded(check: _Check) -> Callable[[DecisionTable, Grid, Effort, Report], bool]:
    """Let each check have its own effort; the answer says whether it came to an end."""

    def run(table: DecisionTable, grid: Grid, effort: Effort, report: Report) -> bool:
        try:
            check(table, grid, effort.of_one_check(), report)
        except TooMuchEffort:
            return False
        return True

    return run


@_bounded
def _report_useless(table: DecisionTable, grid: Grid, effort: Effort, report: Report) -> None:
    for row in rules.impossible(grid):
        report.impossible(row.rule.id, row.rule.index)
    twins = set()
    for pair in rules.duplicates(grid, effort):
        twins.add(pair.second.rule.index)
        report.duplicate(pair.second.rule.id, _numbers(pair), values_of(grid, pair.example))
    for pair in rules.masked(table, grid, effort):
        if pair.second.rule.index not in twins:
            report.masked(pair.second.rule.id, _numbers(pair), values_of(grid, pair.example))


@_bounded
def _report_overlaps(table: DecisionTable, grid: Grid, effort: Effort, report: Report) -> None:
    for pair in islice(rules.overlaps(table, grid, effort), _ENOUGH):
        example = values_of(grid, pair.example)
        report.overlap(pair.second.rule.id, _numbers(pair), table.hit_policy, example)


@_bounded
def _report_gaps(table: DecisionTable, grid: Grid, effort: Effort, report: Report) -> None:
    for point in islice(rules.gaps(table, grid, effort), _ENOUGH):
        report.gap(values_of(grid, point), several_answers=table.hit_policy not in _ONE_ANSWER)


_CHECKS = (_report_useless, _report_overlaps, _report_gaps)


def _numbers(pair: rules.Pair) -> tuple[int, int]:
    return pair.first.rule.index, pair.second.rule.index
