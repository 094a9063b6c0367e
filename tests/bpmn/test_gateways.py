"""Which way does a token go, and when do tokens become one?"""

from datetime import timedelta

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, timer
from tests.bpmn.harness import story


def fork(*conditions: str, default: bool = True) -> Diagram:
    """One way per condition to ``way_0`` ..., and a default to ``otherwise``."""
    attributes = {"default": "else"} if default else {}
    diagram = Diagram().start().exclusive("which", **attributes).flow("start", "which")
    for index, condition in enumerate(conditions):
        diagram.user(f"way_{index}").flow("which", f"way_{index}", condition)
    if default:
        diagram.user("otherwise").flow("which", "otherwise", flow_id="else")
    return diagram


@pytest.mark.parametrize(
    ("amount", "taken"),
    [
        pytest.param(700, "way_0", id="the-first-true-condition-wins"),
        pytest.param(300, "way_1", id="a-false-condition-is-passed-over"),
        pytest.param(10, "otherwise", id="no-true-condition-takes-the-default"),
    ],
)
def test_an_exclusive_gateway_takes_one_way(amount: int, taken: str) -> None:
    instance = story(fork("=amount > 500", "=amount > 100"), amount=amount)

    assert instance.waiting == [taken]


def test_the_sequence_flow_taken_is_told() -> None:
    instance = story(fork("=false"))

    assert [e.element_id for e in instance.of(facts.FlowTaken)] == ["start_to_which_1", "else"]


NO_BOOLEANS = {
    "null": ("=nothing", {}),
    "a-comparison-with-null": ("=nothing > 1", {}),
    "a-text": ('="true"', {}),
    "a-number": ("=1", {}),
    "a-text-that-cannot-be-compared": ("=amount > 5", {"amount": "many"}),
}


@pytest.mark.parametrize(("condition", "variables"), NO_BOOLEANS.values(), ids=NO_BOOLEANS.keys())
def test_a_condition_that_is_not_true_or_false_is_an_incident(
    condition: str, variables: dict[str, object]
) -> None:
    instance = story(fork(condition), **variables)

    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.EXTRACT_VALUE_ERROR
    assert condition in incident.message
    assert instance.waiting == ["which"]


def test_no_true_condition_and_no_default_is_an_incident() -> None:
    instance = story(fork("=amount > 5", "=amount > 9", default=False), amount=1)

    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.CONDITION_ERROR
    assert instance.set("process", amount=7).retry("which").waiting == ["way_0"]


def test_an_exclusive_gateway_merges_without_waiting() -> None:
    diagram = Diagram().start().parallel("split").exclusive("merge").user("u")
    diagram.chain("start", "split", "merge", "u").flow("split", "merge")

    assert story(diagram).waiting == ["u", "u"]


def test_an_exclusive_gateway_with_one_way_out_needs_no_condition() -> None:
    diagram = Diagram().start().exclusive("one").user("u").chain("start", "one", "u")

    assert story(diagram).waiting == ["u"]


def test_a_parallel_gateway_waits_for_every_incoming_flow() -> None:
    diagram = Diagram().start().parallel("split").parallel("join").user("after")
    diagram.chain("start", "split").chain("join", "after")
    for name in "abc":
        diagram.user(name).chain("split", name, "join")

    instance = story(diagram).complete("b").complete("a")
    assert instance.waiting == ["c"]

    assert instance.complete("c").waiting == ["after"]
    assert instance.path.count("join") == 1


def test_two_flows_from_one_element_count_as_two() -> None:
    diagram = Diagram().start().parallel("split").parallel("join").user("after")
    diagram.chain("start", "split", "join", "after").flow("split", "join")

    assert story(diagram).waiting == ["after"]


def test_two_tokens_on_one_flow_do_not_stand_in_for_the_other_flow() -> None:
    diagram = Diagram().start().parallel("split").exclusive("merge").user("a").user("b")
    diagram.user("c").parallel("join").user("after").chain("start", "split", "a", "merge", "join")
    diagram.chain("split", "b", "merge").chain("split", "c", "join", "after")

    instance = story(diagram).complete("a").complete("b")
    assert instance.waiting == ["c"]

    assert instance.complete("c").waiting == ["after"]


def test_a_join_in_a_loop_waits_again_in_every_round() -> None:
    diagram = Diagram().start().exclusive("top").parallel("split").user("a").user("b")
    diagram.parallel("join").exclusive("more", default="out").user("after")
    diagram.chain("start", "top", "split", "a", "join", "more").chain("split", "b", "join")
    diagram.flow("more", "top", "=again").flow("more", "after", flow_id="out")

    instance = story(diagram)
    for _ in range(5):
        instance.complete("a", again=True)
        assert instance.waiting == ["b"]
        instance.complete("b")
        assert instance.waiting == ["a", "b"]

    assert instance.complete("b", again=False).complete("a").waiting == ["after"]


def test_tokens_that_wait_for_ever_at_a_join_are_an_incident_of_the_instance() -> None:
    diagram = Diagram().start().exclusive("which", default="else").parallel("join").end()
    diagram.chain("start", "which").flow("which", "join", "=true")
    diagram.flow("which", "join", flow_id="else").flow("join", "end")

    (incident,) = story(diagram).incidents.values()

    assert incident.element_id == "process"
    assert '"join"' in incident.message


def test_an_activity_with_two_ways_out_takes_both() -> None:
    diagram = Diagram().start().user("u").user("a").user("b").chain("start", "u", "a")
    diagram.flow("u", "b")

    assert story(diagram).complete("u").waiting == ["a", "b"]


def test_an_activity_with_two_ways_in_runs_once_for_each_token() -> None:
    diagram = Diagram().start().user("u").user("a").flow("start", "u").flow("u", "a")
    diagram.flow("u", "a")

    assert story(diagram).complete("u").waiting == ["a", "a"]


def events_first() -> Diagram:
    diagram = Diagram().message("paid").message("gone").start().add("eventBasedGateway", "first")
    diagram.flow("start", "first")
    diagram.add("intermediateCatchEvent", "paid", caught("message", "paid"))
    diagram.add("intermediateCatchEvent", "gone", caught("message", "gone"))
    diagram.add("intermediateCatchEvent", "soon", timer("Duration", "PT1H"))
    diagram.add("intermediateCatchEvent", "late", timer("Duration", "PT2H"))
    for name in ("paid", "gone", "soon", "late"):
        diagram.user(f"after_{name}").chain("first", name, f"after_{name}")
    return diagram


def test_an_event_based_gateway_waits_for_all_its_events_at_once() -> None:
    instance = story(events_first(), case_number="c1")

    assert sorted(s.message_name for s in instance.subscriptions.values()) == ["gone", "paid"]
    assert len(set(instance.timers.values())) == 2
    assert instance.waiting == ["first"]


@pytest.mark.parametrize("name", ["paid", "gone"])
def test_the_first_message_decides_and_all_other_waits_end(name: str) -> None:
    instance = story(events_first(), case_number="c1").message(name)

    assert instance.waiting == [f"after_{name}"]
    assert not instance.timers
    assert not instance.subscriptions
    assert instance.path == ["start", "first", name]


def test_of_two_timers_behind_an_event_based_gateway_the_earlier_fires() -> None:
    instance = story(events_first(), case_number="c1").pass_time(timedelta(hours=3))

    assert instance.waiting == ["after_soon"]


def test_joins_of_two_running_sub_processes_do_not_mix() -> None:
    inner = Content().start("in").parallel("split").user("a").user("b").parallel("join").end("out")
    inner.chain("in", "split", "a", "join", "out").chain("split", "b", "join")
    diagram = Diagram().start().parallel("twice").exclusive("merge").sub("part", inner)
    diagram.chain("start", "twice", "merge", "part").flow("twice", "merge")

    instance = story(diagram)
    first, second = instance.keys("a")
    instance.complete(first).complete(second)
    assert instance.waiting == ["b", "b"]

    for key in instance.keys("b"):
        instance.complete(key)
    assert instance.ended
    assert instance.path.count("join") == 2
