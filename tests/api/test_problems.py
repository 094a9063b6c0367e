"""What does a refused request learn (RFC 9457)?"""

import pytest
from flask.testing import FlaskClient

from api.problems import STATUS, problem_of, status_of
from engine import errors
from engine.domain.findings import Finding, Severity


def test_a_refusal_is_a_problem_document(ann: FlaskClient) -> None:
    answer = ann.get("/orders/3")

    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "/problems/not-found",
        "title": "No such thing, or none that you may see",
        "status": 404,
        "detail": "no order 3",
        "instance": "/orders/3",
        "code": "not-found",
    }


@pytest.mark.parametrize("path", ["/orders/3", "/refused", "/crash", "/problems/unknown"])
def test_the_type_of_a_problem_leads_to_its_explanation(ann: FlaskClient, path: str) -> None:
    problem = ann.get(path).json

    page = ann.get(problem["type"])

    assert page.status_code == 200
    assert page.text.startswith(f"{problem['code']} ({problem['status']})\n\n")


def test_a_value_against_its_rule_is_pointed_at(ann: FlaskClient) -> None:
    answer = ann.post("/refused")

    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {
            "pointer": "/variables/amount",
            "code": "max",
            "detail": "at most 5",
            "params": {"max": 5},
        }
    ]


def test_an_unknown_address_is_a_problem_too(ann: FlaskClient) -> None:
    answer = ann.get("/nowhere")

    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_a_wrong_method_says_which_are_allowed(ann: FlaskClient) -> None:
    answer = ann.patch("/orders")

    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_fault_of_ours_shows_an_id_and_nothing_of_the_inside(ann: FlaskClient) -> None:
    answer = ann.get("/crash", headers={"X-Request-Id": "r-1"})

    assert answer.status_code == 500
    assert answer.json["requestId"] == "r-1"
    assert b"secret internals" not in answer.data


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("x"), 404),
        (errors.Conflict("x"), 409),
        (errors.RevisionConflict("x"), 409),
        (errors.Forbidden("x"), 403),
        (errors.Unauthenticated("x"), 401),
        (errors.TooManyAttempts("x", retry_after_seconds=3), 429),
        (errors.InvalidInput("x"), 422),
        (errors.DeploymentRefused("x"), 400),
        (errors.ExpressionError("x"), 422),
        (errors.LimitExceeded("x"), 422),
        (errors.NotSupported("x"), 501),
        (errors.ConnectorUnavailable("x"), 502),
        (errors.ConnectorRejected("x"), 502),
        (errors.RedressError("x"), 500),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_status(error: errors.RedressError, status: int) -> None:
    assert problem_of(error).status == status


def test_every_class_of_errors_has_a_status_and_a_code_of_its_own() -> None:
    def below(kind: type[errors.RedressError]) -> set[type[errors.RedressError]]:
        return {kind}.union(*(below(k) for k in kind.__subclasses__()))

    public = ("engine.errors", "api.errors")
    kinds = [kind for kind in below(errors.RedressError) if kind.__module__ in public]
    codes = [kind.code for kind in kinds]
    assert sorted(codes) == sorted(set(codes))
    assert all(status_of(kind) for kind in kinds)
    assert set(STATUS) <= set(kinds)


def test_a_refused_deployment_names_the_findings() -> None:
    finding = Finding(
        rule="missing-form",
        resource="complaint.bpmn",
        element_id="accept",
        severity=Severity.ERROR,
        message_en="No form.",
        message_zh="没有表单。",
    )

    members = problem_of(errors.DeploymentRefused("refused", [finding])).members

    assert members["findings"] == [
        {
            "rule": "missing-form",
            "resource": "complaint.bpmn",
            "elementId": "accept",
            "severity": "error",
            "messageEn": "No form.",
            "messageZh": "没有表单。",
            "mendEn": "",
            "mendZh": "",
        }
    ]
