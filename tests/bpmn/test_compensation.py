"""What does compensation undo, in which order, and with which variables?"""

import pytest
import zstandard

from engine.domain import events as facts
from engine.errors import Conflict
from tests.bpmn.build import TERMINATE, Content, Diagram, caught, compensation, loop, mapping
from tests.bpmn.harness import INSTANCE, Story, story

COMPENSATE = caught("compensate")


def undone(content: Content, *activities: str) -> None:
    """Give each activity a handler ``undo_<activity>``, a user task."""
    for activity in activities:
        content.user(f"undo_{activity}", isForCompensation="true")
        content.undone_by(activity, f"undo_{activity}")


def in_turn(*activities: str, end: str = compensation()) -> Diagram:
    """A process of user tasks with handlers, one after the other; its end event compensates."""
    diagram = Diagram().start()
    for activity in activities:
        diagram.user(activity)
    diagram.end("end", end).chain("start", *activities, "end")
    undone(diagram, *activities)
    return diagram


def part(*activities: str, end: str = "") -> Content:
    """The content of a sub-process of user tasks with handlers."""
    content = Content().start("in")
    for activity in activities:
        content.user(activity)
    content.end("out", end).chain("in", *activities, "out")
    undone(content, *activities)
    return content


def around(content: Content, *before: str, end: str = compensation(), **settings: str) -> Diagram:
    """A process of user tasks with handlers and then the sub-process ``part``; it compensates."""
    diagram = Diagram().start()
    for activity in before:
        diagram.user(activity)
    diagram.sub("part", content, **settings).end("end", end)
    diagram.chain("start", *before, "part", "end")
    undone(diagram, *before)
    return diagram


def by_event(*steps: str, end: str = "") -> Content:
    """An event sub-process of user tasks that is started by compensation."""
    content = Content().start("asked", COMPENSATE)
    for step in steps:
        content.user(step)
    return content.end("undone", end).chain("asked", *steps, "undone")


def walk(instance: Story, *elements: str) -> Story:
    """Complete user tasks in this order."""
    for element in elements:
        instance.complete(element)
    return instance


def handlers(instance: Story) -> list[str]:
    """Complete every handler as it comes, one at a time; return them in order."""
    order = []
    while instance.ended is None:
        (handler,) = [name for name in instance.waiting if "undo_" in name]
        order.append(handler)
        instance.complete(handler)
    return order


# -- what, and in which order ----------------------------------------------------------------------


def test_what_has_completed_is_undone_the_last_first() -> None:
    instance = walk(story(in_turn("a", "b", "c")), "a", "b", "c")

    assert handlers(instance) == ["undo_c", "undo_b", "undo_a"]


def test_the_order_is_that_of_completion_not_of_beginning() -> None:
    diagram = Diagram().start().parallel("split").user("a").user("b").parallel("join")
    diagram.end("end", compensation()).chain("start", "split", "a", "join", "end")
    diagram.chain("split", "b", "join")
    undone(diagram, "a", "b")

    assert handlers(walk(story(diagram), "b", "a")) == ["undo_a", "undo_b"]
    assert handlers(walk(story(diagram), "a", "b")) == ["undo_b", "undo_a"]


def test_the_throwing_event_waits_for_the_last_handler() -> None:
    instance = walk(story(in_turn("a", "b")), "a", "b", "undo_b")

    assert instance.waiting == ["end", "undo_a"]
    assert "end" not in instance.path


def test_an_intermediate_event_goes_on_once_everything_is_undone() -> None:
    diagram = Diagram().start().user("a").add("intermediateThrowEvent", "back", compensation())
    diagram.user("next").end().chain("start", "a", "back", "next", "end")
    undone(diagram, "a")

    instance = walk(story(diagram), "a", "undo_a")

    assert instance.waiting == ["next"]


def test_an_event_that_does_not_wait_goes_on_at_once() -> None:
    diagram = Diagram().start().user("a").user("b")
    diagram.add("intermediateThrowEvent", "back", compensation(waits=False))
    diagram.user("next").end().chain("start", "a", "b", "back", "next", "end")
    undone(diagram, "a", "b")

    instance = walk(story(diagram), "a", "b")

    assert instance.waiting == ["next", "undo_b"]
    assert walk(instance, "next", "undo_b").waiting == ["undo_a"]
    assert instance.complete("undo_a").ended is facts.ElementState.COMPLETED


def test_what_is_still_running_is_not_undone() -> None:
    diagram = Diagram().start().parallel("split").user("a").user("b").user("c")
    diagram.add("intermediateThrowEvent", "back", compensation()).end()
    diagram.chain("start", "split", "a", "back", "end").chain("split", "b", "c", "end")
    undone(diagram, "a", "b")

    instance = walk(story(diagram), "a")

    assert instance.waiting == ["b", "back", "undo_a"]
    assert walk(instance, "undo_a", "b").waiting == ["c"]


def test_what_was_interrupted_is_not_undone() -> None:
    diagram = Diagram().message("stop", key="=1").start().user("a").end()
    diagram.chain("start", "a", "end").boundary("stop", "a", caught("message", "stop"))
    diagram.end("back", compensation()).flow("stop", "back")
    undone(diagram, "a")

    assert story(diagram).message("stop").ended is facts.ElementState.COMPLETED


def test_without_anything_to_undo_the_event_passes_its_token_on() -> None:
    diagram = Diagram().start().end("end", compensation()).user("never").chain("start", "end")
    undone(diagram, "never")

    assert story(diagram).ended is facts.ElementState.COMPLETED


def test_nothing_is_undone_twice() -> None:
    diagram = Diagram().start().user("a").add("intermediateThrowEvent", "back", compensation())
    diagram.user("b").end("again", compensation()).chain("start", "a", "back", "b", "again")
    undone(diagram, "a", "b")

    instance = walk(story(diagram), "a", "undo_a", "b", "undo_b")

    assert instance.ended is facts.ElementState.COMPLETED


def test_two_events_at_once_share_what_is_to_be_undone() -> None:
    diagram = Diagram().start().user("a").parallel("split").end("one", compensation())
    diagram.end("two", compensation()).chain("start", "a", "split", "one").chain("split", "two")
    undone(diagram, "a")

    instance = walk(story(diagram), "a")

    assert instance.waiting == ["one", "undo_a"]
    assert instance.complete("undo_a").ended is facts.ElementState.COMPLETED


def test_each_round_of_a_loop_is_undone() -> None:
    diagram = Diagram().start().exclusive("top").user("a").exclusive("more", default="on")
    diagram.end("end", compensation()).chain("start", "top", "a", "more")
    diagram.flow("more", "top", "=again").flow("more", "end", flow_id="on")
    undone(diagram, "a")
    instance = story(diagram)

    instance.complete("a", again=True).complete("a", again=True).complete("a", again=False)

    assert handlers(instance) == ["undo_a"] * 3


def test_a_terminate_end_event_undoes_nothing() -> None:
    diagram = in_turn("a", "b", end=TERMINATE)

    assert walk(story(diagram), "a", "b").ended is facts.ElementState.COMPLETED


def test_a_cancelled_instance_undoes_nothing() -> None:
    instance = walk(story(in_turn("a", "b")), "a", "b")

    instance.step(lambda e: e.cancel())

    assert instance.ended is facts.ElementState.TERMINATED
    assert [e.element_id for e in instance.of(facts.ElementTerminated)] == ["end", "undo_b"]


# -- one activity only -----------------------------------------------------------------------------


def test_an_event_may_undo_one_activity_only() -> None:
    instance = walk(story(in_turn("a", "b", end=compensation("a"))), "a", "b")

    assert handlers(instance) == ["undo_a"]


def test_what_one_event_left_another_may_undo() -> None:
    diagram = Diagram().start().user("a").user("b")
    diagram.add("intermediateThrowEvent", "back", compensation("a")).end("end", compensation())
    diagram.chain("start", "a", "b", "back", "end")
    undone(diagram, "a", "b")

    assert handlers(walk(story(diagram), "a", "b")) == ["undo_a", "undo_b"]


def test_a_sub_process_may_be_undone_by_its_name() -> None:
    instance = walk(story(around(part("a"), "first", end=compensation("part"))), "first", "a")

    assert handlers(instance) == ["undo_a"]


# -- sub-processes ---------------------------------------------------------------------------------


def test_a_completed_sub_process_is_undone_from_within() -> None:
    instance = walk(story(around(part("a", "b"), "first")), "first", "a", "b")

    assert handlers(instance) == ["undo_b", "undo_a", "undo_first"]


def test_inside_a_sub_process_only_its_own_steps_are_undone() -> None:
    diagram = around(part("a", end=compensation()), "first", end="")

    assert handlers(walk(story(diagram), "first", "a")) == ["undo_a"]


def test_a_sub_process_that_still_runs_is_not_undone() -> None:
    diagram = Diagram().start().parallel("split").sub("part", part("a", "b")).user("c")
    diagram.end("back", compensation()).end().chain("start", "split", "part", "end")
    diagram.chain("split", "c", "back")
    undone(diagram, "c")

    instance = walk(story(diagram), "a", "c")

    assert instance.waiting == ["b", "back", "undo_c"]
    assert walk(instance, "b", "undo_c").ended is facts.ElementState.COMPLETED


def test_what_was_undone_inside_is_not_undone_again_from_outside() -> None:
    inner = Content().start("in").user("a").add("intermediateThrowEvent", "back", compensation())
    inner.user("b").end("out").chain("in", "a", "back", "b", "out")
    undone(inner, "a", "b")

    instance = walk(story(around(inner)), "a", "undo_a", "b")

    assert handlers(instance) == ["undo_b"]


def test_the_handler_of_a_sub_process_goes_before_those_inside() -> None:
    diagram = around(part("a"))
    undone(diagram, "part")

    assert handlers(walk(story(diagram), "a")) == ["undo_part", "undo_a"]


def test_a_sub_process_may_be_a_handler() -> None:
    diagram = Diagram().start().user("a").end("end", compensation()).chain("start", "a", "end")
    steps = Content().start("in").user("one").user("two").end("out")
    diagram.sub("undo", steps.chain("in", "one", "two", "out"), isForCompensation="true")
    diagram.undone_by("a", "undo")

    instance = walk(story(diagram), "a", "one", "two")

    assert instance.ended is facts.ElementState.COMPLETED
    assert instance.path[-3:] == ["out", "undo", "end"]


def test_what_a_handler_does_is_not_undone_from_outside() -> None:
    diagram = Diagram().start().user("a").add("intermediateThrowEvent", "back", compensation())
    diagram.end("end", compensation()).chain("start", "a", "back", "end")
    diagram.sub("undo", part("one"), isForCompensation="true").undone_by("a", "undo")

    assert walk(story(diagram), "a", "one").ended is facts.ElementState.COMPLETED


def test_a_call_is_undone_by_its_own_handler() -> None:
    diagram = Diagram().start().call("a").end("end", compensation()).chain("start", "a", "end")
    diagram.call("undo_a", process="undoing", undoes=True).undone_by("a", "undo_a")
    instance = story(diagram).complete("a")

    assert instance.waiting == ["end", "undo_a"]
    assert instance.of(facts.CallRequested)[-1].process.id == "undoing"
    assert instance.complete("undo_a").ended is facts.ElementState.COMPLETED


# -- multi-instance --------------------------------------------------------------------------------


@pytest.mark.parametrize("sequential", [False, True])
def test_a_multi_instance_activity_is_undone_once(sequential: bool) -> None:
    diagram = Diagram().start().user("a", loop("=[1, 2]", sequential=sequential))
    diagram.end("end", compensation()).chain("start", "a", "end")
    undone(diagram, "a")
    instance = story(diagram)
    for _ in range(2):
        instance.complete(instance.keys("a")[-1])

    assert handlers(instance) == ["undo_a"]


def test_a_multi_instance_activity_that_is_not_through_is_not_undone() -> None:
    diagram = Diagram().start().parallel("split").user("a", loop("=[1, 2]")).user("b").end()
    diagram.end("back", compensation()).chain("start", "split", "a", "end").chain(
        "split", "b", "back"
    )
    undone(diagram, "a", "b")
    instance = story(diagram)

    instance.complete(instance.keys("a")[-1]).complete("b")

    assert instance.waiting == ["a", "back", "undo_b"]


def test_each_iteration_of_a_sub_process_is_undone_with_its_own_item() -> None:
    marker = loop('=["x", "y"]', sequential=True, inputElement="item")
    diagram = Diagram().start().sub("part", part("a"), marker).end("end", compensation())
    instance = walk(story(diagram.chain("start", "part", "end")), "a", "a")

    assert instance.local("undo_a") == {"item": "y", "loopCounter": 2}
    assert instance.complete("undo_a").local("undo_a") == {"item": "x", "loopCounter": 1}
    assert instance.complete("undo_a").ended is facts.ElementState.COMPLETED


def test_a_handler_may_be_multi_instance() -> None:
    diagram = Diagram().start().user("a").end("end", compensation()).chain("start", "a", "end")
    diagram.user("undo_a", loop("=[1, 2]"), isForCompensation="true").undone_by("a", "undo_a")
    instance = story(diagram).complete("a")
    first, second = instance.keys("undo_a")[1:]

    assert instance.complete(second).ended is None
    assert instance.complete(first).ended is facts.ElementState.COMPLETED


# -- event sub-processes ---------------------------------------------------------------------------


def test_an_event_sub_process_undoes_the_sub_process_in_its_own_way() -> None:
    inner = part("a")
    inner.sub("handler", by_event("undo_all"), triggeredByEvent="true")

    assert handlers(walk(story(around(inner)), "a")) == ["undo_all"]


def test_the_event_sub_process_itself_may_undo_what_is_inside() -> None:
    inner = part("a", "b")
    inner.sub("handler", by_event("undo_first", end=compensation()), triggeredByEvent="true")

    instance = walk(story(around(inner)), "a", "b")

    assert handlers(instance) == ["undo_first", "undo_b", "undo_a"]


def test_the_event_sub_process_is_asked_even_when_nothing_inside_can_be_undone() -> None:
    inner = Content().start("in").end("out").chain("in", "out")
    inner.sub("handler", by_event("undo_all"), triggeredByEvent="true")

    assert handlers(story(around(inner))) == ["undo_all"]


def test_the_event_sub_process_sees_the_variables_of_the_sub_process() -> None:
    inner = part("a")
    inner.sub("handler", by_event("undo_all"), triggeredByEvent="true")
    diagram = around(inner, settings=mapping({"order": '="o-1"'}))

    instance = walk(story(diagram), "a")

    assert instance.local("handler") == {"order": "o-1"}


def test_compensation_thrown_in_an_event_sub_process_reaches_the_scope_around_it() -> None:
    diagram = Diagram().error("bad").start().user("a").job("work").end()
    diagram.chain("start", "a", "work", "end")
    undone(diagram, "a")
    content = Content().start("failed", caught("error", "bad")).end("out", compensation())
    diagram.sub("handler", content.chain("failed", "out"), triggeredByEvent="true")

    instance = story(diagram).complete("a").fail("work", "bad")

    assert handlers(instance) == ["undo_a"]


def test_what_an_event_sub_process_did_itself_is_undone_first() -> None:
    diagram = Diagram().error("bad").start().user("a").job("work").end()
    diagram.chain("start", "a", "work", "end")
    undone(diagram, "a")
    content = Content().start("failed", caught("error", "bad")).user("b").end("out", compensation())
    undone(content.chain("failed", "b", "out"), "b")
    diagram.sub("handler", content, triggeredByEvent="true")

    instance = walk(story(diagram).complete("a").fail("work", "bad"), "b")

    assert handlers(instance) == ["undo_b", "undo_a"]


def test_compensation_thrown_by_it_stays_inside_the_sub_process() -> None:
    inner = part("a")
    inner.sub("handler", by_event(end=compensation()), triggeredByEvent="true")
    diagram = around(inner, "first", end=compensation("part"))

    assert handlers(walk(story(diagram), "first", "a")) == ["undo_a"]


def test_an_error_inside_it_is_caught_around_the_event_that_asked_for_it() -> None:
    inner = Content().start("in").end("out").chain("in", "out")
    handler = Content().start("asked", COMPENSATE).job("undo").end("undone")
    inner.sub("handler", handler.chain("asked", "undo", "undone"), triggeredByEvent="true")
    diagram = around(inner).error("bad")
    mend = Content().start("failed", caught("error", "bad")).user("mend").end("mended")
    diagram.sub("mending", mend.chain("failed", "mend", "mended"), triggeredByEvent="true")

    assert story(diagram).fail("undo", "bad").waiting == ["mend"]


def test_an_interruption_ends_the_handlers_too() -> None:
    diagram = in_turn("a", "b").message("stop", key="=1")
    content = Content().start("asked", caught("message", "stop")).user("rest").end("out")
    diagram.sub("handler", content.chain("asked", "rest", "out"), triggeredByEvent="true")

    instance = walk(story(diagram), "a", "b").message("stop")

    assert instance.waiting == ["rest"]
    assert instance.complete("rest").ended is facts.ElementState.COMPLETED


# -- variables and facts ---------------------------------------------------------------------------


def test_a_handler_sees_the_variables_that_the_sub_process_had_at_its_end() -> None:
    diagram = around(part("a"), settings=mapping({"order": '="o-1"', "note": "=null"}))
    instance = story(diagram, order="other")

    instance.set("part", local=True, note="late").complete("a")

    assert instance.local("undo_a") == {"order": "o-1", "note": "late"}


def test_it_sees_everything_else_as_it_is_now() -> None:
    diagram = around(part("a"), "first")
    instance = walk(story(diagram, price=1), "first").complete("a", price=2)
    seen = instance.restored().visible_variables(instance.key("undo_a"))

    assert seen == {"price": 2}


def test_nested_sub_processes_hide_the_variables_of_those_around() -> None:
    middle = (
        Content()
        .start("m_in")
        .end("m_out")
        .sub("deep", part("a"), settings=mapping({"inner": "=1", "both": '="deep"'}))
    )
    middle.chain("m_in", "deep", "m_out")
    diagram = around(middle, settings=mapping({"outer": "=2", "both": '="part"'}))

    instance = walk(story(diagram), "a")

    assert instance.local("undo_a") == {"inner": 1, "outer": 2, "both": "deep"}


def later(content: Content | None = None) -> Content:
    """A sub-process ``part`` with variables of its own, then a user task, then compensation."""
    inner = (
        Content()
        .start("l_in")
        .sub("part", content or part("a"), settings=mapping({"order": '="o-1"'}))
    )
    inner.user("wait").end("l_out", compensation())
    return inner.chain("l_in", "part", "wait", "l_out")


def test_the_variables_of_a_sub_process_are_still_there_days_later() -> None:
    diagram = Diagram()
    diagram.parts += later().parts

    assert walk(story(diagram), "a", "wait").local("undo_a") == {"order": "o-1"}


def test_they_are_still_there_inside_another_sub_process() -> None:
    diagram = Diagram().start().sub("outer", later()).end().chain("start", "outer", "end")

    assert walk(story(diagram), "a", "wait").local("undo_a") == {"order": "o-1"}


def test_they_are_still_there_however_deep_the_sub_process_lies() -> None:
    middle = Content().start("m_in").end("m_out")
    middle.sub("deep", part("a"), settings=mapping({"inner": "=1"}))
    diagram = Diagram()
    diagram.parts += later(middle.chain("m_in", "deep", "m_out")).parts

    instance = walk(story(diagram), "a", "wait")

    assert instance.local("undo_a") == {"order": "o-1", "inner": 1}


def test_they_are_still_there_for_an_event_sub_process_whose_turn_comes_later() -> None:
    inner = Content().start("p_in").end("p_out")
    inner.sub("deep", part("a"), settings=mapping({"inner": "=1"}))
    inner.chain("p_in", "deep", "p_out")
    inner.sub("handler", by_event(end=compensation()), triggeredByEvent="true")
    diagram = Diagram().start().sub("part", inner).user("b").end("end", compensation())
    diagram.chain("start", "part", "b", "end")
    undone(diagram, "b")

    instance = walk(story(diagram), "a", "b", "undo_b")

    assert instance.local("undo_a") == {"inner": 1}


def test_handlers_that_run_in_one_go_all_see_them() -> None:
    inner = Content().start("in").user("a").user("b").end("out").chain("in", "a", "b", "out")
    for name in ("a", "b"):
        seen = f"undo_{name}"
        inner.script(seen, "=order", seen, isForCompensation="true").undone_by(name, seen)
    instance = walk(story(around(inner, settings=mapping({"order": '="o-1"'}))), "a", "b")

    assert instance.variables == {"undo_a": "o-1", "undo_b": "o-1"}


def test_the_handler_of_a_whole_sub_process_stands_outside_of_it() -> None:
    diagram = around(part("a"), settings=mapping({"order": '="o-1"'}))
    undone(diagram, "part")

    assert walk(story(diagram), "a").local("undo_part") == {}


def test_what_a_handler_brings_goes_where_its_name_is_owned() -> None:
    diagram = around(part("a"), settings=mapping({"order": '="o-1"'}))
    instance = walk(story(diagram), "a")

    instance.complete("undo_a", order="changed", refund=5)

    assert instance.variables == {"refund": 5}


def test_the_mappings_of_a_handler_are_applied() -> None:
    diagram = Diagram().start().user("a").end("end", compensation()).chain("start", "a", "end")
    both = mapping({"half": "=price / 2"}, {"paid": "=half"})
    diagram.user("undo_a", settings=both, isForCompensation="true").undone_by("a", "undo_a")
    instance = story(diagram, price=10).complete("a")

    assert instance.local("undo_a") == {"half": 5}
    assert instance.complete("undo_a").variables == {"price": 10, "paid": 5}


def test_history_shows_the_event_on_the_edge_and_then_the_handler() -> None:
    instance = walk(story(in_turn("a")), "a", "undo_a")

    begun = [(e.element_id, e.element_type) for e in instance.of(facts.ElementActivated)]
    assert begun[-3:] == [
        ("end", "END_EVENT"),
        ("a_undone", "BOUNDARY_EVENT"),
        ("undo_a", "USER_TASK"),
    ]
    assert instance.path == ["start", "a", "a_undone", "undo_a", "end"]


def test_a_handler_belongs_to_the_scope_of_the_event_that_asked_for_it() -> None:
    instance = walk(story(around(part("a"))), "a")
    (begun,) = instance.of(facts.ElementActivated, "undo_a")

    assert begun.scope_key == INSTANCE


# -- failures --------------------------------------------------------------------------------------


def failing() -> Diagram:
    """Undoing ``a``, ``b`` by jobs, of which the last one done is undone first."""
    diagram = Diagram().error("bad").start().user("a").user("b").end("end", compensation())
    for name in ("a", "b"):
        diagram.job(f"undo_{name}", isForCompensation="true").undone_by(name, f"undo_{name}")
    return diagram.chain("start", "a", "b", "end")


def test_an_error_that_a_handler_throws_is_an_incident_and_may_be_retried() -> None:
    instance = walk(story(failing()), "a", "b").fail("undo_b", "bad")

    assert [i.element_id for i in instance.incidents.values()] == ["undo_b"]
    instance.retry("undo_b").complete("undo_b")
    assert instance.complete("undo_a").ended is facts.ElementState.COMPLETED


def test_an_error_that_is_caught_ends_the_compensation() -> None:
    diagram = failing()
    content = Content().start("failed", caught("error", "bad")).user("mend").end("out")
    diagram.sub("handler", content.chain("failed", "mend", "out"), triggeredByEvent="true")

    instance = walk(story(diagram), "a", "b").fail("undo_b", "bad")

    assert instance.waiting == ["mend"]


def test_the_throwing_event_cannot_be_completed_from_outside() -> None:
    instance = walk(story(in_turn("a")), "a")

    with pytest.raises(Conflict, match="not completed from outside"):
        instance.complete("end")


# -- transactions ----------------------------------------------------------------------------------


def booking() -> Diagram:
    """A transaction ``part`` of two steps beside a third, which can be cancelled."""
    inner = Content().start("in").parallel("split").user("a").user("b").user("ask").user("c")
    inner.exclusive("sure", default="yes").end("out").end("stop", caught("cancel"))
    inner.chain("in", "split", "a", "b", "ask", "sure").chain("split", "c", "out")
    inner.flow("sure", "out", flow_id="yes").flow("sure", "stop", "=regret")
    undone(inner, "a", "b", "c")
    diagram = Diagram().start().user("first").transaction("part", inner).user("next").end()
    diagram.chain("start", "first", "part", "next", "end")
    undone(diagram, "first")
    diagram.boundary("left", "part", caught("cancel")).user("gone").end("over")
    return diagram.chain("left", "gone", "over")


def test_a_cancel_ends_the_rest_undoes_the_transaction_and_leaves_by_its_edge() -> None:
    instance = walk(story(booking()), "first", "a", "b").complete("ask", regret=True)

    assert instance.waiting == ["stop", "undo_b"]
    assert walk(instance, "undo_b").waiting == ["stop", "undo_a"]
    assert walk(instance, "undo_a").waiting == ["gone"]
    assert "c" in [e.element_id for e in instance.of(facts.ElementTerminated)]
    assert walk(instance, "gone").ended is facts.ElementState.COMPLETED


def test_a_transaction_that_is_not_cancelled_is_a_sub_process() -> None:
    instance = walk(story(booking()), "first", "a", "b", "c").complete("ask", regret=False)

    assert instance.waiting == ["next"]
    assert not instance.of(facts.ElementTerminated)


def test_a_cancel_with_nothing_to_undo_leaves_at_once() -> None:
    inner = Content().start("in").end("stop", caught("cancel")).chain("in", "stop")
    diagram = Diagram().start().transaction("part", inner).end().chain("start", "part", "end")
    diagram.boundary("left", "part", caught("cancel")).end("gone").flow("left", "gone")

    instance = story(diagram)

    assert instance.path == ["start", "in", "left", "gone"]
    assert [e.element_id for e in instance.of(facts.ElementTerminated)] == ["stop", "part"]


def test_a_cancel_also_undoes_what_a_compensation_in_progress_had_not_begun() -> None:
    inner = Content().start("in").user("a").user("b").parallel("split").user("ask")
    inner.end("back", compensation()).end("stop", caught("cancel"))
    inner.chain("in", "a", "b", "split", "ask", "stop").chain("split", "back")
    undone(inner, "a", "b")
    diagram = Diagram().start().transaction("part", inner).end().chain("start", "part", "end")
    diagram.boundary("left", "part", caught("cancel")).end("gone").flow("left", "gone")

    instance = walk(story(diagram), "a", "b", "ask")

    assert instance.waiting == ["stop", "undo_a"]
    assert instance.complete("undo_a").path[-1] == "gone"


def test_a_completed_transaction_is_undone_from_outside() -> None:
    inner = Content().start("in").user("a").end("out").chain("in", "a", "out")
    undone(inner, "a")
    diagram = Diagram().start().transaction("part", inner).end("end", compensation())

    instance = walk(story(diagram.chain("start", "part", "end")), "a")

    assert handlers(instance) == ["undo_a"]


def test_an_error_while_a_transaction_is_undone_leaves_it_by_the_error() -> None:
    inner = Content().start("in").user("a").end("stop", caught("cancel"))
    inner.job("undo_a", isForCompensation="true").undone_by("a", "undo_a")
    diagram = Diagram().error("bad").start().transaction("part", inner.chain("in", "a", "stop"))
    diagram.end().chain("start", "part", "end")
    diagram.boundary("left", "part", caught("cancel")).end("gone").flow("left", "gone")
    diagram.boundary("hazard", "part", caught("error", "bad")).user("mend").end("mended")
    diagram.chain("hazard", "mend", "mended")

    instance = walk(story(diagram), "a").fail("undo_a", "bad")

    assert instance.waiting == ["mend"]


def test_while_a_transaction_is_undone_no_event_sub_process_begins() -> None:
    inner = Content().start("in").user("a").end("stop", caught("cancel"))
    inner.job("undo_a", isForCompensation="true").undone_by("a", "undo_a")
    handler = Content().start("failed", caught("error", "bad")).user("mend").end("mended")
    inner.sub("handler", handler.chain("failed", "mend", "mended"), triggeredByEvent="true")
    diagram = Diagram().error("bad").start()
    diagram.transaction("part", inner.chain("in", "a", "stop")).end().chain("start", "part", "end")
    diagram.boundary("left", "part", caught("cancel")).end("gone").flow("left", "gone")

    instance = walk(story(diagram), "a").fail("undo_a", "bad")

    assert [i.element_id for i in instance.incidents.values()] == ["undo_a"]
    assert instance.waiting == ["stop", "undo_a"]


# -- state -----------------------------------------------------------------------------------------


def test_the_state_holds_no_variables() -> None:
    secret = "secret" * 3
    diagram = around(part("a"), "first", settings=mapping({"note": f'="{secret}"'}))
    instance = walk(story(diagram), "first", "a")

    text = zstandard.ZstdDecompressor().decompress(instance.state[1:], max_output_size=10_000)

    assert instance.local("undo_a") == {"note": secret}
    assert secret.encode() not in text


def test_the_state_of_a_thousand_rounds_that_can_be_undone_stays_small() -> None:
    diagram = Diagram().start().exclusive("top").script("a", "=n + 1", "n").exclusive("more")
    diagram.user("wait").end("end", compensation()).chain("start", "top", "a", "more").chain(
        "wait", "end"
    )
    diagram.flow("more", "top", "=n < 1000").flow("more", "wait", "=n >= 1000")
    undone(diagram, "a")

    assert len(story(diagram, n=0).state) < 200


def test_steps_that_nothing_undoes_are_not_kept() -> None:
    diagram = Diagram().start().user("a").user("wait").end().chain("start", "a", "wait", "end")
    inner = Content().start("in").script("s", "=1", "x").end("out").chain("in", "s", "out")
    busy = Diagram().start().sub("part", inner).user("wait").end()
    busy.chain("start", "part", "wait", "end")

    assert len(story(busy).state) <= len(walk(story(diagram), "a").state)


def test_undone_steps_leave_nothing_in_the_state() -> None:
    diagram = Diagram().start().exclusive("top").user("a")
    diagram.add("intermediateThrowEvent", "back", compensation()).chain(
        "start", "top", "a", "back", "top"
    )
    undone(diagram, "a")
    instance = story(diagram)
    sizes = []
    for _ in range(50):
        instance.complete("a").complete("undo_a")
        sizes.append(len(instance.state))

    assert max(sizes) - min(sizes) <= 2
