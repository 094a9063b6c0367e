"""Do the browser and the server find the same fields wrong, and submit the same data?

The other side is form-js itself (the viewer, in Node with a simulated browser).
"""

import json
from datetime import UTC, datetime

import pytest

from engine.errors import InvalidInput
from engine.forms import parse_form, validate
from engine.forms.paths import same_json
from engine.resources import shipped_models
from tests.forms.differential.browser import ask
from tests.forms.differential.samples import SAMPLES, Sample

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> dict[str, dict[str, object]]:
    questions = [
        {"schema": each.schema, "context": each.context, "data": each.data} for each in SAMPLES
    ]
    answers = ask({"forms": questions})["forms"]
    return {each.name: answer for each, answer in zip(SAMPLES, answers, strict=True)}


def without_empty_lists(data: object) -> object:
    """form-js forgets a list without rows, which would leave the variable as it was."""
    if isinstance(data, dict):
        cleaned = {key: without_empty_lists(value) for key, value in data.items()}
        return {key: value for key, value in cleaned.items() if value not in ([], {})}
    return [without_empty_lists(item) for item in data] if isinstance(data, list) else data


def on_the_server(sample: Sample) -> tuple[set[str], object]:
    form = parse_form(json.dumps(sample.schema).encode(), resource_name="sample.form")
    try:
        return set(), validate(form, sample.data, context=sample.context, now=NOW, functions={})
    except InvalidInput as error:
        return {problem.pointer for problem in error.problems}, None


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.name for each in SAMPLES])
def test_server_and_browser_agree(sample: Sample, browser: dict[str, dict[str, object]]) -> None:
    theirs = browser[sample.name]

    wrong, data = on_the_server(sample)

    assert wrong == set(theirs["wrong"])  # type: ignore[call-overload]
    if not wrong:
        assert same_json(without_empty_lists(data), without_empty_lists(theirs["data"]))


def test_the_samples_have_different_names() -> None:
    assert len({each.name for each in SAMPLES}) == len(SAMPLES)


SHIPPED = sorted(name for name in shipped_models() if name.endswith(".form"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_left_blank_has_the_same_wrong_fields(
    name: str, browser_on_shipped_forms: dict[str, dict[str, object]]
) -> None:
    form = parse_form(shipped_models()[name], resource_name=name)

    try:
        validate(form, {}, context={}, now=NOW, functions={})
        wrong: set[str] = set()
    except InvalidInput as error:
        wrong = {problem.pointer for problem in error.problems}

    assert wrong == set(browser_on_shipped_forms[name]["wrong"])  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def browser_on_shipped_forms() -> dict[str, dict[str, object]]:
    schemas = [json.loads(shipped_models()[name]) for name in SHIPPED]
    answers = ask({"forms": [{"schema": each, "context": {}, "data": {}} for each in schemas]})
    return dict(zip(SHIPPED, answers["forms"], strict=True))
