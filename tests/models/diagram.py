"""Reads a BPMN file's elements, names and drawing, for the tests in this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of the drawing, in pixels; ``y`` grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def contains(self, other: "Box") -> bool:
        """Tell whether *other* lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


class Diagram:
    """One BPMN file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = etree.parse(path).getroot()

    @cached_property
    def process(self) -> etree._Element:
        """The one process of the file."""
        (process,) = self.root.iter(f"{BPMN}process")
        return process

    @cached_property
    def elements(self) -> dict[str, etree._Element]:
        """Every BPMN element with an id, by that id; the drawing's own elements are not in it."""
        return {
            element.get("id"): element
            for element in self.root.iter()
            if isinstance(element.tag, str) and element.tag.startswith(BPMN) and element.get("id")
        }

    def all(self, *tags: str) -> Iterator[etree._Element]:
        """Yield the BPMN elements with these local names."""
        yield from self.root.iter(*(BPMN + tag for tag in tags))

    @cached_property
    def nodes(self) -> dict[str, etree._Element]:
        """Every flow node: activity, event, gateway."""
        return {
            key: element
            for key, element in self.elements.items()
            if element.find(f"{BPMN}incoming") is not None
            or element.find(f"{BPMN}outgoing") is not None
        }

    @cached_property
    def flows(self) -> dict[str, etree._Element]:
        """Every sequence flow."""
        return {flow.get("id"): flow for flow in self.all("sequenceFlow")}

    @cached_property
    def shapes(self) -> dict[str, Box]:
        """The drawn rectangle of each element that has one."""
        return {
            shape.get("bpmnElement"): box(shape.find(f"{DC}Bounds"))
            for shape in self.root.iter(f"{BPMNDI}BPMNShape")
        }

    @cached_property
    def edges(self) -> dict[str, list[Point]]:
        """The drawn waypoints of each sequence flow."""
        return {
            edge.get("bpmnElement"): [
                (float(point.get("x")), float(point.get("y")))
                for point in edge.findall(f"{DI}waypoint")
            ]
            for edge in self.root.iter(f"{BPMNDI}BPMNEdge")
        }

    @cached_property
    def labels(self) -> dict[str, Box]:
        """The drawn rectangle of each label that stands beside its element."""
        return {
            owner.get("bpmnElement"): box(bounds)
            for owner in self.root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge")
            if (bounds := owner.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")) is not None
        }

    def scope(self, key: str) -> str:
        """Return the id of the process or sub-process that an element is in."""
        return self.elements[key].getparent().get("id")

    def scopes(self, key: str) -> list[str]:
        """Return the ids of all processes and sub-processes around an element, innermost first."""
        return [around.get("id") for around in self.elements[key].iterancestors()]


def box(bounds: etree._Element) -> Box:
    """Read a ``dc:Bounds`` element."""
    left, top, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(left=left, top=top, right=left + width, bottom=top + height)


def property_of(element: etree._Element, name: str) -> str | None:
    """Return the value of an element's extension property."""
    path = f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property"
    for entry in element.findall(path):
        if entry.get("name") == name:
            return entry.get("value")
    return None


DIAGRAMS = [Diagram(path) for path in sorted((ROOT / "workflows" / "bpmn").glob("*.bpmn"))]
