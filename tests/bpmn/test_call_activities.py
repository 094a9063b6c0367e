"""What travels to a called process and back?"""

import pytest

from engine.domain import events as facts
from engine.domain.events import Binding, Reference
from tests.bpmn.build import Content, Diagram, mapping
from tests.bpmn.harness import Story, story


def calling(settings: str = "", **attributes: str) -> Diagram:
    diagram = Diagram().start().call("child", settings=settings, **attributes).user("after")
    return diagram.chain("start", "child", "after")


def requested(diagram: Diagram, **variables: object) -> facts.CallRequested:
    (request,) = story(diagram, **variables).of(facts.CallRequested)
    return request


def test_the_called_process_is_named_with_its_binding() -> None:
    request = requested(calling(bindingType="versionTag", versionTag="v2"))

    expected = Reference(id="child", binding=Binding.VERSION_TAG, version_tag="v2")
    assert request.process == expected


THERE = {
    "all-variables-in-sight": (calling(), {"a": 1, "b": 2}),
    "inputs-beside-all-others": (calling(mapping({"c": "=a + b"})), {"a": 1, "b": 2, "c": 3}),
    "an-input-that-hides-an-outer-name": (calling(mapping({"a": "=9"})), {"a": 9, "b": 2}),
    "only-the-inputs": (
        calling(mapping({"c": "=a + b"}), propagateAllParentVariables="false"),
        {"c": 3},
    ),
    "nothing-without-inputs": (calling(propagateAllParentVariables="false"), {}),
}


@pytest.mark.parametrize(("diagram", "sent"), THERE.values(), ids=THERE.keys())
def test_the_child_gets(diagram: Diagram, sent: dict[str, object]) -> None:
    assert requested(diagram, a=1, b=2).variables == sent


def test_the_child_gets_the_variables_of_the_sub_process_around_the_call() -> None:
    inner = Content().start("in").call("child").chain("in", "child")
    diagram = Diagram().start().sub("part", inner, settings=mapping({"x": "=1"}))

    assert requested(diagram.chain("start", "part"), a=1).variables == {"a": 1, "x": 1}


BACK = {
    "all-variables-of-the-child": (calling(), {"a": 5, "n": 1}),
    "only-the-outputs": (calling(mapping(outputs={"m": "=n + 1"})), {"a": 0, "m": 2}),
    "nothing": (calling(propagateAllChildVariables="false"), {"a": 0}),
    "only-the-outputs-even-when-nothing-else-may": (
        calling(mapping(outputs={"m": "=n + 1"}), propagateAllChildVariables="false"),
        {"a": 0, "m": 2},
    ),
    "not-what-has-the-name-of-an-input": (calling(mapping({"n": "=0"})), {"a": 5}),
}


@pytest.mark.parametrize(("diagram", "after"), BACK.values(), ids=BACK.keys())
def test_the_parent_gets_back(diagram: Diagram, after: dict[str, object]) -> None:
    instance = Story(diagram).start(a=0).complete("child", a=5, n=1)

    assert instance.variables == after
    assert instance.waiting == ["after"]
