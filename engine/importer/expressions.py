"""Finds the expressions of a file and has them translated to FEEL."""

import re

from engine.importer.draft import Draft
from engine.importer.foreign_expressions import (
    Untranslatable,
    from_juel,
    from_python,
    is_juel,
    quoted,
)
from engine.importer.xml import BPMN, XSI_TYPE, Element, local_name, text_of, unset

_ISO = re.compile(r"""\s*["'](?P<iso>[PR0-9][^"']*)["']\s*""")
_TIMEDELTA = re.compile(
    r"timedelta\(\s*(?P<unit>days|hours|minutes|seconds|weeks)\s*=\s*(?P<n>\d{1,9})\s*\)"
)
_UNITS = {"weeks": "P{}W", "days": "P{}D", "hours": "PT{}H", "minutes": "PT{}M", "seconds": "PT{}S"}
_TIMES = ("timeDate", "timeDuration", "timeCycle")
_WHAT_ZH = {"condition": "条件", "time": "时间", "script": "脚本", "mapping": "数据映射"}
"""What an owner calls an expression; any other is a setting, called as in the file."""
_NOT_SEEN = (*_TIMES, "EventDefinition", "Expression", "Condition", "LoopCharacteristics")


def translate_expressions(draft: Draft) -> None:
    """Translate conditions and times; what cannot be is a finding and stays as it is."""
    for element in draft.root.iter(f"{BPMN}conditionExpression", f"{BPMN}completionCondition"):
        _strip_language(element)
        text = text_of(element)
        if text and not text.startswith("=") and (is_juel(text) or draft.python_conditions):
            element.text = "=" + (translated(draft, element, text, "condition") or "")
            if element.text == "=":
                element.text = text
    for element in draft.root.iter(*(BPMN + name for name in _TIMES)):
        _strip_language(element)
        element.text = _time(draft, element, text_of(element))


def translated(draft: Draft, element: Element, text: str, what: str) -> str | None:
    """Return *text* as FEEL without ``=``; None after reporting that it cannot be."""
    owner = owner_of(element)
    try:
        feel = from_juel(text) if is_juel(text) else from_python(text)
    except Untranslatable as reason:
        draft.report.add(
            "condition-untranslated",
            owner,
            what=what,
            what_zh=_WHAT_ZH.get(what, f"设置 {what} "),
            text=text[:200],
            reason=reason,
            reason_zh=reason.zh,
        )
        return None
    draft.report.add("expression-translated", owner, old=text[:200], new=f"={feel}")
    return feel


def as_value(draft: Draft, element: Element, text: str, what: str) -> str | None:
    """Return a text of another engine as one of ours: ``=feel``, or itself.

    A text that would be taken for FEEL by accident becomes a FEEL string. None after reporting
    that it cannot be translated; the text must then stay where it is.
    """
    text = text.strip()
    if is_juel(text):
        feel = translated(draft, element, text, what)
        return None if feel is None else f"={feel}"
    return f"={quoted(text)}" if text.startswith("=") else text


def as_expression(draft: Draft, element: Element, text: str, what: str) -> str | None:
    """Return the ``=feel`` of a text that is an expression or the plain name of a variable."""
    value = as_value(draft, element, text, what)
    return value if value is None or value.startswith("=") else f"={value}"


def owner_of(element: Element) -> str | None:
    """Return the id of the element that a person sees *element* in."""
    for around in (element, *element.iterancestors()):
        if around.get("id") and not local_name(around).endswith(_NOT_SEEN):
            return around.get("id")
    return None


def _time(draft: Draft, element: Element, text: str) -> str:
    if is_juel(text):
        return as_value(draft, element, text, "time") or text
    iso = _ISO.fullmatch(text)
    if iso:
        return iso["iso"].strip()
    delta = _TIMEDELTA.fullmatch(text)
    return _UNITS[delta["unit"]].format(delta["n"]) if delta else text


def _strip_language(element: Element) -> None:
    unset(element, "language")
    unset(element, "evaluatesToTypeRef")
    kind = element.get(XSI_TYPE)
    if kind is not None and not kind.endswith("tFormalExpression"):
        del element.attrib[XSI_TYPE]
