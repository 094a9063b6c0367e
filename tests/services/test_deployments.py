"""What makes a new version, and what is refused?"""

from datetime import timedelta

import pytest

from engine.domain.findings import Finding
from engine.errors import DeploymentRefused, Forbidden, InvalidInput
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import ALICE, OLIVIA, Desk


def simple(name: str = "answer") -> Diagram:
    diagram = Diagram()
    diagram.start().user(name).end().chain("start", name, "end")
    return diagram


def test_a_changed_diagram_becomes_the_next_version(desk: Desk) -> None:
    first = desk.deploy(simple("answer"))["process"]
    second = desk.deploy(simple("reply"))["process"]

    assert second != first
    assert desk.app.instances.create(ALICE, process_id="process").version == 2


def test_an_unchanged_diagram_keeps_its_version(desk: Desk) -> None:
    assert desk.deploy(simple()) == desk.deploy(simple())


def test_a_running_instance_stays_on_its_version(desk: Desk) -> None:
    desk.deploy(simple("answer"))
    desk.start()
    desk.deploy(simple("reply"))

    assert desk.open_tasks() == ["answer"]


def test_an_older_version_can_still_be_started_by_number(desk: Desk) -> None:
    desk.deploy(simple("answer"))
    desk.deploy(simple("reply"))

    desk.app.instances.create(ALICE, process_id="process", version=1)

    assert desk.open_tasks() == ["answer"]


def test_only_process_owners_deploy_and_the_attempt_is_recorded(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.deployments.deploy(ALICE, {"process.bpmn": simple().xml()})

    assert [(h["kind"], h["actor"]) for h in desk.rows("history")] == [("access_denied", "alice")]


def test_one_bad_file_refuses_all_files_of_the_deployment(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused):
        desk.app.deployments.deploy(
            OLIVIA, {"process.bpmn": simple().xml(), "broken.bpmn": b"<not-xml"}
        )

    with pytest.raises(Exception, match="there is no process"):
        desk.start()


def test_a_file_of_an_unknown_kind_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        desk.app.deployments.deploy(OLIVIA, {"notes.txt": b"hello"})

    assert "notes.txt" in refusal.value.findings[0].message_en


def test_the_same_process_id_in_two_files_is_refused(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        desk.app.deployments.deploy(OLIVIA, {"a.bpmn": simple().xml(), "b.bpmn": simple().xml()})

    assert refusal.value.findings[0].rule == "duplicate-id"


def test_an_empty_deployment_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        desk.app.deployments.deploy(OLIVIA, {})


def test_a_timer_start_event_starts_instances_on_time_until_a_new_version_replaces_it(
    desk: Desk,
) -> None:
    monthly = Diagram()
    monthly.start("every_hour", timer("Cycle", "R/PT1H")).user("review").end()
    monthly.chain("every_hour", "review", "end")
    desk.deploy(monthly)

    desk.passes(timedelta(hours=2))
    assert desk.open_tasks() == ["review", "review"]

    desk.deploy(simple("answer"))
    desk.passes(timedelta(hours=2))
    assert desk.open_tasks() == ["review", "review"]


def test_a_start_timer_that_gives_no_time_refuses_the_deployment(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start("begin", timer("Date", '=working time(null, duration("PT1H"))')).end().chain(
        "begin", "end"
    )

    with pytest.raises(DeploymentRefused) as refused:
        desk.deploy(diagram)

    (finding,) = refused.value.findings
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.element_id) == ("expression-error", "begin")


def test_a_call_of_a_version_tag_that_nobody_carries_is_refused(desk: Desk) -> None:
    called = Diagram("called").start().end().chain("start", "end")
    caller = Diagram("caller").start()
    caller.call("call", process="called", bindingType="versionTag", versionTag="v9")
    assert isinstance(called, Diagram)
    assert isinstance(caller, Diagram)
    desk.deploy(called)

    with pytest.raises(DeploymentRefused) as refused:
        desk.deploy(caller.chain("start", "call"))  # type: ignore[arg-type]

    (finding,) = refused.value.findings
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.element_id) == ("missing-process", "call")
