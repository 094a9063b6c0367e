"""From bytes of any origin to a tree: any encoding, no DTD, no entities, no network, bounded."""

import codecs
import re

from lxml import etree

from engine.importer.rules import Report
from engine.importer.xml import BPMN, Element, local_name

MAX_BYTES = 4_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 120
MAX_TEXT = 500_000

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODINGS = re.compile(
    r"utf-?(8|16|32)(-?(le|be))?|us-ascii|ascii|iso-?8859-?\d+|latin-?1|windows-?125\d|cp\d+|"
    r"gb2312|gbk|gb18030|big5(-?hkscs)?|shift_?jis|euc-?(jp|kr|cn)|koi8-?[ru]|macintosh",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_UNREADABLE = "\ufffd"
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,9});")


class Unreadable(Exception):
    """The bytes are no model; ``rule`` is the finding, the text says why or what they are."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule


def read(data: bytes, report: Report) -> Element:
    """Return the ``definitions`` element of the file.

    Raises:
        Unreadable: Too large, not XML, with a document type, or no BPMN 2.0.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("import-not-readable", f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        raise Unreadable("import-not-readable", "it is empty")
    root = _parse(_without_control_characters(_decode(data, report), report))
    _check_bounds(root)
    if root.tag != f"{BPMN}definitions":
        raise Unreadable("import-not-bpmn", _kind_of(root))
    return root


def _decode(data: bytes, report: Report) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError as problem:
        raise Unreadable(
            "import-not-readable", f"the encoding {encoding} is not known"
        ) from problem
    unreadable = text.count(_UNREADABLE)
    if unreadable:
        report.add("encoding-broken", None, count=unreadable, encoding=encoding)
    return text


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if data.startswith(b"<") else "utf-16-be"
    declared = _DECLARED.match(data[:400])
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    if not _ENCODINGS.fullmatch(name):
        raise Unreadable("import-not-readable", f"the encoding {name} is not known")
    # One byte per character was read to get here, so the file is no UTF-16, whatever it says.
    return "utf-8" if name.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")) else name


def _without_control_characters(text: str, report: Report) -> str:
    text, raw = _FORBIDDEN.subn("", text)
    referred = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal referred
        digits = found[1]
        code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
        if code <= 0x10FFFF and not _FORBIDDEN.match(chr(code)):
            return found[0]
        referred += 1
        return ""

    text = _REFERENCE.sub(replace, text)
    if raw + referred:
        report.add("control-characters", None, count=raw + referred)
    return text


def _parse(text: str) -> Element:
    body = _DECLARATION.sub("", text, count=1)
    prolog = _PROLOG.match(body)
    start = body[prolog.end() if prolog else 0 :][:60].lower()
    if start.startswith("<!doctype"):
        what = "HTML" if start.startswith("<!doctype html") else None
        if what:
            raise Unreadable("import-not-bpmn", what)
        raise Unreadable("import-not-readable", "it has a document type declaration (DOCTYPE)")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        return etree.fromstring(body.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Unreadable("import-not-readable", f"it is not XML ({problem})") from problem


def _check_bounds(root: Element) -> None:
    depth = 0
    count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise Unreadable("import-not-readable", f"it is nested more than {MAX_DEPTH} deep")
        if count > MAX_ELEMENTS:
            raise Unreadable("import-not-readable", f"it has more than {MAX_ELEMENTS} elements")
        texts = [element.text or "", element.tail or "", *map(str, element.attrib.values())]
        if max(map(len, texts)) > MAX_TEXT:
            raise Unreadable("import-not-readable", f"a text is longer than {MAX_TEXT} characters")


def _kind_of(root: Element) -> str:
    name = local_name(root)
    known = {"html": "HTML", "svg": "an SVG picture"}
    return known.get(name.lower(), f"XML of another kind ({root.tag})")
