"""Do owners find, save and deploy files over HTTP?"""

import json
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from tests.api.test_cases import FILES, OWNER

FORM = '{"type": "default", "id": "note", "schemaVersion": 19, "components": []}'


@pytest.fixture(autouse=True)
def _deployed(shipped: Application) -> None:
    shipped.deployments.deploy(OWNER, {path.name: path.read_bytes() for path in FILES.iterdir()})


def test_processes_decisions_and_forms_are_listed(as_ann: FlaskClient) -> None:
    (process,) = as_ann.get("/api/processes").json["items"]
    decisions = as_ann.get("/api/decisions").json["items"]
    forms = as_ann.get("/api/forms?limit=1").json

    assert (process["id"], process["version"], process["deployedBy"]) == ("order", 1, "olivia")
    assert process["runningInstances"] == 0
    assert "priority" in [one["id"] for one in decisions]
    assert (len(forms["items"]), forms["items"][0]["runningInstances"]) == (1, None)
    rest = as_ann.get("/api/forms", query_string={"after": forms["page"]["endCursor"]}).json
    assert rest["items"]


def test_the_versions_of_one_model_are_listed(as_ann: FlaskClient) -> None:
    (only,) = as_ann.get("/api/processes/order/versions").json["items"]

    assert (only["version"], only["versionTag"], only["comment"]) == (1, "spring", None)
    assert as_ann.get("/api/processes/unknown/versions").status_code == 404


def test_who_uses_a_form_or_a_decision_is_told_by_step(as_ann: FlaskClient) -> None:
    (process,) = as_ann.get("/api/processes").json["items"]
    forms = as_ann.get("/api/forms").json["items"]
    (asked,) = as_ann.get("/api/decisions/priority/uses").json["items"]

    assert {one["id"]: one["usedBy"] for one in forms}["order_request"] == 1
    (shown,) = as_ann.get("/api/forms/order_request/uses").json["items"]
    assert (shown["processKey"], shown["processNames"]["en"]) == (process["key"], "Order")
    assert (asked["processVersion"], asked["isNewest"], asked["version"]) == (1, True, 1)
    assert asked["binding"] in ("latest", "deployment")
    assert as_ann.get("/api/processes/order/uses").json["items"] == []
    assert as_ann.get("/api/forms/unknown/uses").status_code == 404


def test_a_process_is_deployed_again_with_its_form(as_root: FlaskClient) -> None:
    form = json.loads((FILES / "order_request.form").read_text(encoding="utf-8"))
    changed = json.dumps(form | {"title": "Order something"})

    answer = as_root.post(
        "/api/deployments",
        data={
            "resources": (BytesIO(changed.encode()), "order_request.form"),
            "processes": json.dumps(["order"]),
            "confirmWarnings": "true",
        },
    )

    versions = {one["id"]: one["version"] for one in answer.json["models"]}
    assert (versions["order_request"], versions["order"]) == (2, 2)


def test_what_one_may_start_names_its_form(as_ann: FlaskClient) -> None:
    (order,) = as_ann.get("/api/startable").json["items"]

    assert (order["id"], order["names"]["en"]) == ("order", "Order")
    form = as_ann.get(f"/v2/process-definitions/{order['key']}/form").json
    assert order["formKey"] == form["formKey"]


def test_the_form_that_starts_a_process_is_delivered(as_ann: FlaskClient) -> None:
    (order,) = as_ann.get("/api/startable").json["items"]

    sheet = as_ann.get(f"/api/startable/{order['key']}/form").json

    assert sheet["form"]["id"] == "order_request"
    assert "translations" not in sheet["form"]


def test_a_form_of_no_process_is_not_found(as_ann: FlaskClient) -> None:
    assert as_ann.get("/api/startable/1/form").status_code == 404


def test_a_draft_is_saved_read_and_downloaded(as_root: FlaskClient) -> None:
    saved = as_root.put("/api/drafts/note.form", json={"content": FORM})
    read = as_root.get("/api/drafts/note.form")
    file = as_root.get("/api/drafts/note.form/file")

    assert (saved.status_code, saved.headers["ETag"]) == (200, '"1"')
    assert (read.json["content"], read.headers["ETag"]) == (FORM, '"1"')
    assert (file.text, "note.form" in file.headers["Content-Disposition"]) == (FORM, True)
    (listed,) = as_root.get("/api/drafts").json["items"]
    assert (listed["name"], listed["savedBy"]) == ("note.form", "root")


def test_who_saves_over_another_is_told_who_that_was(as_root: FlaskClient) -> None:
    as_root.put("/api/drafts/note.form", json={"content": FORM})
    as_root.put("/api/drafts/note.form", json={"content": FORM}, headers={"If-Match": '"1"'})

    late = as_root.put("/api/drafts/note.form", json={"content": ""}, headers={"If-Match": '"1"'})

    assert (late.status_code, late.json["code"]) == (412, "outdated")
    assert late.json["changedBy"] == "root"
    assert late.json["changedAt"].startswith("20")


def test_a_strange_etag_is_a_bad_request(as_root: FlaskClient) -> None:
    answer = as_root.put("/api/drafts/a.form", json={"content": ""}, headers={"If-Match": "*"})

    assert answer.status_code == 400


def test_a_draft_is_thrown_away(as_root: FlaskClient) -> None:
    as_root.put("/api/drafts/note.form", json={"content": FORM})

    assert as_root.delete("/api/drafts/note.form").status_code == 412
    gone = as_root.delete("/api/drafts/note.form", headers={"If-Match": '"1"'})
    assert gone.status_code == 204
    assert as_root.get("/api/drafts/note.form").status_code == 404


def test_drafts_and_files_are_deployed_with_a_reason(as_root: FlaskClient) -> None:
    as_root.put("/api/drafts/note.form", json={"content": FORM})
    other = FORM.replace("note", "other")

    answer = as_root.post(
        "/api/deployments",
        data={
            "drafts": json.dumps(["note.form"]),
            "resources": (BytesIO(other.encode()), "other.form"),
            "comment": "Asked for by finance",
            "confirmWarnings": "true",
        },
    )

    assert answer.status_code == 200, answer.text
    assert sorted(model["id"] for model in answer.json["models"]) == ["note", "other"]
    (live,) = as_root.get("/api/forms/note/versions").json["items"]
    assert live["comment"] == "Asked for by finance"
    assert as_root.get("/api/drafts/note.form").status_code == 404


def test_warnings_are_confirmed_first(as_root: FlaskClient) -> None:
    process = (FILES / "order.bpmn").read_text(encoding="utf-8")
    nameless = process.replace('id="approve" name="Approve the order"', 'id="approve"')
    files = [
        (BytesIO(nameless.encode()), "order.bpmn"),
        *((BytesIO(p.read_bytes()), p.name) for p in FILES.iterdir() if p.suffix != ".bpmn"),
    ]

    answer = as_root.post("/api/deployments", data={"resources": files})

    assert (answer.status_code, answer.json["code"]) == (409, "warnings-to-confirm")
    assert "name-missing" in {finding["rule"] for finding in answer.json["findings"]}


def test_an_agent_sees_no_drafts(as_ann: FlaskClient) -> None:
    assert as_ann.get("/api/drafts").status_code == 403
    assert as_ann.put("/api/drafts/note.form", json={"content": FORM}).status_code == 403


def test_the_connectors_are_offered_as_templates(as_ann: FlaskClient) -> None:
    templates = as_ann.get("/api/templates").json["items"]

    assert {"redress.email", "redress.refund"} <= {one["id"] for one in templates}
    assert all(one["appliesTo"] and one["properties"] for one in templates)


def test_two_diagrams_are_compared_in_words(as_ann: FlaskClient) -> None:
    before = (FILES / "order.bpmn").read_text(encoding="utf-8")
    after = before.replace('name="Order"', 'name="Purchase"')

    answer = as_ann.post("/api/processes/compare", json={"before": before, "after": after})

    (change,) = answer.json["changes"]
    assert (change["kind"], change["type"], change["elementId"]) == ("changed", "process", "order")
    assert change["details"] == [{"what": "name", "before": "Order", "after": "Purchase"}]


def test_what_is_no_diagram_is_not_compared(as_ann: FlaskClient) -> None:
    answer = as_ann.post("/api/processes/compare", json={"before": "<", "after": "<"})

    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
