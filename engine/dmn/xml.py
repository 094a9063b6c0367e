"""Names the parts of a DMN file as XML, and goes through them."""

from collections.abc import Iterator

from lxml import etree

from engine.xml import NotXml, parse_xml

MAX_FILE_SIZE = 4_000_000
"""Bytes of one DMN file."""

MAX_ELEMENTS = 100_000
"""Elements of one DMN file."""

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
"""The namespaces of DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""


class UnreadableFile(Exception):
    """A file is no DMN; the message says why."""


def read_definitions(data: bytes) -> etree._Element:
    """Return the ``definitions`` element; UnreadableFile for anything that is no DMN."""
    try:
        root = parse_xml(data, max_bytes=MAX_FILE_SIZE)
    except NotXml as problem:
        raise UnreadableFile(str(problem)) from None
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        raise UnreadableFile("its root is not 'definitions' of DMN 1.1 to 1.5")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise UnreadableFile(f"it has more than {MAX_ELEMENTS} elements")
    return root


def is_element(node: etree._Element) -> bool:
    """Say whether *node* is an element and no comment."""
    return isinstance(node.tag, str)


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the DMN elements directly below *element* that have one of *names* (all if none)."""
    for child in element:
        if not is_element(child):
            continue
        name = etree.QName(child)
        if name.namespace in NAMESPACES and (not names or name.localname in names):
            yield child


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """Return the first DMN element below *element* that has one of *names*."""
    return next(children(element, *names), None)


def local_name(element: etree._Element) -> str:
    """Return the name without its namespace."""
    return etree.QName(element).localname


def text_of(element: etree._Element | None) -> str:
    """Return the content of the ``text`` below *element*, stripped; empty when there is none."""
    text = None if element is None else child(element, "text")
    return (text.text or "").strip() if text is not None else ""


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute, empty when it is missing."""
    return str(element.get(name, "")).strip()
