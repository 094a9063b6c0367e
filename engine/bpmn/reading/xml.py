"""Names the parts of a BPMN file as XML, and goes through them."""

from collections.abc import Iterator

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

Element = etree._Element


def tag(element: Element) -> str:
    """Return the qualified tag, ``{namespace}name``."""
    return str(element.tag)


def local_name(element: Element) -> str:
    """Return the name without its namespace."""
    return tag(element).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Iterate over the BPMN children called *name*."""
    return element.iterchildren(BPMN + name)


def child(element: Element, name: str) -> Element | None:
    """Return the first BPMN child called *name*."""
    return element.find(BPMN + name)


def text_of(element: Element | None) -> str:
    """Return the text of *element*, stripped; empty when there is none."""
    return "" if element is None or element.text is None else element.text.strip()
