"""Is the state small, flat and safe to keep?"""

import math
import statistics

import orjson
import pytest
import zstandard

from engine.bpmn import Execution, Limits
from engine.domain.events import FlowTaken
from engine.errors import LimitExceeded
from tests.bpmn.build import Content, Diagram, caught, loop, timer
from tests.bpmn.harness import INSTANCE, FakeHost, Story, model_of, story


def rounds(inside: Diagram, first: str, last: str) -> Diagram:
    """A loop around what *inside* already holds."""
    inside.start().exclusive("top").exclusive("more", default="out").end()
    inside.chain("start", "top", first).chain(last, "more")
    return inside.flow("more", "top", "=again").flow("more", "end", flow_id="out")


def user_round() -> Diagram:
    return rounds(Diagram().user("u"), "u", "u")


def parallel_round() -> Diagram:
    diagram = Diagram().parallel("split").user("u").script("s", "=1", "x").parallel("join")
    diagram.chain("split", "u", "join").chain("split", "s", "join")
    return rounds(diagram, "split", "join")


def guarded_round() -> Diagram:
    diagram = Diagram().user("u").user("late")
    diagram.boundary("edge", "u", timer("Duration", "PT1H")).chain("edge", "late")
    return rounds(diagram, "u", "u")


def sub_process_round() -> Diagram:
    inner = Content().start("in").user("u").end("out_of").chain("in", "u", "out_of")
    return rounds(Diagram().sub("part", inner), "part", "part")


def multi_instance_round() -> Diagram:
    return rounds(
        Diagram().user("u", loop("=[1]", outputCollection="o", outputElement="=1")), "u", "u"
    )


@pytest.mark.parametrize(
    "diagram",
    [user_round(), parallel_round(), guarded_round(), sub_process_round(), multi_instance_round()],
    ids=["user-task", "fork-and-join", "event-on-an-edge", "sub-process", "multi-instance"],
)
def test_the_state_does_not_grow_from_round_to_round(diagram: Diagram) -> None:
    instance = story(diagram)
    sizes = []
    for _ in range(100):
        instance.complete(instance.keys("u")[-1], again=True)
        sizes.append(len(zstandard.decompress(instance.state[1:])))

    assert max(sizes[50:]) <= max(sizes[:5])
    instance.complete(instance.keys("u")[-1], again=False)
    assert instance.ended


def test_ten_thousand_rounds_in_one_command_take_no_more_memory_than_one() -> None:
    diagram = Diagram().start().exclusive("top").script("count", "=n + 1", "n").user("u")
    diagram.exclusive("more", default="out").chain("start", "top", "count", "more")
    diagram.flow("more", "top", "=n < 10000").flow("more", "u", flow_id="out")

    execution = Execution.start(
        model_of(diagram), FakeHost(), instance_key=INSTANCE, variables={"n": 0}
    )

    assert execution.visible_variables(INSTANCE) == {"n": 10000}
    assert len(execution.snapshot()) < 100


def test_a_chain_of_two_thousand_elements_is_no_trouble() -> None:
    diagram = Diagram().start().end()
    names = [f"task_{n}" for n in range(2000)]
    for name in names:
        diagram.add("task", name)

    assert story(diagram.chain("start", *names, "end")).ended


def endless() -> Diagram:
    return Diagram().start().exclusive("a").add("task", "b").chain("start", "a", "b", "a")


def test_a_loop_that_never_ends_is_stopped() -> None:
    with pytest.raises(LimitExceeded, match="steps"):
        story(endless())


def test_the_last_step_that_is_allowed_is_taken() -> None:
    instance = Story(Diagram().start().add("task", "a").end().chain("start", "a", "end"))
    instance.limits = Limits(steps=3)

    assert instance.start().ended


def test_tokens_that_multiply_without_end_are_stopped() -> None:
    diagram = Diagram().start().exclusive("a").parallel("b").chain("start", "a", "b", "a")
    instance = Story(diagram.flow("b", "a"))
    instance.limits = Limits(tokens=500, seconds=math.inf)

    with pytest.raises(LimitExceeded, match="more than 500 tokens"):
        instance.start()


def test_steps_are_counted_for_each_command_anew() -> None:
    instance = Story(user_round())
    instance.limits = Limits(steps=6)
    instance.start()

    for _ in range(10):
        instance.complete("u", again=True)

    assert instance.waiting == ["u"]


def test_the_state_holds_no_variable() -> None:
    instance = story(user_round(), secret="Zhang Wei", phone="13800000000")

    text = zstandard.decompress(instance.state[1:])

    assert b"Zhang" not in text
    assert b"secret" not in text


def test_a_state_of_an_unknown_format_is_refused() -> None:
    instance = story(user_round())
    instance.state = b"\x09" + instance.state[1:]

    with pytest.raises(ValueError, match="unknown format"):
        instance.restored()


def test_rows_of_scopes_that_have_ended_are_passed_over() -> None:
    instance = story(user_round())
    instance.rows[999, "left"] = "over"

    assert instance.restored().visible_variables(INSTANCE) == {}


def test_a_state_restored_and_kept_again_is_the_same() -> None:
    diagram = Diagram().message("gone").start().user("work", loop("=[1, 2]", sequential=True))
    diagram.boundary("edge", "work", timer("Cycle", "R/PT1H"), interrupting=False)
    diagram.boundary("gone", "work", caught("message", "gone"))

    instance = story(diagram.chain("start", "work"), case_number="c1")

    assert instance.restored().snapshot() == instance.state


def test_a_step_costs_the_same_after_many_rounds() -> None:
    instance = story(parallel_round())
    counts = []
    for _ in range(60):
        instance.complete("u", again=True)
        counts.append(len(orjson.loads(zstandard.decompress(instance.state[1:]))[0][1]))

    assert statistics.mean(counts[:10]) == statistics.mean(counts[-10:])


NAMES = ["Start", "End", "Root", "process.EndJoin", "StartEventSplit", "a.BoundaryEventSplit"]


@pytest.mark.parametrize("name", NAMES)
def test_an_element_may_be_called_like_a_spec_of_stock_spiff(name: str) -> None:
    diagram = Diagram().start("begin").user(name).end("finish").chain("begin", name, "finish")

    assert story(diagram).complete(name).path == ["begin", name, "finish"]


def test_flows_without_an_id_are_told_apart() -> None:
    diagram = Diagram().start().parallel("split").parallel("join").user("after")
    diagram.chain("start", "split").chain("join", "after")
    diagram.flow("split", "join", flow_id="x").flow("split", "join", flow_id="y")
    instance = story(diagram.xml().replace(b'id="x" ', b"").replace(b'id="y" ', b""))

    taken = [e.element_id for e in instance.of(FlowTaken) if "split" in e.element_id]
    assert taken[1:] == ["split->join (3)", "split->join (4)"]
    assert instance.waiting == ["after"]
