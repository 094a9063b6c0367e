"""What happens to an activity when an event on its edge occurs?"""

from datetime import timedelta

import pytest

from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, loop, mapping, timer
from tests.bpmn.harness import Story, story

HOUR = timedelta(hours=1)


def guarded(event: str, *, interrupting: bool = True, host: str = "user") -> Diagram:
    """An activity ``work`` of some kind with one event ``edge`` that leads to ``handle``."""
    diagram = Diagram().message("gone").message("paid").error("failed").escalation("late")
    diagram.start().end().user("handle")
    match host:
        case "user":
            diagram.user("work")
        case "job":
            diagram.job("work")
        case "call":
            diagram.call("work")
        case "receive":
            diagram.add("receiveTask", "work", messageRef="message_paid")
        case "sub":
            inner = Content().start("in").user("inner").user("beside").chain("in", "inner")
            diagram.sub("work", inner.flow("in", "beside"))
        case "loop":
            diagram.user("work", loop("=[1, 2, 3]"))
    diagram.boundary("edge", "work", event, interrupting=interrupting)
    return diagram.chain("start", "work", "end").chain("edge", "handle")


HOSTS = ["user", "job", "call", "receive", "sub", "loop"]
AN_HOUR = timer("Duration", "PT1H")
GONE = caught("message", "gone")


@pytest.mark.parametrize("host", HOSTS)
def test_an_interrupting_timer_ends_the_activity_and_all_inside(host: str) -> None:
    instance = story(guarded(AN_HOUR, host=host), case_number="c1").pass_time(HOUR)

    assert instance.waiting == ["handle"]
    assert not instance.timers
    assert not instance.subscriptions
    assert instance.complete("handle").ended


@pytest.mark.parametrize("host", HOSTS)
def test_a_non_interrupting_timer_runs_beside_the_activity(host: str) -> None:
    diagram = guarded(AN_HOUR, interrupting=False, host=host)

    instance = story(diagram, case_number="c1")
    before = instance.waiting
    instance.pass_time(2 * HOUR)

    assert instance.waiting == sorted([*before, "handle"])
    assert not instance.timers


@pytest.mark.parametrize("host", HOSTS)
def test_an_interrupting_message_ends_the_activity(host: str) -> None:
    instance = story(guarded(GONE, host=host), case_number="c1").message("gone")

    assert instance.waiting == ["handle"]
    assert not instance.subscriptions


def test_a_non_interrupting_message_may_come_again_and_again() -> None:
    instance = story(guarded(GONE, interrupting=False), case_number="c1")

    for _ in range(3):
        instance.message("gone")

    assert instance.waiting == ["handle", "handle", "handle", "work"]


def test_the_waits_of_the_edge_end_with_the_activity() -> None:
    instance = story(guarded(AN_HOUR)).complete("work")

    assert instance.ended
    assert len(instance.of(facts.WaitEnded, "edge")) == 1


def test_inner_elements_are_terminated_before_the_one_around_them() -> None:
    instance = story(guarded(AN_HOUR, host="sub")).pass_time(HOUR)

    terminated = [e.element_id for e in instance.of(facts.ElementTerminated)]
    assert terminated == ["inner", "beside", "work"]


def test_an_interrupted_call_is_told_so_that_the_child_can_be_cancelled() -> None:
    instance = story(guarded(AN_HOUR, host="call")).pass_time(HOUR)

    assert [e.element_id for e in instance.of(facts.ElementTerminated)] == ["work"]


def test_a_cycle_fires_again_until_its_repetitions_are_used() -> None:
    cycle = timer("Cycle", "R3/PT10M")

    instance = story(guarded(cycle, interrupting=False)).pass_time(HOUR)

    assert instance.waiting == ["handle"] * 3 + ["work"]
    assert not instance.timers
    assert [e.repetitions for e in instance.of(facts.TimerStarted)] == [2, 1, 0]


def test_an_endless_cycle_fires_until_the_activity_ends() -> None:
    instance = story(guarded(timer("Cycle", "R/PT10M"), interrupting=False)).pass_time(HOUR)

    assert instance.waiting == ["handle"] * 6 + ["work"]
    assert not instance.complete("work").timers


def test_cycles_that_were_missed_happen_once() -> None:
    instance = story(guarded(timer("Cycle", "R/PT10M"), interrupting=False))
    (watch,) = instance.timers
    started = instance.timers[watch]

    instance.host.clock.advance(timedelta(hours=10, minutes=3))
    instance.step(lambda e: e.fire_timer(watch))

    assert instance.waiting == ["handle", "work"]
    assert instance.timers[watch] == started + timedelta(hours=10)


def test_missed_cycles_count_as_used() -> None:
    instance = story(guarded(timer("Cycle", "R3/PT10M"), interrupting=False))
    (watch,) = instance.timers

    instance.host.clock.advance(timedelta(hours=10))
    instance.step(lambda e: e.fire_timer(watch))

    assert not instance.timers


def test_a_timer_on_an_edge_sees_the_variables_of_the_activity() -> None:
    diagram = Diagram().start().end().user("handle")
    diagram.user("work", settings=mapping({"hours": "=hours * 2"}))
    diagram.boundary("edge", "work", timer("Duration", '=duration("PT1H") * hours'))
    diagram.chain("start", "work", "end").chain("edge", "handle")

    instance = story(diagram, hours=1)

    assert instance.pass_time(HOUR).waiting == ["work"]
    assert instance.pass_time(HOUR).waiting == ["handle"]


def test_the_correlation_key_on_an_edge_is_evaluated_around_the_activity() -> None:
    diagram = Diagram().message("gone").start().end().user("handle")
    diagram.user("work", settings=mapping({"case_number": "=7"})).boundary("edge", "work", GONE)
    diagram.chain("start", "work", "end").chain("edge", "handle")

    instance = story(diagram, case_number="outside")

    assert [s.correlation_key for s in instance.subscriptions.values()] == ["outside"]


def test_an_event_on_an_edge_is_no_visit_until_it_happens() -> None:
    instance = story(guarded(AN_HOUR))
    assert not instance.of(facts.ElementActivated, "edge")

    instance.pass_time(HOUR)

    assert len(instance.of(facts.ElementActivated, "edge")) == 1


def test_each_occurrence_has_a_key_of_its_own() -> None:
    instance = story(guarded(GONE, interrupting=False), case_number="c1")

    instance.message("gone").message("gone")

    keys = {e.element_instance_key for e in instance.of(facts.ElementActivated, "edge")}
    assert len(keys) == 2
    assert keys.isdisjoint(instance.subscriptions)


def test_a_broken_timer_on_an_edge_is_an_incident_and_arms_nothing() -> None:
    diagram = Diagram().start().user("work").chain("start", "work")
    diagram.boundary("good", "work", AN_HOUR).boundary("bad", "work", timer("Duration", "=when"))

    instance = story(diagram)
    assert list(instance.incidents) == [instance.key("work")]
    assert not instance.timers
    assert not instance.of(facts.UserTaskCreated)

    instance.set("process", when="PT2H").retry("work")
    assert len(instance.timers) == 2
    assert len(instance.of(facts.UserTaskCreated)) == 1


def test_an_activity_with_an_incident_can_still_be_interrupted() -> None:
    diagram = Diagram().start().script("work", "=assert(1, false)", "x").user("handle")
    diagram.boundary("edge", "work", AN_HOUR).chain("start", "work").chain("edge", "handle")

    instance = story(diagram)
    assert instance.incidents

    instance.pass_time(HOUR)
    assert instance.waiting == ["handle"]
    assert not instance.incidents


def test_a_wait_that_never_began_does_not_end() -> None:
    inner = Content().start("in").add("intermediateCatchEvent", "wait", timer("Duration", "=when"))
    diagram = Diagram().start().sub("part", inner.chain("in", "wait")).user("handle")
    diagram.boundary("edge", "part", AN_HOUR).chain("start", "part").chain("edge", "handle")

    instance = story(diagram).pass_time(HOUR)

    assert instance.waiting == ["handle"]
    assert not instance.of(facts.WaitEnded, "wait")


def test_tokens_that_queue_inside_are_dropped_with_the_sub_process() -> None:
    inner = Content().start("in").parallel("split").end("fails", caught("error", "failed"))
    inner.script("later", "=1", "x").chain("in", "split", "fails").flow("split", "later")
    diagram = Diagram().error("failed").start().sub("part", inner).user("handle")
    diagram.boundary("edge", "part", caught("error", "failed"))
    diagram.chain("start", "part").chain("edge", "handle")

    instance = Story(diagram).start()

    assert instance.waiting == ["handle"]
    assert "later" not in instance.path
