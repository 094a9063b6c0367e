"""Who gets a message, when, and how often?"""

from datetime import timedelta

import pytest

from engine.errors import Conflict, NotFound
from engine.services.recorder import details_of
from tests.bpmn.build import Diagram, element, mapping, setting
from tests.services.conftest import ALICE, Desk

HOUR = timedelta(hours=1)


def waits_for_parcel(process_id: str = "process") -> Diagram:
    diagram = Diagram(process_id).message("parcel")
    diagram.start().add("receiveTask", "parcel_received", messageRef="message_parcel")
    diagram.user("inspect").end().chain("start", "parcel_received", "inspect", "end")
    return diagram


def started_by_survey() -> Diagram:
    definition = element("messageEventDefinition", "definition", messageRef="message_survey")
    diagram = Diagram("follow_up").message("survey", key="")
    diagram.start("start", definition).user("call").end().chain("start", "call", "end")
    return diagram


def publish(desk: Desk, name: str, key: str, **more: object) -> int:
    arguments = {"variables": {}, "time_to_live": timedelta(0)} | more
    return desk.app.messages.publish(ALICE, name=name, correlation_key=key, **arguments)


def test_a_message_reaches_the_instance_with_its_key_and_no_other(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    desk.start(case_number="C-1")
    other = desk.start(case_number="C-2")

    publish(desk, "parcel", "C-1")

    assert desk.open_tasks() == ["inspect"]
    assert desk.state(other) == "ACTIVE"


def test_the_variables_of_a_message_reach_the_instance(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    key = desk.start(case_number="C-1")

    publish(desk, "parcel", "C-1", variables={"weight": 3})

    assert desk.variables(key)["weight"] == "3"


def test_a_message_that_nobody_waits_for_is_lost_without_a_time_to_live(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    publish(desk, "parcel", "C-1")

    desk.start(case_number="C-1")

    assert desk.open_tasks() == []


def test_a_kept_message_reaches_a_receiver_that_comes_later(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    publish(desk, "parcel", "C-1", time_to_live=HOUR)

    desk.start(case_number="C-1")

    assert desk.open_tasks() == ["inspect"]


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "at once"])
def test_the_history_of_its_receiver_names_a_message(desk: Desk, kept: bool) -> None:
    desk.deploy(waits_for_parcel())
    if kept:
        publish(desk, "parcel", "C-1", time_to_live=HOUR)
    key = desk.start(case_number="C-1")
    if not kept:
        publish(desk, "parcel", "C-1")

    facts = [fact for fact in desk.rows("history") if fact["stream_key"] == key]
    (received,) = [fact for fact in facts if fact["kind"] == "message_received"]
    assert details_of(str(received["payload"]))["name"] == "parcel"
    after = [fact["kind"] for fact in facts if int(str(fact["sequence"])) > received["sequence"]]
    assert after[0] == "wait_ended"


def test_a_kept_message_is_gone_after_its_time_to_live(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    publish(desk, "parcel", "C-1", time_to_live=HOUR)
    desk.passes(HOUR)

    desk.start(case_number="C-1")

    assert desk.open_tasks() == []


def test_a_process_gets_a_kept_message_only_once(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    publish(desk, "parcel", "C-1", time_to_live=HOUR)

    desk.start(case_number="C-1")
    desk.start(case_number="C-1")

    assert desk.open_tasks() == ["inspect"]


def test_two_processes_both_get_a_message(desk: Desk) -> None:
    desk.deploy(waits_for_parcel("first"), waits_for_parcel("second"))
    desk.start("first", case_number="C-1")
    desk.start("second", case_number="C-1")

    publish(desk, "parcel", "C-1")

    assert desk.open_tasks() == ["inspect", "inspect"]


def test_the_same_message_id_is_accepted_once_while_the_first_is_kept(desk: Desk) -> None:
    publish(desk, "parcel", "C-1", message_id="m1", time_to_live=HOUR)

    with pytest.raises(Conflict, match="published before"):
        publish(desk, "parcel", "C-1", message_id="m1", time_to_live=HOUR)


def test_a_message_starts_the_process_that_begins_with_it(desk: Desk) -> None:
    desk.deploy(started_by_survey())

    publish(desk, "survey", "C-1", variables={"score": 2}, business_id="C-1")

    (instance,) = desk.rows("process_instance")
    assert (instance["process_id"], instance["business_id"]) == ("follow_up", "C-1")
    assert desk.variables(instance["key"])["score"] == "2"


def test_correlating_says_which_instance_had_the_message(desk: Desk) -> None:
    desk.deploy(waits_for_parcel())
    key = desk.start(case_number="C-1")

    _, receiver = desk.app.messages.correlate(
        ALICE, name="parcel", correlation_key="C-1", variables={}
    )

    assert receiver == key


def test_correlating_a_message_that_nobody_waits_for_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="nobody waits"):
        desk.app.messages.correlate(ALICE, name="parcel", correlation_key="C-1", variables={})


def test_a_diagram_publishes_a_message_by_the_built_in_job(desk: Desk) -> None:
    sends = Diagram("complaint")
    inputs = {
        "message_name": "survey",
        "correlation_key": "=case_number",
        "payload": "={score: 5}",
    }
    sends.start().add(
        "sendTask",
        "ask",
        settings=setting("taskDefinition", type="redress:publish-message") + mapping(inputs),
    ).end().chain("start", "ask", "end")
    desk.deploy(sends, started_by_survey())

    key = desk.start("complaint", case_number="C-1")
    desk.work()

    assert desk.state(key) == "COMPLETED"
    assert desk.open_tasks() == ["call"]


def test_a_message_job_with_bad_inputs_is_an_incident_that_names_the_input(desk: Desk) -> None:
    sends = Diagram("complaint")
    sends.start().add(
        "sendTask", "ask", settings=setting("taskDefinition", type="redress:publish-message")
    ).end().chain("start", "ask", "end")
    desk.deploy(sends)

    desk.start("complaint")
    desk.work()

    (incident,) = desk.rows("incident")
    assert "message_name" in str(incident["message"])


@pytest.mark.parametrize("interrupts", [True, False], ids=["interrupting", "beside"])
def test_a_message_that_takes_the_caller_on_reaches_the_called_one_if_it_waits_still(
    desk: Desk, interrupts: bool
) -> None:
    child = Diagram("child").message("withdrawn", key="=order")
    child.start().add("receiveTask", "wait", messageRef="message_withdrawn").user("pack").end()
    child.chain("start", "wait", "pack", "end")
    parent = Diagram("parent").message("withdrawn", key="=order")
    parent.start().call("call").end().chain("start", "call", "end")
    heard = element("messageEventDefinition", "heard", messageRef="message_withdrawn")
    parent.boundary("stop", "call", heard, interrupting=interrupts).user("close")
    desk.deploy(parent.flow("stop", "close"), child)
    desk.start("parent", order="1")

    desk.app.messages.publish(ALICE, name="withdrawn", correlation_key="1", variables={})

    assert desk.open_tasks() == (["close"] if interrupts else ["close", "pack"])
