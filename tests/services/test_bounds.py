"""Does a runaway diagram become an incident or a clear error, and nobody else's problem?"""

import threading
from datetime import timedelta

import pytest

from engine.bpmn import Limits
from engine.errors import LimitExceeded
from tests.bpmn.build import Content, Diagram, loop, mapping
from tests.services.conftest import ALICE, OTTO, Desk


@pytest.fixture
def limits() -> Limits:
    """Lower bounds, so that a runaway is noticed at once, however busy the machine."""
    return Limits(steps=2_000, tokens=500, seconds=600)


def turning(diagram: Content, after: str) -> Content:
    """Let the diagram, behind the node *after*, turn round while ``go`` is true, then rest."""
    diagram.exclusive("again", default="out").script("work", "=1", "x").user("rest")
    diagram.flow(after, "again").flow("again", "work", "=go").flow("work", "again")
    return diagram.flow("again", "rest", flow_id="out")


def receiver(process_id: str = "process") -> Diagram:
    diagram = Diagram(process_id).message("parcel")
    diagram.start().add("receiveTask", "parcel_received", messageRef="message_parcel")
    diagram.flow("start", "parcel_received")
    turning(diagram, "parcel_received")
    return diagram


def publish(desk: Desk, **variables: object) -> int:
    return desk.app.messages.publish(
        ALICE, name="parcel", correlation_key="C-1", variables=variables
    )


def test_a_message_into_a_runaway_is_published_and_becomes_an_incident_there(desk: Desk) -> None:
    desk.deploy(receiver())
    key = desk.start(case_number="C-1", go=True)

    publish(desk)

    (incident,) = desk.rows("incident")
    assert (incident["process_instance_key"], incident["element_id"]) == (key, "parcel_received")
    assert "steps" in str(incident["message"])
    assert desk.state(key) == "ACTIVE"


def test_the_other_receivers_have_the_message_all_the_same(desk: Desk) -> None:
    desk.deploy(receiver("mad"), receiver("sane"))
    desk.start("mad", case_number="C-1", go=True)
    sane = desk.start("sane", case_number="C-1", go=False)

    publish(desk)

    assert desk.task("rest", sane)


def test_correlating_into_a_runaway_names_the_receiver(desk: Desk) -> None:
    desk.deploy(receiver())
    key = desk.start(case_number="C-1", go=True)

    correlated = desk.app.messages.correlate(
        ALICE, name="parcel", correlation_key="C-1", variables={}
    )

    assert correlated[1] == key
    assert len(desk.rows("incident")) == 1


def test_the_message_is_delivered_again_when_the_incident_is_resolved(desk: Desk) -> None:
    desk.deploy(receiver())
    key = desk.start(case_number="C-1", go=True)
    publish(desk, weight=3)
    (incident,) = desk.rows("incident")

    desk.passes(timedelta(days=2))
    publish_other(desk)
    desk.app.instances.set_variables(OTTO, key, {"go": False}, local=False)
    desk.app.incidents.resolve(OTTO, incident["key"])

    assert desk.open_tasks() == ["rest"]
    assert desk.variables(key)["weight"] == "3"
    assert desk.rows("incident")[0]["state"] == "RESOLVED"


def publish_other(desk: Desk) -> None:
    """Publish something else, by which expired messages are forgotten."""
    desk.app.messages.publish(ALICE, name="other", correlation_key="x", variables={})


def test_resolving_it_in_vain_says_why_and_keeps_the_incident(desk: Desk) -> None:
    desk.deploy(receiver())
    desk.start(case_number="C-1", go=True)
    publish(desk)
    (incident,) = desk.rows("incident")

    with pytest.raises(LimitExceeded, match="steps"):
        desk.app.incidents.resolve(OTTO, incident["key"])

    assert desk.rows("incident")[0]["state"] == "ACTIVE"


def test_the_message_counts_as_received_by_the_process(desk: Desk) -> None:
    desk.deploy(receiver())
    desk.start(case_number="C-1", go=True)
    desk.app.messages.publish(
        ALICE,
        name="parcel",
        correlation_key="C-1",
        variables={},
        time_to_live=timedelta(hours=1),
    )

    late = desk.start(case_number="C-1", go=False)

    assert desk.state(late) == "ACTIVE"
    assert desk.open_tasks() == []


def test_a_message_that_a_job_sends_into_a_runaway_completes_the_job(desk: Desk) -> None:
    sender = Diagram("sender").start()
    inputs = mapping({"message_name": "parcel", "correlation_key": "C-1"})
    sender.job("send", type="redress:publish-message", settings=inputs)
    sender.end().chain("start", "send", "end")
    desk.deploy(receiver(), sender)  # type: ignore[arg-type]
    desk.start(case_number="C-1", go=True)

    sending = desk.start("sender")
    desk.work()

    assert desk.state(sending) == "COMPLETED"
    assert [row["element_id"] for row in desk.rows("incident")] == ["parcel_received"]


BOMBS = {
    "a loop without a wait": turning(Diagram().start(), "start"),
    "a loop that starts a token each round": Diagram()
    .start()
    .exclusive("a")
    .parallel("b")
    .user("u")
    .chain("start", "a", "b", "a")
    .flow("b", "u"),
    "a multi-instance beyond all bounds": Diagram()
    .start()
    .user("u", loop("=for i in 1..20000 return i"))
    .chain("start", "u"),
}


@pytest.mark.parametrize("diagram", BOMBS.values(), ids=BOMBS.keys())
def test_starting_a_bomb_is_refused_with_the_bound_and_stores_nothing(
    desk: Desk, diagram: Diagram
) -> None:
    desk.deploy(diagram)

    with pytest.raises(LimitExceeded, match=r"steps|tokens"):
        desk.start(go=True)

    assert desk.rows("process_instance") == []


def test_a_bomb_behind_a_timer_becomes_an_incident(desk: Desk) -> None:
    diagram = Diagram().start()
    wait = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration>"
    diagram.add("intermediateCatchEvent", "wait", f"{wait}</bpmn:timerEventDefinition>")
    diagram.flow("start", "wait")
    desk.deploy(turning(diagram, "wait"))  # type: ignore[arg-type]
    desk.start(go=True)

    desk.passes(timedelta(hours=2))

    assert [row["element_id"] for row in desk.rows("incident")] == ["wait"]


@pytest.mark.parametrize("limits", [Limits()], ids=["the bounds of every day"])
def test_others_are_served_while_a_diagram_runs_away(desk: Desk) -> None:
    simple = Diagram("simple").start().user("answer").end().chain("start", "answer", "end")
    desk.deploy(turning(Diagram().start(), "start"), simple)  # type: ignore[arg-type]
    desk.start("simple")
    runs_away = threading.Thread(target=lambda: _refused(desk))
    runs_away.start()
    answers = 0

    while runs_away.is_alive():
        assert desk.open_tasks() == ["answer"]
        answers += 1
    runs_away.join()

    assert answers > 1


def _refused(desk: Desk) -> None:
    with pytest.raises(LimitExceeded):
        desk.start(go=True)
