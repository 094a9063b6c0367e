"""Parses XML from strangers: no DTD, no entities, no network, bounded."""

from lxml import etree

_AMBIGUOUS = frozenset({"UTF-7", "UTF7", "CSUNICODE11UTF7", "HZ", "HZ-GB-2312"})
"""Encodings that write "<" so that a program which looks at the bytes does not see it."""


class NotXml(Exception):
    """The bytes are no XML, or XML of a kind that is not accepted; the text says why."""


def parse_xml(data: bytes, *, max_bytes: int) -> etree._Element:
    """Return the root element, without comments and processing instructions.

    Raises:
        NotXml: Larger than *max_bytes*, not well-formed, with a document type declaration, or in
            an encoding that hides markup.
    """
    if len(data) > max_bytes:
        raise NotXml(f"it is larger than {max_bytes // 1_000_000} MB")
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
        raise NotXml(f"it is no well-formed XML ({problem})") from problem
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise NotXml("it has a document type declaration (DOCTYPE)")
    if (document.encoding or "").upper() in _AMBIGUOUS:
        raise NotXml(f"its encoding {document.encoding} hides markup from other programs")
    return root
