"""Would the measuring of the drawings notice a fault?"""

from collections.abc import Callable, Iterator

import pytest

from tests.models import geometry
from tests.models.diagram import ROOT, Box, Diagram, Point


def fresh() -> Diagram:
    return Diagram(ROOT / "workflows" / "bpmn" / "follow_up.bpmn")


def move(diagram: Diagram, key: str, *, right: float = 0, down: float = 0) -> None:
    old = diagram.shapes[key]
    diagram.shapes[key] = Box(
        left=old.left + right,
        top=old.top + down,
        right=old.right + right,
        bottom=old.bottom + down,
    )


def reroute(diagram: Diagram, flow: str, *corners: Point) -> None:
    first, *_, last = diagram.edges[flow]
    diagram.edges[flow] = [first, *corners, last]


def two_tasks_over_each_other(diagram: Diagram) -> None:
    move(diagram, "decide_survey", right=-60)


def a_loose_boundary_event(diagram: Diagram) -> None:
    move(diagram, "contact_overdue", down=5)


def a_node_out_of_its_sub_process(diagram: Diagram) -> None:
    move(diagram, "contact_sped_up", right=200)


def a_node_out_of_its_lane(diagram: Diagram) -> None:
    move(diagram, "recover_service", down=-200)


def a_slanted_flow(diagram: Diagram) -> None:
    move(diagram, "follow_up_completed", down=10)
    reroute(diagram, "warranty_running_to_follow_up_completed", (3250, 265))


def a_flow_that_ends_in_the_air(diagram: Diagram) -> None:
    move(diagram, "follow_up_completed", right=10)


def a_flow_through_a_task(diagram: Diagram) -> None:
    move(diagram, "plan_next_survey", down=155)


def two_crossing_flows(diagram: Diagram) -> None:
    x, y = diagram.edges["survey_allowed_to_closed_without_survey"][0]
    reroute(diagram, "survey_allowed_to_closed_without_survey", (x, y - 160), (x, y))


def a_covered_label(diagram: Diagram) -> None:
    diagram.labels["survey_due"] = diagram.shapes["renew_consent"]


def a_label_left_behind(diagram: Diagram) -> None:
    move(diagram, "closed_no_response", right=60)


@pytest.mark.parametrize(
    ("spoil", "faults"),
    [
        (two_tasks_over_each_other, geometry.overlapping_shapes),
        (a_loose_boundary_event, geometry.detached_boundary_events),
        (a_node_out_of_its_sub_process, geometry.nodes_outside_their_container),
        (a_node_out_of_its_lane, geometry.nodes_outside_their_container),
        (a_slanted_flow, geometry.slanted_edges),
        (a_flow_that_ends_in_the_air, geometry.loose_edges),
        (a_flow_through_a_task, geometry.edges_through_nodes),
        (two_crossing_flows, geometry.edges_across_edges),
        (a_label_left_behind, geometry.strayed_labels),
        (a_covered_label, lambda diagram: geometry.covered_labels(diagram, diagram.labels)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_fault_is_reported(
    spoil: Callable[[Diagram], None], faults: Callable[[Diagram], Iterator[str]]
) -> None:
    diagram = fresh()
    assert not list(faults(diagram))

    spoil(diagram)

    assert list(faults(diagram))
