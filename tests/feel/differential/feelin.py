"""Asks feelin, the interpreter inside Camunda Modeler, and compares its answers with ours."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isclose
from pathlib import Path

from engine.errors import ExpressionError, LimitExceeded
from engine.feel import compile_expression, compile_unary_tests
from engine.feel.limits import Budget
from engine.feel.text import to_text
from engine.feel.values import SCALARS
from tests.feel.differential.questions import VARIABLES, Maker
from tests.node import node, workbench

HERE = Path(__file__).parent
PRECISION = 1e-9
"""How far two numbers may be apart, relatively: feelin counts in binary floating point."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that the two answer differently."""

    question: Mapping[str, object]
    ours: object
    theirs: object


def questions(seeds: Sequence[int]) -> list[dict[str, object]]:
    """Return one question for each seed; each fourth is about the tests of a cell."""
    found: list[dict[str, object]] = []
    for seed in seeds:
        maker = Maker(seed)
        if seed % 4:
            found.append({"expression": maker.expression(), "context": VARIABLES})
        else:
            tests, value = maker.cell()
            found.append({"tests": tests, "value": value})
    return found


def differences(asked: Sequence[Mapping[str, object]]) -> list[Difference]:
    """Return the questions that get different answers."""
    place = workbench(HERE, "feel-oracle")
    answers = json.loads(node(["oracle.mjs"], place, stdin=json.dumps(asked)))
    ours = [_answer(question) for question in asked]
    return [
        Difference(question, mine, theirs)
        for question, mine, theirs in zip(asked, ours, answers, strict=True)
        if not _same(mine, theirs)
    ]


def _answer(question: Mapping[str, object]) -> object:
    try:
        if "tests" in question:
            return compile_unary_tests(str(question["tests"])).matches(question["value"], {})
        return _plain(compile_expression(str(question["expression"])).evaluate(VARIABLES))
    except (ExpressionError, LimitExceeded) as error:
        return {"error": str(error)}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | str):
        return value
    assert type(value) in SCALARS
    return {"temporal": to_text(value, Budget())}


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, float) and isinstance(theirs, int | float) and theirs is not True:
        return theirs is not False and isclose(ours, theirs, rel_tol=PRECISION, abs_tol=PRECISION)
    return type(ours) is type(theirs) and ours == theirs
