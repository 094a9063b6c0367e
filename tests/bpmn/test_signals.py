"""Which signal does an instance wait for, and which does it broadcast?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, element, mapping
from tests.bpmn.harness import Story, story

RECALL = caught("signal", "recall")


def signals() -> Diagram:
    return Diagram().signal("recall").signal("other")


def catching() -> Diagram:
    diagram = signals().start().user("after").add("intermediateCatchEvent", "wait", RECALL)
    return diagram.chain("start", "wait", "after")


def throwing(tag: str, *parts: str, settings: str = "") -> Diagram:
    diagram = signals().start().add(tag, "throw", *(parts or (RECALL,)), settings=settings)
    return diagram.chain("start", "throw")


def on_the_edge(*, interrupting: bool) -> Diagram:
    diagram = signals().start().user("work").user("after")
    diagram.boundary("edge", "work", RECALL, interrupting=interrupting)
    return diagram.chain("start", "work").flow("edge", "after")


def beside_the_flow(*, interrupting: bool) -> Diagram:
    inner = Content().user("after").chain("in", "after")
    flag = str(interrupting).lower()
    inner.parts.append(element("startEvent", "in", RECALL, isInterrupting=flag))
    diagram = signals().start().user("work").chain("start", "work")
    return diagram.sub("handler", inner, triggeredByEvent="true")


PLACES = {"on-an-edge": on_the_edge, "of-an-event-sub-process": beside_the_flow}


def test_a_catching_event_waits_for_its_signal_by_name() -> None:
    instance = story(catching()).signal("other")

    assert instance.waiting == ["wait"]
    assert instance.signal("recall").waiting == ["after"]


def test_what_comes_with_a_signal_is_visible_after_it() -> None:
    assert story(catching()).signal("recall", lot=7).variables == {"lot": 7}


def test_an_output_mapping_chooses_what_of_a_signal_is_kept() -> None:
    settings = mapping(outputs={"batch": "=lot"})
    diagram = signals().start().add("intermediateCatchEvent", "wait", RECALL, settings=settings)
    diagram.user("after").chain("start", "wait", "after")

    assert story(diagram).signal("recall", lot=7, shop="s1").variables == {"batch": 7}


def test_the_name_may_be_an_expression() -> None:
    name = '="recall-" + shop'
    diagram = Diagram().signal(name).start()
    diagram.add("intermediateCatchEvent", "wait", caught("signal", name)).chain("start", "wait")

    assert list(story(diagram, shop="s1").signals.values()) == ["recall-s1"]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_an_interrupting_signal_ends_what_it_happens_to(place: object) -> None:
    instance = story(place(interrupting=True)).signal("recall")

    assert instance.waiting == ["after"]
    assert not instance.signals


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_a_signal_that_does_not_interrupt_may_come_again(place: object) -> None:
    instance = story(place(interrupting=False)).signal("recall").signal("recall")

    assert instance.waiting == ["after", "after", "work"]


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_nothing_is_waited_for_after_the_activity(place: object) -> None:
    assert not story(place(interrupting=False)).complete("work").signals


def test_the_first_of_two_signals_decides_the_way_behind_an_event_based_gateway() -> None:
    diagram = signals().start().add("eventBasedGateway", "race").user("a").user("b")
    diagram.add("intermediateCatchEvent", "first", RECALL)
    diagram.add("intermediateCatchEvent", "second", caught("signal", "other"))
    diagram.chain("start", "race", "first", "a").chain("race", "second", "b")

    instance = story(diagram).signal("other")

    assert instance.waiting == ["b"]
    assert not instance.signals


def test_a_process_starts_by_a_signal_with_what_came_along() -> None:
    diagram = signals().start("start", RECALL).user("work").chain("start", "work")
    instance = Story(diagram).start("start", lot=7)

    assert (instance.waiting, instance.variables) == (["work"], {"lot": 7})
    assert [e.signal_name for e in instance.model.start_events] == ["recall"]


def test_a_process_that_starts_by_a_signal_has_no_plain_start() -> None:
    assert Story(signals().start("start", RECALL)).model.start_event(None) is None


@pytest.mark.parametrize("tag", ["intermediateThrowEvent", "endEvent"])
def test_a_thrown_signal_carries_its_own_local_variables_only(tag: str) -> None:
    instance = story(throwing(tag, settings=mapping(inputs={"lot": "=batch"})), batch=7)

    (thrown,) = instance.of(facts.SignalThrown)
    assert (thrown.signal_name, thrown.variables) == ("recall", {"lot": 7})
    assert instance.ended is facts.ElementState.COMPLETED


def test_a_thrown_signal_without_a_name_is_an_incident_that_can_be_mended() -> None:
    definition = caught("signal", "=name")
    diagram = Diagram().signal("=name").start().add("endEvent", "throw", definition)
    instance = story(diagram.chain("start", "throw"))
    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]

    instance.set("process", name="recall").retry("throw")

    assert [thrown.signal_name for thrown in instance.of(facts.SignalThrown)] == ["recall"]


def test_only_a_signal_ends_a_wait_for_a_signal() -> None:
    instance = story(catching()).signal("recall")

    assert [e.waited_for for e in instance.of(facts.WaitEnded)] == [facts.WaitKind.SIGNAL]
