"""Lanes: the innermost one around a node says who works there when the node does not."""

from dataclasses import dataclass

from engine.bpmn.reading.context import Reading
from engine.bpmn.reading.extensions import read_extensions, read_properties
from engine.bpmn.reading.xml import Element, child, children, text_of

_LANE_SETTINGS = frozenset({"properties"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane; ``group`` is its property of that name, else its id."""

    id: str
    name: str
    group: str


def read_lanes(reading: Reading, container: Element) -> dict[str, Lane]:
    """Return the lane of each node of *container* (a process) by node id."""
    found: dict[str, Lane] = {}
    for lane_set in children(container, "laneSet"):
        _read_set(reading, lane_set, found)
    return found


def _read_set(reading: Reading, lane_set: Element, found: dict[str, Lane]) -> None:
    for element in children(lane_set, "lane"):
        lane_id = element.get("id", "")
        settings = read_extensions(reading, element, lane_id, _LANE_SETTINGS)
        lane = Lane(
            id=lane_id,
            name=element.get("name", ""),
            group=read_properties(settings).get("group", "") or lane_id,
        )
        for reference in children(element, "flowNodeRef"):
            found[text_of(reference)] = lane
        inner = child(element, "childLaneSet")
        if inner is not None:
            _read_set(reading, inner, found)
