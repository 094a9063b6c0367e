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
    ("sequential", "count"), [(False, 1_000), (True, 300)], ids=["side-by-side", "in-turn"]
)
def test_many_iterations_take_less_than_five_seconds(sequential: bool, count: int) -> None:
    diagram = Diagram().start().end()
    marker = loop("=items", sequential=sequential)
    diagram.script("work", "=loopCounter", "last", marker).chain("start", "work", "end")

    instance = within(BRIEF, diagram, items=list(range(count)))

    assert instance.ended
    assert instance.variables["last"] == count


def test_more_iterations_than_tokens_are_stopped() -> None:
    diagram = Diagram().start().user("work", loop("=items")).chain("start", "work")

    with pytest.raises(LimitExceeded, match="tokens"):
        within(Limits(), diagram, items=list(range(10_001)))


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
