"""The drawing: kept, repaired where its numbers are broken, extended for what was added."""

import math

from lxml import etree

from engine.importer.draft import Draft
from engine.importer.xml import BPMN, BPMNDI, DC, DI, Element, local_name, remove

_SIZES = {"Event": (36.0, 36.0), "Gateway": (50.0, 50.0)}
_TASK_SIZE = (100.0, 80.0)
_GAP = 40.0
_FARTHEST = 1_000_000.0


def repair(draft: Draft) -> None:
    """Replace numbers that are none, and drop shapes and edges of nothing."""
    ids = {element.get("id") for element in draft.root.iter(f"{BPMN}*")}
    for part in list(draft.root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge")):
        owner = part.get("bpmnElement", "").rpartition(":")[2]
        if owner not in ids:
            draft.report.add("diagram-repaired", owner or None, what="it draws nothing; removed")
            remove(part)
            continue
        part.set("bpmnElement", owner)
        broken = _repair_shape(part) if local_name(part) == "BPMNShape" else _repair_edge(part)
        if broken:
            draft.report.add("diagram-repaired", owner, what=broken)
        if local_name(part) == "BPMNEdge" and len(part.findall(f"{DI}waypoint")) < 2:
            remove(part)
        else:
            draft.shapes[owner] = part
    if draft.root.find(f".//{BPMNDI}BPMNShape") is None:
        draft.report.add("diagram-missing", None)


def _repair_shape(shape: Element) -> str:
    bounds = shape.find(f"{DC}Bounds")
    if bounds is None:
        bounds = etree.SubElement(shape, f"{DC}Bounds", x="0", y="0")
        bounds.set("width", "100")
        bounds.set("height", "80")
        return "it had no bounds"
    broken = [name for name in ("x", "y") if not _mend(bounds, name, 0.0)]
    broken += [n for n, d in (("width", 100.0), ("height", 80.0)) if not _mend(bounds, n, d)]
    return f"wrong {', '.join(broken)}" if broken else ""


def _repair_edge(edge: Element) -> str:
    broken = ""
    for point in list(edge.iterchildren(f"{DI}waypoint")):
        if _number(point.get("x")) is None or _number(point.get("y")) is None:
            remove(point)
            broken = "a point of the line had no place"
    if len(edge.findall(f"{DI}waypoint")) < 2:
        broken = "the line had fewer than two points; removed"
    return broken


def _mend(bounds: Element, name: str, fallback: float) -> bool:
    value = _number(bounds.get(name))
    fine = value is not None and (name in ("x", "y") or value > 0)
    if not fine:
        bounds.set(name, _text(fallback))
    return fine


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else None


def _text(value: float) -> str:
    return f"{value:g}"


def erase(draft: Draft, element_id: str) -> None:
    """Remove an element from the drawing."""
    found = draft.shapes.pop(element_id, None)
    if found is not None:
        remove(found)


def draw_beside(draft: Draft, element_id: str, added: Element, *, before: bool) -> None:
    """Draw *added* left (*before*) or right of an element, if that is drawn."""
    bounds = _bounds(draft, element_id)
    neighbour = draft.shapes.get(element_id)
    if bounds is None or neighbour is None:
        return
    x, y, width, height = bounds
    kind = local_name(added)
    own_width, own_height = next(
        (size for suffix, size in _SIZES.items() if kind.endswith(suffix)), _TASK_SIZE
    )
    left = x - _GAP - own_width if before else x + width + _GAP
    shape = etree.Element(f"{BPMNDI}BPMNShape", id=f"{added.get('id')}_di")
    shape.set("bpmnElement", added.get("id", ""))
    place = etree.SubElement(shape, f"{DC}Bounds")
    values = (left, y + (height - own_height) / 2, own_width, own_height)
    for name, value in zip(("x", "y", "width", "height"), values, strict=True):
        place.set(name, _text(value))
    neighbour.addnext(shape)
    draft.shapes[added.get("id", "")] = shape


def draw_flow(draft: Draft, flow: Element) -> None:
    """Draw a sequence flow as a straight line, if both its ends are drawn."""
    points = _line(draft, flow)
    near = draft.shapes.get(flow.get("sourceRef", ""))
    if points is None or near is None:
        return
    edge = etree.Element(f"{BPMNDI}BPMNEdge", id=f"{flow.get('id')}_di")
    edge.set("bpmnElement", flow.get("id", ""))
    near.addnext(edge)
    draft.shapes[flow.get("id", "")] = edge
    _set_points(edge, points)


def end_at(draft: Draft, flow: Element) -> None:
    """Draw a sequence flow anew after one of its ends has changed."""
    edge = draft.shapes.get(flow.get("id", ""))
    points = _line(draft, flow)
    if edge is not None and points is not None:
        _set_points(edge, points)


def _set_points(edge: Element, points: list[tuple[float, float]]) -> None:
    for old in list(edge.iterchildren(f"{DI}waypoint")):
        edge.remove(old)
    for number, (x, y) in enumerate(points):
        edge.insert(number, etree.Element(f"{DI}waypoint", x=_text(x), y=_text(y)))


def _line(draft: Draft, flow: Element) -> list[tuple[float, float]] | None:
    source = _bounds(draft, flow.get("sourceRef", ""))
    target = _bounds(draft, flow.get("targetRef", ""))
    if source is None or target is None:
        return None
    return [
        (source[0] + source[2], source[1] + source[3] / 2),
        (target[0], target[1] + target[3] / 2),
    ]


def _bounds(draft: Draft, element_id: str) -> tuple[float, float, float, float] | None:
    shape = draft.shapes.get(element_id)
    bounds = None if shape is None else shape.find(f"{DC}Bounds")
    if bounds is None:
        return None
    values = [_number(bounds.get(name)) for name in ("x", "y", "width", "height")]
    x, y, width, height = (0.0 if value is None else value for value in values)
    return x, y, width, height
