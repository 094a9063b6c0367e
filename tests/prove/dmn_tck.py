"""Runs the public DMN compatibility kit against engine.dmn and prints what does not agree.

    python -m tests.prove.dmn_tck PATH [--failures]

PATH is a checkout of github.com/dmn-tck/tck. Levels 2 and 3 are run; the exit code is 1 when
level 2 passes less than 97 % or level 3 less than 90 %. ``--failures`` lists each failing case
with its reason. Nothing of the kit is kept here.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.dmn.evaluation import evaluate
from engine.dmn.model import Decision, DecisionModel
from engine.dmn.reader import read_model
from engine.errors import RedressError
from engine.feel import temporal
from engine.feel.comparison import equal
from engine.feel.limits import Budget
from engine.feel.text import to_text

_TESTS = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LEVELS = {"compliance-level-2": 0.97, "compliance-level-3": 0.90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One expected result: where it comes from, and why it was missed (None: it was met)."""

    case: str
    problem: str | None


def run_level(folder: Path) -> list[Outcome]:
    """Run all test files of a level."""
    outcomes = []
    for file in sorted(folder.glob("*/*-test-*.xml")):
        outcomes.extend(_run_file(file))
    return outcomes


def _run_file(file: Path) -> Iterator[Outcome]:
    root = etree.parse(str(file)).getroot()
    name = root.findtext(f"{_TESTS}modelName") or ""
    model, _ = read_model((file.parent / name).read_bytes(), resource_name=name)
    for case in root.findall(f"{_TESTS}testCase"):
        inputs = {
            str(node.get("name")): _value(node) for node in case.findall(f"{_TESTS}inputNode")
        }
        for node in case.findall(f"{_TESTS}resultNode"):
            label = f"{file.stem} {case.get('id')} {node.get('name')}"
            yield Outcome(case=label, problem=_problem(model, node, inputs))


def _problem(
    model: DecisionModel | None, node: etree._Element, inputs: Mapping[str, object]
) -> str | None:
    expected_node = node.find(f"{_TESTS}expected")
    expected = None if expected_node is None else _value(expected_node)
    decision = None if model is None else _decision(model, str(node.get("name")))
    if model is None or decision is None:
        return "there is no such decision"
    reason = ""
    try:
        actual = evaluate(model, decision.id, inputs, now=_NOW).output
    except (RedressError, KeyError) as error:
        # The kit knows no exceptions: a failed decision is null. A KeyError is a requirement that
        # leads nowhere (an import, a decision service), for which the file would be refused.
        actual, reason = None, f" ({error})"
    if _agree(expected, actual):
        return None
    return f"expected {_show(expected)}, got {_show(actual)}{reason}"


def _decision(model: DecisionModel, name: str) -> Decision | None:
    return next((each for each in model.decisions.values() if each.name == name), None)


def _show(value: object) -> str:
    return str(to_text(value, Budget()))


def _agree(expected: object, actual: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        # Results of sqrt, exp and the like are given with fewer digits than 34.
        return abs(expected - actual) <= abs(expected) * Decimal("1e-8")
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(_agree, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            _agree(value, actual[key]) for key, value in expected.items()
        )
    return equal(expected, actual, Budget()) is True


def _value(node: etree._Element) -> object:
    items = node.find(f"{_TESTS}list")
    if items is not None:
        return [_value(item) for item in items.findall(f"{_TESTS}item")]
    components = node.findall(f"{_TESTS}component")
    if components:
        return {str(each.get("name")): _value(each) for each in components}
    value = node.find(f"{_TESTS}value")
    if value is None or value.get(_NIL) == "true":
        return None
    return _scalar(str(value.get(_TYPE, "xsd:string")).rpartition(":")[2], value.text or "")


def _scalar(kind: str, text: str) -> object:
    match kind:
        case "string" | "anyURI":
            return text
        case "boolean":
            return text == "true"
        case "date" | "time" | "dateTime" | "duration":
            return temporal.parse_temporal(text)
        case _:
            return Decimal(text)


def main(arguments: list[str]) -> int:
    """Run both levels, print the rates and return the exit code."""
    if not arguments:
        sys.stdout.write(str(__doc__))
        return 2
    missed = False
    for level, wanted in _LEVELS.items():
        outcomes = run_level(Path(arguments[0]) / "TestCases" / level)
        failures = [each for each in outcomes if each.problem is not None]
        rate = 1 - len(failures) / max(len(outcomes), 1)
        missed = missed or rate < wanted or not outcomes
        met = len(outcomes) - len(failures)
        sys.stdout.write(f"{level}: {met} of {len(outcomes)} ({rate:.2%}, wanted {wanted:.0%})\n")
        if "--failures" in arguments:
            for each in failures:
                sys.stdout.write(f"  {each.case}: {each.problem}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
