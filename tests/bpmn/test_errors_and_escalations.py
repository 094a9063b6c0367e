"""Who catches an error or an escalation, and what if nobody does?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from engine.errors import Conflict
from tests.bpmn.build import TERMINATE, Content, Diagram, caught
from tests.bpmn.harness import Story, story


def edges(*codes: str, kind: str = "error", interrupting: bool = True) -> Diagram:
    """A job in a sub-process whose edge has one event per code; an empty code catches all."""
    diagram = Diagram().error("refused").error("unknown").escalation("late").start().end()
    inner = Content().start("in").job("pay").end("out").chain("in", "pay", "out")
    diagram.sub("part", inner).chain("start", "part", "end")
    for code in codes:
        name = code or "any"
        diagram.boundary(f"edge_{name}", "part", caught(kind, code), interrupting=interrupting)
        diagram.user(f"handle_{name}").chain(f"edge_{name}", f"handle_{name}")
    return diagram


CATCHERS = {
    "the-one-with-the-code": (("refused", "unknown"), "refused", "handle_refused"),
    "the-one-without-a-code-catches-all": (("",), "refused", "handle_any"),
    "a-code-goes-before-all": (("", "refused"), "refused", "handle_refused"),
    "another-code-is-left-to-all": (("refused", ""), "unknown", "handle_any"),
}


@pytest.mark.parametrize(("codes", "code", "handler"), CATCHERS.values(), ids=CATCHERS.keys())
def test_an_error_is_caught_by(codes: tuple[str, ...], code: str, handler: str) -> None:
    assert story(edges(*codes)).fail("pay", code).waiting == [handler]


def test_the_nearest_edge_catches_even_without_a_code() -> None:
    inner = Content().start("in").job("pay").end("out").chain("in", "pay", "out")
    inner.boundary("near", "pay", caught("error")).user("near_handler")
    inner.chain("near", "near_handler")
    diagram = Diagram().error("refused").start().sub("part", inner).user("far_handler")
    diagram.boundary("far", "part", caught("error", "refused"))
    diagram.chain("start", "part").chain("far", "far_handler")

    assert story(diagram).fail("pay", "refused").waiting == ["near_handler"]


def test_an_uncaught_error_of_a_job_is_told_and_is_an_incident() -> None:
    instance = story(edges("unknown")).fail("pay", "refused", reason="limit")

    (uncaught,) = instance.of(facts.ErrorUncaught)
    assert (uncaught.element_id, uncaught.error_code) == ("pay", "refused")
    assert uncaught.variables == {"reason": "limit"}
    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.UNHANDLED_ERROR_EVENT
    assert instance.waiting == ["pay"]


def test_after_an_uncaught_error_a_retry_makes_the_job_anew() -> None:
    instance = story(edges()).fail("pay", "refused").retry("pay")

    assert len(instance.of(facts.JobCreated)) == 2
    assert instance.complete("pay").ended


def test_a_job_with_an_uncaught_error_cannot_be_completed() -> None:
    instance = story(edges()).fail("pay", "refused")

    with pytest.raises(Conflict, match="not waiting"):
        instance.complete("pay")


def ending(kind: str, code: str, *, interrupting: bool = True) -> Diagram:
    """A sub-process of two branches, one of which ends with something thrown."""
    inner = Content().start("in").user("goes").user("stays").end("thrown", caught(kind, code))
    inner.chain("in", "goes", "thrown").chain("in", "stays")
    diagram = Diagram().error("failed").escalation("late").start().end().user("handle")
    diagram.sub("part", inner).chain("start", "part", "end")
    diagram.boundary("edge", "part", caught(kind, code), interrupting=interrupting)
    return diagram.chain("edge", "handle")


def test_an_error_end_event_ends_the_sub_process_that_catches_it() -> None:
    instance = story(ending("error", "failed")).complete("goes")

    assert instance.waiting == ["handle"]
    terminated = [e.element_id for e in instance.of(facts.ElementTerminated)]
    assert sorted(terminated) == ["part", "stays", "thrown"]


def test_an_uncaught_error_end_event_is_an_incident_there() -> None:
    diagram = Diagram().error("failed").start().end("thrown", caught("error", "failed"))

    instance = story(diagram.chain("start", "thrown"))

    assert [e.error_code for e in instance.of(facts.ErrorUncaught)] == ["failed"]
    (incident,) = instance.incidents.values()
    assert incident.error_type == ErrorType.UNHANDLED_ERROR_EVENT
    assert instance.waiting == ["thrown"]


def test_an_interrupting_escalation_ends_the_sub_process() -> None:
    assert story(ending("escalation", "late")).complete("goes").waiting == ["handle"]


def test_a_non_interrupting_escalation_runs_beside() -> None:
    instance = story(ending("escalation", "late", interrupting=False)).complete("goes")

    assert instance.waiting == ["handle", "stays"]
    assert "thrown" in instance.path


def test_an_escalation_thrown_on_the_way_goes_on_behind_it() -> None:
    inner = Content().start("in").user("then")
    inner.add("intermediateThrowEvent", "thrown", caught("escalation", "late"))
    inner.chain("in", "thrown", "then")
    diagram = Diagram().escalation("late").start().sub("part", inner).user("handle")
    diagram.boundary("edge", "part", caught("escalation", "late"), interrupting=False)
    diagram.chain("start", "part").chain("edge", "handle")

    assert story(diagram).waiting == ["handle", "then"]


def test_an_uncaught_escalation_is_told_and_the_token_goes_on() -> None:
    diagram = Diagram().escalation("late").start().user("then")
    diagram.add("intermediateThrowEvent", "thrown", caught("escalation", "late"))

    instance = story(diagram.chain("start", "thrown", "then"))

    assert [e.escalation_code for e in instance.of(facts.EscalationUncaught)] == ["late"]
    assert instance.waiting == ["then"]
    assert not instance.incidents


def called(kind: str, code: str, *, interrupting: bool = True) -> Diagram:
    diagram = Diagram().error("failed").escalation("late").start().call("child").end()
    diagram.boundary("edge", "child", caught(kind, code), interrupting=interrupting)
    return diagram.user("handle").chain("start", "child", "end").chain("edge", "handle")


def test_an_error_of_a_child_instance_is_caught_at_the_call() -> None:
    instance = story(called("error", "failed")).fail("child", "failed", why="x")

    assert instance.waiting == ["handle"]
    assert instance.variables == {"why": "x"}


def test_an_error_of_a_child_that_nothing_catches_here_is_only_passed_on() -> None:
    instance = story(called("error", "failed")).fail("child", "other")

    assert [e.error_code for e in instance.of(facts.ErrorUncaught)] == ["other"]
    assert not instance.incidents
    assert instance.complete("child").ended


def test_an_escalation_of_a_child_runs_beside_the_call() -> None:
    diagram = called("escalation", "late", interrupting=False)

    instance = story(diagram).escalate("child", "late").escalate("child", "late")

    assert instance.waiting == ["child", "handle", "handle"]


def test_an_error_code_may_be_an_expression() -> None:
    diagram = Diagram().error("=code").error("failed").start()
    inner = Content().start("in").end("thrown", caught("error", "=code"))
    diagram.sub("part", inner.chain("in", "thrown")).user("handle")
    diagram.boundary("edge", "part", caught("error", "failed"))

    instance = story(diagram.chain("start", "part").chain("edge", "handle"), code="failed")

    assert instance.waiting == ["handle"]


def test_a_terminate_end_ends_everything_else_in_the_process() -> None:
    inner = Content().start("in").user("inner").chain("in", "inner")
    diagram = Diagram().start().user("goes").sub("part", inner).end("stop", TERMINATE)
    diagram.chain("start", "goes", "stop").chain("start", "part")

    instance = story(diagram).complete("goes")

    assert instance.ended is facts.ElementState.COMPLETED
    assert [e.element_id for e in instance.of(facts.ElementTerminated)] == ["inner", "part"]


def test_a_terminate_end_in_a_sub_process_ends_only_that() -> None:
    inner = Content().start("in").user("goes").user("stays").end("stop", TERMINATE)
    inner.chain("in", "goes", "stop").chain("in", "stays")
    diagram = Diagram().start().sub("part", inner).user("beside").user("after")
    diagram.chain("start", "part", "after").chain("start", "beside")

    assert story(diagram).complete("goes").waiting == ["after", "beside"]


@pytest.mark.parametrize("name", ["asked", "heard"])
def test_only_work_done_outside_can_throw(name: str) -> None:
    diagram = (
        Diagram().message("paid").start().add("receiveTask", "heard", messageRef="message_paid")
    )
    diagram.add("eventBasedGateway", "asked").chain("start", "heard").chain("start", "asked")
    diagram.add("intermediateCatchEvent", "c", caught("message", "paid")).flow("asked", "c")
    diagram.add("intermediateCatchEvent", "d", caught("message", "d")).flow("asked", "d")
    diagram.message("d")
    instance = Story(diagram).start(case_number="c1")

    with pytest.raises(Conflict, match="no work"):
        instance.fail(name, "failed")
