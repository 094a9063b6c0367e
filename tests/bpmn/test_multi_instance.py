"""How does an activity run once for each item of a collection?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, loop, mapping
from tests.bpmn.harness import Story, story

COLLECTED = {
    "inputElement": "item",
    "outputCollection": "answers",
    "outputElement": "=answer",
}


def looped(
    *, sequential: bool = False, condition: str = "", settings: str = "", **given: str
) -> Diagram:
    characteristics = loop("=items", sequential=sequential, condition=condition, **given)
    diagram = Diagram().start().user("work", characteristics, settings=settings).user("after")
    return diagram.chain("start", "work", "after")


def iterations(instance: Story) -> list[int]:
    """The keys of the open iterations, without the body around them."""
    bodies = [
        e.element_instance_key
        for e in instance.of(facts.ElementActivated)
        if e.element_type == "MULTI_INSTANCE_BODY"
    ]
    return [key for key in instance.keys("work") if key not in bodies]


def test_side_by_side_all_iterations_begin_at_once() -> None:
    instance = story(looped(inputElement="item"), items=["a", "b", "c"])

    found = [instance.local(key) for key in iterations(instance)]

    assert found == [{"item": i, "loopCounter": n} for n, i in enumerate("abc", start=1)]


def test_in_turn_one_iteration_begins_when_the_one_before_has_ended() -> None:
    instance = story(looped(sequential=True, inputElement="item"), items=["a", "b"])
    assert [instance.local(key)["item"] for key in iterations(instance)] == ["a"]

    instance.complete(iterations(instance)[0])
    assert [instance.local(key)["item"] for key in iterations(instance)] == ["b"]

    assert instance.complete(iterations(instance)[0]).waiting == ["after"]


@pytest.mark.parametrize("sequential", [False, True], ids=["side-by-side", "in-turn"])
def test_outputs_are_collected_in_the_order_of_the_items(sequential: bool) -> None:
    instance = story(looped(sequential=sequential, **COLLECTED), items=["a", "b", "c"])

    while keys := iterations(instance):
        last = keys[-1]
        instance.complete(last, answer=f"{instance.local(last)['item']}!")

    assert instance.variables == {"items": ["a", "b", "c"], "answers": ["a!", "b!", "c!"]}


def test_the_output_collection_stays_inside_until_the_loop_is_over() -> None:
    instance = story(looped(**COLLECTED), items=["a", "b"])
    first, second = iterations(instance)

    instance.complete(first, answer=1)
    assert "answers" not in instance.variables

    assert instance.complete(second, answer=2).variables["answers"] == [1, 2]


def test_results_of_iterations_do_not_leak_beside_the_collection() -> None:
    instance = story(looped(**COLLECTED), items=["a"])

    instance.complete(iterations(instance)[0], answer=1)

    assert "answer" not in instance.variables


@pytest.mark.parametrize("sequential", [False, True], ids=["side-by-side", "in-turn"])
def test_an_empty_collection_is_over_at_once(sequential: bool) -> None:
    instance = story(looped(sequential=sequential, **COLLECTED), items=[])

    assert instance.waiting == ["after"]
    assert instance.variables["answers"] == []


@pytest.mark.parametrize("items", [None, "abc", 3, {"a": 1}], ids=repr)
def test_a_collection_that_is_no_list_is_an_incident(items: object) -> None:
    instance = story(looped(), items=items)
    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]

    assert len(iterations(instance.set("process", items=[1, 2]).retry("work"))) == 2


def test_the_completion_condition_ends_the_loop_and_the_other_iterations() -> None:
    instance = story(looped(condition="=answer = 42", **COLLECTED), items=[1, 2, 3])
    first, second, third = iterations(instance)

    instance.complete(second, answer=1)
    assert len(iterations(instance)) == 2

    instance.complete(third, answer=42)
    assert instance.waiting == ["after"]
    assert instance.variables["answers"] == [None, 1, 42]
    assert [e.element_instance_key for e in instance.of(facts.ElementTerminated)] == [first]


def test_the_completion_condition_sees_how_many_are_done() -> None:
    instance = story(looped(condition="=numberOfCompletedInstances >= 2"), items=[1, 2, 3])

    instance.complete(iterations(instance)[0])
    assert instance.complete(iterations(instance)[0]).waiting == ["after"]


def test_the_completion_condition_sees_how_many_there_are() -> None:
    condition = "=numberOfInstances = 3 and numberOfActiveInstances = 1"
    instance = story(looped(condition=condition), items=[1, 2, 3])

    instance.complete(iterations(instance)[0])
    assert instance.complete(iterations(instance)[0]).waiting == ["after"]


def test_a_completion_condition_that_is_no_boolean_is_an_incident_of_the_iteration() -> None:
    instance = story(looped(condition="=enough"), items=[1, 2])
    first, _ = iterations(instance)

    instance.complete(first)
    assert list(instance.incidents) == [first]

    assert instance.set("process", enough=True).retry(first).waiting == ["after"]


def test_mappings_belong_to_each_iteration() -> None:
    settings = mapping({"double": "=item * 2"}, {"last": "=double"})
    instance = story(looped(sequential=True, inputElement="item", settings=settings), items=[1, 2])

    assert instance.local(iterations(instance)[0])["double"] == 2
    instance.complete(iterations(instance)[0])

    assert instance.complete(iterations(instance)[0]).variables["last"] == 4


def test_a_sub_process_runs_once_for_each_item_with_its_own_variables() -> None:
    inner = Content().start("in").script("set", "=item * 10", "result").user("check").end("out")
    inner.chain("in", "set", "check", "out")
    characteristics = loop(
        "=items", inputElement="item", outputCollection="all", outputElement="=result"
    )
    diagram = Diagram().start().sub("part", inner, characteristics).user("after")
    instance = story(diagram.chain("start", "part", "after"), items=[1, 2, 3])

    for key in reversed(instance.keys("check")):
        instance.complete(key)

    assert instance.variables["all"] == [10, 20, 30]
    assert instance.waiting == ["after"]


def test_calls_run_once_for_each_item() -> None:
    characteristics = loop(
        "=items", inputElement="item", outputCollection="all", outputElement="=result"
    )
    diagram = Diagram().start().call("child", characteristics).user("after")
    instance = story(diagram.chain("start", "child", "after"), items=[1, 2])

    for request in instance.of(facts.CallRequested):
        instance.complete(request.element_instance_key, result=request.variables["item"] * 10)

    assert instance.variables["all"] == [10, 20]


def test_an_event_on_the_edge_ends_the_whole_loop() -> None:
    diagram = looped(**COLLECTED).message("gone")
    diagram.boundary("edge", "work", caught("message", "gone")).user("handle")

    instance = story(diagram.chain("edge", "handle"), items=[1, 2], case_number="c1")
    instance.complete(iterations(instance)[0], answer=1).message("gone")

    assert instance.waiting == ["handle"]
    assert "answers" not in instance.variables


def test_an_error_of_one_iteration_is_caught_on_the_edge_of_the_loop() -> None:
    diagram = Diagram().error("failed").start().job("work", loop("=items")).user("handle")
    diagram.boundary("edge", "work", caught("error", "failed"))
    instance = story(diagram.chain("start", "work").chain("edge", "handle"), items=[1, 2])

    assert instance.fail(iterations(instance)[1], "failed").waiting == ["handle"]


def test_items_that_are_added_while_a_loop_runs_in_turn_are_visited() -> None:
    instance = story(looped(sequential=True), items=[1])

    instance.set("process", items=[1, 2]).complete(iterations(instance)[0])

    assert len(iterations(instance)) == 1


def test_a_thousand_iterations_side_by_side_are_no_trouble() -> None:
    diagram = (
        Diagram()
        .start()
        .script(
            "work", "=item * 2", "double", loop("=for i in 1..1000 return i", inputElement="item")
        )
        .user("after")
        .chain("start", "work", "after")
    )

    assert story(diagram).waiting == ["after"]


def test_side_by_side_the_collection_is_the_one_that_the_loop_began_with() -> None:
    diagram = Diagram().start().end()
    diagram.script("work", "=[]", "items", loop("=items")).chain("start", "work", "end")

    assert story(diagram, items=[1, 2, 3]).ended


def test_in_turn_the_collection_is_looked_at_anew_for_each_iteration() -> None:
    diagram = Diagram().start().end()
    marker = loop("=items", sequential=True, outputCollection="all", outputElement="=loopCounter")
    longer = "=if loopCounter = 1 then append(items, 9) else items"
    diagram.script("work", longer, "items", marker).chain("start", "work", "end")

    assert story(diagram, items=[1, 2]).variables["all"] == [1, 2, 3]


def test_what_many_iterations_collect_in_one_command_is_one_change() -> None:
    marker = loop("=items", sequential=True, outputCollection="all", outputElement="=loopCounter")
    diagram = Diagram().start().end().script("work", "=1", "x", marker)

    instance = story(diagram.chain("start", "work", "end"), items=list(range(50)))

    changes = [c for c in instance.of(facts.VariableChanged) if c.name == "all"]
    assert [change.new for change in changes][-1] == list(range(1, 51))
    assert len(changes) == 3
