"""Is a deployment refused after which processes would call each other for ever?"""

from typing import cast

import pytest

from engine.domain.findings import Finding
from engine.errors import DeploymentRefused
from tests.bpmn.build import Diagram
from tests.services.conftest import OLIVIA, Desk


def calling(process_id: str, *called: str, settings: str = "", **attributes: str) -> Diagram:
    """A process that calls others one after the other."""
    diagram = Diagram(process_id, settings=settings).start()
    for other in called:
        diagram.call(f"call_{other}", process=other, **attributes)
    diagram.end().chain("start", *(f"call_{other}" for other in called), "end")
    assert isinstance(diagram, Diagram)
    return diagram


def tagged(tag: str) -> str:
    return f'<zeebe:versionTag value="{tag}"/>'


def refusal(desk: Desk, *diagrams: Diagram) -> list[tuple[str, str | None, str]]:
    resources = {f"{d.process_id}.bpmn": d.xml() for d in diagrams}
    with pytest.raises(DeploymentRefused) as caught:
        desk.app.deployments.deploy(OLIVIA, resources)
    findings = cast("tuple[Finding, ...]", caught.value.findings)
    return [(f.rule, f.element_id, f.message_en) for f in findings]


def test_a_process_that_calls_itself_is_refused(desk: Desk) -> None:
    assert refusal(desk, calling("a", "a")) == [
        ("call-cycle", "call_a", "The process calls itself in a circle: a → a.")
    ]


def test_a_circle_inside_one_deployment_is_refused_at_each_of_its_calls(desk: Desk) -> None:
    found = refusal(desk, calling("a", "b"), calling("b", "c"), calling("c", "a"))

    assert [message.partition(": ")[2] for _, _, message in found] == [
        "a → b → c → a.",
        "b → c → a → b.",
        "c → a → b → c.",
    ]


def test_a_circle_through_what_is_deployed_already_is_refused(desk: Desk) -> None:
    desk.deploy(calling("c"))
    desk.deploy(calling("b", "c"))
    desk.deploy(calling("a", "b"))

    assert refusal(desk, calling("c", "a"))[0][2].endswith("c → a → b → c.")


def test_a_refused_circle_leaves_the_old_version_in_force(desk: Desk) -> None:
    desk.deploy(calling("b"))
    desk.deploy(calling("a", "b"))

    refusal(desk, calling("b", "a"))
    desk.start("a")

    assert [row["state"] for row in desk.rows("process_instance")] == ["COMPLETED", "COMPLETED"]


def test_a_circle_by_version_tag_is_refused(desk: Desk) -> None:
    desk.deploy(calling("b", settings=tagged("new")))
    desk.deploy(calling("a", "b", bindingType="versionTag", versionTag="new"))

    assert refusal(desk, calling("b", "a", settings=tagged("new")))[0][0] == "call-cycle"


def test_a_call_of_an_older_version_of_oneself_is_no_circle(desk: Desk) -> None:
    desk.deploy(calling("a", settings=tagged("old")))

    desk.deploy(calling("a", "a", bindingType="versionTag", versionTag="old"))
    desk.start("a")

    assert [row["state"] for row in desk.rows("process_instance")] == ["COMPLETED", "COMPLETED"]


def test_a_caller_bound_to_its_deployment_does_not_follow_a_newer_version(desk: Desk) -> None:
    desk.deploy(calling("a", "b", bindingType="deployment"), calling("b"))

    desk.deploy(calling("b", "a"))

    desk.start("b")
    assert [row["process_id"] for row in desk.rows("process_instance")] == ["b", "a", "b"]


def test_two_callers_of_one_process_are_no_circle(desk: Desk) -> None:
    desk.deploy(calling("a", "b", "c"), calling("b", "c"), calling("c"))

    desk.start("a")

    assert len(desk.rows("process_instance")) == 4
