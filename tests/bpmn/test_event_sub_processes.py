"""When does an event sub-process begin, what does it end, and what does it see?"""

from datetime import timedelta

import pytest

from engine.domain import events as facts
from engine.errors import Conflict
from tests.bpmn.build import TERMINATE, Content, Diagram, caught, element, mapping, timer
from tests.bpmn.harness import Story, story

HOUR = timedelta(hours=1)


def handler(
    name: str, definition: str, *, interrupting: bool = True, settings: str = ""
) -> tuple[str, Content]:
    """An event sub-process ``name`` whose one user task is ``<name>_task``."""
    start = element(
        "startEvent",
        f"{name}_start",
        definition,
        settings=settings,
        isInterrupting=str(interrupting).lower(),
    )
    content = Content().user(f"{name}_task").end(f"{name}_end")
    content.parts.append(start)
    content.chain(f"{name}_start", f"{name}_task", f"{name}_end")
    return name, content


def with_handlers(*handlers: tuple[str, Content], main: Content | None = None) -> Diagram:
    """A process of one user task ``work`` with event sub-processes beside it."""
    diagram = Diagram().error("bad").error("worse").escalation("late").message("stop")
    if main is None:
        diagram.start().user("work").end().chain("start", "work", "end")
    else:
        diagram.parts += main.parts
    for name, content in handlers:
        diagram.sub(name, content, triggeredByEvent="true")
    return diagram


def job() -> Content:
    return Content().start().job("work").end().chain("start", "work", "end")


def stop(*, interrupting: bool = True, settings: str = "") -> tuple[str, Content]:
    return handler("h", caught("message", "stop"), interrupting=interrupting, settings=settings)


def test_an_interrupting_one_ends_all_else() -> None:
    instance = story(with_handlers(stop()), case_number="c").message("stop")

    assert instance.waiting == ["h_task"]
    assert [e.element_id for e in instance.of(facts.ElementTerminated)] == ["work"]
    assert not instance.subscriptions


def test_the_process_completes_with_it() -> None:
    instance = story(with_handlers(stop()), case_number="c").message("stop").complete("h_task")

    assert instance.ended is facts.ElementState.COMPLETED
    assert instance.path == ["start", "h_start", "h_task", "h_end", "h"]


def test_a_non_interrupting_one_runs_beside_as_often_as_it_happens() -> None:
    instance = story(with_handlers(stop(interrupting=False)), case_number="c")

    instance.message("stop").message("stop")

    assert instance.waiting == ["h_task", "h_task", "work"]


def test_the_process_waits_for_those_that_run_beside() -> None:
    instance = story(with_handlers(stop(interrupting=False)), case_number="c").message("stop")

    instance.complete("work")
    assert instance.ended is None

    assert instance.complete("h_task").ended


def test_nothing_is_waited_for_any_more_when_the_scope_is_over() -> None:
    instance = story(with_handlers(stop()), case_number="c").complete("work")

    assert instance.ended is facts.ElementState.COMPLETED
    assert not instance.subscriptions


def test_the_wait_is_told_under_the_id_of_the_start_event() -> None:
    instance = story(with_handlers(stop()), case_number="c")

    (opened,) = instance.of(facts.SubscriptionOpened)
    assert (opened.element_id, opened.correlation_key) == ("h_start", "c")
    assert opened.interrupting


def test_it_begins_with_the_kind_that_camunda_gives_it() -> None:
    instance = story(with_handlers(stop()), case_number="c").message("stop")

    (activated,) = instance.of(facts.ElementActivated, "h")
    assert activated.element_type == "EVENT_SUB_PROCESS"


def test_a_timer_begins_it_when_it_is_due() -> None:
    instance = story(with_handlers(handler("h", timer("Duration", "PT1H"))))

    assert instance.pass_time(HOUR - timedelta(seconds=1)).waiting == ["work"]
    assert instance.pass_time(timedelta(seconds=1)).waiting == ["h_task"]
    assert not instance.timers


def test_a_cycle_begins_it_again_and_again() -> None:
    repeated = handler("h", timer("Cycle", "R3/PT1H"), interrupting=False)

    instance = story(with_handlers(repeated)).pass_time(10 * HOUR)

    assert instance.waiting == ["h_task", "h_task", "h_task", "work"]
    assert not instance.timers


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("bad", "named_task", id="the-one-that-names-the-code"),
        pytest.param("worse", "any_task", id="the-one-for-all"),
    ],
)
def test_an_error_begins(code: str, expected: str) -> None:
    diagram = with_handlers(
        handler("any", caught("error")), handler("named", caught("error", "bad")), main=job()
    )

    assert story(diagram).fail("work", code).waiting == [expected]


def test_an_error_end_event_begins_one_of_the_same_process() -> None:
    main = Content().start().end("thrown", caught("error", "bad")).chain("start", "thrown")

    instance = story(with_handlers(handler("h", caught("error", "bad")), main=main))

    assert instance.waiting == ["h_task"]


def test_the_edge_of_the_activity_goes_before_the_event_sub_process() -> None:
    main = job().boundary("edge", "work", caught("error")).user("near").chain("edge", "near")
    diagram = with_handlers(handler("h", caught("error", "bad")), main=main)

    assert story(diagram).fail("work", "bad").waiting == ["near"]


def nested(*, outer: str) -> Diagram:
    """A job in a sub-process that has an event sub-process for errors, and another around."""
    inner = Content().start("in").job("work").end("out").chain("in", "work", "out")
    name, content = handler("h", caught("error", "bad"))
    inner.sub(name, content, triggeredByEvent="true")
    main = Content().start().sub("part", inner).end().chain("start", "part", "end")
    if outer == "edge":
        main.boundary("edge", "part", caught("error")).user("far").chain("edge", "far")
        return with_handlers(main=main)
    return with_handlers(handler("far", caught("error")), main=main)


@pytest.mark.parametrize("outer", ["edge", "handler"])
def test_the_inner_event_sub_process_goes_before_what_is_around(outer: str) -> None:
    assert story(nested(outer=outer)).fail("work", "bad").waiting == ["h_task"]


@pytest.mark.parametrize(("outer", "expected"), [("edge", "far"), ("handler", "far_task")])
def test_an_error_that_the_inner_one_does_not_catch_goes_outwards(
    outer: str, expected: str
) -> None:
    assert story(nested(outer=outer)).fail("work", "worse").waiting == [expected]


def rethrowing() -> Content:
    content = Content().job("again").end("h_end")
    content.parts.append(element("startEvent", "h_start", caught("error")))
    return content.chain("h_start", "again", "h_end")


def test_an_error_of_an_interrupting_one_is_not_caught_by_its_own_scope() -> None:
    diagram = with_handlers(("h", rethrowing()), main=job())

    instance = story(diagram).fail("work", "bad").fail("again", "bad")

    assert [e.error_code for e in instance.of(facts.ErrorUncaught)] == ["bad"]
    assert instance.waiting == ["again"]


def test_an_error_of_one_that_runs_beside_begins_another_of_the_scope() -> None:
    beside = Content().job("again").end("b_end")
    beside.parts.append(
        element("startEvent", "b_start", caught("message", "stop"), isInterrupting="false")
    )
    beside.chain("b_start", "again", "b_end")
    diagram = with_handlers(("b", beside), handler("h", caught("error")))

    instance = story(diagram, case_number="c").message("stop").fail("again", "bad")

    assert instance.waiting == ["h_task"]


@pytest.mark.parametrize(
    ("interrupting", "expected"),
    [(True, ["h_task"]), (False, ["h_task", "then"])],
    ids=["interrupting", "beside"],
)
def test_an_escalation_begins_it(interrupting: bool, expected: list[str]) -> None:
    main = Content().start().user("then").chain("start", "thrown", "then")
    main.add("intermediateThrowEvent", "thrown", caught("escalation", "late"))
    late = handler("h", caught("escalation", "late"), interrupting=interrupting)

    assert story(with_handlers(late, main=main)).waiting == expected


def test_it_sees_and_changes_the_variables_of_its_scope() -> None:
    settings = mapping(outputs={"reason": '=why + "!"'})
    instance = story(with_handlers(stop(settings=settings)), case_number="c", reason="")

    instance.message("stop", why="lost")

    assert instance.variables == {"case_number": "c", "reason": "lost!"}


def test_what_a_message_brings_goes_to_the_process_without_a_mapping() -> None:
    instance = story(with_handlers(stop()), case_number="c").message("stop", why="lost")

    assert instance.variables["why"] == "lost"


def in_sub_process() -> Diagram:
    inner = Content().start("in").user("work").end("out").chain("in", "work", "out")
    name, content = stop()
    inner.sub(name, content, triggeredByEvent="true")
    diagram = Diagram().message("stop", key="=room").start().user("beside").user("after")
    diagram.sub("part", inner, settings=mapping(inputs={"room": '="r1"'}))
    return diagram.chain("start", "part", "after").chain("start", "beside")


def test_one_of_a_sub_process_sees_its_variables_and_ends_only_what_is_in_it() -> None:
    instance = story(in_sub_process())
    (opened,) = instance.of(facts.SubscriptionOpened)
    assert opened.correlation_key == "r1"

    assert instance.message("stop").waiting == ["beside", "h_task"]
    assert instance.complete("h_task").waiting == ["after", "beside"]


def test_interrupting_the_sub_process_ends_the_wait() -> None:
    instance = story(in_sub_process())

    instance.step(lambda e: e.cancel())

    assert instance.ended is facts.ElementState.TERMINATED
    assert not instance.subscriptions


def test_a_terminate_end_in_it_ends_only_the_event_sub_process() -> None:
    content = Content().user("goes").user("stays").end("h_end", TERMINATE)
    content.parts.append(
        element("startEvent", "h_start", caught("message", "stop"), isInterrupting="false")
    )
    content.chain("h_start", "goes", "h_end").chain("h_start", "stays")

    instance = story(with_handlers(("h", content)), case_number="c").message("stop")

    assert instance.complete("goes").waiting == ["work"]


def test_a_terminate_end_beside_it_ends_it_and_its_wait() -> None:
    main = Content().start().user("work").end("end", TERMINATE).chain("start", "work", "end")
    diagram = with_handlers(stop(interrupting=False), main=main)

    instance = story(diagram, case_number="c").message("stop").complete("work")

    assert instance.ended is facts.ElementState.COMPLETED
    assert not instance.subscriptions


def test_one_inside_another_begins_only_when_that_runs() -> None:
    name, outer = stop()
    inner_name, inner = handler("deep", timer("Duration", "PT1H"))
    outer.sub(inner_name, inner, triggeredByEvent="true")
    instance = story(with_handlers((name, outer)), case_number="c")
    assert not instance.timers

    assert instance.message("stop").pass_time(HOUR).waiting == ["deep_task"]


def test_one_in_a_loop_is_waited_for_anew_in_every_round() -> None:
    inner = Content().start("in").user("work").end("out").chain("in", "work", "out")
    name, content = stop(interrupting=False)
    inner.sub(name, content, triggeredByEvent="true")
    diagram = Diagram().message("stop").start().exclusive("top").sub("part", inner)
    diagram.exclusive("more", default="on").end().chain("start", "top", "part", "more")
    diagram.flow("more", "end", "=false").flow("more", "top", flow_id="on")
    instance = story(diagram, case_number="c")

    for _ in range(3):
        instance.message("stop").complete("h_task").complete("work")

    assert instance.path.count("h") == 3
    assert len(instance.subscriptions) == 1


def test_a_wait_that_cannot_be_made_out_is_an_incident_of_the_start_event() -> None:
    instance = story(with_handlers(stop()))
    assert instance.waiting == ["start"]
    assert len(instance.incidents) == 1

    instance.set("process", case_number="c").retry("start")

    assert instance.waiting == ["work"]
    assert len(instance.subscriptions) == 1


def test_an_interrupting_one_happens_once() -> None:
    instance = story(with_handlers(stop()), case_number="c")
    (key,) = instance.subscriptions
    instance.complete(key)

    with pytest.raises(Conflict, match="not waiting"):
        instance.complete(key)


def test_an_error_of_a_child_instance_begins_one_of_the_calling_process() -> None:
    main = Content().start().call("child").end().chain("start", "child", "end")
    diagram = with_handlers(handler("h", caught("error", "bad")), main=main)

    assert Story(diagram).start().fail("child", "bad").waiting == ["h_task"]
