"""What may be asked of a process instance, and what is refused without a trace?"""

from datetime import timedelta

import pytest

from engine.bpmn import Execution
from engine.domain import events as facts
from engine.domain.events import ElementState
from engine.errors import Conflict
from tests.bpmn.build import Content, Diagram, caught, mapping, timer
from tests.bpmn.harness import INSTANCE, Story, story


def busy() -> Diagram:
    """A process that waits in every way."""
    inner = Content().start("in").job("job").chain("in", "job")
    diagram = Diagram().message("gone").start().parallel("split").flow("start", "split")
    diagram.sub("part", inner).user("user").call("call").parallel("join")
    diagram.add("intermediateCatchEvent", "pause", timer("Duration", "PT1H"))
    diagram.boundary("edge", "user", caught("message", "gone"))
    diagram.user("early")
    for name in ("part", "user", "call", "pause"):
        diagram.flow("split", name)
    return diagram.flow("split", "join").flow("early", "join")


def unchanged_after(instance: Story, command: object) -> None:
    """Give *command* to an execution and check that it left no trace."""
    execution = instance.restored()
    before = execution.snapshot()
    with pytest.raises(Conflict):
        command(execution)  # type: ignore[operator]
    assert execution.take_events() == []
    assert execution.snapshot() == before


UNFIT = {
    "completing-an-unknown-element": lambda e, k: e.complete(999, {"a": 1}),
    "completing-a-sub-process": lambda e, k: e.complete(k("part"), {"a": 1}),
    "completing-a-timer": lambda e, k: e.complete(k("pause"), {"a": 1}),
    "firing-a-user-task": lambda e, k: e.fire_timer(k("user")),
    "firing-a-message": lambda e, k: e.fire_timer(k("edge")),
    "throwing-at-an-unknown-element": lambda e, k: e.throw_error(999, "x", "", {}),
    "throwing-at-a-timer": lambda e, k: e.throw_error(k("pause"), "x", "", {}),
    "escalating-at-a-message": lambda e, k: e.throw_escalation(k("edge"), "x", {}),
    "retrying-without-an-incident": lambda e, k: e.retry(k("user")),
    "setting-variables-of-an-unknown-scope": lambda e, k: e.set_variables(999, {}, local=True),
    "setting-variables-of-a-wait": lambda e, k: e.set_variables(k("edge"), {}, local=False),
    "reading-variables-of-an-unknown-scope": lambda e, k: e.visible_variables(999),
}


@pytest.mark.parametrize("command", UNFIT.values(), ids=UNFIT.keys())
def test_a_conflict_that_changes_nothing_is(command: object) -> None:
    instance = story(busy(), case_number="c1")

    unchanged_after(instance, lambda e: command(e, instance.key))  # type: ignore[operator]


def test_completing_twice_is_a_conflict() -> None:
    instance = story(busy(), case_number="c1")
    key = instance.key("user")
    instance.complete(key)

    unchanged_after(instance, lambda e: e.complete(key, {}))


def test_the_scope_of_an_element_is_gone_as_soon_as_it_has_ended() -> None:
    instance = story(Diagram().start().user("a").user("b").chain("start", "a", "b"))
    key, execution = instance.key("a"), instance.restored()

    execution.complete(key, {})

    with pytest.raises(Conflict, match="has ended"):
        execution.visible_variables(key)


def test_cancelling_ends_every_element_and_every_wait() -> None:
    instance = story(busy(), case_number="c1").step(Execution.cancel)

    assert instance.ended is ElementState.TERMINATED
    assert not instance.open
    ended = [e.element_id for e in instance.of(facts.ElementTerminated)]
    assert sorted(ended) == ["call", "job", "part", "pause", "user"]


def test_a_cancelled_instance_takes_no_more_commands() -> None:
    instance = story(busy(), case_number="c1").step(Execution.cancel)

    unchanged_after(instance, lambda e: e.cancel())
    unchanged_after(instance, lambda e: e.set_variables(INSTANCE, {"a": 1}, local=False))


def test_a_completed_instance_takes_no_more_commands() -> None:
    instance = story(Diagram().start().end().chain("start", "end"))
    assert instance.ended is ElementState.COMPLETED

    unchanged_after(instance, lambda e: e.cancel())
    unchanged_after(instance, lambda e: e.set_variables(INSTANCE, {"a": 1}, local=True))


def test_an_instance_is_over_when_its_last_token_is() -> None:
    diagram = Diagram().start().user("a").user("b").end("one").end("two")
    diagram.chain("start", "a", "one").chain("start", "b", "two")

    instance = story(diagram).complete("a")
    assert instance.ended is None

    assert instance.complete("b").ended is ElementState.COMPLETED


def test_elements_without_a_way_on_end_there() -> None:
    diagram = Diagram().start().user("a").chain("start", "a")

    assert story(diagram).complete("a").ended is ElementState.COMPLETED


def test_facts_come_in_the_order_in_which_they_happened() -> None:
    diagram = Diagram().start().user("a").end().chain("start", "a", "end")

    instance = story(diagram).complete("a")

    assert [(type(e).__name__, e.element_id) for e in instance.history] == [
        ("ElementActivated", "start"),
        ("ElementCompleted", "start"),
        ("FlowTaken", "start_to_a_1"),
        ("ElementActivated", "a"),
        ("UserTaskCreated", "a"),
        ("ElementCompleted", "a"),
        ("FlowTaken", "a_to_end_2"),
        ("ElementActivated", "end"),
        ("ElementCompleted", "end"),
        ("InstanceEnded", "process"),
    ]


def test_an_element_inside_a_sub_process_knows_its_scope() -> None:
    inner = Content().start("in").user("a").chain("in", "a")
    instance = story(Diagram().start().sub("part", inner).chain("start", "part"))

    (activated,) = instance.of(facts.ElementActivated, "a")

    assert activated.scope_key == instance.key("part")
    assert instance.of(facts.ElementActivated, "part")[0].scope_key == INSTANCE


def test_every_visit_has_a_key_of_its_own() -> None:
    diagram = Diagram().start().exclusive("top").user("a").exclusive("more", default="out")
    diagram.end().chain("start", "top", "a", "more").flow("more", "top", "=again")
    diagram.flow("more", "end", flow_id="out")

    instance = story(diagram).complete("a", again=True).complete("a", again=False)

    keys = [e.element_instance_key for e in instance.of(facts.ElementActivated)]
    assert len(keys) == len(set(keys)) == 8


def test_incidents_of_one_branch_leave_the_others_running() -> None:
    diagram = Diagram().start().script("bad", "=assert(1, false)", "x").user("good")
    diagram.chain("start", "bad").chain("start", "good")

    instance = story(diagram).complete("good")

    assert instance.waiting == ["bad"]
    assert instance.ended is None


def test_a_retry_that_fails_again_is_a_new_incident() -> None:
    diagram = Diagram().start().script("bad", "=assert(1, false)", "x").chain("start", "bad")

    instance = story(diagram).retry("bad")

    assert len(instance.of(facts.IncidentRaised)) == 2
    assert len(instance.of(facts.IncidentResolved)) == 1


def test_a_failed_input_mapping_is_an_incident_and_nobody_is_asked() -> None:
    settings = mapping({"y": "=assert(x, x != null)"})
    diagram = Diagram().start().user("a", settings=settings).chain("start", "a")

    instance = story(diagram)
    assert [i.error_type for i in instance.incidents.values()] == ["IO_MAPPING_ERROR"]
    assert not instance.of(facts.UserTaskCreated)

    instance.set("process", x=1).retry("a")
    assert instance.local("a") == {"y": 1}
    assert len(instance.of(facts.ElementActivated, "a")) == 1


def test_a_failed_output_mapping_keeps_the_results_for_the_retry() -> None:
    settings = mapping(outputs={"y": "=assert(answer, rate != null) * rate"})
    diagram = Diagram().start().user("a", settings=settings).end().chain("start", "a", "end")

    instance = story(diagram).complete("a", answer=2)
    assert instance.incidents

    instance.set("process", rate=10).retry("a")
    assert instance.variables == {"rate": 10, "y": 20}
    assert instance.ended


def test_time_of_a_timer_on_the_way_is_kept_through_restores() -> None:
    instance = story(busy(), case_number="c1").complete("call")
    (key,) = instance.timers

    instance.pass_time(timedelta(hours=1))

    assert key not in instance.open
