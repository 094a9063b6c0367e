"""Do people who draw see what would come out, before anything is deployed?"""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from engine.bootstrap import Application
from engine.persistence.schema import metadata
from tests.api.test_cases import FILES

DMN = (FILES / "priority.dmn").read_text(encoding="utf-8")
FORM = {
    "type": "default",
    "id": "note",
    "schemaVersion": 19,
    "components": [
        {
            "type": "textfield",
            "id": "Field_text",
            "key": "text",
            "label": "Text",
            "validate": {"required": True, "maxLength": 5},
        },
        {"type": "number", "id": "Field_count", "key": "count", "label": "Count"},
    ],
    "translations": {"zh": {"text": {"label": "文本"}}},
}


def tried(client: FlaskClient, *rows: dict[str, object], xml: str = DMN) -> dict[str, object]:
    body = {"xml": xml, "decisionId": "priority", "rows": list(rows)}
    answer = client.post("/api/decisions/try", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_each_row_says_its_output_and_the_rules_that_matched(as_ann: FlaskClient) -> None:
    low, high = tried(as_ann, {"amount": 1}, {"amount": 100_000})["rows"]

    assert low["output"] != high["output"]
    assert low["rules"][0]["index"] != high["rules"][0]["index"]
    assert low["rules"][0]["ruleId"] in DMN
    assert (low["error"], high["decisions"][-1]["decisionId"]) == (None, "priority")


def test_a_row_that_fails_does_not_hide_the_others(as_ann: FlaskClient) -> None:
    overlapping = DMN.replace("<text>false</text>", "<text>-</text>")

    wrong, right = tried(as_ann, {"amount": 5000}, {"amount": 1}, xml=overlapping)["rows"]

    assert (wrong["output"], wrong["failedDecisionId"]) == (None, "priority")
    assert [rule["ruleId"] for rule in wrong["rules"]] == ["large_rule", "small_rule"]
    assert "UNIQUE" in wrong["error"]
    assert (right["output"], right["error"]) == ("normal", None)


def test_a_row_says_whether_the_answer_is_the_expected_one(as_ann: FlaskClient) -> None:
    body = {
        "xml": DMN,
        "decisionId": "priority",
        "rows": [{"amount": 1}, {"amount": 1}, {"amount": 1}, {"amount": 1}],
        "expected": [{"answer": "normal"}, {"answer": "high"}, None],
    }

    rows = as_ann.post("/api/decisions/try", json=body).json["rows"]

    assert [row["asExpected"] for row in rows] == [True, False, None, None]


def test_lint_warns_of_an_example_that_comes_out_otherwise(as_ann: FlaskClient) -> None:
    example = '<e:example decision="priority" inputs=\'{"amount": 1}\' expected=\'"high"\'/>'
    kept = (
        f'<extensionElements xmlns:e="urn:redress:decision-examples">{example}</extensionElements>'
    )
    file = DMN.replace("<decision ", f"{kept}<decision ", 1)

    found = as_ann.post(
        "/api/lint", data={"resources": (BytesIO(file.encode()), "priority.dmn")}
    ).json["findings"]

    assert [(f["rule"], f["elementId"]) for f in found] == [("dmn-example-differs", "priority")]


def test_a_broken_cell_is_named(as_ann: FlaskClient) -> None:
    broken = DMN.replace("<text>", "<text>((", 2)

    answer = as_ann.post(
        "/api/decisions/try", json={"xml": broken, "decisionId": "priority", "rows": []}
    )

    assert (answer.status_code, answer.json["code"]) == (400, "deployment-refused")
    assert all(finding["elementId"] for finding in answer.json["findings"])


def test_a_form_answers_the_clean_values_and_itself_in_the_language(as_ann: FlaskClient) -> None:
    body = {"schema": FORM, "data": {"text": "hi", "count": 2}, "language": "zh"}

    answer = as_ann.post("/api/forms/try", json=body).json

    assert (answer["values"], answer["errors"]) == ({"text": "hi", "count": 2}, [])
    assert answer["schema"]["components"][0]["label"] == "文本"


@pytest.mark.parametrize(
    ("data", "pointer", "code"),
    [
        ({}, "/text", "required"),
        ({"text": "too long"}, "/text", "max-length"),
        ({"text": "hi", "count": "two"}, "/count", "type"),
        ({"text": "hi", "more": 1}, "/more", "unknown-field"),
    ],
)
def test_a_form_says_what_is_wrong_by_field(
    as_ann: FlaskClient, data: dict[str, object], pointer: str, code: str
) -> None:
    answer = as_ann.post("/api/forms/try", json={"schema": FORM, "data": data}).json

    assert answer["values"] is None
    assert answer["schema"]["components"]
    assert [(one["pointer"], one["code"]) for one in answer["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    ("expression", "value"),
    [("=amount + 1", 21), ('if amount > 10 then "much" else "little"', "much")],
)
def test_an_expression_answers_its_value(
    as_ann: FlaskClient, expression: str, value: object
) -> None:
    body = {"expression": expression, "variables": {"amount": 20}}

    assert as_ann.post("/api/feel/try", json=body).json == {
        "value": value,
        "error": None,
        "position": None,
    }


def test_an_expression_says_where_it_is_wrong(as_ann: FlaskClient) -> None:
    answer = as_ann.post("/api/feel/try", json={"expression": "1 + + "}).json

    assert answer["value"] is None
    assert answer["error"]
    assert isinstance(answer["position"], int)


def test_nothing_is_stored(as_ann: FlaskClient, shipped: Application) -> None:
    before = rows_of(shipped)

    tried(as_ann, {"amount": 1})
    as_ann.post("/api/forms/try", json={"schema": FORM, "data": {"text": "hi"}})

    assert rows_of(shipped) == before


def rows_of(application: Application) -> dict[str, int]:
    with application.database.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
