"""Which form files can be deployed, and what is said about the others?"""

import json

import pytest

from engine.domain.classification import Classification
from engine.domain.findings import Severity
from engine.errors import DeploymentRefused
from engine.forms import parse_form
from engine.resources import shipped_models
from tests.forms.conftest import Component, form_of

TEXT: Component = {"type": "textfield", "key": "a"}


def findings_of(data: bytes) -> list[tuple[str, str | None]]:
    with pytest.raises(DeploymentRefused) as refusal:
        parse_form(data, resource_name="sample.form")
    return [(finding.rule, finding.element_id) for finding in refusal.value.findings]


def findings_in(*components: object, **more: object) -> list[tuple[str, str | None]]:
    schema = {"type": "default", "id": "sample", "components": list(components), **more}
    return findings_of(json.dumps(schema).encode())


def group(*components: object, **more: object) -> Component:
    return {"type": "group", "components": list(components), **more}


def rows(*components: object, **more: object) -> Component:
    return {"type": "dynamiclist", "path": "rows", "components": list(components), **more}


def test_a_form_is_known_by_its_id_and_version_tag() -> None:
    form = form_of(TEXT, versionTag="v2")

    assert (form.form_id, form.version_tag) == ("sample", "v2")


def test_a_form_need_not_have_a_version_tag() -> None:
    assert form_of(TEXT).version_tag is None


def test_the_schema_stays_as_it_was_written() -> None:
    assert form_of(TEXT, exporter={"name": "x"}).schema == {
        "type": "default",
        "id": "sample",
        "components": [TEXT],
        "exporter": {"name": "x"},
    }


@pytest.mark.parametrize("name", [n for n in shipped_models() if n.endswith(".form")])
def test_every_shipped_form_can_be_deployed(name: str) -> None:
    assert parse_form(shipped_models()[name], resource_name=name).form_id == name[: -len(".form")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        pytest.param(b"{", "form-json", id="half-a-file"),
        pytest.param(b"\xff\xfe", "form-json", id="not-utf-8"),
        pytest.param(b'{"id": "a", "id": "b"}', "form-json", id="a-key-twice"),
        pytest.param(b'{"id": NaN}', "form-json", id="no-json-number"),
        pytest.param(b"[" * 100_000, "form-json", id="a-tower-of-brackets"),
        pytest.param(b"[]", "form-shape", id="a-list"),
        pytest.param(b" " * 1_000_001, "form-too-large", id="a-megabyte"),
    ],
)
def test_what_is_no_json_object_is_refused(data: bytes, rule: str) -> None:
    assert findings_of(data) == [(rule, None)]


def test_a_byte_order_mark_is_no_mistake() -> None:
    data = "\ufeff" + json.dumps({"type": "default", "id": "x", "components": []})

    assert parse_form(data.encode(), resource_name="x.form").form_id == "x"


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({"type": "default", "components": []}, id="no-id"),
        pytest.param({"type": "default", "id": 5, "components": []}, id="an-id-that-is-no-text"),
        pytest.param({"type": "form", "id": "x", "components": []}, id="another-type"),
        pytest.param({"type": "default", "id": "x"}, id="no-components"),
        pytest.param({"type": "default", "id": "x", "components": [5]}, id="no-component"),
        pytest.param({"type": "default", "id": "x", "components": [], "versionTag": 2}, id="tag"),
        pytest.param(
            {"type": "default", "id": "x", "components": [TEXT] * 0 + [group()] * 1001},
            id="a-flood",
        ),
    ],
)
def test_what_is_no_form_is_refused(schema: dict[str, object]) -> None:
    assert findings_of(json.dumps(schema).encode()) == [("form-shape", None)]


def test_groups_in_groups_without_end_are_refused() -> None:
    nested = TEXT
    for _ in range(30):
        nested = group(nested)

    assert findings_in(nested) == [("form-shape", None)]


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        pytest.param({"type": "map", "key": "a"}, "form-unknown-component", id="unknown-type"),
        pytest.param({"type": "textfield", "id": "a"}, "form-key", id="no-key"),
        pytest.param({**TEXT, "label": 5}, None, id="a-label-is-the-browsers-matter"),
        pytest.param({**TEXT, "disabled": "yes"}, "form-property", id="no-truth-value"),
        pytest.param({**TEXT, "readonly": "yes"}, "form-property", id="no-condition"),
        pytest.param({**TEXT, "validate": []}, "form-property", id="rules-that-are-no-object"),
        pytest.param({**TEXT, "validate": {"required": "yes"}}, "form-property", id="required"),
        pytest.param({**TEXT, "validate": {"minLength": "x"}}, "form-property", id="a-bound"),
        pytest.param({**TEXT, "validate": {"validationType": "x"}}, "form-property", id="a-check"),
        pytest.param({**TEXT, "validate": {"min": 1}}, "form-unknown-rule", id="min-of-a-text"),
        pytest.param({**TEXT, "validate": {"requird": True}}, "form-unknown-rule", id="a-slip"),
        pytest.param({**TEXT, "validate": {"pattern": "("}}, "form-pattern", id="a-pattern"),
        pytest.param({**TEXT, "validate": {"pattern": "(?=a)"}}, "form-pattern", id="look-ahead"),
        pytest.param({**TEXT, "conditional": {"hide": "=a >"}}, "form-expression", id="hide"),
        pytest.param({**TEXT, "conditional": {"hide": True}}, "form-expression", id="hide-always"),
        pytest.param({**TEXT, "conditional": {"hide": "a = 1"}}, "form-expression", id="no-equals"),
        pytest.param({**TEXT, "label": "=1 +"}, "form-expression", id="a-computed-label"),
        pytest.param(
            {**TEXT, "conditional": {"hide": '=working time(a, "P1D", "cn") = a'}},
            "form-expression",
            id="a-function-that-the-browser-does-not-know",
        ),
        pytest.param({**TEXT, "readonly": "=is defined(b)"}, "form-expression", id="nor-this-one"),
        pytest.param({**TEXT, "validate": {"maxLength": "=1 +"}}, "form-expression", id="length"),
        pytest.param({"type": "expression", "key": "a"}, "form-expression", id="no-expression"),
        pytest.param({"type": "number", "key": "a", "increment": 0}, "form-property", id="step-0"),
        pytest.param({"type": "number", "key": "a", "decimalDigits": -1}, "form-property", id="-1"),
        pytest.param({"type": "datetime", "key": "a", "subtype": "x"}, "form-property", id="type"),
        pytest.param({"type": "select", "key": "a"}, "form-options", id="no-options"),
        pytest.param(
            {"type": "select", "key": "a", "values": [{"label": "x"}]},
            "form-options",
            id="no-value",
        ),
        pytest.param(
            {"type": "radio", "key": "a", "values": [], "valuesKey": "b"},
            "form-options",
            id="options-from-two-places",
        ),
        pytest.param(
            {**TEXT, "properties": {"classification": "secret"}}, "form-classification", id="class"
        ),
        pytest.param(
            {**rows(), "path": "a", "defaultRepetitions": 1001},
            "form-property",
            id="a-thousand-rows",
        ),
        pytest.param(
            {"type": "dynamiclist", "id": "a", "components": []}, "form-key", id="no-path"
        ),
        pytest.param({"type": "filepicker", "key": "a", "multiple": 1}, "form-property", id="many"),
    ],
)
def test_a_component_that_cannot_be_honoured_is_a_finding(
    component: Component, rule: str | None
) -> None:
    if rule is None:
        assert form_of(component).nodes
    else:
        assert findings_in(component) == [(rule, "a")]


@pytest.mark.parametrize("key", ["a..b", "rows.0", "a b", ".a", "a.", "a-b"])
def test_a_key_is_names_joined_by_dots(key: str) -> None:
    assert findings_in({**TEXT, "key": key}) == [("form-key", key)]


@pytest.mark.parametrize(
    ("components", "element"),
    [
        pytest.param([TEXT, TEXT], "a", id="the-same-key"),
        pytest.param(
            [{**TEXT, "key": "p.q"}, {**TEXT, "key": "p"}], "p", id="an-object-and-a-value"
        ),
        pytest.param([{**TEXT, "key": "p"}, {**TEXT, "key": "p.q"}], "p.q", id="and-the-reverse"),
        pytest.param(
            [group({**TEXT, "key": "q"}, path="p"), {**TEXT, "key": "p.q"}], "p.q", id="group"
        ),
        pytest.param([rows(TEXT), {**TEXT, "key": "rows"}], "rows", id="a-list-and-a-value"),
        pytest.param([rows(TEXT), {**TEXT, "key": "rows.x"}], "rows.x", id="into-a-list"),
        pytest.param([rows(TEXT), rows(TEXT)], "rows", id="two-lists"),
        pytest.param([group(TEXT), TEXT], "a", id="a-group-without-path"),
        pytest.param([rows(TEXT, TEXT)], "a", id="in-one-row"),
    ],
)
def test_two_fields_cannot_share_a_place(components: list[Component], element: str) -> None:
    assert findings_in(*components) == [("form-duplicate-key", element)]


def test_two_groups_may_fill_one_object() -> None:
    form = form_of(group(TEXT, path="p"), group({**TEXT, "key": "b"}, path="p"))

    assert len(form.nodes) == 2


def test_the_same_key_in_a_list_and_outside_is_two_places() -> None:
    assert len(form_of(TEXT, rows(TEXT)).nodes) == 2


def test_an_id_twice_is_a_finding() -> None:
    twice = [{**TEXT, "id": "x"}, {**TEXT, "id": "x", "key": "b"}]

    assert findings_in(*twice) == [("form-duplicate-id", "b")]


@pytest.mark.parametrize(
    ("component", "name"),
    [
        pytest.param({"key": "k", "id": "i"}, "k", id="its-key"),
        pytest.param({"path": "p", "id": "i"}, "p", id="or-its-path"),
        pytest.param({"key": 5, "id": "i"}, "i", id="or-its-id"),
        pytest.param({}, "?", id="or-nothing"),
    ],
)
def test_a_finding_names_the_component_by(component: Component, name: str) -> None:
    assert findings_in({"type": "map", **component}) == [("form-unknown-component", name)]


def test_all_findings_come_at_once() -> None:
    found = findings_in({"type": "map", "key": "m"}, {**TEXT, "readonly": "=1 +"})

    assert found == [("form-unknown-component", "m"), ("form-expression", "a")]


def test_a_finding_speaks_both_languages_and_names_the_file() -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        form_of({"type": "map", "key": "m"})

    finding = refusal.value.findings[0]
    assert finding.resource == "sample.form"  # type: ignore[attr-defined]
    assert finding.severity is Severity.ERROR  # type: ignore[attr-defined]
    assert finding.message_en == "Field “m”: the type “map” is not supported."  # type: ignore[attr-defined]
    assert finding.message_zh == "字段“m”:不支持类型“map”。"  # type: ignore[attr-defined]


def test_presentation_needs_no_key() -> None:
    kinds = ("text", "html", "image", "table", "documentPreview", "spacer", "iframe", "button")

    assert form_of(*({"type": kind} for kind in kinds)).nodes == ()


def test_a_list_that_does_not_repeat_is_a_group() -> None:
    form = form_of(rows(TEXT, isRepeating=False))

    assert form.nodes[0].repetition is None  # type: ignore[union-attr]


def test_classifications_are_known_by_path() -> None:
    personal: Component = {**TEXT, "properties": {"classification": "personal"}}
    sensitive: Component = {**TEXT, "key": "s", "properties": {"classification": "sensitive"}}

    form = form_of(
        TEXT,
        group(personal, path="g.h"),
        rows(sensitive, group(personal)),
        {**personal, "key": "p.q"},
    )

    assert form.classifications == {
        "g.h.a": Classification.PERSONAL,
        "rows[].s": Classification.SENSITIVE,
        "rows[].a": Classification.PERSONAL,
        "p.q": Classification.PERSONAL,
    }
