"""Reads the examples of decisions: inputs and the answer that the owner expects.

They stand in the file, below ``definitions`` as ``extensionElements``, which other programs keep
untouched: ``<example xmlns="urn:redress:decision-examples" decision="id" inputs="{…}"
expected="…"/>``, inputs and expected answer as JSON.
"""

import json
from collections.abc import Collection, Iterator

from lxml import etree

from engine.dmn.issues import Issues
from engine.dmn.model import Example
from engine.dmn.xml import child

NAMESPACE = "urn:redress:decision-examples"

MAX_EXAMPLES = 200
"""Of one file."""


class _Unreadable(Exception):
    """An example says nothing that could be tried; the arguments say why, in both languages."""


def read_examples(
    root: etree._Element, decisions: Collection[str], issues: Issues
) -> Iterator[Example]:
    """Yield the examples of a file in their order; *decisions* are those that it has."""
    holder = child(root, "extensionElements")
    elements = [] if holder is None else list(holder.iterchildren(f"{{{NAMESPACE}}}example"))
    for number, element in enumerate(elements, 1):
        try:
            yield _example(element, number, decisions)
        except _Unreadable as why:
            _refuse(issues, number, *why.args)
            if number > MAX_EXAMPLES:
                return


def _example(element: etree._Element, number: int, decisions: Collection[str]) -> Example:
    if number > MAX_EXAMPLES:
        raise _Unreadable(
            f"a file has {MAX_EXAMPLES} examples at most", f"每个文件最多 {MAX_EXAMPLES} 个示例"
        )
    decision = element.get("decision", "")
    if decision not in decisions:
        raise _Unreadable(f"there is no decision {decision!r}", f"没有决策 {decision!r}")
    inputs = _json(element, "inputs")
    if not isinstance(inputs, dict):
        raise _Unreadable("its inputs are no JSON object", "输入不是 JSON 对象")
    return Example(
        number=number, decision=decision, inputs=inputs, expected=_json(element, "expected")
    )


def _json(element: etree._Element, name: str) -> object:
    try:
        return json.loads(element.get(name, ""))
    except (ValueError, RecursionError):
        raise _Unreadable(f"{name!r} is no JSON", f"{name!r} 不是 JSON") from None


def _refuse(issues: Issues, number: int, why_en: str, why_zh: str) -> None:
    issues.add(
        "dmn-example-unreadable",
        None,
        f"Example {number} cannot be read: {why_en}.",
        f"示例 {number} 无法读取：{why_zh}。",
        mend_en="Write it again in the decision editor, or remove it.",
        mend_zh="请在决策编辑器中重新填写，或将其删除。",
    )
