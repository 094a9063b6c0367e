"""Does a large or runaway diagram end, or become a clear error, within its bounds?"""

import pytest

from engine.bpmn import Limits
from engine.errors import LimitExceeded
from tests.bpmn.build import Content, Diagram, caught, loop
from tests.bpmn.harness import FakeHost, Story

BRIEF = Limits(seconds=5)


def within(limits: Limits, diagram: Diagram, **variables: object) -> Story:
    instance = Story(diagram)
    instance.limits = limits
    return instance.start(**variables)


def forked(ways: int, gateway: str) -> Diagram:
    diagram = Diagram().start().add(gateway, "split").add(gateway, "join").end()
    diagram.chain("start", "split")
    for way in range(ways):
        diagram.user(f"u{way}").flow("split", f"u{way}", "=true" if "inc" in gateway else "")
        diagram.flow(f"u{way}", "join")
    return diagram.chain("join", "end")


@pytest.mark.parametrize("gateway", ["parallelGateway", "inclusiveGateway"])
def test_a_fork_and_join_of_four_hundred_ways_take_less_than_five_seconds(gateway: str) -> None:
    instance = within(BRIEF, forked(400, gateway))
    execution = instance.restored()

    for key in list(instance.open):
        execution.complete(key, {})

    assert execution.ended


@pytest.mark.parametrize(
    ("sequential", "count"), [(False, 2_000), (True, 2_000)], ids=["side-by-side", "in-turn"]
)
def test_many_iterations_take_less_than_five_seconds(sequential: bool, count: int) -> None:
    diagram = Diagram().start().end()
    marker = loop("=items", sequential=sequential, outputCollection="all", outputElement="=n")
    diagram.script("work", "=loopCounter", "n", marker).chain("start", "work", "end")

    instance = within(BRIEF, diagram, items=list(range(count)))

    assert instance.ended
    assert instance.variables["all"] == list(range(1, count + 1))


def test_more_iterations_than_tokens_are_stopped() -> None:
    diagram = Diagram().start().user("work", loop("=items")).chain("start", "work")

    with pytest.raises(LimitExceeded, match="tokens"):
        within(Limits(), diagram, items=list(range(10_001)))


def test_a_loop_of_ten_thousand_rounds_ends() -> None:
    diagram = Diagram().start().script("count", "=i + 1", "i").exclusive("enough", default="no")
    diagram.end().flow("start", "count").flow("count", "enough")
    diagram.flow("enough", "count", flow_id="no").flow("enough", "end", "=i >= 10000")

    assert within(Limits(), diagram, i=0).variables["i"] == 10_000


def test_a_chain_of_a_thousand_nodes_ends() -> None:
    diagram = Diagram().start().end()
    for number in range(1_000):
        diagram.add("task", f"t{number}")

    chain = diagram.chain("start", *(f"t{number}" for number in range(1_000)), "end")

    assert within(BRIEF, chain).ended


def test_a_token_that_splits_in_every_round_is_stopped() -> None:
    diagram = Diagram().start().exclusive("a").parallel("b").user("u").flow("b", "u")

    with pytest.raises(LimitExceeded, match="tokens"):
        within(Limits(tokens=2_000), diagram.chain("start", "a", "b", "a"))


def endless() -> Diagram:
    return Diagram().start().exclusive("a").add("task", "b").chain("start", "a", "b", "a")


def test_a_command_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(LimitExceeded, match="more than 0 seconds"):
        within(Limits(steps=10**9, seconds=0), endless())


def test_the_time_counts_for_each_command_anew() -> None:
    diagram = Diagram().start().exclusive("a").user("b").chain("start", "a", "b", "a")
    host = FakeHost()
    instance = Story(diagram, host)
    instance.limits = Limits(seconds=5)
    execution = instance.start().restored()

    for _ in range(300):
        (key,) = instance.open
        execution.complete(key, {})
        instance._keep(execution)

    assert instance.waiting == ["b"]


def test_an_event_sub_process_that_calls_itself_up_is_stopped() -> None:
    """Its escalation is caught by another of the same scope, and so on without end."""
    diagram = Diagram().escalation("x").escalation("y").start().user("u").chain("start", "t", "u")
    diagram.add("intermediateThrowEvent", "t", caught("escalation", "x"))
    for code, other in (("x", "y"), ("y", "x")):
        inner = Content().end(f"end_{code}", caught("escalation", other))
        inner.parts.append(
            f'<bpmn:startEvent id="start_{code}" isInterrupting="false">'
            f"{caught('escalation', code)}</bpmn:startEvent>"
        )
        inner.chain(f"start_{code}", f"end_{code}")
        diagram.sub(f"on_{code}", inner, triggeredByEvent="true")

    with pytest.raises(LimitExceeded):
        within(Limits(steps=2_000), diagram)
