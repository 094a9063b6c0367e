"""How does an activity go round while its condition is true (BPMN 2.0.2, 13.3.6)?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, standard_loop
from tests.bpmn.harness import Story, story


def again(marker: str) -> Diagram:
    diagram = Diagram().start().user("work", marker).user("after")
    return diagram.chain("start", "work", "after")


def rounds(instance: Story) -> list[int]:
    """The keys of the open rounds, without the body around them."""
    bodies = [
        e.element_instance_key
        for e in instance.of(facts.ElementActivated)
        if e.element_type == "MULTI_INSTANCE_BODY"
    ]
    return [key for key in instance.keys("work") if key not in bodies]


def finish(instance: Story, **results: object) -> Story:
    """Complete the open round."""
    (key,) = rounds(instance)
    return instance.complete(key, **results)


def test_the_condition_is_asked_after_a_round_and_sees_its_results() -> None:
    instance = story(again(standard_loop('=answer != "enough"')))

    assert finish(instance, answer="more").waiting == ["work"]
    assert finish(instance, answer="enough").waiting == ["after"]


def test_the_first_round_takes_place_though_the_condition_is_false() -> None:
    instance = story(again(standard_loop("=false")))

    assert instance.waiting == ["work"]
    assert finish(instance).waiting == ["after"]


def test_asked_before_there_may_be_no_round_at_all() -> None:
    instance = story(again(standard_loop("=open > 0", test_before=True)), open=0)

    assert instance.waiting == ["after"]


def test_asked_before_it_goes_on_while_the_condition_is_true() -> None:
    instance = story(again(standard_loop("=open > 0", test_before=True)), open=2)

    assert finish(instance, open=1).waiting == ["work"]
    assert finish(instance, open=0).waiting == ["after"]


def test_the_maximum_ends_the_loop_though_the_condition_is_true() -> None:
    instance = story(again(standard_loop("=true", maximum=2)))

    assert finish(instance).waiting == ["work"]
    assert finish(instance).waiting == ["after"]


def test_without_a_condition_the_maximum_counts_the_rounds() -> None:
    instance = story(again(standard_loop(maximum=3)))

    for _ in range(2):
        assert finish(instance).waiting == ["work"]
    assert finish(instance).waiting == ["after"]


def test_each_round_knows_its_number() -> None:
    instance = story(again(standard_loop("=loopCounter < 2")))
    assert instance.local(rounds(instance)[0]) == {"loopCounter": 1}

    finish(instance)

    assert instance.local(rounds(instance)[0]) == {"loopCounter": 2}


def test_what_is_local_to_a_round_is_gone_in_the_next() -> None:
    instance = story(again(standard_loop(maximum=2)))
    (first,) = rounds(instance)
    instance.complete(first, answer=1)

    assert instance.local(rounds(instance)[0]) == {"loopCounter": 2}
    assert instance.variables["answer"] == 1


def test_a_sub_process_goes_round_as_a_whole() -> None:
    inside = Content().start("in").user("ask").end("out").chain("in", "ask", "out")
    diagram = Diagram().start().sub("part", inside, standard_loop('=answer = "again"'))
    instance = story(diagram.user("after").chain("start", "part", "after"))

    instance.complete(instance.keys("ask")[0], answer="again")
    assert instance.waiting == ["ask"]
    instance.complete(instance.keys("ask")[0], answer="done")

    assert instance.waiting == ["after"]


def test_an_event_on_the_edge_ends_the_whole_loop() -> None:
    diagram = again(standard_loop("=true")).error("broken")
    diagram.boundary("failed", "work", caught("error", "broken")).user("mend")
    instance = story(diagram.flow("failed", "mend"))

    instance.fail(rounds(instance)[0], "broken")

    assert instance.waiting == ["mend"]


def test_a_condition_that_is_neither_true_nor_false_is_an_incident_and_can_be_mended() -> None:
    instance = story(again(standard_loop("=missing")))

    finish(instance)

    (incident,) = instance.of(facts.IncidentRaised)
    assert incident.error_type == ErrorType.EXTRACT_VALUE_ERROR
    instance.set("process", missing=False)
    assert instance.retry(incident.element_instance_key).waiting == ["after"]


@pytest.mark.parametrize("count", [1, 400])
def test_a_loop_leaves_nothing_behind_in_the_state(count: int) -> None:
    diagram = Diagram().start().script("count", "=loopCounter", "n", standard_loop(maximum=count))
    instance = story(diagram.user("after").chain("start", "count", "after"))

    assert instance.waiting == ["after"]
    assert instance.variables["n"] == count
    assert len(instance.state) < 200
