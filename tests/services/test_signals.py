"""Who gets a signal that is broadcast, when, and how often?"""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from engine.domain.identity import Actor, Role
from engine.errors import Forbidden, LimitExceeded
from engine.persistence.schema import signal, signal_delivery, signal_subscription
from engine.points import Point, watched
from engine.services.command import Command
from engine.services.due_work import MAX_ATTEMPTS, RETRY_AFTER
from tests.bpmn.build import Content, Diagram, caught, element, mapping, timer
from tests.services.conftest import ALICE, OTTO, Desk, restarted

RECALL = caught("signal", "recall")


def waits(process_id: str = "process") -> Diagram:
    """A process that waits for the recall, and then for a person."""
    diagram = Diagram(process_id).signal("recall").start().user("inspect").end()
    diagram.add("intermediateCatchEvent", "wait", RECALL)
    return diagram.chain("start", "wait", "inspect", "end")


def starts(process_id: str = "follow_up") -> Diagram:
    """A process that the recall starts."""
    diagram = Diagram(process_id).signal("recall").start("start", RECALL).user("call").end()
    return diagram.chain("start", "call", "end")


def throws(process_id: str = "complaint") -> Diagram:
    """A process that broadcasts the recall and ends."""
    diagram = Diagram(process_id).signal("recall").start().end()
    settings = mapping(inputs={"lot": "=batch"})
    diagram.add("intermediateThrowEvent", "throw", RECALL, settings=settings)
    return diagram.chain("start", "throw", "end")


def broadcast(desk: Desk, **variables: object) -> int:
    return desk.app.signals.broadcast(ALICE, name="recall", variables=variables)


def rest(desk: Desk) -> dict[str, int]:
    """Count the rows that are left of signals."""
    with desk.app.database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (signal, signal_delivery, signal_subscription)
        }


def facts(desk: Desk, kind: str) -> list[int]:
    """Return the streams that have a fact of that kind."""
    return [int(str(row["stream_key"])) for row in desk.rows("history") if row["kind"] == kind]


def test_a_broadcast_reaches_every_instance_that_waits(desk: Desk) -> None:
    desk.deploy(waits("first"), waits("second"))
    keys = [desk.start("first"), desk.start("first"), desk.start("second")]

    broadcast(desk, lot=7)
    desk.work()

    assert desk.open_tasks() == ["inspect"] * 3
    assert [desk.variables(key)["lot"] for key in keys] == ["7"] * 3


def test_nothing_is_left_of_a_broadcast_that_reached_everybody(desk: Desk) -> None:
    desk.deploy(waits())
    desk.start()

    broadcast(desk)
    desk.work()

    assert rest(desk) == {"signal": 0, "signal_delivery": 0, "signal_subscription": 0}


def test_a_broadcast_is_not_kept_for_who_comes_later(desk: Desk) -> None:
    desk.deploy(waits())

    broadcast(desk)
    desk.start()
    desk.work()

    assert desk.open_tasks() == []
    assert rest(desk)["signal"] == 0


def test_who_begins_to_wait_between_broadcast_and_delivery_has_nothing(desk: Desk) -> None:
    desk.deploy(waits())
    early = desk.start()

    broadcast(desk)
    desk.start()
    desk.work()

    assert facts(desk, "signal_received") == [early]


def test_a_diagram_broadcasts_to_other_instances_what_its_input_mapping_names(desk: Desk) -> None:
    desk.deploy(waits(), throws())
    key = desk.start()

    thrower = desk.start("complaint", batch=7, secret=1)
    desk.work()

    assert desk.state(thrower) == "COMPLETED"
    assert desk.variables(key) == {"lot": "7"}


def test_an_end_event_broadcasts_too(desk: Desk) -> None:
    diagram = Diagram("complaint").signal("recall").start().add("endEvent", "end", RECALL)
    desk.deploy(waits(), diagram.chain("start", "end"))
    desk.start()

    desk.start("complaint")
    desk.work()

    assert desk.open_tasks() == ["inspect"]


def test_a_branch_of_the_same_instance_that_waits_already_has_it(desk: Desk) -> None:
    diagram = Diagram().signal("recall").start().parallel("fork").user("inspect").end()
    diagram.add("intermediateCatchEvent", "wait", RECALL)
    diagram.add("intermediateThrowEvent", "throw", RECALL)
    diagram.chain("start", "fork", "wait", "inspect").chain("fork", "throw", "end")
    desk.deploy(diagram)

    desk.start()
    desk.work()

    assert desk.open_tasks() == ["inspect"]


def test_the_same_token_does_not_catch_what_it_has_thrown(desk: Desk) -> None:
    diagram = Diagram().signal("recall").start().user("inspect")
    diagram.add("intermediateThrowEvent", "throw", RECALL)
    diagram.add("intermediateCatchEvent", "wait", RECALL)
    desk.deploy(diagram.chain("start", "throw", "wait", "inspect"))

    desk.start()
    desk.work()

    assert desk.open_tasks() == []


def test_a_broadcast_starts_the_newest_version_of_each_process_once(desk: Desk) -> None:
    desk.deploy(starts("follow_up"), starts("survey"))
    changed = starts("follow_up").user("more")
    newest = desk.deploy(changed)["follow_up"]

    broadcast(desk, lot=7)
    desk.work()

    started = desk.rows("process_instance")
    assert sorted(str(row["process_id"]) for row in started) == ["follow_up", "survey"]
    assert newest in [row["definition_key"] for row in started]
    assert [desk.variables(int(str(row["key"])))["lot"] for row in started] == ["7", "7"]


def test_a_version_without_the_start_event_is_not_started_any_more(desk: Desk) -> None:
    desk.deploy(starts())
    plain = Diagram("follow_up").start().end().chain("start", "end")
    desk.deploy(plain)

    broadcast(desk)
    desk.work()

    assert desk.rows("process_instance") == []


def test_a_deployment_between_broadcast_and_delivery_takes_no_start_away(desk: Desk) -> None:
    old = desk.deploy(starts())["follow_up"]
    broadcast(desk)

    desk.deploy(starts().user("more"))
    desk.work()

    assert [row["definition_key"] for row in desk.rows("process_instance")] == [old]


def test_whoever_ceased_to_wait_is_passed_over(desk: Desk) -> None:
    desk.deploy(waits())
    key = desk.start()
    broadcast(desk)

    desk.app.instances.cancel(OTTO, key)
    desk.work()

    assert desk.state(key) == "TERMINATED"
    assert facts(desk, "signal_received") == []
    assert rest(desk) == {"signal": 0, "signal_delivery": 0, "signal_subscription": 0}


def test_two_broadcasts_reach_an_event_that_does_not_interrupt_twice(desk: Desk) -> None:
    diagram = Diagram().signal("recall").start().user("work").user("inspect")
    diagram.boundary("edge", "work", RECALL, interrupting=False)
    desk.deploy(diagram.chain("start", "work").flow("edge", "inspect"))
    desk.start()

    broadcast(desk)
    broadcast(desk)
    desk.work()

    assert desk.open_tasks() == ["inspect", "inspect", "work"]


def test_two_broadcasts_reach_an_event_that_waits_once_only_once(desk: Desk) -> None:
    desk.deploy(waits())
    desk.start()

    broadcast(desk)
    broadcast(desk)
    desk.work()

    assert len(facts(desk, "signal_received")) == 1


def test_an_event_sub_process_and_an_event_based_gateway_have_it(desk: Desk) -> None:
    inner = Content().user("handle").chain("in", "handle")
    inner.parts.append(element("startEvent", "in", RECALL, isInterrupting="false"))
    beside = Diagram("beside").signal("recall").start().user("work").chain("start", "work")
    beside.sub("handler", inner, triggeredByEvent="true")
    race = Diagram("race").signal("recall").start().add("eventBasedGateway", "race_gateway")
    race.add("intermediateCatchEvent", "recalled", RECALL).user("inspect").user("remind")
    race.add("intermediateCatchEvent", "late", timer("Duration", "PT1H"))
    race.chain("start", "race_gateway", "recalled", "inspect")
    race.chain("race_gateway", "late", "remind")
    desk.deploy(beside, race)
    desk.start("beside")
    desk.start("race")

    broadcast(desk)
    desk.work()

    assert desk.open_tasks() == ["handle", "inspect", "work"]


def test_a_process_that_was_called_has_it_and_its_caller_goes_on(desk: Desk) -> None:
    child = Diagram("child").signal("recall").start().end()
    child.add("intermediateCatchEvent", "wait", RECALL).chain("start", "wait", "end")
    caller = Diagram().start().call("call").user("after").chain("start", "call", "after")
    desk.deploy(child, caller)
    desk.start()

    broadcast(desk)
    desk.work()

    assert desk.open_tasks() == ["after"]


def test_history_says_who_threw_and_who_received(desk: Desk) -> None:
    desk.deploy(waits(), throws())
    receiver = desk.start()

    thrower = desk.start("complaint", batch=7)
    desk.work()

    assert facts(desk, "signal_thrown") == [thrower]
    assert facts(desk, "signal_received") == [receiver]


def test_nothing_is_delivered_twice_or_lost_by_a_crash_between_two_receivers(
    desk: Desk,
) -> None:
    desk.deploy(waits())
    keys = [desk.start() for _ in range(3)]
    broadcast(desk)
    delivered = 0

    def crash(point: Point) -> None:
        nonlocal delivered
        delivered += point is Point.SIGNAL_DELIVERED
        if delivered == 2:
            raise KeyboardInterrupt

    with watched(crash), pytest.raises(KeyboardInterrupt):
        desk.work()
    assert facts(desk, "signal_received") == []

    restarted(desk).work()
    assert sorted(facts(desk, "signal_received")) == keys
    assert desk.open_tasks() == ["inspect"] * 3


def test_a_receiver_that_cannot_go_on_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.deploy(waits())
    stuck, other = desk.start(), desk.start()
    broadcast(desk)
    make_fail(monkeypatch, stuck)

    desk.work()

    assert facts(desk, "signal_received") == [other]


def test_a_receiver_that_keeps_failing_is_an_incident_that_can_be_resolved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.deploy(waits())
    stuck = desk.start()
    broadcast(desk)
    mend = make_fail(monkeypatch, stuck)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        desk.work()
        desk.passes(RETRY_AFTER * attempt)
    (incident,) = desk.rows("incident")
    assert (incident["state"], incident["element_id"]) == ("ACTIVE", "wait")

    mend()
    desk.app.incidents.resolve(OTTO, int(str(incident["key"])))
    desk.work()

    assert facts(desk, "signal_received") == [stuck]
    assert [row["state"] for row in desk.rows("incident")] == ["RESOLVED"]


def make_fail(monkeypatch: pytest.MonkeyPatch, instance_key: int) -> Callable[[], None]:
    """Let every command that reaches an instance's wait fail, until the result is called."""
    whole = Command.load

    def load(self: Command, key: int) -> object:
        running = whole(self, key)
        if key == instance_key:
            vars(running.execution).pop("complete", None)  # it may have been kept in memory
            if broken:
                vars(running.execution)["complete"] = fail
        return running

    def fail(*_: object) -> None:
        raise LimitExceeded("it runs in circles")

    broken = [True]
    monkeypatch.setattr(Command, "load", load)
    return broken.clear


def test_an_outsider_may_not_broadcast_and_that_is_noted(desk: Desk) -> None:
    outsider = Actor(username="visitor", groups=frozenset({Role.AUDITOR}))

    with pytest.raises(Forbidden, match="recall"):
        desk.app.signals.broadcast(outsider, name="recall", variables={})

    assert facts(desk, "access_denied") == [0]
