"""Tries the examples of a file: does each decision answer as its owner expects?"""

import json
from collections.abc import Iterator

from engine.dmn.evaluation import evaluate
from engine.dmn.model import DecisionModel, Example
from engine.domain.findings import Finding, Rule, Severity
from engine.errors import ExpressionError, LimitExceeded
from engine.feel import to_json
from engine.feel.host_functions import HOST_FUNCTIONS
from engine.feel.runtime import NoTimeGiven

RULES = {
    "dmn-example-differs": Rule(
        en="Example {number} ({inputs}) expects {expected}, but the decision answers {answer}.",
        zh="示例 {number}（{inputs}）期望 {expected}，但决策的结果是 {answer}。",
        mend_en="Correct the rules, or the answer that the example expects.",
        mend_zh="请更正规则，或更正示例所期望的结果。",
        severity=Severity.WARNING,
    ),
    "dmn-example-fails": Rule(
        en="Example {number} ({inputs}) expects {expected}, but the decision fails: {answer}",
        zh="示例 {number}（{inputs}）期望 {expected}，但决策失败：{answer}",
        mend_en="Correct the rules, or the answer that the example expects.",
        mend_zh="请更正规则，或更正示例所期望的结果。",
        severity=Severity.WARNING,
    ),
    "dmn-example-not-checked": Rule(
        en="Example {number} depends on the time or on data of the server; only trying it in the "
        "editor says what it answers.",
        zh="示例 {number} 取决于时间或服务器数据，只有在编辑器中试算才能得知结果。",
        severity=Severity.INFO,
    ),
}


class _NeedsServer(Exception):
    """The decision calls a function that only a running server has."""


def same_answer(answer: object, expected: object) -> bool:
    """Say whether two JSON values are the same answer; 1 and 1.0 are, 1 and true are not."""
    return _canonical(answer) == _canonical(expected)


def check_examples(model: DecisionModel) -> tuple[Finding, ...]:
    """Return a finding for every example whose decision answers otherwise."""
    return tuple(_differences(model))


def _differences(model: DecisionModel) -> Iterator[Finding]:
    functions = dict.fromkeys(HOST_FUNCTIONS, _of_the_server)
    for example in model.examples:
        try:
            result = evaluate(model, example.decision, example.inputs, functions=functions)
            answer = to_json(result.output)
        except _NeedsServer:
            yield _finding(model, example, "dmn-example-not-checked", None)
        except (ExpressionError, LimitExceeded) as failure:
            needs_time = isinstance(failure.__cause__, NoTimeGiven)
            rule = "dmn-example-not-checked" if needs_time else "dmn-example-fails"
            yield _finding(model, example, rule, failure)
        else:
            if not same_answer(answer, example.expected):
                yield _finding(model, example, "dmn-example-differs", _shown(answer))


def _finding(model: DecisionModel, example: Example, rule: str, answer: object) -> Finding:
    inputs = ", ".join(f"{name} = {_shown(value)}" for name, value in example.inputs.items())
    parts = {
        "number": example.number,
        "inputs": inputs,
        "expected": _shown(example.expected),
        "answer": answer,
    }
    return RULES[rule].finding(
        rule, resource=model.resource_name, element_id=example.decision, parts=parts
    )


def _of_the_server(*_: object) -> object:
    raise _NeedsServer


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _canonical(value: object) -> object:
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {name: _canonical(item) for name, item in value.items()}
    return value
