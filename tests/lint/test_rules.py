"""Does the linter say what will go wrong, and keep silent about what will not?"""

import json

import pytest

from engine.lint import RULES, lint_files
from engine.resources import shipped_models
from tests.bpmn.build import Content, Diagram, caught, loop, mapping, setting, timer

CLEAN = {"assignee": "=owner"}


def rules_of(diagram: Diagram, **others: bytes) -> dict[str, set[str | None]]:
    """Return the elements found, by rule."""
    files = {"d.bpmn": diagram.xml()} | {n.replace("__", "."): c for n, c in others.items()}
    found: dict[str, set[str | None]] = {}
    for finding in lint_files(files):
        found.setdefault(finding.rule, set()).add(finding.element_id)
    return found


def line(*steps: str) -> Diagram:
    """Return a diagram of jobs one after the other."""
    diagram = Diagram()
    diagram.start().end()
    for step in steps:
        diagram.job(step)
    diagram.chain("start", *steps, "end")
    return diagram


def form(*keys: str) -> bytes:
    components = [{"type": "textfield", "id": key, "key": key} for key in keys]
    return json.dumps({"type": "default", "id": "f", "components": components}).encode()


def test_a_plain_diagram_has_no_findings() -> None:
    assert rules_of(line("work")) == {}


def test_the_shipped_models_have_no_findings() -> None:
    assert lint_files(shipped_models()) == []


def test_a_file_that_cannot_be_read_is_passed_over() -> None:
    assert lint_files({"d.bpmn": b"<html/>", "x.txt": b""}) == []


def test_what_the_reader_warns_of_is_passed_on() -> None:
    assert rules_of(line("work").job("alone")) == {"unreachable": {"alone"}}


def test_a_text_that_a_language_lacks_is_named_where_the_form_has_that_language() -> None:
    sheet = json.loads(form("total"))
    sheet["components"][0]["label"] = "Total"
    in_chinese = json.dumps(sheet | {"translations": {"zh": {}}}).encode()

    (found,) = lint_files({"f.form": in_chinese})

    assert (found.rule, found.element_id, found.severity) == ("form-text-missing", "total", "info")
    assert ("Chinese for: label" in found.message_en, "中文：label" in found.message_zh) == (
        True,
        True,
    )
    assert lint_files({"f.form": json.dumps(sheet).encode()}) == []


def parted_and_joined(split: str, join: str) -> Diagram:
    diagram = Diagram()
    diagram.start().job("a").job("b").end()
    diagram.add(f"{split}Gateway", "split").add(f"{join}Gateway", "join")
    first, second = ("=x", "=not(x)") if split == "exclusive" else ("", "")
    diagram.flow("start", "split").flow("split", "a", first).flow("split", "b", second)
    diagram.chain("a", "join").chain("b", "join").chain("join", "end")
    return diagram


def test_a_parallel_join_behind_an_exclusive_split_waits_for_ever() -> None:
    assert rules_of(parted_and_joined("exclusive", "parallel")) == {"join-waits-for-ever": {"join"}}


def test_a_parallel_join_behind_a_parallel_split_does_not() -> None:
    assert rules_of(parted_and_joined("parallel", "parallel")) == {}


def test_a_join_whose_other_way_comes_from_a_parallel_branch_is_fine() -> None:
    diagram = Diagram()
    diagram.start().job("a").job("b").end().end("no")
    diagram.parallel("fork").exclusive("choice").exclusive("back").parallel("join")
    diagram.chain("start", "fork", "a", "join").flow("fork", "choice")
    diagram.flow("choice", "b", "=x").flow("choice", "back", "=not(x)")
    diagram.chain("b", "back", "join", "end")

    assert "join-waits-for-ever" not in rules_of(diagram)


def test_a_loop_without_a_way_out_never_ends() -> None:
    diagram = Diagram()
    diagram.start().job("a").job("b").chain("start", "a", "b", "a")

    assert rules_of(diagram)["path-without-end"] == {"start", "a", "b"}


def test_an_error_on_the_edge_of_a_step_that_throws_none_never_happens() -> None:
    diagram = Diagram().error("e")
    diagram.start().end().script("s", "=1", "x").chain("start", "s", "end")
    diagram.boundary("edge", "s", caught("error", "e")).end("other").chain("edge", "other")

    assert rules_of(diagram) == {"dead-boundary-event": {"edge"}}


def test_an_error_on_the_edge_of_a_job_may_happen() -> None:
    diagram = line("work").error("e")
    diagram.boundary("edge", "work", caught("error", "e")).end("other").chain("edge", "other")

    assert rules_of(diagram) == {}


@pytest.mark.parametrize(("thrown", "dead"), [("e", False), ("f", True)])
def test_an_escalation_is_looked_for_inside_a_sub_process(thrown: str, dead: bool) -> None:
    inside = Content()
    inside.start("i").end("j", caught("escalation", thrown)).chain("i", "j")
    diagram = Diagram().escalation("e").escalation("f")
    diagram.start().end().sub("s", inside).chain("start", "s", "end")
    diagram.boundary("edge", "s", caught("escalation", "e")).end("other").chain("edge", "other")

    assert ("dead-boundary-event" in rules_of(diagram)) is dead


def reading(expression: str, *, outputs: dict[str, str] | None = None) -> Diagram:
    """Return a diagram whose only source is a start form, and that reads *expression*."""
    started = setting("formDefinition", formId="f")
    diagram = Diagram()
    diagram.start("start", settings=started).end().script("s", expression, "result")
    return diagram.chain("start", "s", "end")  # type: ignore[return-value]


def test_a_variable_that_nothing_writes_is_named() -> None:
    assert rules_of(reading("=amuont * 2"), f__form=form("total"))["unknown-variable"] == {"s"}


def test_a_variable_that_a_form_brings_is_known() -> None:
    assert rules_of(reading("=amount * 2"), f__form=form("amount")) == {}


@pytest.mark.parametrize(("name", "found"), [("case_numbr", True), ("from_the_job", False)])
def test_where_a_job_may_bring_anything_only_a_slip_is_named(name: str, found: bool) -> None:
    diagram = Diagram()
    diagram.start().end().job("work").script("t", f"={name}", "y")
    diagram.script("s", "=1", "case_number").chain("start", "work", "s", "t", "end")

    assert ("unknown-variable" in rules_of(diagram)) is found


def test_what_an_input_or_a_loop_makes_is_known() -> None:
    diagram = Diagram()
    started = setting("formDefinition", formId="f")
    diagram.start("start", settings=started).end()
    work = loop("=goods", inputElement="item") + ""
    io = mapping(inputs={"copy": "=item"}, outputs={"done": "=copy"})
    diagram.job("work", work, settings=io).chain("start", "work", "end")

    assert "unknown-variable" not in rules_of(diagram, f__form=form("goods"))


def test_links_inside_the_bundle_are_looked_for() -> None:
    diagram = Diagram()
    decision = setting("calledDecision", decisionId="d", resultVariable="r")
    linked = setting("formDefinition", formId="f") + setting("assignmentDefinition", **CLEAN)
    diagram.start().end().user("u", settings=linked, name="U")
    diagram.add("businessRuleTask", "rule", settings=decision).call("c", process="other")
    diagram.chain("start", "u", "rule", "c", "end")

    found = rules_of(diagram)

    assert found["unknown-form"] == {"u"}
    assert found["unknown-decision"] == {"rule"}
    assert found["unknown-process"] == {"c"}
    assert "unknown-form" not in rules_of(diagram, f__form=form("x"))


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2026-01-01T10:00:00", True),
        ("2026-01-01T10:00:00Z", False),
        ("2026-01-01T10:00:00+08:00", False),
        ("2026-01-01T10:00:00@Asia/Shanghai", False),
    ],
)
def test_a_time_without_a_zone_is_named(moment: str, found: bool) -> None:
    diagram = Diagram()
    diagram.start().end()
    diagram.add("intermediateCatchEvent", "t", timer("Date", f'=date and time("{moment}")'))
    diagram.chain("start", "t", "end")

    assert ("timer-without-zone" in rules_of(diagram)) is found


@pytest.mark.parametrize(("cycle", "found"), [("R/PT1H", True), ("R3/PT1H", False)])
def test_a_cycle_on_an_edge_that_never_stops_is_named(cycle: str, found: bool) -> None:
    diagram = line("work")
    diagram.boundary("edge", "work", timer("Cycle", cycle), interrupting=False).end("other")
    diagram.chain("edge", "other")

    assert ("endless-cycle" in rules_of(diagram)) is found


def test_a_user_task_wants_people_a_form_and_a_name_in_both_languages() -> None:
    diagram = Diagram()
    diagram.start().end().user("bare").user("named", name="Call").chain(
        "start", "bare", "named", "end"
    )

    found = rules_of(diagram)

    assert found["nobody-to-do-it"] == found["user-task-without-form"] == {"bare", "named"}
    assert (found["name-missing"], found["name-zh-missing"]) == ({"bare"}, {"named"})


def test_every_finding_says_what_and_how_to_mend_in_both_languages() -> None:
    texts = [t for r in RULES.values() for t in (r.en, r.zh, r.mend_en, r.mend_zh)]

    assert all(texts)


def compensating(end: str = "", *, inside: str = "") -> Diagram:
    """A sub-process ``part`` whose step ``book`` can be undone; both ends throw what is given."""
    inner = Content().start("in").job("book").job("undo", isForCompensation="true")
    inner.end("out", inside).chain("in", "book", "out").undone_by("book", "undo")
    diagram = Diagram().start().sub("part", inner).end("end", end)
    return diagram.chain("start", "part", "end")


COMPENSATE = caught("compensate")


def test_what_nobody_asks_to_be_undone_is_named() -> None:
    assert rules_of(compensating()) == {"never-undone": {"book_undone"}}


@pytest.mark.parametrize(
    "diagram",
    [
        compensating(COMPENSATE),
        compensating('<bpmn:compensateEventDefinition activityRef="part"/>'),
        compensating(inside=COMPENSATE),
        compensating(inside='<bpmn:compensateEventDefinition activityRef="book"/>'),
    ],
)
def test_what_somebody_asks_to_be_undone_is_not(diagram: Diagram) -> None:
    assert rules_of(diagram) == {}


def test_compensation_of_another_activity_undoes_nothing_of_this_one() -> None:
    diagram = compensating('<bpmn:compensateEventDefinition activityRef="other"/>')
    diagram.job("other").job("undo_other", isForCompensation="true").flow("other", "end")
    diagram.undone_by("other", "undo_other").flow("start", "other")

    assert rules_of(diagram) == {"never-undone": {"book_undone"}}


def test_an_event_sub_process_hides_what_is_inside_from_compensation() -> None:
    inner = Content().start("in").job("book").job("undo", isForCompensation="true").end("out")
    inner.chain("in", "book", "out").undone_by("book", "undo")
    handler = Content().start("asked", COMPENSATE).end("undone").chain("asked", "undone")
    inner.sub("handler", handler, triggeredByEvent="true")
    diagram = Diagram().start().sub("part", inner).end("end", COMPENSATE)

    assert rules_of(diagram.chain("start", "part", "end")) == {"never-undone": {"book_undone"}}


def test_an_event_sub_process_that_nobody_asks_for_is_named() -> None:
    inner = Content().start("in").end("out").chain("in", "out")
    handler = Content().start("asked", COMPENSATE).end("undone").chain("asked", "undone")
    inner.sub("handler", handler, triggeredByEvent="true")
    diagram = Diagram().start().sub("part", inner).end().chain("start", "part", "end")

    assert rules_of(diagram) == {"never-undone": {"handler"}}


def test_a_compensation_with_nothing_to_undo_is_named() -> None:
    diagram = Diagram().start().job("work").end("end", COMPENSATE).chain("start", "work", "end")

    assert rules_of(diagram) == {"compensates-nothing": {"end"}}


def transaction(end: str) -> Diagram:
    inner = Content().start("in").end("out", end).chain("in", "out")
    diagram = Diagram().start().transaction("part", inner).end().chain("start", "part", "end")
    return diagram.boundary("left", "part", caught("cancel")).end("gone").flow("left", "gone")


def test_a_cancel_that_never_happens_is_named() -> None:
    assert rules_of(transaction("")) == {"cancel-never-happens": {"left"}}


def test_a_cancel_that_may_happen_is_not() -> None:
    assert rules_of(transaction(caught("cancel"))) == {}
