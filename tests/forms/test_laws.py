"""Does the validation obey its laws, whatever the form and the entry?"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInput
from engine.forms import parse_form, validate
from engine.forms.paths import MISSING, get, put, same_json
from tests.forms.differential.samples import SAMPLES, Sample

NOW = datetime(2026, 11, 22, tzinfo=UTC)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
ANYTHING = parse_form(
    json.dumps(
        {
            "type": "default",
            "id": "anything",
            "components": [
                {"type": "textfield", "key": "a", "validate": {"pattern": "^.a", "minLength": 1}},
                {"type": "number", "key": "b", "increment": "0.1", "validate": {"max": "=c"}},
                {"type": "select", "key": "c", "valuesKey": "d"},
                {"type": "checklist", "key": "e", "valuesExpression": "=d"},
                {"type": "datetime", "key": "f", "subtype": "datetime"},
                {"type": "filepicker", "key": "g"},
                {"type": "checkbox", "key": "h.i"},
                {
                    "type": "dynamiclist",
                    "path": "r",
                    "components": [{"type": "number", "key": "n"}],
                },
            ],
        }
    ).encode(),
    resource_name="anything.form",
)
keys = st.sampled_from(["a", "b", "c", "e", "f", "g", "h", "r", "d"])
entries = st.dictionaries(keys, json_values, max_size=6)


@settings(deadline=None)
@given(entries, entries)
def test_whatever_is_sent_the_answer_is_clean_data_or_problems(
    data: dict[str, object], context: dict[str, object]
) -> None:
    try:
        json.dumps(validate(ANYTHING, data, context=context, now=NOW, functions={}))
    except InvalidInput as error:
        problems = error.problems
    else:
        problems = ("none",)  # type: ignore[assignment]
    assert problems


@settings(deadline=None)
@given(entries)
def test_what_is_refused_is_something_that_was_sent_or_is_missing(data: dict[str, object]) -> None:
    try:
        validate(ANYTHING, data, context={}, now=NOW, functions={})
    except InvalidInput as error:
        pointers = [problem.pointer for problem in error.problems]
        assert len(set(pointers)) == len(pointers)
        assert {pointer.split("/")[1] for pointer in pointers} <= data.keys()


ORDINARY = [each for each in SAMPLES if not each.name.startswith("random")]


@pytest.mark.parametrize("sample", ORDINARY, ids=[each.name for each in ORDINARY])
def test_what_was_submitted_can_be_submitted_again(sample: Sample) -> None:
    form = parse_form(json.dumps(sample.schema).encode(), resource_name="sample.form")

    def submit(data: dict[str, object]) -> dict[str, object] | None:
        try:
            return validate(form, data, context=sample.context, now=NOW, functions={})
        except InvalidInput:
            return None

    result = submit(sample.data)

    assert result is None or same_json(submit(result), result)


steps = st.sampled_from(["a", "b"]) | st.integers(0, 2)
paths = st.lists(steps, min_size=1, max_size=4).map(lambda path: ("top", *path))


@settings(deadline=None)
@given(paths, json_values)
def test_what_was_put_is_found_again(path: tuple[str | int, ...], value: object) -> None:
    data: dict[str, object] = {}

    put(data, path, value)

    assert get(data, path) is value
    assert get(data, (*path[:-1], "c")) is MISSING
