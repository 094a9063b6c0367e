"""Does a form speak the language that it is asked for?"""

import pytest

from engine.errors import DeploymentRefused
from engine.forms.translation import untranslated
from tests.forms.conftest import Component, form_of

REASON: Component = {
    "type": "select",
    "key": "reason",
    "id": "Field_1",
    "label": "Reason",
    "values": [{"label": "Late", "value": "late"}, {"label": "Two", "value": 2}],
}
NAME: Component = {
    "type": "textfield",
    "key": "name",
    "label": "Name",
    "description": "As on the receipt",
    "appearance": {"prefixAdorner": "Mr", "suffixAdorner": "Jr"},
    "validate": {"pattern": "^.+$", "patternErrorMessage": "Write a name.", "required": True},
}
ROWS: Component = {"type": "dynamiclist", "path": "rows", "label": "Items", "components": [NAME]}
NOTE: Component = {"type": "text", "id": "note", "text": "Hello"}


EMPTY = {"label": "", "options": {"late": "", "2": ""}}


def translated(component: Component, **entries: object) -> dict[str, object]:
    form = form_of(component, translations={"zh": entries})
    found: dict[str, object] = form.translated("zh")["components"][0]  # type: ignore[index]
    return found


def test_texts_are_replaced_where_the_schema_has_them() -> None:
    entry = {
        "label": "姓名",
        "description": "与小票一致",
        "prefixAdorner": "先生",
        "patternErrorMessage": "请填写姓名。",
    }

    assert translated(NAME, name=entry) == {
        **NAME,
        "label": "姓名",
        "description": "与小票一致",
        "appearance": {"prefixAdorner": "先生", "suffixAdorner": "Jr"},
        "validate": {"pattern": "^.+$", "patternErrorMessage": "请填写姓名。", "required": True},
    }


def test_options_keep_their_values() -> None:
    options = translated(REASON, reason={"options": {"late": "太晚", "2": "二"}})["values"]

    assert options == [{"label": "太晚", "value": "late"}, {"label": "二", "value": 2}]


def test_an_option_without_translation_keeps_its_label() -> None:
    options = translated(REASON, reason={"options": {"late": "太晚"}})["values"]

    assert options == [{"label": "太晚", "value": "late"}, {"label": "Two", "value": 2}]


def test_a_component_may_be_named_by_its_id() -> None:
    assert translated(NOTE, note={"text": "你好"})["text"] == "你好"


def test_a_key_outranks_an_id() -> None:
    entries = {"Field_1": {"label": "甲"}, "reason": {"label": "乙"}}

    assert translated(REASON, **entries)["label"] == "乙"


def test_a_list_is_named_by_its_path_and_its_fields_by_their_keys() -> None:
    form = translated(ROWS, rows={"label": "商品"}, name={"label": "姓名"})

    assert (form["label"], form["components"][0]["label"]) == ("商品", "姓名")  # type: ignore[index]


def test_the_title_of_the_form_is_a_text_of_the_form() -> None:
    form = form_of(NOTE, title="Hi", translations={"zh": {"title": "您好"}})

    assert form.translated("zh")["title"] == "您好"


def test_an_empty_translation_leaves_the_text_as_it_was() -> None:
    form = form_of(REASON, title="Why", translations={"zh": {"title": "", "reason": EMPTY}})
    shown = form.translated("zh")

    assert (shown["title"], shown["components"]) == ("Why", [REASON])


def test_translations_are_not_sent_along() -> None:
    assert "translations" not in form_of(NOTE, translations={"zh": {}}).translated("zh")


def test_a_language_that_the_form_does_not_have_changes_nothing() -> None:
    form = form_of(NOTE, translations={"zh": {"note": {"text": "你好"}}})

    assert form.translated("fr")["components"] == [NOTE]


def test_translating_leaves_the_form_as_it_was() -> None:
    form = form_of(NAME, translations={"zh": {"name": {"label": "姓名", "prefixAdorner": "先生"}}})

    form.translated("zh")

    assert form.schema["components"] == [NAME]


@pytest.mark.parametrize(
    ("translations", "element"),
    [
        pytest.param([], None, id="no-object"),
        pytest.param({"zh": []}, None, id="a-language-that-is-no-object"),
        pytest.param({"zh": {"nam": {"label": "x"}}}, "nam", id="a-field-that-does-not-exist"),
        pytest.param({"zh": {"name": "x"}}, "name", id="an-entry-that-is-no-object"),
        pytest.param({"zh": {"name": {"lable": "x"}}}, "name", id="a-text-that-does-not-exist"),
        pytest.param({"zh": {"name": {"label": 5}}}, "name", id="a-text-that-is-none"),
        pytest.param({"zh": {"reason": {"options": {"x": "y"}}}}, "reason", id="no-such-option"),
        pytest.param(
            {"zh": {"reason": {"options": []}}}, "reason", id="options-that-are-no-object"
        ),
    ],
)
def test_a_translation_of_nothing_is_a_finding(translations: object, element: str | None) -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        form_of(NAME, REASON, translations=translations)

    assert [(each.rule, each.element_id) for each in refusal.value.findings] == [  # type: ignore[attr-defined]
        ("form-translation", element)
    ]


def gaps(component: Component, **entries: object) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return what Chinese lacks, by component."""
    schema = {"components": [component], "translations": {"zh": entries}}
    return [(gap.component, gap.texts) for gap in untranslated(schema)]


def test_each_text_without_a_translation_is_a_gap() -> None:
    entry = {"label": "姓名", "prefixAdorner": "先生", "description": ""}

    assert gaps(NAME, name=entry) == [
        ("name", ("description", "patternErrorMessage", "suffixAdorner"))
    ]


def test_each_option_without_a_translation_is_a_gap() -> None:
    assert gaps(REASON, reason={"label": "原因", "options": {"late": "太晚"}}) == [
        ("reason", ("options.2",))
    ]


def test_gaps_are_found_inside_of_lists() -> None:
    inner = [("name", ("description", "label", "patternErrorMessage", "prefixAdorner"))]

    assert gaps(ROWS, rows={"label": "项目"}, name={"suffixAdorner": "二世"}) == inner


@pytest.mark.parametrize("text", ["=first + second", "{{number}} · {{date}}", "12 %", ""])
def test_a_text_without_words_needs_no_translation(text: str) -> None:
    assert gaps({**NOTE, "text": text}) == []


def test_a_text_of_one_language_only_has_no_gap() -> None:
    assert not list(untranslated({"title": "Note", "components": [NAME, REASON]}))


def test_a_title_without_a_translation_is_a_gap_of_the_form() -> None:
    (gap,) = untranslated({"title": "Note", "components": [], "translations": {"zh": {}}})

    assert (gap.component, gap.texts) == (None, ("title",))


def test_a_title_is_a_text() -> None:
    with pytest.raises(DeploymentRefused) as refused:
        form_of(NAME, title=3)
    assert "title" in refused.value.findings[0].message_en
