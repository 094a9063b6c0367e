"""Which ways does an inclusive gateway take, and for whom does its join wait?"""

import pytest

from engine.bpmn import ErrorType
from tests.bpmn.build import Content, Diagram, timer
from tests.bpmn.harness import Story, story


def choices(*, default: bool = True) -> Diagram:
    """Ways ``a`` and ``b`` by their conditions, and perhaps a default ``c``, to one join."""
    attributes = {"default": "to_c"} if default else {}
    diagram = Diagram().start().add("inclusiveGateway", "split", **attributes)
    diagram.add("inclusiveGateway", "join").user("after").chain("start", "split")
    for name in "ab":
        diagram.user(name).flow("split", name, f"={name}").flow(name, "join")
    if default:
        diagram.user("c").flow("split", "c", flow_id="to_c").flow("c", "join")
    return diagram.chain("join", "after")


@pytest.mark.parametrize(
    ("a", "b", "taken"),
    [
        pytest.param(True, True, ["a", "b"], id="every-true-condition"),
        pytest.param(True, False, ["a"], id="only-the-true-one"),
        pytest.param(False, False, ["c"], id="the-default-when-none-is-true"),
    ],
)
def test_an_inclusive_gateway_takes(a: bool, b: bool, taken: list[str]) -> None:
    assert story(choices(), a=a, b=b).waiting == taken


def test_no_true_condition_and_no_default_is_an_incident() -> None:
    instance = story(choices(default=False), a=False, b=False)

    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.CONDITION_ERROR
    assert instance.set("process", b=True).retry("split").waiting == ["b"]


def test_a_condition_that_is_null_is_an_incident_even_beside_a_true_one() -> None:
    instance = story(choices(), a=True)

    assert instance.waiting == ["split"]
    assert len(instance.incidents) == 1


@pytest.mark.parametrize(("first", "second"), ["ab", "ba"])
def test_the_join_waits_for_the_ways_that_were_taken(first: str, second: str) -> None:
    instance = story(choices(), a=True, b=True).complete(first)
    assert instance.waiting == [second]

    assert instance.complete(second).waiting == ["after"]
    assert instance.path.count("join") == 1


def test_the_join_does_not_wait_for_a_way_that_was_not_taken() -> None:
    assert story(choices(), a=True, b=False).complete("a").waiting == ["after"]


def detour() -> Diagram:
    """Beside ``a`` a token that an exclusive gateway leads to the join or elsewhere."""
    diagram = Diagram().start().parallel("split").user("a").user("b").end()
    diagram.add("inclusiveGateway", "join").user("after").exclusive("turn", default="away")
    diagram.chain("start", "split", "a", "join", "after").chain("split", "b", "turn")
    return diagram.flow("turn", "join", "=comes").flow("turn", "end", flow_id="away")


def test_the_join_goes_on_when_the_other_token_turns_away() -> None:
    instance = story(detour()).complete("a")
    assert instance.waiting == ["b"]

    assert instance.complete("b", comes=False).waiting == ["after"]


def test_the_join_takes_in_the_other_token_when_it_comes() -> None:
    instance = story(detour()).complete("a").complete("b", comes=True)

    assert instance.waiting == ["after"]
    assert instance.path.count("join") == 1


def test_the_join_goes_on_when_the_other_token_is_interrupted() -> None:
    diagram = Diagram().start().parallel("split").user("a").user("b").user("late")
    diagram.add("inclusiveGateway", "join").user("after")
    diagram.boundary("edge", "b", timer("Duration", "PT1H")).chain("edge", "late")
    diagram.chain("start", "split", "a", "join", "after").chain("split", "b", "join")
    instance = story(diagram).complete("a")
    assert instance.waiting == ["b"]

    key = instance.key("edge")
    assert instance.step(lambda e: e.fire_timer(key)).waiting == ["after", "late"]


def test_the_join_waits_for_what_an_event_on_an_edge_may_still_bring() -> None:
    diagram = Diagram().start().parallel("split").user("a").user("b").end()
    diagram.add("inclusiveGateway", "join").user("after")
    diagram.boundary("edge", "b", timer("Duration", "PT1H")).chain("edge", "join")
    diagram.chain("start", "split", "a", "join", "after").chain("split", "b", "end")

    instance = story(diagram).complete("a")

    assert instance.waiting == ["b"]
    assert instance.complete("b").waiting == ["after"]


def test_a_token_behind_the_join_is_not_waited_for() -> None:
    """In a loop, what has passed the join can only come back through it."""
    diagram = Diagram().start().parallel("split").user("a").add("inclusiveGateway", "top")
    diagram.exclusive("more", default="out").user("b").end()
    diagram.chain("start", "split", "top", "a", "more").flow("more", "top", "=again")
    diagram.chain("split", "b", "top").flow("more", "end", flow_id="out")

    instance = story(diagram)
    assert instance.waiting == ["b"]

    instance.complete("b")
    assert instance.waiting == ["a"]
    for _ in range(3):
        assert instance.complete("a", again=True).waiting == ["a"]
    assert instance.complete("a", again=False).ended


def rounds() -> Diagram:
    """A fork and its join inside a loop."""
    diagram = Diagram().start().exclusive("top").add("inclusiveGateway", "split", default="to_b")
    diagram.user("a").user("b").add("inclusiveGateway", "join").exclusive("more", default="out")
    diagram.end().chain("start", "top", "split").flow("split", "a", "=a").flow("a", "join")
    diagram.flow("split", "b", flow_id="to_b").flow("b", "join").flow("join", "more")
    return diagram.flow("more", "top", "=again").flow("more", "end", flow_id="out")


def test_a_fork_and_join_in_a_loop_work_anew_in_every_round() -> None:
    instance = story(rounds(), a=True, again=True)
    for a, task in [(False, "a"), (True, "b"), (False, "a")]:
        instance.complete(task, a=a)
    assert instance.waiting == ["b"]

    assert instance.complete("b", again=False).ended
    assert instance.path.count("join") == 4


def test_a_token_that_can_still_join_a_taken_flow_is_not_waited_for() -> None:
    """BPMN 2.0, 13.3.3: it does not hold up the flow that it might as well come by."""
    diagram = Diagram().start().parallel("split").user("a").user("b").exclusive("either")
    diagram.add("inclusiveGateway", "join").user("after").user("x").exclusive("merge")
    diagram.chain("start", "split", "a", "merge", "join", "after").chain("split", "b", "either")
    diagram.flow("either", "merge", "=straight").flow("either", "x", "=not(straight)")
    diagram.chain("x", "join")

    assert story(diagram).complete("a").waiting == ["after", "b"]


def test_joins_of_two_running_sub_processes_do_not_mix() -> None:
    inner = Content().start("in").parallel("split").user("a").user("b").end("out")
    inner.add("inclusiveGateway", "join").chain("in", "split", "a", "join", "out")
    inner.chain("split", "b", "join")
    diagram = Diagram().start().parallel("twice").exclusive("merge").sub("part", inner)
    diagram.chain("start", "twice", "merge", "part").flow("twice", "merge")
    instance = story(diagram)
    first, second = instance.keys("a")

    instance.complete(first).complete(second)

    assert instance.waiting == ["b", "b"]


def out_of_a_task(*, default: bool = True) -> Diagram:
    """A task with the conditional ways ``a`` and ``b`` and perhaps a default ``c``."""
    attributes = {"default": "to_c"} if default else {}
    diagram = Diagram().start().user("u", **attributes).user("a").user("b").user("c")
    diagram.flow("start", "u").flow("u", "a", "=a").flow("u", "b", "=b")
    return diagram.flow("u", "c", flow_id="to_c")


@pytest.mark.parametrize(
    ("a", "b", "default", "taken"),
    [
        pytest.param(True, True, True, ["a", "b"], id="every-true-way-and-not-the-default"),
        pytest.param(False, False, True, ["c"], id="the-default-when-none-is-true"),
        pytest.param(True, False, False, ["a", "c"], id="a-way-without-a-condition-always"),
        pytest.param(False, False, False, ["c"], id="a-way-without-a-condition-alone"),
    ],
)
def test_an_activity_with_conditional_ways_takes(
    a: bool, b: bool, default: bool, taken: list[str]
) -> None:
    assert story(out_of_a_task(default=default)).complete("u", a=a, b=b).waiting == taken


def test_the_default_is_taken_beside_a_way_without_a_condition() -> None:
    diagram = Diagram().start().user("u", default="to_c").user("a").user("b").user("c")
    diagram.flow("start", "u").flow("u", "a", "=a").flow("u", "b")
    diagram.flow("u", "c", flow_id="to_c")

    assert story(diagram).complete("u", a=False).waiting == ["b", "c"]


def conditional_end() -> Story:
    diagram = Diagram().start().user("u").user("a").flow("start", "u").flow("u", "a", "=a")
    return story(diagram)


def test_an_activity_none_of_whose_ways_is_open_is_an_incident() -> None:
    instance = conditional_end().complete("u", a=False)

    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.CONDITION_ERROR
    assert instance.set("process", a=True).retry("u").waiting == ["a"]


def test_conditions_behind_an_activity_do_not_see_its_own_variables() -> None:
    instance = conditional_end()
    instance.set("u", local=True, a=True)
    instance.set("process", local=True, a=False)

    instance.complete("u")

    assert instance.waiting == ["u"]
    assert len(instance.incidents) == 1
