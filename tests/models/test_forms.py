"""Are the forms complete: both languages, a class for every value, and nothing vague accepted?"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import InvalidInput
from engine.forms import parse_form, validate
from tests.models.diagram import ROOT
from tests.models.shop import MONDAY

FORMS = {
    path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "forms").glob("*.form"))
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())

FOUR_PARTS = ("feedback_problem", "feedback_actions", "feedback_solution", "feedback_result")
CHINESE = re.compile(r"[\u4e00-\u9fff]|^[0-9{}]")
Component = dict[str, Any]


def components(form: Component) -> Iterator[Component]:
    """Yield every component of a form, those inside lists too."""
    for component in form["components"]:
        yield component
        if "components" in component:
            yield from components(component)


def translation(form: Component, component: Component) -> Component:
    """Return a component's Chinese texts, by its key, its path or its id."""
    names = (component.get(part) for part in ("key", "path", "id"))
    texts: Component = next(
        form["translations"]["zh"][n] for n in names if n in form["translations"]["zh"]
    )
    return texts


@each_form
def test_a_form_is_called_as_its_file(form: Component) -> None:
    assert FORMS[form["id"]] is form


@each_form
def test_a_form_is_written_for_the_current_schema(form: Component) -> None:
    assert (form["type"], form["schemaVersion"]) == ("default", 19)


@each_form
def test_ids_of_components_are_unique(form: Component) -> None:
    ids = [component["id"] for component in components(form)]

    assert sorted(ids) == sorted(set(ids))


@each_form
def test_every_text_that_people_read_is_there_in_chinese(form: Component) -> None:
    for component in components(form):
        if component["type"] == "expression":
            continue
        chinese = translation(form, component)
        for part, other in (
            ("label", "label"),
            ("dateLabel", "dateLabel"),
            ("text", "text"),
            ("description", "description"),
        ):
            if part in component:
                assert CHINESE.search(chinese[other]), component["id"]
        if "pattern" in component.get("validate", {}):
            assert component["validate"]["patternErrorMessage"]
            assert CHINESE.search(chinese["patternErrorMessage"]), component["id"]


@each_form
def test_every_option_is_there_in_chinese(form: Component) -> None:
    for component in components(form):
        if "values" in component:
            options = translation(form, component)["options"]
            assert options.keys() == {option["value"] for option in component["values"]}
            assert all(map(CHINESE.search, options.values())), component["id"]


@each_form
def test_no_translation_is_left_over(form: Component) -> None:
    names = {
        component.get(part) for component in components(form) for part in ("key", "path", "id")
    }

    assert form["translations"]["zh"].keys() <= names | {"title"}


@each_form
def test_a_form_has_a_title_in_both_languages(form: Component) -> None:
    assert form["title"]
    assert CHINESE.search(form["translations"]["zh"]["title"])


@each_form
def test_both_languages_show_the_same_values(form: Component) -> None:
    for component in components(form):
        if component["type"] == "text":
            chinese = translation(form, component)["text"]
            assert _names(component["text"]) == _names(chinese), component["id"]


def _names(text: str) -> set[str]:
    expressions = re.findall(r"\{\{(.*?)\}\}", text)
    return {name for e in expressions for name in re.findall(r"[\w.]+", re.sub(r'"[^"]*"', "", e))}


@each_form
def test_every_value_has_a_class(form: Component) -> None:
    for component in components(form):
        if "key" in component:
            assert component["properties"]["classification"] in {
                "public",
                "internal",
                "personal",
                "sensitive",
            }


@each_form
def test_every_text_field_has_a_bound(form: Component) -> None:
    for component in components(form):
        if component["type"] in {"textfield", "textarea"}:
            assert component["validate"]["maxLength"] <= 4000, component["id"]


def refused_feedback(**parts: str) -> list[str]:
    """Return which fields of the feedback are refused when these parts are written."""
    written = dict.fromkeys(FOUR_PARTS, "The carrier paid.") | parts
    try:
        validate(
            parse_form(json.dumps(FORMS["give_feedback"]).encode(), resource_name="give_feedback"),
            {**written, "feedback_channels": ["email"], "follow_up_person": "bo"},
            context={},
            now=MONDAY,
            functions={},
        )
    except InvalidInput as refusal:
        return [problem.pointer for problem in refusal.problems]
    return []


@pytest.mark.parametrize("part", FOUR_PARTS)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("        ", id="blanks"),
        pytest.param("\n\t\n\t\n\t", id="lines"),
        pytest.param("\u3000" * 8, id="wide-blanks"),
        pytest.param("\u200b\u2060" * 8, id="invisible-characters"),
        pytest.param("......", id="dots"),
        pytest.param("- - - / [_] `~|", id="signs"),
        pytest.param("。。。，，！？：", id="wide-signs"),
        pytest.param("n/a -- x", id="single-letters"),
        pytest.param("ok", id="too-short"),
    ],
)
def test_feedback_refuses_each_of_its_four_parts_empty_or_vague(part: str, text: str) -> None:
    assert refused_feedback(**{part: text}) == [f"/{part}"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("退款已到账。", id="chinese"),
        pytest.param("We paid.", id="english"),
        pytest.param("Žádost vyřízena", id="with-accents"),
        pytest.param("환불했습니다", id="korean"),
        pytest.param("(50 CNY)\n", id="with-signs-around"),
    ],
)
def test_feedback_is_written_in_any_script(text: str) -> None:
    assert refused_feedback(feedback_result=text) == []


@pytest.mark.parametrize(
    ("form", "key", "low", "high"),
    [
        pytest.param("survey_answer", "csat", 1, 5, id="satisfaction-is-asked-from-1-to-5"),
        pytest.param("survey_answer", "nps", 0, 10, id="recommendation-is-asked-from-0-to-10"),
    ],
)
def test_scores_keep_to_their_scale(form: str, key: str, low: int, high: int) -> None:
    (field,) = (c for c in components(FORMS[form]) if c.get("key") == key)

    assert field["validate"] == {"required": True, "min": low, "max": high}


def test_a_return_may_be_shown_in_photos() -> None:
    (field,) = (c for c in components(FORMS["return_request"]) if c.get("key") == "photos")

    assert (field["type"], field["accept"], field["multiple"]) == ("filepicker", "image/*", True)
