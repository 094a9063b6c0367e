"""Takes out what pretends: look-alikes, hidden models, comments in texts, markup in names."""

import re

from lxml import etree

from engine.importer.draft import Draft
from engine.importer.xml import (
    BPMN,
    FLOW_NODES,
    Element,
    is_bpmn,
    local_name,
    remove,
    text_of,
)

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|<!\[CDATA\[", re.DOTALL)
_SPACE = re.compile(r"\s+")
_EXPRESSIONS = frozenset(
    {
        "conditionExpression",
        "completionCondition",
        "loopCardinality",
        "script",
        "condition",
        "timeDate",
        "timeDuration",
        "timeCycle",
        "formalExpression",
        "from",
        "to",
    }
)
_LOOKS = FLOW_NODES | {"process", "sequenceFlow", "definitions"}


def neutralise(draft: Draft) -> None:
    """Remove or name everything that is not what it seems."""
    _remove_comments(draft)
    _remove_look_alikes(draft)
    _remove_hidden(draft)
    _clean_names(draft)


def _remove_comments(draft: Draft) -> None:
    for comment in list(draft.root.iter(etree.Comment, etree.Entity)):
        parent = comment.getparent()
        if parent is None:
            continue
        remove(comment)
        if local_name(parent) in _EXPRESSIONS:
            owner = _owner(parent)
            draft.report.add("comment-in-text", owner, text=text_of(parent)[:200])


def _owner(element: Element) -> str | None:
    for around in (element, *element.iterancestors()):
        if around.get("id") and local_name(around) in _LOOKS:
            return around.get("id")
    return None


def _remove_look_alikes(draft: Draft) -> None:
    for element in list(draft.root.iter("{*}*")):
        if local_name(element) not in _LOOKS or is_bpmn(element):
            continue
        parent = element.getparent()
        if parent is None or not is_bpmn(parent) or local_name(parent) == "extensionElements":
            continue
        what = f"{element.tag} {element.get('id', '')}".strip()
        draft.report.add("look-alike-element", element.get("id"), what=what)
        remove(element)


def _remove_hidden(draft: Draft) -> None:
    for holder in list(draft.root.iter(f"{BPMN}extensionElements")):
        for element in list(holder.iter(f"{BPMN}*")):
            if element is holder or local_name(element) not in _LOOKS:
                continue
            draft.report.add("hidden-model", element.get("id"), what=local_name(element))
            for inner in element.iter(f"{BPMN}*"):
                if inner is not element and local_name(inner) in FLOW_NODES:
                    draft.report.add("hidden-model", inner.get("id"), what=local_name(inner))
            remove(element)


def _clean_names(draft: Draft) -> None:
    for element in draft.root.iter(f"{BPMN}*"):
        name = element.get("name") or ""
        if _MARKUP.search(name):
            clean = _SPACE.sub(" ", _MARKUP.sub(" ", name)).strip()
            element.set("name", clean)
            draft.report.add("markup-in-name", element.get("id"), name=clean)
