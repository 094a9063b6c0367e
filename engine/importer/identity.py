"""Gives everything an id of its own that XML allows."""

import re

from engine.importer.draft import Draft
from engine.importer.xml import BPMN, FLOW_NODES, Element, local_name

_NEED_ID = FLOW_NODES | {"process", "sequenceFlow", "lane"}
_POSSIBLE = re.compile(r"[^\W\d][\w.\-]*")
_IMPOSSIBLE = re.compile(r"[^\w.\-]")
_REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "processRef", "default", "bpmnElement")
_REFERENCE_TEXTS = frozenset({"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"})


def identify(draft: Draft) -> None:
    """Generate missing ids, rename impossible ones with all that refers to them, part twins."""
    _rename_impossible(draft)
    _separate_twins(draft)
    for element in draft.root.iter(f"{BPMN}*"):
        what = local_name(element)
        if what in _NEED_ID and not element.get("id"):
            new = draft.new_id(what)
            element.set("id", new)
            draft.report.add("id-generated", new, what=what, id=new)


def _rename_impossible(draft: Draft) -> None:
    renamed: dict[str, str] = {}
    for element in draft.root.iter(f"{BPMN}*"):
        old = element.get("id")
        if not old or _POSSIBLE.fullmatch(old):
            continue
        if old not in renamed:
            renamed[old] = draft.new_id("id_" + (_IMPOSSIBLE.sub("_", old).strip("_") or "x"))
            draft.report.add("id-renamed", renamed[old], old=old, id=renamed[old])
        element.set("id", renamed[old])
    if renamed:
        _follow(draft.root, renamed)


def _follow(root: Element, renamed: dict[str, str]) -> None:
    for element in root.iter("{*}*"):
        for attribute, value in element.attrib.items():
            plain = str(attribute)
            if str(value) in renamed and (plain in _REFERENCES or plain.endswith("Ref")):
                element.set(plain, renamed[str(value)])
        text = (element.text or "").strip()
        if text in renamed and local_name(element) in _REFERENCE_TEXTS:
            element.text = renamed[text]


def _separate_twins(draft: Draft) -> None:
    seen: set[str] = set()
    for element in draft.root.iter("{*}*"):
        old = element.get("id")
        if not old:
            continue
        if old not in seen:
            seen.add(old)
        elif element.tag.startswith(BPMN):
            new = draft.new_id(old)
            element.set("id", new)
            draft.report.add("id-repeated", new, old=old, id=new)
        elif local_name(element) in ("BPMNShape", "BPMNEdge", "BPMNPlane", "BPMNDiagram"):
            # Nothing refers to the ids of the drawing, so a new one changes nothing.
            element.set("id", draft.new_id(f"{old}_di"))
