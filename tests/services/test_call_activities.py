"""How do a calling process and the called one act on each other?"""

from datetime import timedelta

import pytest

from engine.errors import Conflict, DeploymentRefused
from tests.bpmn.build import Diagram, element, timer
from tests.services.conftest import OTTO, Desk


def child(end: str = "") -> Diagram:
    diagram = Diagram("child").error("failed")
    diagram.start().user("inspect").end("end", end).chain("start", "inspect", "end")
    return diagram


def parent(**binding: str) -> Diagram:
    diagram = Diagram("parent").error("failed")
    diagram.start().call("call", **binding).user("after").end()
    diagram.chain("start", "call", "after", "end")
    caught = element("errorEventDefinition", "definition", errorRef="error_failed")
    diagram.boundary("failed", "call", caught).user("mend").flow("failed", "mend")
    diagram.boundary("late", "call", timer("Duration", "PT1H")).user("hurry").flow("late", "hurry")
    return diagram


def test_a_called_process_is_an_instance_of_its_own_with_the_callers_case_number(
    desk: Desk,
) -> None:
    desk.deploy(parent(), child())

    desk.app.instances.create(OTTO, process_id="parent", business_id="C-7")

    rows = {r["process_id"]: r for r in desk.rows("process_instance")}
    assert rows["child"]["parent_key"] == rows["parent"]["key"]
    assert rows["child"]["root_key"] == rows["parent"]["key"]
    assert rows["child"]["business_id"] == "C-7"


def test_the_caller_goes_on_with_the_results_when_the_called_one_has_ended(desk: Desk) -> None:
    desk.deploy(parent(), child())
    key = desk.start("parent")

    desk.complete("inspect", verdict="broken")

    assert desk.open_tasks() == ["after"]
    assert desk.variables(key)["verdict"] == '"broken"'


def test_an_error_of_the_called_process_is_caught_by_the_caller(desk: Desk) -> None:
    thrown = element("errorEventDefinition", "thrown", errorRef="error_failed")
    desk.deploy(parent(), child(thrown))
    desk.start("parent")

    desk.complete("inspect")

    assert desk.open_tasks() == ["mend"]
    assert {r["process_id"]: r["state"] for r in desk.rows("process_instance")} == {
        "parent": "ACTIVE",
        "child": "TERMINATED",
    }


def escalating_child() -> Diagram:
    diagram = Diagram("child").escalation("stuck")
    thrown = element("escalationEventDefinition", "thrown", escalationRef="escalation_stuck")
    diagram.start().user("inspect").end("end", thrown).chain("start", "inspect", "end")
    return diagram


def parent_of_escalation(*, interrupting: bool) -> Diagram:
    diagram = Diagram("parent").escalation("stuck")
    diagram.start().call("call").user("after").end().chain("start", "call", "after", "end")
    caught = element("escalationEventDefinition", "definition", escalationRef="escalation_stuck")
    diagram.boundary("stuck", "call", caught, interrupting=interrupting)
    diagram.user("help").flow("stuck", "help")
    return diagram


def test_an_escalation_at_the_end_of_the_called_process_interrupts_the_call(desk: Desk) -> None:
    desk.deploy(parent_of_escalation(interrupting=True), escalating_child())
    desk.start("parent")

    desk.complete("inspect")

    assert desk.open_tasks() == ["help"]


def test_an_escalation_that_does_not_interrupt_lets_the_call_end(desk: Desk) -> None:
    desk.deploy(parent_of_escalation(interrupting=False), escalating_child())
    desk.start("parent")

    desk.complete("inspect")

    assert desk.open_tasks() == ["after", "help"]


def test_an_interrupted_call_ends_the_called_instance(desk: Desk) -> None:
    desk.deploy(parent(), child())
    desk.start("parent")

    desk.passes(timedelta(hours=1))

    assert desk.open_tasks() == ["hurry"]


def test_cancelling_the_caller_cancels_the_called_one(desk: Desk) -> None:
    desk.deploy(parent(), child())
    key = desk.start("parent")

    desk.app.instances.cancel(OTTO, key)

    assert {r["state"] for r in desk.rows("process_instance")} == {"TERMINATED"}
    assert desk.open_tasks() == []


def test_a_called_instance_cannot_be_cancelled_alone(desk: Desk) -> None:
    desk.deploy(parent(), child())
    desk.start("parent")
    (called,) = [r for r in desk.rows("process_instance") if r["process_id"] == "child"]

    with pytest.raises(Conflict, match="was called by"):
        desk.app.instances.cancel(OTTO, called["key"])


def test_a_call_bound_to_its_deployment_keeps_the_version_of_that_deployment(desk: Desk) -> None:
    desk.deploy(parent(bindingType="deployment"), child())
    changed = Diagram("child")
    changed.start().user("inspect_anew").end().chain("start", "inspect_anew", "end")
    desk.deploy(changed)

    desk.start("parent")

    assert desk.open_tasks() == ["inspect"]


def test_a_call_of_the_latest_version_follows_new_deployments(desk: Desk) -> None:
    desk.deploy(parent(), child())
    changed = Diagram("child")
    changed.start().user("inspect_anew").end().chain("start", "inspect_anew", "end")
    desk.deploy(changed)

    desk.start("parent")

    assert desk.open_tasks() == ["inspect_anew"]


def test_a_call_of_a_process_that_is_not_there_refuses_the_deployment(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        desk.deploy(parent())

    assert refusal.value.findings[0].element_id == "call"


def test_a_process_that_calls_itself_for_ever_is_stopped_and_stores_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database may hold one that was deployed before circles were refused."""
    monkeypatch.setattr("engine.services.deployments.refuse_call_cycles", lambda *_: None)
    endless = Diagram("child")
    endless.start().call("again").end().chain("start", "again", "end")
    desk.deploy(endless)

    with pytest.raises(Exception, match="call itself"):
        desk.start("child")

    assert desk.rows("process_instance") == []
