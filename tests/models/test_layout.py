"""Are the diagrams drawn so that a person can read them?"""

from collections.abc import Callable, Iterator

import pytest

from tests.models import geometry
from tests.models.diagram import DIAGRAMS, Diagram

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.path.stem)


@each_diagram
def test_every_node_is_drawn(diagram: Diagram) -> None:
    assert not diagram.nodes.keys() - diagram.shapes.keys()


@each_diagram
def test_every_sequence_flow_is_drawn(diagram: Diagram) -> None:
    assert diagram.flows.keys() == diagram.edges.keys()


@each_diagram
@pytest.mark.parametrize(
    "faults",
    [
        pytest.param(geometry.overlapping_shapes, id="no-two-nodes-overlap"),
        pytest.param(geometry.detached_boundary_events, id="boundary-events-sit-on-the-border"),
        pytest.param(geometry.nodes_outside_their_container, id="nodes-stay-in-their-container"),
        pytest.param(geometry.slanted_edges, id="flows-are-horizontal-and-vertical"),
        pytest.param(geometry.loose_edges, id="flows-dock-on-their-ends"),
        pytest.param(geometry.edges_through_nodes, id="no-flow-runs-through-a-node"),
        pytest.param(geometry.edges_across_edges, id="no-two-flows-cross"),
        pytest.param(geometry.strayed_labels, id="labels-stand-beside-what-they-name"),
    ],
)
def test_the_drawing_is_clean(diagram: Diagram, faults: Callable[[Diagram], Iterator[str]]) -> None:
    assert list(faults(diagram)) == []


@each_diagram
def test_labels_stand_clear_of_everything(diagram: Diagram) -> None:
    assert list(geometry.covered_labels(diagram, diagram.labels)) == []


@each_diagram
def test_the_way_goes_from_left_to_right(diagram: Diagram) -> None:
    starts = [
        diagram.shapes[event.get("id")].left for event in diagram.process.findall("{*}startEvent")
    ]
    others = [
        diagram.shapes[key].left for key in diagram.nodes if diagram.scope(key) == diagram.path.stem
    ]

    assert max(starts) == min(others)
