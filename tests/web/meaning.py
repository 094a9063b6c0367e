"""What a BPMN file says, whatever its drawing, its prefixes and the order that means nothing."""

from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ORDERED = {f"{BPMN}extensionElements"}

Meaning = tuple[str, tuple[tuple[str, str], ...], str, tuple[Any, ...]]
"""Name, attributes, text and children."""


def meaning(file: bytes) -> Meaning:
    """Return a value that is equal for two files that say the same.

    The children of an element stand in any order; those of an extension in theirs.
    """
    return _of(etree.fromstring(file))


def _of(element: etree._Element) -> Meaning:
    children = [
        _of(child) for child in element if isinstance(child.tag, str) and child.tag != DRAWING
    ]
    tag = str(element.tag)
    if tag.startswith(BPMN) and tag not in _ORDERED:
        children.sort(key=repr)
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    if TYPE in attributes:
        attributes[TYPE] = attributes[TYPE].rpartition(":")[2]
    text = "" if children else (element.text or "").strip()
    return tag, tuple(sorted(attributes.items())), text, tuple(children)
