"""What can a client not do, whatever it sends?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.errors import ExpressionError
from tests.forms.conftest import Component, Problems, Submit

TEXT: Component = {"type": "textfield", "key": "a"}
FIXED: Component = {**TEXT, "key": "b", "readonly": True}
DISABLED: Component = {**TEXT, "key": "b", "disabled": True}
TOTAL: Component = {"type": "expression", "key": "total", "expression": "=n * 2"}
COUNT: Component = {"type": "number", "key": "n"}
ROWS: Component = {
    "type": "dynamiclist",
    "path": "rows",
    "components": [{**TEXT, "readonly": True}, {**COUNT, "defaultValue": 1}],
}
FIXED_ROWS: Component = {**ROWS, "allowAddRemove": False}
OLD_ROWS = {"rows": [{"a": "x", "n": 5}, {"a": "y", "n": 6}]}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param({"z": 1}, ("/z", "unknown-field"), id="another-variable"),
        pytest.param({"g": {"z": 1}}, ("/g/z", "unknown-field"), id="another-key-of-an-object"),
        pytest.param({"rows": [{"z": 1}]}, ("/rows/0/z", "unknown-field"), id="in-a-row"),
        pytest.param({"x/y~": 1}, ("/x~1y~0", "unknown-field"), id="pointers-are-escaped"),
        pytest.param({"g": 5}, ("/g", "type"), id="no-object"),
        pytest.param({"rows": {"0": {}}}, ("/rows", "type"), id="no-list"),
        pytest.param({"rows": ["x"]}, ("/rows/0", "type"), id="a-row-that-is-no-object"),
        pytest.param({"rows": [{}] * 1001}, ("/rows", "too-many-rows"), id="a-flood-of-rows"),
    ],
)
def test_data_that_the_form_does_not_have_is_refused(
    data: dict[str, object], problem: tuple[str, str], problems: Problems
) -> None:
    assert problems([{**TEXT, "key": "g.a"}, ROWS], data) == [problem]


@pytest.mark.parametrize("field", [FIXED, DISABLED], ids=["readonly", "disabled"])
def test_a_fixed_field_cannot_be_changed(field: Component, problems: Problems) -> None:
    assert problems(field, {"b": "new"}, context={"b": "old"}) == [("/b", "read-only")]


@pytest.mark.parametrize(
    ("field", "submitted"),
    [pytest.param(FIXED, {"b": "old"}, id="readonly"), pytest.param(DISABLED, {}, id="disabled")],
)
def test_sending_back_what_a_fixed_field_shows_is_no_change(
    field: Component, submitted: dict[str, object], submit: Submit
) -> None:
    assert submit(field, {"b": "old"}, context={"b": "old"}) == submitted


def test_a_field_that_is_fixed_by_a_condition_cannot_be_changed(problems: Problems) -> None:
    fixed = {**FIXED, "readonly": '=a = "closed"'}

    assert problems([TEXT, fixed], {"a": "closed", "b": "new"}) == [("/b", "read-only")]


def test_a_field_whose_condition_does_not_hold_can_be_changed(submit: Submit) -> None:
    fixed = {**FIXED, "readonly": '=a = "closed"'}

    assert submit([TEXT, fixed], {"a": "open", "b": "new"}) == {"a": "open", "b": "new"}


def test_hidden_fields_are_dropped_unchecked(submit: Submit) -> None:
    hidden = {**TEXT, "key": "b", "validate": {"required": True}}
    hidden["conditional"] = {"hide": '=a = "x"'}

    assert submit([TEXT, hidden], {"a": "x", "b": 5}) == {"a": "x"}


def test_what_a_client_computed_is_computed_again(submit: Submit) -> None:
    assert submit([COUNT, TOTAL], {"n": 21, "total": 1}) == {"n": 21, "total": 42}


def test_expressions_see_process_variables_and_functions(submit: Submit) -> None:
    total = {**TOTAL, "expression": "=n * rate"}

    assert submit([COUNT, total], {"n": 2}, context={"rate": 1.5}) == {"n": 2, "total": 3}


def test_expressions_may_depend_on_each_other_in_any_order(submit: Submit) -> None:
    twice = {"type": "expression", "key": "four", "expression": "=total * 2"}

    assert submit([twice, TOTAL, COUNT], {"n": 1}) == {"four": 4, "total": 2, "n": 1}


def test_expressions_that_chase_each_other_are_refused(submit: Submit) -> None:
    chasing = {**TOTAL, "expression": "=if total = null then 1 else total + 1"}

    with pytest.raises(ExpressionError, match="in a circle"):
        submit(chasing, {})


def test_rows_may_be_removed_with_what_is_fixed_in_them(submit: Submit) -> None:
    left = [{"a": "y", "n": 6}]

    assert submit(ROWS, {"rows": left}, context=OLD_ROWS) == {"rows": left}


def test_a_removed_last_row_leaves_an_empty_list(submit: Submit) -> None:
    assert submit(ROWS, {"rows": []}, context=OLD_ROWS) == {"rows": []}


def test_an_added_row_begins_blank(submit: Submit) -> None:
    submitted = submit(ROWS, {"rows": [{"a": "x", "n": 5}, {}]}, context=OLD_ROWS)

    assert submitted == {"rows": [{"a": "x", "n": 5}, {"a": "", "n": 1}]}


def test_a_first_row_begins_blank_too(submit: Submit) -> None:
    assert submit(ROWS, {"rows": [{}]}) == {"rows": [{"a": "", "n": 1}]}


def test_what_is_fixed_in_a_row_cannot_be_invented(problems: Problems) -> None:
    entered = {"rows": [{"a": "z", "n": 5}]}

    assert problems(ROWS, entered, context=OLD_ROWS) == [("/rows/0/a", "read-only")]


def test_rows_that_cannot_move_keep_what_is_not_sent(submit: Submit) -> None:
    submitted = submit(FIXED_ROWS, {"rows": [{"n": 7}, {}]}, context=OLD_ROWS)

    assert submitted == {"rows": [{"a": "x", "n": 7}, {"a": "y", "n": 6}]}


def test_what_is_fixed_cannot_swap_between_rows_that_cannot_move(problems: Problems) -> None:
    entered = {"rows": [{"a": "y"}, {"a": "x"}]}

    assert problems(FIXED_ROWS, entered, context=OLD_ROWS) == [
        ("/rows/0/a", "read-only"),
        ("/rows/1/a", "read-only"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_of_a_fixed_list_cannot_be_added_or_removed(count: int, problems: Problems) -> None:
    assert ("/rows", "fixed-rows") in problems(FIXED_ROWS, {"rows": [{}] * count}, context=OLD_ROWS)


@pytest.mark.parametrize(
    ("count", "code"), [pytest.param(0, "too-few-rows"), pytest.param(3, "too-many-rows")]
)
def test_a_list_has_the_number_of_rows_that_it_asks(
    count: int, code: str, problems: Problems
) -> None:
    bounded = {**ROWS, "properties": {"minItems": "1", "maxItems": "2"}}

    assert problems(bounded, {"rows": [{}] * count}) == [("/rows", code)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_list_within_its_bounds_is_accepted(count: int, submit: Submit) -> None:
    bounded = {**ROWS, "properties": {"minItems": "1", "maxItems": "2"}}

    assert len(submit(bounded, {"rows": [{}] * count})["rows"]) == count  # type: ignore[arg-type]


def test_what_is_not_sent_stays_as_the_form_showed_it(submit: Submit) -> None:
    assert submit([TEXT, {**COUNT, "defaultValue": 3}], {}, context={"a": "old"}) == {
        "a": "old",
        "n": 3,
    }


def test_process_variables_are_not_touched(submit: Submit) -> None:
    context = {"g": {"a": "old"}, **OLD_ROWS}
    before = repr(context)

    submit([{**TEXT, "key": "g.a"}, ROWS], {"g": {"a": "new"}, "rows": [{}]}, context=context)

    assert repr(context) == before


SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("subtype", "entered", "is_past"),
    [
        pytest.param("date", "2026-11-22", True, id="yesterday-there-though-today-in-utc"),
        pytest.param("date", "2026-11-23", False, id="today"),
        pytest.param("datetime", "2026-11-22T23:59", True, id="a-local-moment-yesterday"),
        pytest.param("datetime", "2026-11-23T00:00", False, id="earlier-today-is-not-past"),
        pytest.param("time", "00:00", False, id="a-time-has-no-date"),
    ],
)
def test_past_dates_are_refused_by_the_date_of_the_place(
    subtype: str, entered: str, is_past: bool, submit: Submit, problems: Problems
) -> None:
    field = {"type": "datetime", "key": "d", "subtype": subtype, "disallowPassedDates": True}
    now = datetime(2026, 11, 22, 16, tzinfo=UTC)  # Midnight in Shanghai.

    if is_past:
        assert problems(field, {"d": entered}, now=now, zone=SHANGHAI) == [("/d", "past")]
    else:
        assert submit(field, {"d": entered}, now=now, zone=SHANGHAI) == {"d": entered}


def test_a_moment_with_an_offset_is_past_by_the_date_of_the_place(problems: Problems) -> None:
    field = {
        "type": "datetime",
        "key": "d",
        "subtype": "datetime",
        "timeSerializingFormat": "utc_offset",
        "disallowPassedDates": True,
    }
    now = datetime(2026, 11, 22, 16, tzinfo=UTC)

    entered = {"d": "2026-11-22T15:59Z"}

    assert problems(field, entered, now=now, zone=SHANGHAI) == [("/d", "past")]
