"""Do the decision tables answer every question, once, and in words that people can check?"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import cast

import pytest
from lxml import etree

from engine.dmn import DecisionModel, evaluate, parse_decisions
from tests.models.diagram import ROOT

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
WORD = re.compile(r'"([^"]*)"')
FILES = sorted((ROOT / "workflows" / "dmn").glob("*.dmn"))

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_table_of_facts = pytest.mark.parametrize(
    ("path", "decision_id"),
    [
        pytest.param(path, decision.get("id"), id=decision.get("id"))
        for path in FILES
        for decision in etree.parse(path).getroot().iter(f"{DMN}decision")
        if decision.find(f".//{DMN}requiredDecision") is None
    ],
)


def tables(path: Path) -> Iterator[etree._Element]:
    """Yield the decision tables of a file."""
    yield from etree.parse(path).getroot().iter(f"{DMN}decisionTable")


@cache
def model(path: Path) -> DecisionModel:
    """Return a file's decisions, read once."""
    return parse_decisions(path.read_bytes(), resource_name=path.name)


def questions(path: Path, decision_id: str) -> Iterator[dict[str, object]]:
    """Yield every combination of the values that a table tells apart.

    Words are those of its cells and input values; numbers are those of its cells, and one less
    and one more.
    """
    (table,) = (t for t in tables(path) if t.getparent().get("id") == decision_id)
    names, choices = [], []
    for column, clause in enumerate(table.findall(f"{DMN}input")):
        expression = clause.find(f"{DMN}inputExpression")
        cells = [
            rule.findall(f"{DMN}inputEntry")[column].findtext(f"{DMN}text") or ""
            for rule in table.findall(f"{DMN}rule")
        ]
        declared = clause.findtext(f"{DMN}inputValues/{DMN}text") or ""
        names.append(expression.findtext(f"{DMN}text"))
        choices.append(_values(expression.get("typeRef"), " ".join(cells), declared))
    for values in product(*choices):
        yield _context(zip(names, values, strict=True))


def _values(type_ref: str, cells: str, declared: str) -> list[object]:
    if type_ref == "boolean":
        return [True, False]
    if type_ref == "number":
        limits = {float(number) for number in NUMBER.findall(cells)} or {1.0}
        return sorted({limit + step for limit in limits for step in (-1, 0, 1)})
    words = set(WORD.findall(declared) or [*WORD.findall(cells), "anything else"])
    return sorted(words)


def _context(pairs: Iterator[tuple[str, object]]) -> dict[str, object]:
    context: dict[str, object] = {}
    for name, value in pairs:
        root, _, member = name.partition(".")
        if member:
            cast("dict[str, object]", context.setdefault(root, {}))[member] = value
        else:
            context[root] = value
    return context


@each_file
def test_a_file_is_called_as_its_main_decision(path: Path) -> None:
    assert path.stem in model(path).decisions


@each_table_of_facts
def test_every_question_has_exactly_one_answer(path: Path, decision_id: str) -> None:
    """A unique table raises where two rules match, and answers null where none does."""
    for context in questions(path, decision_id):
        output = evaluate(model(path), decision_id, context).output
        assert output is not None, context
        if isinstance(output, Mapping):
            assert None not in output.values(), context


def test_a_classification_is_complete_whatever_the_complaint() -> None:
    path = ROOT / "workflows" / "dmn" / "complaint_classification.dmn"
    for topic in questions(path, "complaint_type"):
        for segment in ("core", "ordinary", None):
            context = {**topic, "customer": {"segment": segment}}
            output = evaluate(model(path), "complaint_classification", context).output
            assert isinstance(output, Mapping)
            assert output.keys() == {"type", "severity", "priority"}
            assert None not in output.values(), context


@each_file
def test_every_rule_is_explained_in_both_languages(path: Path) -> None:
    for table in tables(path):
        for rule in table.findall(f"{DMN}rule"):
            english, _, chinese = rule.findtext(f"{DMN}description").partition(" / ")
            assert english, rule.get("id")
            assert CHINESE.search(chinese), rule.get("id")


@each_file
def test_every_column_is_labelled_in_both_languages(path: Path) -> None:
    for table in tables(path):
        for clause in table.iter(f"{DMN}input", f"{DMN}output"):
            english, _, chinese = clause.get("label").partition(" / ")
            assert english, clause.get("id")
            assert CHINESE.search(chinese), clause.get("id")


@each_file
def test_everything_is_drawn(path: Path) -> None:
    root = etree.parse(path).getroot()
    drawn = {shape.get("dmnElementRef") for shape in root.iter("{*}DMNShape", "{*}DMNEdge")}
    parts = ("decision", "inputData", "informationRequirement")

    assert {part.get("id") for part in root.iter(*(DMN + name for name in parts))} == drawn


@pytest.mark.parametrize("severity", ["general", "major", "serious"])
def test_the_limits_of_a_complaint_are_those_of_the_service_standard(severity: str) -> None:
    path = ROOT / "workflows" / "dmn" / "service_limits.dmn"
    limits = evaluate(model(path), "service_limits", {"severity": severity}).output

    assert isinstance(limits, Mapping)
    assert limits["acknowledge_within"] == "PT24H"
    assert limits["initial_solution_within"] == "PT48H"
    assert limits["resolve_within"] == "P2D"
