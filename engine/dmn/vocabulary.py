"""Refuses what only looks like a part of the decision.

The readers look elements up by their names in DMN's namespaces and pass over the rest, so what is
passed over must not look to a person as if it decided something.
"""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.issues import Issues
from engine.dmn.xml import NAMESPACES, attribute, children, local_name

_SET_ASIDE = frozenset({"extensionElements", "description", "DMNDI"})
"""Settings of programs, texts for people and drawings."""

_MAX_NAME = 255
_NAMED = frozenset({"definitions", "decision", "inputData", "businessKnowledgeModel"})


def check_vocabulary(root: etree._Element, issues: Issues) -> None:
    """Find foreign elements, texts that an element interrupts, and ids and names too long."""
    for element in _looked_at(root):
        if etree.QName(element).namespace not in NAMESPACES:
            _refuse_foreign(element, issues)
        elif local_name(element) == "text" and len(element):
            _refuse_markup(element, issues)
        elif local_name(element) in _NAMED:
            _check_length(element, issues)
        if len(list(children(element, "text"))) > 1:
            _refuse_markup(element, issues)


def _looked_at(root: etree._Element) -> Iterator[etree._Element]:
    pending = [root]
    while pending:
        element = pending.pop()
        yield element
        if etree.QName(element).namespace in NAMESPACES:
            pending.extend(part for part in element if local_name(part) not in _SET_ASIDE)


def _refuse_foreign(element: etree._Element, issues: Issues) -> None:
    what = f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)
    issues.add(
        "foreign-element",
        attribute(element, "id") or _owner(element),
        f"The element {what} is not of DMN's vocabulary; it only looks like part of the decision.",
        f"元素 {what} 不属于 DMN 词汇，只是看起来像决策的一部分。",
        mend_en="Write it as DMN, or remove it.",
        mend_zh="请改用 DMN 表达，或将其删除。",
    )


def _refuse_markup(element: etree._Element, issues: Issues) -> None:
    issues.add(
        "markup-in-text",
        _owner(element),
        "A text is interrupted by an element or given twice; part of it would not be read.",
        "文本被元素打断或重复，部分内容不会被读取。",
        mend_en="Write it again as plain text.",
        mend_zh="请改写为纯文本。",
    )


def _check_length(element: etree._Element, issues: Issues) -> None:
    for name in ("id", "name"):
        if len(attribute(element, name)) > _MAX_NAME:
            issues.add(
                "too-long",
                _owner(element),
                f"The {name} is longer than {_MAX_NAME} characters.",
                f"{name} 超过 {_MAX_NAME} 个字符。",
                mend_en="Shorten it; a description may be as long as you like.",
                mend_zh="请缩短；说明文字的长度不限。",
            )


def _owner(element: etree._Element) -> str | None:
    """Return the id of the nearest DMN element that *element* is or belongs to."""
    for around in (element, *element.iterancestors()):
        if attribute(around, "id"):
            return attribute(around, "id")
    return None
