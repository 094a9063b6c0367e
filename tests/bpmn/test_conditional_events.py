"""When does a condition that an instance waits for happen?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, condition, element, mapping
from tests.bpmn.harness import Story, story

HIGH = condition("=risk > 5")


def catching(text: str = "=risk > 5", **settings: str) -> Diagram:
    diagram = Diagram().start().user("after")
    diagram.add("intermediateCatchEvent", "wait", condition(text, **settings))
    return diagram.chain("start", "wait", "after")


def on_the_edge(definition: str = HIGH, *, interrupting: bool = True) -> Diagram:
    diagram = Diagram().start().user("work").user("next").user("after")
    diagram.boundary("edge", "work", definition, interrupting=interrupting)
    return diagram.chain("start", "work", "next").flow("edge", "after")


def beside_the_flow(definition: str = HIGH, *, interrupting: bool = True) -> Diagram:
    inner = Content().user("after").chain("in", "after")
    flag = str(interrupting).lower()
    inner.parts.append(element("startEvent", "in", definition, isInterrupting=flag))
    diagram = Diagram().start().user("work").user("next").chain("start", "work", "next")
    return diagram.sub("handler", inner, triggeredByEvent="true")


PLACES = {"on-an-edge": on_the_edge, "of-an-event-sub-process": beside_the_flow}
places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())


def test_an_event_waits_until_its_condition_is_true() -> None:
    instance = story(catching(), risk=1)
    assert instance.waiting == ["wait"]

    instance.set("process", risk=4)
    assert instance.waiting == ["wait"]

    assert instance.set("process", risk=6).waiting == ["after"]


def test_an_event_whose_condition_is_true_already_does_not_wait() -> None:
    assert story(catching(), risk=6).waiting == ["after"]


def test_a_condition_on_a_variable_that_is_not_there_waits_for_it() -> None:
    instance = story(catching())
    assert not instance.incidents

    assert instance.set("process", risk=6).waiting == ["after"]


def test_the_result_of_another_branch_is_noticed() -> None:
    diagram = Diagram().start().parallel("fork").user("assess").user("after").user("then")
    diagram.add("intermediateCatchEvent", "wait", HIGH)
    diagram.chain("start", "fork", "wait", "after").chain("fork", "assess", "then")

    assert story(diagram).complete("assess", risk=6).waiting == ["after", "then"]


def test_a_value_that_was_true_only_for_a_moment_is_noticed() -> None:
    diagram = Diagram().start().parallel("fork").user("after").user("then")
    diagram.script("up", "=6", "risk").script("down", "=1", "risk")
    diagram.add("intermediateCatchEvent", "wait", HIGH)
    diagram.chain("start", "fork", "wait", "after").chain("fork", "up", "down", "then")

    instance = story(diagram)

    assert instance.waiting == ["after", "then"]
    assert instance.variables == {"risk": 1}


@places
def test_an_interrupting_condition_ends_what_it_happens_to(place: object) -> None:
    assert story(place(), risk=1).set("process", risk=6).waiting == ["after"]


@places
def test_a_condition_that_is_true_on_entering_happens_at_once(place: object) -> None:
    instance = story(place(), risk=6)

    assert instance.waiting == ["after"]
    assert not instance.of(facts.UserTaskCreated, "work")


@places
def test_a_condition_that_does_not_interrupt_leaves_the_work_alone(place: object) -> None:
    assert story(place(interrupting=False), risk=6).waiting == ["after", "work"]


@places
def test_a_condition_happens_again_only_after_it_was_false(place: object) -> None:
    instance = story(place(interrupting=False), risk=6).set("process", risk=7)
    assert instance.waiting == ["after", "work"]

    instance.set("process", risk=1).set("process", risk=8)
    assert instance.waiting == ["after", "after", "work"]


@places
def test_a_null_in_between_counts_as_false(place: object) -> None:
    instance = story(place(interrupting=False), risk=6)

    instance.set("process", risk=None).set("process", risk=8)

    assert instance.waiting == ["after", "after", "work"]


def test_the_result_of_the_activity_itself_does_not_interrupt_it() -> None:
    instance = story(on_the_edge(), risk=1).complete("work", risk=6)

    assert instance.waiting == ["next"]
    assert not instance.of(facts.ElementTerminated)


def test_the_result_of_an_activity_lets_it_complete_before_its_scope_is_interrupted() -> None:
    instance = story(beside_the_flow(), risk=1).complete("work", risk=6)

    assert instance.waiting == ["after"]
    assert "work" in instance.path
    assert not instance.of(facts.UserTaskCreated, "next")


def test_a_condition_on_the_edge_of_a_script_keeps_it_from_running() -> None:
    diagram = Diagram().start().script("work", "=1", "done").user("after")
    diagram.boundary("edge", "work", HIGH).chain("start", "work").flow("edge", "after")

    instance = story(diagram, risk=6)

    assert instance.waiting == ["after"]
    assert "done" not in instance.variables


def test_a_sub_process_is_interrupted_with_what_runs_in_it() -> None:
    diagram = Diagram().start().user("after")
    diagram.sub("part", Content().start("in").user("inner").chain("in", "inner"))
    diagram.boundary("edge", "part", HIGH).chain("start", "part").flow("edge", "after")

    assert story(diagram, risk=1).set("process", risk=6).waiting == ["after"]


def test_the_last_step_of_a_sub_process_does_not_interrupt_it() -> None:
    diagram = Diagram().start().user("next").user("after")
    diagram.sub("part", Content().start("in").script("inner", "=6", "risk").chain("in", "inner"))
    diagram.boundary("edge", "part", HIGH).chain("start", "part", "next").flow("edge", "after")

    assert story(diagram, risk=1).waiting == ["next"]


def test_the_condition_sees_the_local_variables_of_its_activity() -> None:
    diagram = Diagram().start().user("work", settings=mapping(inputs={"risk": "=1"})).user("after")
    diagram.boundary("edge", "work", HIGH).chain("start", "work").flow("edge", "after")
    instance = story(diagram, risk=9)
    assert instance.waiting == ["work"]

    assert instance.set("work", local=True, risk=6).waiting == ["after"]


def test_the_first_condition_decides_the_way_behind_an_event_based_gateway() -> None:
    diagram = Diagram().start().add("eventBasedGateway", "race").user("a").user("b")
    diagram.add("intermediateCatchEvent", "high", HIGH)
    diagram.add("intermediateCatchEvent", "low", condition("=risk < 2"))
    diagram.chain("start", "race", "high", "a").chain("race", "low", "b")

    assert story(diagram).set("process", risk=1).waiting == ["b"]
    assert story(diagram, risk=9).waiting == ["a"]


FILTERS = {
    "another-variable": ({"variableNames": "other"}, ["wait"]),
    "this-variable": ({"variableNames": "other, risk"}, ["after"]),
    "creation-only": ({"variableEvents": "create"}, ["wait"]),
    "update-only": ({"variableEvents": "update"}, ["after"]),
    "both": ({"variableEvents": "create, update"}, ["after"]),
}


@pytest.mark.parametrize(("settings", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_a_filter_chooses_which_changes_are_looked_at(
    settings: dict[str, str], expected: list[str]
) -> None:
    instance = story(catching(**settings), risk=1)

    assert instance.set("process", risk=6).waiting == expected


def test_a_change_in_another_scope_is_not_looked_at() -> None:
    diagram = Diagram().start().parallel("fork").user("aside").user("after")
    diagram.add("intermediateCatchEvent", "wait", condition("=risk > 5", variableNames="hint"))
    diagram.chain("start", "fork", "wait", "after").chain("fork", "aside")
    instance = story(diagram, risk=1)
    instance.set("process", risk=6).set("aside", local=True, hint=1)
    assert instance.waiting == ["aside", "wait"]

    assert instance.set("process", hint=1).waiting == ["after", "aside"]


def test_a_condition_that_is_neither_true_nor_false_is_an_incident() -> None:
    instance = story(catching("=risk"), risk="high")

    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]
    assert instance.set("process", risk=True).retry("wait").waiting == ["after"]


@places
def test_a_condition_that_turns_into_something_else_is_an_incident(place: object) -> None:
    instance = story(place(condition("=risk")), risk=False).set("process", risk="high")
    ((key, incident),) = instance.incidents.items()
    assert (incident.element_id, instance.waiting) in (("edge", ["work"]), ("in", ["work"]))

    instance.set("process", risk=True)
    assert instance.waiting == ["work"]

    assert instance.retry(key).waiting == ["after"]
    assert not instance.incidents


def test_an_incident_of_a_condition_ends_with_the_activity() -> None:
    instance = story(on_the_edge(condition("=risk")), risk=False).set("process", risk="high")

    instance.complete("work")

    assert (instance.waiting, instance.incidents) == (["next"], {})


def test_two_conditions_that_keep_raising_each_other_are_bounded() -> None:
    diagram = Diagram().start().user("work")
    for name, text, value in (("up", "=n = 0", "=1"), ("down", "=n = 1", "=0")):
        diagram.boundary(name, "work", condition(text), interrupting=False)
        diagram.script(f"set_{name}", value, "n").flow(name, f"set_{name}")
    instance = Story(diagram.chain("start", "work"))

    with pytest.raises(Exception, match="steps in one command"):
        instance.start(n=0)
