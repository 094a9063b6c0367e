"""What has changed between two versions of a diagram, element by element, by their ids.

Order, prefixes, spaces and the ids of parts mean nothing; where an element stands in the drawing
is told apart from what it says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from engine.bpmn.reading.xml import BPMN
from engine.xml import parse_xml

MAX_BYTES = 4_000_000
"""Of one file."""

_HOLDERS = frozenset(
    f"{BPMN}{name}"
    for name in (
        "definitions",
        "process",
        "subProcess",
        "adHocSubProcess",
        "transaction",
        "collaboration",
        "laneSet",
    )
)
_TOLD_BY_FLOWS = frozenset(f"{BPMN}{name}" for name in ("incoming", "outgoing", "flowNodeRef"))
_KEYS = ("name", "key", "target", "elementVariable")
"""Attributes that tell parts of one kind apart, such as properties and input mappings."""


class ChangeKind(StrEnum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """It only stands elsewhere in the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A fact about an element: ``what`` as a path such as ``property[sla].value``."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An element that was added, removed, changed or moved; ``type`` as BPMN calls it."""

    kind: ChangeKind
    element_id: str
    type: str
    name: str | None
    properties: Mapping[str, str]
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """An element with what it says and where it stands."""

    type: str
    facts: Mapping[str, str]
    place: tuple[str, ...]


def compare_diagrams(before: bytes, after: bytes) -> tuple[Change, ...]:
    """Return what differs, in the order of the newer file; what was removed comes last.

    Raises:
        NotXml: A file cannot be read.
    """
    old, new = _elements(before), _elements(after)
    found = [_change(id, old.get(id), new[id]) for id in new]
    removed = [_told(ChangeKind.REMOVED, id, old[id]) for id in old if id not in new]
    return tuple(change for change in (*found, *removed) if change is not None)


def _change(element_id: str, old: _Drawn | None, new: _Drawn) -> Change | None:
    if old is None:
        return _told(ChangeKind.ADDED, element_id, new)
    details = tuple(_details(old, new))
    if details:
        return _told(ChangeKind.CHANGED, element_id, new, details)
    return _told(ChangeKind.MOVED, element_id, new) if old.place != new.place else None


def _told(
    kind: ChangeKind, element_id: str, drawn: _Drawn, details: tuple[Detail, ...] = ()
) -> Change:
    names = {
        name: drawn.facts.get(f"property[{name}].value", "") for name in ("name.en", "name.zh")
    }
    return Change(
        kind=kind,
        element_id=element_id,
        type=drawn.type,
        name=drawn.facts.get("name"),
        properties=names,
        details=details,
    )


def _details(old: _Drawn, new: _Drawn) -> Iterator[Detail]:
    if old.type != new.type:
        yield Detail(what="type", before=old.type, after=new.type)
    for what in dict.fromkeys((*old.facts, *new.facts)):
        was, now = old.facts.get(what), new.facts.get(what)
        if was != now:
            yield Detail(what=what, before=was, after=now)


def _elements(file: bytes) -> dict[str, _Drawn]:
    root = parse_xml(file, max_bytes=MAX_BYTES)
    places = _places(root)
    found: dict[str, _Drawn] = {}
    for element in root.iter(f"{BPMN}*"):
        element_id, parent = element.get("id"), element.getparent()
        if element_id is None or parent is None or parent.tag not in _HOLDERS:
            continue
        found[element_id] = _Drawn(
            type=_local(element),
            facts=_facts(element, parent),
            place=places.get(element_id, ()),
        )
    return found


def _facts(element: etree._Element, parent: etree._Element) -> dict[str, str]:
    facts = {name: value for name, value in _attributes(element) if name != "id"}
    if parent.tag != f"{BPMN}definitions":
        facts["inside"] = parent.get("id", "")
    for part in _parts(element):
        _tell(part, "", facts)
    return facts


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what belongs to *element* itself and is no element of its own."""
    for part in element:
        is_own = element.tag in _HOLDERS and str(part.tag).startswith(BPMN) and part.get("id")
        if not is_own and part.tag not in _TOLD_BY_FLOWS and _local(part) != "laneSet":
            yield part


def _tell(part: etree._Element, above: str, facts: dict[str, str]) -> None:
    if _local(part) in ("extensionElements", "properties", "ioMapping", "taskHeaders"):
        for inner in part:
            _tell(inner, above, facts)
        return
    key = next((part.get(each) for each in _KEYS if part.get(each)), None)
    path = f"{above}{_local(part)}" + (f"[{key}]" if key else "")
    while path in facts or f"{path}." in facts:
        path += "'"
    text = (part.text or "").strip()
    if text or (not part.attrib and not len(part)):
        facts[path] = text
    for name, value in _attributes(part):
        if name != "id" and value != key:
            facts[f"{path}.{name}"] = value
    for inner in part:
        _tell(inner, f"{path}.", facts)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        yield etree.QName(name).localname, str(value)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _places(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Return by element where its shape or line stands."""
    found: dict[str, tuple[str, ...]] = {}
    for shape in root.iter("{*}BPMNShape", "{*}BPMNEdge"):
        numbers = [
            value for point in shape.iter("{*}Bounds", "{*}waypoint") for value in _at(point)
        ]
        found[shape.get("bpmnElement", "")] = tuple(numbers)
    return found


def _at(point: etree._Element) -> Iterator[str]:
    for name in ("x", "y", "width", "height"):
        if point.get(name) is not None:
            yield f"{float(point.get(name, '0')):g}"
