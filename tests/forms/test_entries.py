"""What may a client send for each kind of field, beyond what a browser lets a person enter?"""

import pytest

from engine.errors import InvalidInput
from tests.forms.conftest import Component, Problems, Submit

OPTIONS = [
    {"label": "One", "value": "one"},
    {"label": "Two", "value": 2},
    {"label": "?", "value": True},
]
TEXT: Component = {"type": "textfield", "key": "a"}
LINES: Component = {"type": "textarea", "key": "a"}
NUMBER: Component = {"type": "number", "key": "a"}
EXACT: Component = {"type": "number", "key": "a", "serializeToString": True}
BOX: Component = {"type": "checkbox", "key": "a"}
ONE: Component = {"type": "select", "key": "a", "values": OPTIONS}
MANY: Component = {"type": "checklist", "key": "a", "values": OPTIONS}
KEYED: Component = {"type": "radio", "key": "a", "valuesKey": "shops"}
COMPUTED: Component = {"type": "taglist", "key": "a", "valuesExpression": "=shops"}
SHOPS = {
    "shops": [
        "north",
        {"label": "South", "value": {"id": 2}},
        {"value": 3},
        {"label": "x"},
        {"value": {"id": 9}},
        "",
    ]
}


def moment(subtype: str, zone: str = "no_timezone") -> Component:
    return {"type": "datetime", "key": "a", "subtype": subtype, "timeSerializingFormat": zone}


@pytest.mark.parametrize(
    ("component", "sent", "kept"),
    [
        pytest.param(TEXT, "x\r\ny", "x  y", id="one-line-has-no-line-breaks"),
        pytest.param(LINES, "x\ny", "x\ny", id="several-lines-have"),
        pytest.param(TEXT, None, "", id="no-text-is-empty"),
        pytest.param(NUMBER, None, None, id="no-number-is-null"),
        pytest.param(NUMBER, "", None, id="an-empty-number-is-null"),
        pytest.param(NUMBER, 1.5, 1.5, id="a-number"),
        pytest.param(EXACT, "1.50", "1.50", id="a-number-as-text-keeps-its-zeros"),
        pytest.param(EXACT, 3, "3", id="a-number-becomes-text"),
        pytest.param(EXACT, "0.1234567890123456789", "0.1234567890123456789", id="all-digits-stay"),
        pytest.param(EXACT, "1e308", "1e308", id="the-largest-magnitude"),
        pytest.param(BOX, None, False, id="no-tick-is-false"),
        pytest.param(ONE, "", None, id="no-choice-is-null"),
        pytest.param(ONE, 2, 2, id="an-option-may-be-a-number"),
        pytest.param(ONE, 2.0, 2.0, id="which-javascript-does-not-tell-from-a-float"),
        pytest.param(MANY, None, [], id="no-choices-are-an-empty-list"),
        pytest.param(MANY, ["one", True], ["one", True], id="several-options"),
        pytest.param(KEYED, {"id": 2}, {"id": 2}, id="an-option-may-be-an-object"),
        pytest.param(KEYED, 3, 3, id="an-option-without-label"),
        pytest.param(COMPUTED, ["north", 3], ["north", 3], id="computed-options"),
        pytest.param(moment("date"), "2028-02-29", "2028-02-29", id="a-leap-day"),
        pytest.param(moment("date"), "", None, id="no-date-is-null"),
        pytest.param(moment("time"), "23:59", "23:59", id="a-time"),
        pytest.param(moment("time", "utc_normalized"), "07:00Z", "07:00Z", id="a-time-in-utc"),
        pytest.param(
            moment("datetime", "utc_offset"),
            "2026-01-01T15:00+08:00",
            "2026-01-01T15:00+08:00",
            id="a-moment-with-offset",
        ),
        pytest.param(
            moment("datetime"), "2026-01-01T15:00:30.5", "2026-01-01T15:00:30.5", id="with-seconds"
        ),
    ],
)
def test_accepted_entries_are_kept_so(
    component: Component, sent: object, kept: object, submit: Submit
) -> None:
    assert submit(component, {"a": sent}, context=SHOPS) == {"a": kept}


@pytest.mark.parametrize(
    ("component", "sent", "code"),
    [
        pytest.param(TEXT, 5, "type", id="a-number-is-no-text"),
        pytest.param(TEXT, ["x"], "type", id="a-list-is-no-text"),
        pytest.param(TEXT, "a\0b", "character", id="no-database-stores-a-zero"),
        pytest.param(LINES, "\ud800", "character", id="half-a-character"),
        pytest.param(NUMBER, "5", "type", id="text-is-no-number"),
        pytest.param(NUMBER, True, "type", id="true-is-no-number"),
        pytest.param(NUMBER, float("nan"), "type", id="not-a-number"),
        pytest.param(NUMBER, 10**400, "type", id="a-number-beyond-javascript"),
        pytest.param(EXACT, "1e309", "type", id="text-beyond-javascript"),
        pytest.param(EXACT, "٣", "type", id="other-digits"),
        pytest.param(EXACT, "1,5", "type", id="a-decimal-comma"),
        pytest.param(BOX, "true", "type", id="text-is-no-tick"),
        pytest.param(BOX, 1, "type", id="one-is-no-tick"),
        pytest.param(ONE, "three", "option", id="an-option-that-does-not-exist"),
        pytest.param(ONE, 1, "option", id="one-is-not-true"),
        pytest.param(ONE, "2", "option", id="text-is-no-option-that-is-a-number"),
        pytest.param(ONE, ["one"], "option", id="a-list-is-no-single-choice"),
        pytest.param(MANY, "one", "type", id="a-single-choice-is-no-list"),
        pytest.param(MANY, ["one", "three"], "option", id="one-wrong-option-of-several"),
        pytest.param(MANY, ["one", "one"], "duplicate", id="an-option-twice"),
        pytest.param(KEYED, "x", "option", id="a-label-is-no-value"),
        pytest.param(KEYED, {"id": 3}, "option", id="another-object"),
        pytest.param(KEYED, {"id": 9}, "option", id="an-object-needs-a-label"),
        pytest.param(COMPUTED, ["x"], "option", id="no-computed-option"),
        pytest.param(moment("date"), "30.9.2025", "format", id="a-date-in-another-order"),
        pytest.param(moment("date"), "2027-02-29", "format", id="a-day-that-does-not-exist"),
        pytest.param(moment("date"), "2025-09-30T00:00", "format", id="a-moment-is-no-date"),
        pytest.param(moment("date"), "20250930", "format", id="a-date-without-hyphens"),
        pytest.param(moment("date"), 20250930, "type", id="a-number-is-no-date"),
        pytest.param(moment("time"), "24:00", "format", id="an-hour-that-does-not-exist"),
        pytest.param(moment("time"), "15", "format", id="an-hour-alone"),
        pytest.param(moment("time"), "15:00Z", "format", id="a-zone-where-none-is-asked"),
        pytest.param(moment("time", "utc_offset"), "15:00", "format", id="no-zone-where-one-is"),
        pytest.param(moment("time", "utc_normalized"), "15:00+08:00", "format", id="not-in-utc"),
        pytest.param(moment("datetime"), "2025-09-30 15:00", "format", id="a-blank-for-the-t"),
        pytest.param(moment("datetime"), "٢٠٢٥-09-30T15:00", "format", id="a-year-in-other-digits"),
    ],
)
def test_other_entries_are_refused(
    component: Component, sent: object, code: str, problems: Problems
) -> None:
    assert problems(component, {"a": sent}, context=SHOPS) == [("/a", code)]


@pytest.mark.parametrize(
    ("component", "params"),
    [
        pytest.param({**TEXT, "validate": {"minLength": 3}}, {"min": 3}, id="min-length"),
        pytest.param({**TEXT, "validate": {"pattern": "^x$"}}, {"pattern": "^x$"}, id="pattern"),
        pytest.param(ONE, {"options": ["one", 2, True]}, id="options"),
        pytest.param(moment("date"), {"example": "2025-09-30"}, id="an-example"),
        pytest.param(moment("time", "utc_offset"), {"example": "15:00+08:00"}, id="with-a-zone"),
    ],
)
def test_a_problem_carries_what_a_translation_needs(
    component: Component, params: dict[str, object], submit: Submit
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        submit(component, {"a": "no"})

    assert refusal.value.problems[0].params == params


def test_a_pattern_speaks_in_its_own_words(submit: Submit) -> None:
    rules = {"pattern": "^x$", "patternErrorMessage": "Write an x."}

    with pytest.raises(InvalidInput) as refusal:
        submit({**TEXT, "validate": rules}, {"a": "no"})

    assert refusal.value.problems[0].message == "Write an x."


def test_only_the_first_broken_rule_of_a_field_is_told(problems: Problems) -> None:
    rules = {"pattern": "^x$", "minLength": 5, "validationType": "email"}

    assert problems({**TEXT, "validate": rules}, {"a": "no"}) == [("/a", "pattern")]


def test_every_wrong_field_is_told_at_once(problems: Problems) -> None:
    components = [TEXT, {**NUMBER, "key": "b"}, {**BOX, "key": "c"}]

    assert problems(components, {"a": 1, "b": "x", "c": True}) == [("/a", "type"), ("/b", "type")]


def test_a_bound_that_is_no_number_is_told_not_ignored(problems: Problems) -> None:
    limited = {**NUMBER, "validate": {"max": "=limit"}}

    assert problems(limited, {"a": 1}, context={"limit": "much"}) == [("/a", "bound")]


def test_a_text_too_long_for_its_pattern_is_told(problems: Problems) -> None:
    greedy = {**LINES, "validate": {"pattern": "(a?){400}b"}}

    assert problems(greedy, {"a": "a" * 50_000}) == [("/a", "too-long")]
