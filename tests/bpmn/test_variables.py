"""Where do variables live, and where do results go?

Each rule is Camunda 8's (docs, "Variables"). A case completes the element ``do`` with a result and
says what the process instance knows afterwards.
"""

import pytest

from engine.domain import events as facts
from tests.bpmn.build import Content, Diagram, caught, mapping, timer
from tests.bpmn.harness import INSTANCE, Story, story


def one_task(settings: str = "") -> Diagram:
    return (
        Diagram().start().job("do", settings=settings).user("after").chain("start", "do", "after")
    )


RESULTS = {
    "without-mappings-a-new-name-becomes-a-variable-of-the-instance": (
        "",
        {},
        {"answer": 1},
        {"answer": 1},
    ),
    "without-mappings-a-known-name-of-the-instance-is-overwritten": (
        "",
        {"answer": 0},
        {"answer": 1},
        {"answer": 1},
    ),
    "a-result-that-has-the-name-of-an-input-stays-local": (
        mapping({"answer": "=40"}),
        {},
        {"answer": 41},
        {},
    ),
    "a-result-beside-an-input-still-leaves": (
        mapping({"amount": "=40"}),
        {},
        {"answer": 41},
        {"answer": 41},
    ),
    "an-input-never-leaves": (mapping({"amount": "=40"}), {}, {}, {}),
    "with-outputs-only-the-targets-leave": (
        mapping(outputs={"total": "=answer + 1"}),
        {},
        {"answer": 1, "noise": 2},
        {"total": 2},
    ),
    "outputs-see-inputs-and-results": (
        mapping({"amount": "=40"}, {"total": "=amount + answer"}),
        {},
        {"answer": 2},
        {"total": 42},
    ),
    "an-output-may-have-the-name-of-the-result": (
        mapping(outputs={"answer": "=answer * 2"}),
        {"answer": 0},
        {"answer": 3},
        {"answer": 6},
    ),
    "outputs-apply-in-order-and-see-those-before": (
        mapping(outputs={"a": "=answer", "b": "=a + 1"}),
        {},
        {"answer": 1},
        {"a": 1, "b": 2},
    ),
    "an-output-of-a-missing-variable-is-null": (
        mapping(outputs={"total": "=nothing"}),
        {},
        {},
        {"total": None},
    ),
    "an-output-path-makes-a-context": (
        mapping(outputs={"order.total": "=answer"}),
        {},
        {"answer": 1},
        {"order": {"total": 1}},
    ),
    "an-output-path-keeps-the-rest-of-the-context": (
        mapping(outputs={"order.total": "=answer"}),
        {"order": {"id": "o1"}},
        {"answer": 1},
        {"order": {"id": "o1", "total": 1}},
    ),
    "two-output-paths-fill-one-context": (
        mapping(outputs={"o.a": "=answer", "o.b.c": "=answer"}),
        {},
        {"answer": 1},
        {"o": {"a": 1, "b": {"c": 1}}},
    ),
    "a-fixed-text-is-mapped-as-it-stands": (
        mapping(outputs={"note": "7 pieces"}),
        {},
        {},
        {"note": "7 pieces"},
    ),
    "a-feel-date-becomes-an-iso-text": (
        mapping(outputs={"day": '=date("2026-03-02")'}),
        {},
        {},
        {"day": "2026-03-02"},
    ),
}


@pytest.mark.parametrize(
    ("settings", "before", "result", "after"), RESULTS.values(), ids=RESULTS.keys()
)
def test_results_go_where_camunda_8_puts_them(
    settings: str, before: dict[str, object], result: dict[str, object], after: dict[str, object]
) -> None:
    instance = story(one_task(settings), **before).complete("do", **result)

    assert instance.variables == after
    assert instance.waiting == ["after"]


INPUTS = {
    "an-input-is-local": ({"amount": "=price * 2"}, {"amount": 20}),
    "inputs-apply-in-order-and-see-those-before": ({"a": "=1", "b": "=a + 1"}, {"a": 1, "b": 2}),
    "an-input-may-hide-an-outer-name": ({"price": "=price + 1"}, {"price": 11}),
    "a-path-makes-a-context-of-its-own": ({"price.net": "=1"}, {"price": {"net": 1}}),
    "a-path-takes-nothing-over-from-outside": ({"order.net": "=1"}, {"order": {"net": 1}}),
    "a-missing-variable-is-null": ({"amount": "=nothing"}, {"amount": None}),
}


@pytest.mark.parametrize(("inputs", "local"), INPUTS.values(), ids=INPUTS.keys())
def test_inputs_become_variables_of_the_element(
    inputs: dict[str, str], local: dict[str, object]
) -> None:
    outside = {"price": 10, "order": {"id": "o1"}}

    instance = story(one_task(mapping(inputs)), **outside)

    assert instance.local("do") == local
    assert instance.variables == outside


def nested(task_settings: str = "", sub_settings: str = "") -> Diagram:
    inner = Content().start("in").job("do", settings=task_settings).user("then")
    inner.chain("in", "do", "then")
    outer = Diagram().start().sub("part", inner, settings=sub_settings).user("after")
    return outer.chain("start", "part", "after")


def test_a_result_goes_to_the_sub_process_when_that_owns_the_name() -> None:
    instance = story(nested(sub_settings=mapping({"answer": "=0"}))).complete("do", answer=1)

    assert instance.local("part") == {"answer": 1}
    assert instance.variables == {}


def test_a_result_that_no_scope_owns_passes_the_sub_process_by() -> None:
    instance = story(nested(sub_settings=mapping({"other": "=0"}))).complete("do", answer=1)

    assert instance.local("part") == {"other": 0}
    assert instance.variables == {"answer": 1}


def test_an_output_goes_to_the_nearest_scope_outside_the_element() -> None:
    settings = mapping(outputs={"answer": "=answer + 1"})
    diagram = nested(settings, mapping({"answer": "=0"}))

    instance = story(diagram).complete("do", answer=1)

    assert instance.local("part") == {"answer": 2}


def test_variables_of_a_sub_process_are_gone_when_it_ends() -> None:
    instance = story(nested(sub_settings=mapping({"answer": "=0"})))

    instance.complete("do", answer=1).complete("then")

    assert instance.restored().visible_variables(INSTANCE) == {}


def test_outputs_of_a_sub_process_are_evaluated_inside_it() -> None:
    diagram = nested(sub_settings=mapping({"answer": "=0"}, {"total": "=answer * 10"}))

    instance = story(diagram).complete("do", answer=4).complete("then")

    assert instance.variables == {"total": 40}


def test_an_element_sees_all_scopes_around_it_and_the_nearest_wins() -> None:
    instance = story(nested(mapping({"b": "=3"}), mapping({"a": "=2", "b": "=2"})), a=1, c=1)

    seen = instance.restored().visible_variables(instance.key("do"))

    assert seen == {"a": 2, "b": 3, "c": 1}


def test_parallel_branches_never_undo_each_other() -> None:
    diagram = Diagram().start().parallel("split").user("one").user("two").parallel("join")
    diagram.user("after").chain("start", "split", "one", "join", "after")
    diagram.chain("split", "two", "join")

    instance = story(diagram, status="new").complete("one", status="done").complete("two")

    assert instance.variables == {"status": "done"}


def test_every_change_is_told_with_its_old_and_new_value() -> None:
    instance = story(one_task(), answer=1).complete("do", answer=2)

    assert instance.of(facts.VariableChanged) == [
        facts.VariableChanged(
            element_instance_key=INSTANCE,
            element_id="process",
            name="answer",
            old=old,
            new=new,
            created=created,
        )
        for old, new, created in [(None, 1, True), (1, 2, False)]
    ]


def test_a_value_that_stays_the_same_is_no_change() -> None:
    instance = story(one_task(), answer=[1, {"a": None}]).complete("do", answer=[1, {"a": None}])

    assert len(instance.of(facts.VariableChanged)) == 1


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), (1, 1.0), ([1], [True])])
def test_values_that_only_python_takes_for_equal_are_a_change(old: object, new: object) -> None:
    instance = story(one_task(), answer=old).complete("do", answer=new)

    assert repr(instance.variables["answer"]) == repr(new)


def test_a_script_leaves_its_result_variable() -> None:
    diagram = Diagram().start().script("count", "=n + 1", "n").user("after")

    assert story(diagram.chain("start", "count", "after"), n=1).variables == {"n": 2}


def test_outputs_of_a_script_see_its_result() -> None:
    settings = mapping(outputs={"total": "=n * 10"})
    diagram = Diagram().start().script("count", "=1 + 1", "n", settings=settings).user("after")

    assert story(diagram.chain("start", "count", "after")).variables == {"total": 20}


MESSAGE_ENDS = {
    "caught-in-the-flow": Diagram()
    .message("paid")
    .start()
    .add("intermediateCatchEvent", "wait", caught("message", "paid"))
    .user("after")
    .chain("start", "wait", "after"),
    "received-by-a-task": Diagram()
    .message("paid")
    .start()
    .add("receiveTask", "wait", messageRef="message_paid")
    .user("after")
    .chain("start", "wait", "after"),
    "on-an-edge": Diagram()
    .message("paid")
    .start()
    .user("work")
    .boundary("wait", "work", caught("message", "paid"))
    .user("after")
    .chain("start", "work")
    .chain("wait", "after"),
    "behind-an-event-based-gateway": Diagram()
    .message("paid")
    .start()
    .add("eventBasedGateway", "first")
    .add("intermediateCatchEvent", "wait", caught("message", "paid"))
    .add("intermediateCatchEvent", "late", timer("Duration", "PT1H"))
    .user("after")
    .chain("start", "first", "wait", "after")
    .chain("first", "late"),
}


@pytest.mark.parametrize("diagram", MESSAGE_ENDS.values(), ids=MESSAGE_ENDS.keys())
def test_what_a_message_brings_goes_the_way_of_any_result(diagram: Diagram) -> None:
    instance = story(diagram, case_number="c1").message("paid", amount=5, case_number="c1")

    assert instance.variables == {"case_number": "c1", "amount": 5}
    assert instance.waiting == ["after"]


def test_outputs_of_an_event_on_an_edge_choose_from_what_the_message_brought() -> None:
    diagram = Diagram().message("paid").start().user("work").user("after")
    settings = mapping(outputs={"got": "=amount"})
    diagram.boundary("edge", "work", caught("message", "paid"), settings=settings)
    diagram.chain("start", "work").chain("edge", "after")

    instance = story(diagram, case_number="c1").message("paid", amount=5, noise=1)

    assert instance.variables == {"case_number": "c1", "got": 5}


def test_variables_of_an_interrupted_sub_process_do_not_hide_the_message() -> None:
    inner = Content().start("in").user("work").chain("in", "work")
    diagram = Diagram().message("paid").start().user("after")
    diagram.sub("part", inner, settings=mapping({"amount": "=0"}))
    diagram.boundary("edge", "part", caught("message", "paid"))
    diagram.chain("start", "part").chain("edge", "after")

    instance = story(diagram, case_number="c1").message("paid", amount=5)

    assert instance.variables == {"case_number": "c1", "amount": 5}


def test_what_an_error_brings_goes_the_way_of_any_result() -> None:
    diagram = Diagram().error("refused").start().job("pay").user("after")
    diagram.boundary("edge", "pay", caught("error", "refused"))
    diagram.chain("start", "pay").chain("edge", "after")

    assert story(diagram).fail("pay", "refused", reason="limit").variables == {"reason": "limit"}


def test_a_start_message_with_outputs_leaves_only_their_targets() -> None:
    diagram = Diagram().message("asked", key="")
    diagram.start("start", caught("message", "asked"), settings=mapping(outputs={"who": "=name"}))
    diagram.user("work").chain("start", "work")

    instance = Story(diagram).start("start", name="Li", noise=1)

    assert instance.variables == {"who": "Li"}


def test_a_start_message_without_outputs_leaves_everything() -> None:
    diagram = Diagram().message("asked", key="").start("start", caught("message", "asked"))
    diagram.user("work").chain("start", "work")

    assert Story(diagram).start("start", name="Li").variables == {"name": "Li"}


def test_setting_variables_changes_the_nearest_owner() -> None:
    instance = story(nested(sub_settings=mapping({"a": "=1"})), b=1)

    instance.set("do", a=2, b=2, c=2)

    assert instance.local("part") == {"a": 2}
    assert instance.variables == {"b": 2, "c": 2}


def test_setting_variables_locally_changes_the_scope_itself() -> None:
    instance = story(nested(), a=1).set("do", local=True, a=2)

    assert instance.local("do") == {"a": 2}
    assert instance.variables == {"a": 1}
