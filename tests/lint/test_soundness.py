"""Is every way in which a diagram gets stuck named, and no sound one suspected of it?

Each row is a broken diagram, the same one mended, and the elements that the rule names.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.bpmn.build import TERMINATE, Content, Diagram, caught, condition, timer
from tests.lint.test_rules import rules_of


@dataclass(frozen=True, slots=True)
class Pair:
    rule: str
    names: set[str]
    broken: Content
    mended: Content


PAIRS: dict[str, Callable[[], Pair]] = {}


def pair(build: Callable[[], Pair]) -> Callable[[], Pair]:
    """Enter a row of the table."""
    PAIRS[build.__name__] = build
    return build


def beside(choice: Content, *, other: str = "") -> Content:
    """Two branches: ``a`` leads to the parallel join, the other to what *choice* holds."""
    choice.start().end().end("gone", other).job("a").job("b").parallel("fork").parallel("join")
    return choice.chain("start", "fork", "a", "join", "end").chain("fork", "b")


@pair
def a_branch_that_may_leave_before_the_join() -> Pair:
    def drawn(other: str) -> Content:
        diagram = beside(Diagram().exclusive("split", default="away"), other=other)
        diagram.flow("b", "split").flow("split", "join", "=x")
        return diagram.flow("split", "gone", flow_id="away")

    return Pair("join-waits-for-ever", {"join"}, drawn(""), drawn(TERMINATE))


@pair
def a_branch_that_may_leave_by_an_interrupting_event() -> Pair:
    def drawn(target: str) -> Content:
        diagram = beside(Diagram().error("late")).flow("b", "back").flow("back", "join")
        diagram.exclusive("back").boundary("edge", "b", caught("error", "late"))
        return diagram.flow("edge", target)

    return Pair("join-waits-for-ever", {"join"}, drawn("gone"), drawn("back"))


@pair
def a_join_with_an_event_that_may_not_happen() -> Pair:
    def drawn(join: str) -> Content:
        diagram = Diagram().start().job("work").end().add(f"{join}Gateway", "join")
        diagram.boundary("edge", "work", timer("Duration", "PT1H"), interrupting=False)
        return diagram.chain("start", "work", "join", "end").chain("edge", "join")

    return Pair("join-waits-for-ever", {"join"}, drawn("parallel"), drawn("inclusive"))


@pair
def a_parallel_join_behind_an_inclusive_split() -> Pair:
    def drawn(join: str) -> Content:
        diagram = Diagram().start().job("a").job("b").end()
        diagram.add("inclusiveGateway", "split").add(f"{join}Gateway", "join")
        diagram.flow("start", "split").flow("split", "a", "=x").flow("split", "b", "=y")
        return diagram.chain("a", "join").chain("b", "join").chain("join", "end")

    return Pair("join-waits-for-ever", {"join"}, drawn("parallel"), drawn("inclusive"))


@pair
def a_parallel_join_behind_conditions_on_an_activity() -> Pair:
    def drawn(first: str) -> Content:
        diagram = Diagram().start().job("work").job("a").job("b").end().parallel("join")
        diagram.flow("start", "work").flow("work", "a", first).flow("work", "b")
        return diagram.chain("a", "join", "end").chain("b", "join")

    return Pair("join-waits-for-ever", {"join"}, drawn("=x"), drawn(""))


@pair
def a_parallel_join_behind_two_ways_to_start() -> Pair:
    def drawn(join: str) -> Content:
        diagram = Diagram().message("go").start().start("other", caught("message", "go")).end()
        diagram.add(f"{join}Gateway", "join").chain("start", "join", "end")
        return diagram.chain("other", "join")

    return Pair("join-waits-for-ever", {"join"}, drawn("parallel"), drawn("exclusive"))


@pair
def a_join_that_waits_for_what_comes_back_from_behind_it() -> Pair:
    def drawn(join: str) -> Content:
        diagram = Diagram().start().job("work").end().exclusive("again", default="out")
        diagram.add(f"{join}Gateway", "join").chain("start", "join", "work", "again")
        return diagram.flow("again", "join", "=x").flow("again", "end", flow_id="out")

    return Pair("join-never-fed", {"join"}, drawn("parallel"), drawn("exclusive"))


@pair
def a_join_that_waits_for_a_step_nothing_leads_to() -> Pair:
    def drawn(source: str) -> Content:
        diagram = Diagram().start().job("work").job("lost").end().parallel("join").parallel("fork")
        diagram.chain("start", "fork", "work", "join", "end").chain("lost", "join")
        return diagram.flow(source, "lost") if source else diagram

    return Pair("join-never-fed", {"join"}, drawn(""), drawn("fork"))


@pair
def a_step_nothing_leads_to() -> Pair:
    def drawn(source: str) -> Content:
        diagram = Diagram().start().job("work").job("lost").end().parallel("fork")
        diagram.chain("start", "fork", "work", "end").chain("lost", "end")
        return diagram.flow(source, "lost") if source else diagram

    return Pair("unreachable", {"lost"}, drawn(""), drawn("fork"))


@pair
def a_circle_without_a_way_out() -> Pair:
    def drawn(target: str) -> Content:
        diagram = Diagram().start().job("work").job("more").end()
        return diagram.chain("start", "work", "more", target)

    return Pair("path-without-end", {"start", "work", "more"}, drawn("work"), drawn("end"))


@pair
def a_deadline_on_a_step_that_is_done_at_once() -> Pair:
    def drawn(host: str) -> Content:
        diagram = Diagram().start().end().end("late").script("sum", "=1", "x").job("work")
        diagram.chain("start", "sum", "work", "end")
        diagram.boundary("edge", host, timer("Duration", "PT1H"))
        return diagram.flow("edge", "late")

    return Pair("host-never-waits", {"edge"}, drawn("sum"), drawn("work"))


@pair
def a_deadline_on_a_sub_process_that_is_done_at_once() -> Pair:
    def drawn(tag: str) -> Content:
        inner = Content().start("in").end("out").script("sum", "=1", "x").job("work")
        inner.chain("in", tag, "out")
        other = "work" if tag == "sum" else "sum"
        inner.parts = [part for part in inner.parts if f'id="{other}"' not in part]
        diagram = Diagram().start().sub("part", inner).end().end("late")
        diagram.chain("start", "part", "end")
        return diagram.boundary("edge", "part", timer("Duration", "PT1H")).flow("edge", "late")

    return Pair("host-never-waits", {"edge"}, drawn("sum"), drawn("work"))


@pair
def an_error_handler_beside_nothing_that_throws() -> Pair:
    def drawn(code: str) -> Content:
        inner = Content().start("in").end("out", caught("error", code)).chain("in", "out")
        handler = Content().start("failed", caught("error", "e")).end("told")
        handler.chain("failed", "told")
        diagram = Diagram().error("e").error("f").start().sub("part", inner).end()
        diagram.sub("handler", handler, triggeredByEvent="true")
        return diagram.chain("start", "part", "end")

    return Pair("dead-boundary-event", {"failed"}, drawn("f"), drawn("e"))


@pair
def a_signal_that_nobody_waits_for() -> Pair:
    def drawn(awaited: str) -> Content:
        diagram = Diagram().signal("ready").signal("other").start().parallel("fork")
        diagram.end("said", caught("signal", "ready")).end()
        diagram.add("intermediateCatchEvent", "hears", caught("signal", awaited))
        return diagram.chain("start", "fork", "said").chain("fork", "hears", "end")

    return Pair("signal-uncaught", {"said"}, drawn("other"), drawn("ready"))


@pair
def a_condition_that_reads_nothing() -> Pair:
    def drawn(text: str) -> Content:
        diagram = Diagram().start().end()
        diagram.add("intermediateCatchEvent", "until", condition(text))
        return diagram.chain("start", "until", "end")

    return Pair("condition-constant", {"until"}, drawn("=1 > 2"), drawn("=stock > 2"))


@pair
def a_condition_that_is_looked_at_for_another_variable() -> Pair:
    def drawn(names: str) -> Content:
        diagram = Diagram().start().end()
        noticed = condition("=stock > 2", variableNames=names)
        diagram.add("intermediateCatchEvent", "until", noticed)
        return diagram.chain("start", "until", "end")

    return Pair("condition-not-noticed", {"until"}, drawn("price"), drawn("price, stock"))


@pair
def a_reminder_that_a_formula_repeats_without_end() -> Pair:
    def drawn(text: str) -> Content:
        diagram = Diagram().start().job("work").end().end("told").chain("start", "work", "end")
        diagram.boundary("edge", "work", timer("Cycle", text), interrupting=False)
        return diagram.flow("edge", "told")

    return Pair("endless-cycle", {"edge"}, drawn('="R/PT1H"'), drawn('="R3/PT1H"'))


@pytest.mark.parametrize("build", PAIRS.values(), ids=PAIRS.keys())
def test_a_broken_diagram_is_named_and_the_mended_one_is_not(build: Callable[[], Pair]) -> None:
    row = build()
    assert isinstance(row.broken, Diagram)
    assert isinstance(row.mended, Diagram)

    assert rules_of(row.broken).get(row.rule) == row.names
    assert row.rule not in rules_of(row.mended)


def test_a_way_back_to_the_choice_leaves_nobody_waiting() -> None:
    diagram = Diagram()
    beside(diagram.exclusive("split", default="back").exclusive("merge"))
    diagram.parts = [part for part in diagram.parts if "fork_to_b" not in part]
    diagram.chain("fork", "merge", "b", "split").flow("split", "join", "=x")
    diagram.flow("split", "merge", flow_id="back")

    assert "join-waits-for-ever" not in rules_of(diagram)


def test_a_signal_caught_by_another_process_of_the_bundle_is_caught() -> None:
    diagram = Diagram().signal("ready")
    diagram.start().end("said", caught("signal", "ready")).chain("start", "said")
    other = Diagram("other").signal("ready")
    other.start("heard", caught("signal", "ready")).end().chain("heard", "end")

    assert "signal-uncaught" in rules_of(diagram)
    assert "signal-uncaught" not in rules_of(diagram, other__bpmn=other.xml())


def test_a_condition_on_a_variable_that_nobody_writes_is_named() -> None:
    diagram = Diagram()
    diagram.start().script("sum", "=1", "warehouse_stock").end()
    diagram.add("intermediateCatchEvent", "until", condition("=warehouse_stokc > 2"))
    diagram.chain("start", "sum", "until", "end")

    assert rules_of(diagram)["unknown-variable"] == {"until"}
