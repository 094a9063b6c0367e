"""Does a runaway diagram become an incident or a clear error, and nobody else's problem?"""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn import Limits
from engine.errors import LimitExceeded
from tests.bpmn.build import Content, Diagram, caught, loop, mapping, timer
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


def started_by(definition: str, top: Diagram) -> Diagram:
    """A process that an event starts, and that then turns round while ``go`` is true."""
    top.start("start", definition)
    turning(top, "start")
    return top


WAYS_TO_START = {
    "message": lambda: started_by(caught("message", "parcel"), Diagram().message("parcel")),
    "signal": lambda: started_by(caught("signal", "alarm"), Diagram().signal("alarm")),
    "timer": lambda: started_by(timer("Cycle", "R/PT24H"), Diagram()),
}


def happens(desk: Desk, way: str) -> None:
    """Let the start event happen, and what fails be tried as often as it is."""
    if way == "message":
        publish(desk, go=True)
    if way == "signal":
        desk.app.signals.broadcast(ALICE, name="alarm", variables={"go": True})
    for _ in range(4):
        desk.passes(timedelta(hours=7))
        desk.work()


@pytest.mark.parametrize("way", WAYS_TO_START)
def test_what_an_event_starts_and_runs_away_stands_at_its_start_until_it_is_mended(
    desk: Desk, way: str
) -> None:
    diagram = WAYS_TO_START[way]()
    if way == "timer":
        diagram.parts = [part.replace("=go", "=not(stop = true)") for part in diagram.parts]
    desk.deploy(diagram)

    happens(desk, way)

    (incident,) = desk.rows("incident")
    key = int(str(incident["process_instance_key"]))
    assert (incident["element_id"], incident["state"]) == ("start", "ACTIVE")
    assert "steps" in str(incident["message"])
    with pytest.raises(LimitExceeded, match="steps"):
        desk.app.incidents.resolve(OTTO, incident["key"])

    desk.app.instances.set_variables(OTTO, key, {"go": False, "stop": True}, local=False)
    desk.app.incidents.resolve(OTTO, incident["key"])
    assert desk.open_tasks() == ["rest"]
    assert [row["key"] for row in desk.rows("process_instance")] == [key]


def test_a_message_that_starts_a_runaway_reaches_all_others(desk: Desk) -> None:
    mad = started_by(caught("message", "parcel"), Diagram("mad").message("parcel"))
    sane = Diagram("sane").message("parcel")
    sane.start("start", caught("message", "parcel")).user("unpack").flow("start", "unpack")
    desk.deploy(mad, sane, receiver("waiting"))
    desk.start("waiting", case_number="C-1", go=False)

    publish(desk, go=True)

    assert "unpack" in desk.open_tasks()
    assert sorted(row["process_id"] for row in desk.rows("process_instance")) == [
        "mad",
        "sane",
        "waiting",
    ]


def test_the_cycle_that_started_a_runaway_goes_on(desk: Desk) -> None:
    diagram = started_by(timer("Cycle", "R/PT24H"), Diagram())
    diagram.parts = [part.replace("=go", "=true") for part in diagram.parts]
    desk.deploy(diagram)

    happens(desk, "timer")
    desk.passes(timedelta(hours=24))
    for _ in range(3):
        desk.work()
        desk.passes(timedelta(minutes=10))

    assert len(desk.rows("incident")) == 2


def test_a_monthly_start_on_the_31st_is_on_the_31st_again_after_february(desk: Desk) -> None:
    desk.app.clock.pin(datetime(2027, 1, 31, 9, tzinfo=UTC))
    monthly = Diagram().start("start", timer("Cycle", "R/P1M")).user("count")
    desk.deploy(monthly.flow("start", "count"))  # type: ignore[arg-type]
    opened = []

    for days in (28, 30, 1):  # to the end of February, to the day before that of March, and to it
        desk.passes(timedelta(days=days))
        desk.work()
        opened.append(len(desk.open_tasks()))

    assert opened == [1, 1, 2]
