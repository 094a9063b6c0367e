"""What does somebody get who sends a diagram of another tool?"""

from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FOREIGN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
 <process id="p"><startEvent id="s"/><exclusiveGateway id="g" name="Agreed?"/>
 <userTask id="x" name="Call" camunda:candidateGroups="agent"/><endEvent id="e"/>
 <sequenceFlow id="s_g" sourceRef="s" targetRef="g"/><sequenceFlow id="g_x" sourceRef="g"
 targetRef="x"/><sequenceFlow id="g_e" sourceRef="g" targetRef="e"/></process></definitions>"""


def send(client: FlaskClient, content: bytes, name: str = "old.bpmn") -> TestResponse:
    return client.post(
        "/api/imports",
        data={"file": (BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def test_the_answer_is_a_diagram_that_can_be_deployed_with_its_added_form(
    as_olivia: FlaskClient,
) -> None:
    imported = send(as_olivia, FOREIGN).json

    assert imported["executable"] is True
    files = [(imported["fileName"], imported["bpmn"])]
    files += [(form["fileName"], form["content"]) for form in imported["forms"]]
    parts = [(BytesIO(content.encode()), name) for name, content in files]
    answer = as_olivia.post(
        "/api/lint", data={"resources": parts}, content_type="multipart/form-data"
    )
    assert len(files) == 2
    assert answer.json["deployable"] is True


def test_the_findings_say_what_was_done_in_both_languages(as_olivia: FlaskClient) -> None:
    findings = send(as_olivia, FOREIGN).json["findings"]

    decision = next(f for f in findings if f["rule"] == "human-decision")
    assert decision["elementId"] == "g"
    assert all(decision[key] for key in ("messageEn", "messageZh", "mendEn", "mendZh"))


def test_a_page_is_answered_with_the_reason_and_no_diagram(as_olivia: FlaskClient) -> None:
    answer = send(as_olivia, b"<!DOCTYPE html><html></html>")

    assert answer.status_code == 201
    assert (answer.json["executable"], answer.json["bpmn"]) == (False, "")
    assert answer.json["findings"][0]["rule"] == "import-not-bpmn"


def test_nothing_sent_is_a_bad_request(as_olivia: FlaskClient) -> None:
    assert as_olivia.post("/api/imports").status_code in (400, 415)


def test_an_agent_imports_nothing(as_ann: FlaskClient) -> None:
    assert send(as_ann, FOREIGN).status_code == 403


def test_a_kept_import_reads_as_it_was_answered(as_olivia: FlaskClient) -> None:
    made = send(as_olivia, FOREIGN).json

    assert as_olivia.get(f"/api/imports/{made['key']}").json == made


def test_the_original_can_be_had_back_byte_for_byte(as_olivia: FlaskClient) -> None:
    key = send(as_olivia, FOREIGN, "旧.bpmn").json["key"]

    answer = as_olivia.get(f"/api/imports/{key}/original")

    assert answer.data == FOREIGN
    assert answer.content_type == "application/octet-stream"
    assert "filename*=UTF-8''%E6%97%A7.bpmn" in answer.headers["Content-Disposition"]


def test_the_translation_can_be_downloaded(as_olivia: FlaskClient) -> None:
    made = send(as_olivia, FOREIGN).json

    assert as_olivia.get(f"/api/imports/{made['key']}/bpmn").data.decode() == made["bpmn"]


def test_there_is_no_translation_of_a_page(as_olivia: FlaskClient) -> None:
    key = send(as_olivia, b"<!DOCTYPE html><html></html>").json["key"]

    assert as_olivia.get(f"/api/imports/{key}/bpmn").status_code == 404
    assert as_olivia.get(f"/api/imports/{key}/original").status_code == 200


def test_the_list_says_which_are_drawings_only(as_olivia: FlaskClient) -> None:
    send(as_olivia, FOREIGN, "good.bpmn")
    send(as_olivia, b"no xml", "bad.bpmn")

    items = as_olivia.get("/api/imports").json["items"]

    assert [(one["fileName"], one["executable"]) for one in items] == [
        ("bad.bpmn", False),
        ("good.bpmn", True),
    ]
    assert items[0]["errors"] == 1


def test_the_list_goes_on_after_a_cursor(as_olivia: FlaskClient) -> None:
    for number in range(3):
        send(as_olivia, FOREIGN, f"{number}.bpmn")
    first = as_olivia.get("/api/imports", query_string={"limit": 2}).json

    after = first["page"]["endCursor"]
    rest = as_olivia.get("/api/imports", query_string={"after": after}).json

    assert [one["fileName"] for one in first["items"]] == ["2.bpmn", "1.bpmn"]
    assert [one["fileName"] for one in rest["items"]] == ["0.bpmn"]


def test_an_agent_sees_no_imports(as_olivia: FlaskClient, as_ann: FlaskClient) -> None:
    key = send(as_olivia, FOREIGN).json["key"]

    assert as_ann.get("/api/imports").json["items"] == []
    assert as_ann.get(f"/api/imports/{key}").status_code == 404
    assert as_ann.get(f"/api/imports/{key}/original").status_code == 404
