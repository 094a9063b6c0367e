"""Says what is wrong with a drawing: overlaps, crossings, things outside their container."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from tests.models.diagram import Box, Diagram, Point

Segment = tuple[Point, Point]

LABEL_REACH = 20
"""How far from its element a label may stand, in pixels."""


def overlapping_shapes(diagram: Diagram) -> Iterator[str]:
    """Yield pairs of nodes drawn over each other; a boundary event sits on its host's border."""
    for one, other in combinations(diagram.nodes, 2):
        if one in diagram.scopes(other) or other in diagram.scopes(one):
            continue
        if diagram.elements[one].get("attachedToRef") == other:
            continue
        if diagram.elements[other].get("attachedToRef") == one:
            continue
        if diagram.shapes[one].overlaps(diagram.shapes[other]):
            yield f"{one} and {other}"


def detached_boundary_events(diagram: Diagram) -> Iterator[str]:
    """Yield boundary events whose middle is not on the border of what they are attached to."""
    for event in diagram.all("boundaryEvent"):
        host = diagram.shapes[event.get("attachedToRef")]
        x, y = diagram.shapes[event.get("id")].middle
        on_side = x in (host.left, host.right) and host.top <= y <= host.bottom
        on_rim = y in (host.top, host.bottom) and host.left <= x <= host.right
        if not on_side and not on_rim:
            yield event.get("id")


def nodes_outside_their_container(diagram: Diagram) -> Iterator[str]:
    """Yield nodes that are not inside their sub-process, or not in the lane that lists them."""
    for key in diagram.nodes:
        scope = diagram.shapes.get(diagram.scope(key))
        if scope and not scope.contains(diagram.shapes[key]):
            yield f"{key} is not inside {diagram.scope(key)}"
    for lane in diagram.all("lane"):
        band = diagram.shapes[lane.get("id")]
        for reference in lane.iterchildren("{*}flowNodeRef"):
            _, y = diagram.shapes[reference.text].middle
            if not band.top <= y <= band.bottom:
                yield f"{reference.text} is not in the lane {lane.get('id')}"


def slanted_edges(diagram: Diagram) -> Iterator[str]:
    """Yield flows with a segment that is neither horizontal nor vertical."""
    for key, points in diagram.edges.items():
        if any(x1 != x2 and y1 != y2 for (x1, y1), (x2, y2) in pairwise(points)):
            yield key


def loose_edges(diagram: Diagram) -> Iterator[str]:
    """Yield flows that do not begin at their source's border and end at their target's."""
    for key, flow in diagram.flows.items():
        points = diagram.edges[key]
        for end, point in (("sourceRef", points[0]), ("targetRef", points[-1])):
            if not _on_border(diagram.shapes[flow.get(end)], point):
                yield f"{key} misses its {end}"


def edges_through_nodes(diagram: Diagram) -> Iterator[str]:
    """Yield flows that touch a node which is neither their end nor around them."""
    for key, flow in diagram.flows.items():
        ends = {flow.get("sourceRef"), flow.get("targetRef")}
        ends |= {diagram.elements[end].get("attachedToRef") for end in ends}
        around = set(diagram.scopes(key))
        for node in diagram.nodes.keys() - ends - around:
            if any(_touches(segment, diagram.shapes[node]) for segment in _segments(diagram, key)):
                yield f"{key} runs through {node}"


def edges_across_edges(diagram: Diagram) -> Iterator[str]:
    """Yield pairs of flows that cross.

    Flows with a common source or target may share a trunk, as branches of a tree do; flows with
    nothing in common may not even touch.
    """
    for one, other in combinations(diagram.flows, 2):
        kin = _are_kin(diagram, one, other)
        for first in _segments(diagram, one):
            for second in _segments(diagram, other):
                if _cross(first, second) or (not kin and _meet(first, second)):
                    yield f"{one} and {other}"


def strayed_labels(diagram: Diagram) -> Iterator[str]:
    """Yield labels that stand too far from their shape or flow to belong to it."""
    for key, label in diagram.labels.items():
        near = Box(
            left=label.left - LABEL_REACH,
            top=label.top - LABEL_REACH,
            right=label.right + LABEL_REACH,
            bottom=label.bottom + LABEL_REACH,
        )
        shape = diagram.shapes.get(key)
        drawn = [shape] if shape else [_extent(part) for part in _segments(diagram, key)]
        if not any(near.overlaps(part) for part in drawn):
            yield key


def covered_labels(diagram: Diagram, labels: dict[str, Box]) -> Iterator[str]:
    """Yield labels that lie over a node, a flow or another label."""
    leaves = {
        key: shape
        for key, shape in diagram.shapes.items()
        if key in diagram.nodes and not diagram.elements[key].tag.endswith("subProcess")
    }
    for key, label in labels.items():
        for node, shape in leaves.items():
            if label.overlaps(shape):
                yield f"the label of {key} lies over {node}"
        for flow in diagram.flows:
            if any(_touches(segment, label) for segment in _segments(diagram, flow)):
                yield f"the label of {key} lies over {flow}"
    for one, other in combinations(labels, 2):
        if labels[one].overlaps(labels[other]):
            yield f"the labels of {one} and {other}"


def _segments(diagram: Diagram, flow: str) -> Iterator[Segment]:
    yield from pairwise(diagram.edges[flow])


def _are_kin(diagram: Diagram, one: str, other: str) -> bool:
    first, second = diagram.flows[one], diagram.flows[other]
    return any(first.get(end) == second.get(end) for end in ("sourceRef", "targetRef"))


def _on_border(shape: Box, point: Point) -> bool:
    x, y = point
    on_side = x in (shape.left, shape.right) and shape.top <= y <= shape.bottom
    return on_side or (y in (shape.top, shape.bottom) and shape.left <= x <= shape.right)


def _extent(segment: Segment) -> Box:
    (x1, y1), (x2, y2) = segment
    return Box(left=min(x1, x2), top=min(y1, y2), right=max(x1, x2), bottom=max(y1, y2))


def _touches(segment: Segment, box: Box) -> bool:
    line = _extent(segment)
    return (
        line.left <= box.right
        and box.left <= line.right
        and line.top <= box.bottom
        and box.top <= line.bottom
    )


def _meet(first: Segment, second: Segment) -> bool:
    return _touches(first, _extent(second))


def _cross(first: Segment, second: Segment) -> bool:
    """Tell whether one horizontal and one vertical segment meet away from the ends of both."""
    for flat, upright in ((_extent(first), _extent(second)), (_extent(second), _extent(first))):
        if flat.top == flat.bottom and upright.left == upright.right:
            across = flat.left < upright.left < flat.right
            return across and upright.top < flat.top < upright.bottom
    return False
