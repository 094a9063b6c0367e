"""Parses XML from strangers: no DTD, no entities, no network, bounded; and names its parts."""

from collections.abc import Iterator

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

MAX_BYTES = 4_000_000

_AMBIGUOUS = frozenset({"UTF-7", "UTF7", "CSUNICODE11UTF7", "HZ", "HZ-GB-2312"})
"""Encodings that write "<" so that a program which looks at the bytes does not see it."""

Element = etree._Element


class NotXml(Exception):
    """The bytes are no XML, or XML of a kind that is not accepted; the text says why."""


def parse(data: bytes) -> Element:
    """Return the root element.

    Raises:
        NotXml: Too large, not well-formed, or with a document type declaration.
    """
    if len(data) > MAX_BYTES:
        raise NotXml(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise NotXml(str(problem)) from problem
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise NotXml("it has a document type declaration (DOCTYPE)")
    if (document.encoding or "").upper() in _AMBIGUOUS:
        raise NotXml(f"its encoding {document.encoding} hides markup from other programs")
    return root


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
