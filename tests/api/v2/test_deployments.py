"""What does deploying answer, and what can be read back of it?"""

import json
from io import BytesIO

import pytest

from tests.api.v2.conftest import FILES, ORDER, Api


def test_a_deployment_names_process_decisions_requirements_and_form(empty: Api) -> None:
    answer = empty.deploy(*ORDER).get_json()

    named = [
        (kind, value.get(f"{kind}Id"))
        for entry in answer["deployments"]
        for kind, value in entry.items()
        if value
    ]
    assert sorted(named) == [
        ("decisionDefinition", "is_large"),
        ("decisionDefinition", "priority"),
        ("decisionRequirements", "priority_file"),
        ("form", "approval"),
        ("form", "order_request"),
        ("processDefinition", "order"),
    ]
    assert answer["tenantId"] == "<default>"


def test_each_entry_has_all_five_kinds_and_one_that_is_not_null(empty: Api) -> None:
    entries = empty.deploy("approval.form").get_json()["deployments"]

    assert [sorted(entry) for entry in entries] == [
        ["decisionDefinition", "decisionRequirements", "form", "processDefinition", "resource"]
    ]


def test_an_unchanged_file_keeps_its_version(api: Api) -> None:
    again = api.deploy(*ORDER).get_json()

    processes = [e["processDefinition"] for e in again["deployments"] if e["processDefinition"]]
    assert [p["processDefinitionVersion"] for p in processes] == [1]


def test_a_file_that_cannot_run_is_refused_with_findings(empty: Api) -> None:
    parts = {"resources": [(BytesIO(b"<not-bpmn/>"), "broken.bpmn")]}

    refused = empty.upload("/deployments", parts, by="olivia")

    assert refused.status_code == 400
    assert refused.get_json()["code"] == "deployment-refused"
    assert refused.get_json()["findings"][0]["resource"] == "broken.bpmn"
    assert empty.search("process-definitions") == []


def test_an_agent_may_not_deploy(empty: Api) -> None:
    assert empty.deploy("approval.form", by="alice").status_code == 403


@pytest.mark.parametrize(
    ("parts", "detail"),
    [
        pytest.param({}, "resources", id="no-file"),
        pytest.param(
            {"resources": [(BytesIO(b"{}"), "a.form")], "tenantId": "other"},
            "tenant",
            id="another-tenant",
        ),
        pytest.param(
            {"resources": [(BytesIO(b"{}"), "a.form"), (BytesIO(b"{}"), "a.form")]},
            "same name",
            id="two-files-of-one-name",
        ),
    ],
)
def test_a_request_out_of_form_is_bad(empty: Api, parts: dict[str, object], detail: str) -> None:
    refused = empty.upload("/deployments", parts, by="olivia")

    assert refused.status_code == 400
    assert detail in refused.get_json()["detail"]


def test_a_process_definition_is_found_and_read_back(api: Api) -> None:
    found = api.search("process-definitions", {"filter": {"processDefinitionId": "order"}})

    assert found == [
        {
            "processDefinitionKey": found[0]["processDefinitionKey"],
            "processDefinitionId": "order",
            "name": "Order",
            "version": 1,
            "versionTag": "spring",
            "resourceName": "order.bpmn",
            "hasStartForm": True,
            "state": "ACTIVE",
            "tenantId": "<default>",
        }
    ]
    key = found[0]["processDefinitionKey"]
    assert api.ok("GET", f"/process-definitions/{key}") == found[0]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("process-definitions", "order.bpmn"),
        ("decision-definitions", "priority.dmn"),
        ("decision-requirements", "priority.dmn"),
    ],
)
def test_a_model_is_read_back_byte_for_byte(api: Api, path: str, file: str) -> None:
    names = {
        "process-definitions": "processDefinitionKey",
        "decision-definitions": "decisionDefinitionKey",
        "decision-requirements": "decisionRequirementsKey",
    }
    key = api.search(path)[0][names[path]]

    answer = api.call("GET", f"/{path}/{key}/xml")

    assert answer.mimetype == "text/xml"
    assert answer.data == (FILES / file).read_bytes()


def test_the_start_form_is_the_one_of_the_deployment(api: Api) -> None:
    key = api.search("process-definitions")[0]["processDefinitionKey"]

    form = api.ok("GET", f"/process-definitions/{key}/form")

    assert form["formId"] == "order_request"
    assert json.loads(form["schema"])["id"] == "order_request"
    assert api.ok("GET", f"/forms/{form['formKey']}") == form


def test_a_process_without_a_start_form_answers_204(api: Api) -> None:
    plain = (FILES / "order.bpmn").read_text().replace('id="order"', 'id="plain"')
    start, _, rest = plain.partition('<bpmn:startEvent id="ordered" name="Ordered">')
    rest = rest[rest.index("<bpmn:outgoing>") :]
    source = f'{start}<bpmn:startEvent id="ordered" name="Ordered">{rest}'
    parts = {
        "resources": [
            (BytesIO(source.encode()), "plain.bpmn"),
            (BytesIO((FILES / "priority.dmn").read_bytes()), "priority.dmn"),
            (BytesIO((FILES / "approval.form").read_bytes()), "approval.form"),
        ]
    }
    assert api.upload("/deployments", parts, by="olivia").status_code == 200
    found = api.search("process-definitions", {"filter": {"processDefinitionId": "plain"}})[0]

    answer = api.call("GET", f"/process-definitions/{found['processDefinitionKey']}/form")

    assert (found["hasStartForm"], answer.status_code) == (False, 204)


def test_resources_are_found_under_the_keys_of_what_they_define(api: Api) -> None:
    found = {r["resourceId"]: r for r in api.search("resources")}

    assert sorted(found) == ["approval", "order", "order_request", "priority_file"]
    key = found["approval"]["resourceKey"]
    assert api.ok("GET", f"/resources/{key}") == found["approval"]
    content = api.call("GET", f"/resources/{key}/content/binary").data
    assert content == (FILES / "approval.form").read_bytes()


def test_whoever_has_no_role_sees_no_models(api: Api) -> None:
    key = api.search("process-definitions")[0]["processDefinitionKey"]

    assert api.search("process-definitions", by="carl") == []
    assert api.call("GET", f"/process-definitions/{key}/xml", by="carl").status_code == 404
