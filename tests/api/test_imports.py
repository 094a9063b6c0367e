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
    as_ann: FlaskClient,
) -> None:
    imported = send(as_ann, FOREIGN).json

    assert imported["executable"] is True
    files = [(imported["fileName"], imported["bpmn"])]
    files += [(form["fileName"], form["content"]) for form in imported["forms"]]
    parts = [(BytesIO(content.encode()), name) for name, content in files]
    answer = as_ann.post("/api/lint", data={"resources": parts}, content_type="multipart/form-data")
    assert len(files) == 2
    assert answer.json["deployable"] is True


def test_the_findings_say_what_was_done_in_both_languages(as_ann: FlaskClient) -> None:
    findings = send(as_ann, FOREIGN).json["findings"]

    decision = next(f for f in findings if f["rule"] == "human-decision")
    assert decision["elementId"] == "g"
    assert all(decision[key] for key in ("messageEn", "messageZh", "mendEn", "mendZh"))


def test_a_page_is_answered_with_the_reason_and_no_diagram(as_ann: FlaskClient) -> None:
    answer = send(as_ann, b"<!DOCTYPE html><html></html>")

    assert answer.status_code == 200
    assert (answer.json["executable"], answer.json["bpmn"]) == (False, "")
    assert answer.json["findings"][0]["rule"] == "import-not-bpmn"


def test_nothing_sent_is_a_bad_request(as_ann: FlaskClient) -> None:
    assert as_ann.post("/api/imports").status_code in (400, 415)
