"""Does the analysis of a table agree with evaluating the table everywhere?

Small random tables; the oracle evaluates every cell at every point of a grid that is finer than
the constants can be, and shares nothing with the analysis but the evaluation itself.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import DecisionFailed, DecisionModel, DecisionTable, evaluate
from engine.dmn.analysis import rules
from engine.dmn.analysis.effort import Effort
from engine.dmn.analysis.examples import values_of
from engine.dmn.analysis.grid import Grid, Point, build_grid
from engine.dmn.model import HitPolicy
from engine.feel import compile_expression
from tests.dmn.building import decision, parse, table

HALVES = [Decimal(i) / 2 for i in range(-3, 14)]
DAYS = [dt.date(2026, 3, day) for day in range(1, 13)]
VALUES: Mapping[str, list[object]] = {
    "number": [*HALVES],
    "string": ["a", "b", "c", "something else"],
    "boolean": [True, False],
    "date": [*DAYS],
}
STRANGE: list[object] = [None, [], {"a": 1}]
"""Values that nobody expects, but that may come."""


def _numbers() -> st.SearchStrategy[str]:
    end = st.integers(0, 5).map(str)
    return _ordered(end)


def _dates() -> st.SearchStrategy[str]:
    return _ordered(st.integers(3, 9).map(lambda day: f'date("2026-03-0{day}")'))


def _ordered(end: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), end)
    interval = st.tuples(st.sampled_from("[("), end, end, st.sampled_from("])"))
    one = st.one_of(
        end,
        compared.map(" ".join),
        interval.map(lambda i: f"{i[0]}{i[1]}..{i[2]}{i[3]}"),
        st.tuples(end, end).map(lambda e: f"(? > {e[0]} and ? <= {e[1]})"),
    )
    return _several(one)


def _several(one: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    listed = st.lists(one, min_size=1, max_size=2).map(", ".join)
    return st.one_of(st.just("-"), listed, listed.map(lambda tests: f"not({tests})"))


CELLS = {
    "number": _numbers(),
    "string": _several(st.sampled_from(['"a"', '"b"', '"c"'])),
    "boolean": st.sampled_from(["-", "true", "false", "not(true)"]),
    "date": _dates(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A table: the types of its inputs x0, x1, …, and rows of cells with one output."""

    types: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> list[str]:
        return [f"x{i}" for i in range(len(self.types))]

    def model(self, hit_policy: str) -> DecisionModel:
        logic = table(
            self.names,
            {"out": '"high","middle","low"'},
            self.rows,
            hit_policy=hit_policy,
            types=dict(zip(self.names, self.types, strict=True)),
        )
        return parse(decision("d", logic))


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    types = tuple(draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3)))
    row = st.tuples(
        *(CELLS[each] for each in types), st.sampled_from(['"high"', '"middle"', '"low"'])
    )
    return Sketch(types=types, rows=tuple(draw(st.lists(row, min_size=1, max_size=5))))


class Case:
    """A table with its analysis and with the oracle's answers."""

    def __init__(self, sketch: Sketch, hit_policy: str, *, strange: bool = False) -> None:
        self.model = sketch.model(hit_policy)
        logic = self.model.decisions["d"].logic
        assert isinstance(logic, DecisionTable)
        self.table = logic
        self.grid: Grid = build_grid(logic, {}, Effort())
        assert not self.grid.unknown
        self._names = sketch.names
        self._axes = [[*VALUES[each], *(STRANGE if strange else [])] for each in sketch.types]
        self._accepted = [
            [
                [test.matches(value, {}) for value in axis]
                for test, axis in zip(rule.tests, self._axes, strict=True)
            ]
            for rule in logic.rules
        ]

    def matching_everywhere(self) -> Iterator[list[int]]:
        """Yield the rules that match at each point, found cell by cell."""
        for point in product(*(range(len(axis)) for axis in self._axes)):
            yield [
                number
                for number, cells in enumerate(self._accepted, 1)
                if all(cell[place] for cell, place in zip(cells, point, strict=True))
            ]

    def matching(self, inputs: Mapping[str, object]) -> set[int]:
        """Return the rules that match the inputs."""
        return {
            rule.index
            for rule in self.table.rules
            if all(
                test.matches(inputs.get(name), {})
                for name, test in zip(self._names, rule.tests, strict=True)
            )
        }

    def example(self, point: Point) -> dict[str, object]:
        """Read the example as a person would: the names and FEEL literals of the finding."""
        shown = values_of(self.grid, point)
        return {name: compile_expression(text).evaluate({}) for name, text in shown.items()}


@given(sketches(), st.sampled_from([str(policy) for policy in HitPolicy]))
@settings(max_examples=120, deadline=None)
def test_under_every_hit_policy_each_gap_reported_is_one_and_none_is_missed(
    sketch: Sketch, hit_policy: str
) -> None:
    case = Case(sketch, hit_policy)
    reported = list(rules.gaps(case.table, case.grid, Effort()))

    for point in reported:
        result = evaluate(case.model, "d", case.example(point))
        assert (result.output, result.evaluated[-1].matched_rules) == (None, ())
    assert bool(reported) == any(not matching for matching in case.matching_everywhere())


@given(sketches())
@settings(max_examples=80, deadline=None)
def test_every_overlap_reported_is_one_and_none_is_missed(sketch: Sketch) -> None:
    case = Case(sketch, "UNIQUE")
    reported = list(rules.overlaps(case.table, case.grid, Effort()))

    for pair in reported:
        inputs = case.example(pair.example)
        assert {pair.first.rule.index, pair.second.rule.index} <= case.matching(inputs)
        assert _fails(case.model, inputs)
    expected = {pair for each in case.matching_everywhere() for pair in combinations(each, 2)}
    assert {(p.first.rule.index, p.second.rule.index) for p in reported} == expected


@given(sketches())
@settings(max_examples=60, deadline=None)
def test_an_overlap_under_any_is_reported_where_the_decision_fails(sketch: Sketch) -> None:
    case = Case(sketch, "ANY")
    reported = list(rules.overlaps(case.table, case.grid, Effort()))

    assert all(_fails(case.model, case.example(pair.example)) for pair in reported)
    outputs = {rule.index: row[-1] for rule, row in zip(case.table.rules, sketch.rows, strict=True)}
    expected = {
        (one, other)
        for each in case.matching_everywhere()
        for one, other in combinations(each, 2)
        if outputs[one] != outputs[other]
    }
    assert {(p.first.rule.index, p.second.rule.index) for p in reported} == expected


@given(sketches(), st.sampled_from(["FIRST", "PRIORITY"]))
@settings(max_examples=120, deadline=None)
def test_unreachable_rules_are_those_that_never_decide(sketch: Sketch, hit_policy: str) -> None:
    case = Case(sketch, hit_policy, strange=True)
    masked = {pair.second.rule.index for pair in rules.masked(case.table, case.grid, Effort())}
    never = {row.rule.index for row in rules.impossible(case.grid)}

    order = ['"high"', '"middle"', '"low"']
    ranks = {
        rule.index: (order.index(row[-1]) if hit_policy == "PRIORITY" else 0, rule.index)
        for rule, row in zip(case.table.rules, sketch.rows, strict=True)
    }
    deciding = {
        min(matching, key=ranks.__getitem__) for matching in case.matching_everywhere() if matching
    }
    assert masked | never == set(ranks) - deciding
    assert not masked & never


@given(sketches())
@settings(max_examples=60, deadline=None)
def test_the_example_of_an_unreachable_rule_is_decided_by_another(sketch: Sketch) -> None:
    case = Case(sketch, "FIRST")

    for pair in rules.masked(case.table, case.grid, Effort()):
        inputs = case.example(pair.example)
        assert pair.second.rule.index in case.matching(inputs)
        matched = evaluate(case.model, "d", inputs).evaluated[-1].matched_rules
        assert [rule.index for rule in matched] == [pair.first.rule.index]


@given(sketches())
@settings(max_examples=60, deadline=None)
def test_duplicates_match_the_same_inputs_and_answer_the_same(sketch: Sketch) -> None:
    doubled = Sketch(types=sketch.types, rows=(*sketch.rows, sketch.rows[0]))
    case = Case(doubled, "COLLECT", strange=True)
    reported = list(rules.duplicates(case.grid, Effort()))

    everywhere = list(case.matching_everywhere())
    for pair in reported:
        one, other = pair.first.rule.index, pair.second.rule.index
        assert all((one in matching) == (other in matching) for matching in everywhere)
        assert doubled.rows[one - 1][-1] == doubled.rows[other - 1][-1]
    if any(1 in matching for matching in everywhere):
        assert len(doubled.rows) in {pair.second.rule.index for pair in reported}


def _fails(model: DecisionModel, inputs: Mapping[str, object]) -> bool:
    try:
        evaluate(model, "d", inputs)
    except DecisionFailed:
        return True
    return False
