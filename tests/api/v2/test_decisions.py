"""How are decisions evaluated, and what is kept of it?"""

from io import BytesIO
from typing import Any

import pytest

from tests.api.v2.conftest import Api


def evaluate(api: Api, **values: Any) -> Any:
    body = {"decisionDefinitionId": "priority", "variables": {"amount": 5_000}} | values
    return api.ok("POST", "/decision-definitions/evaluation", body)


def test_an_evaluation_answers_with_every_decision_behind_it(api: Api) -> None:
    answer = evaluate(api)

    decisions = answer.pop("evaluatedDecisions")
    assert answer == {
        "decisionDefinitionKey": answer["decisionDefinitionKey"],
        "decisionDefinitionId": "priority",
        "decisionDefinitionName": "Priority",
        "decisionDefinitionVersion": 1,
        "decisionRequirementsKey": answer["decisionRequirementsKey"],
        "decisionRequirementsId": "priority_file",
        "decisionEvaluationKey": answer["decisionEvaluationKey"],
        "decisionInstanceKey": answer["decisionEvaluationKey"],
        "output": '"high"',
        "failedDecisionDefinitionId": None,
        "failureMessage": None,
        "tenantId": "<default>",
    }
    assert [(d["decisionDefinitionId"], d["output"]) for d in decisions] == [
        ("is_large", "true"),
        ("priority", '"high"'),
    ]


def test_a_matched_rule_and_its_inputs_are_told(api: Api) -> None:
    last = evaluate(api)["evaluatedDecisions"][-1]

    assert last["decisionDefinitionType"] == "DECISION_TABLE"
    assert last["evaluatedInputs"] == [
        {"inputId": "large_input", "inputName": "Large", "inputValue": "true"}
    ]
    assert last["matchedRules"] == [
        {
            "ruleId": "large_rule",
            "ruleIndex": 1,
            "evaluatedOutputs": [
                {
                    "outputId": "level_output",
                    "outputName": "level",
                    "outputValue": '"high"',
                    "ruleId": "large_rule",
                    "ruleIndex": 1,
                }
            ],
        }
    ]


def test_a_decision_is_evaluated_by_its_key(api: Api) -> None:
    only = {"filter": {"decisionDefinitionId": "is_large"}}
    key = api.search("decision-definitions", only)[0]["decisionDefinitionKey"]
    body = {"decisionDefinitionKey": key, "variables": {"amount": 1}}

    assert api.ok("POST", "/decision-definitions/evaluation", body)["output"] == "false"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"decisionDefinitionId": "nothing"}, 404, id="unknown"),
        pytest.param({"decisionDefinitionKey": "1"}, 404, id="unknown-key"),
        pytest.param({}, 400, id="nothing-named"),
        pytest.param(
            {"decisionDefinitionId": "priority", "decisionDefinitionKey": "1"},
            400,
            id="named-twice",
        ),
        pytest.param(
            {"decisionDefinitionId": "priority", "tenantId": "t"}, 400, id="another-tenant"
        ),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(
    api: Api, body: dict[str, Any], status: int
) -> None:
    assert api.call("POST", "/decision-definitions/evaluation", body).status_code == status


def test_whoever_has_no_role_may_not_evaluate(api: Api) -> None:
    body = {"decisionDefinitionId": "priority"}

    answer = api.call("POST", "/decision-definitions/evaluation", body, by="carl")

    assert answer.status_code == 403


def test_the_evaluation_of_a_process_is_found_where_it_was_made(api: Api) -> None:
    instance = api.start(businessId="case-7")

    (found,) = api.search("decision-instances", {"filter": {"processInstanceKey": instance}})

    assert found == {
        "decisionEvaluationInstanceKey": f"{found['decisionEvaluationKey']}-2",
        "decisionEvaluationKey": found["decisionEvaluationKey"],
        "decisionDefinitionKey": found["decisionDefinitionKey"],
        "decisionDefinitionId": "priority",
        "decisionDefinitionName": "Priority",
        "decisionDefinitionVersion": 1,
        "decisionDefinitionType": "DECISION_TABLE",
        "rootDecisionDefinitionKey": found["decisionDefinitionKey"],
        "processDefinitionKey": found["processDefinitionKey"],
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "elementInstanceKey": found["elementInstanceKey"],
        "businessId": "case-7",
        "evaluationDate": "2026-03-02T12:00:00Z",
        "evaluationFailure": None,
        "result": '"normal"',
        "state": "EVALUATED",
        "tenantId": "<default>",
    }


def test_a_required_decision_is_read_by_its_number(api: Api) -> None:
    api.start()
    (found,) = api.search("decision-instances")
    key = found["decisionEvaluationKey"]

    required = api.ok("GET", f"/decision-instances/{key}-1")
    whole = api.ok("GET", f"/decision-instances/{key}-2")

    assert (required["decisionDefinitionId"], required["result"]) == ("is_large", "false")
    assert required["decisionDefinitionType"] == "LITERAL_EXPRESSION"
    assert [r["ruleId"] for r in whole.pop("matchedRules")] == ["small_rule"]
    assert len(whole.pop("evaluatedInputs")) == 1
    assert whole == found


@pytest.mark.parametrize("id", ["1-1", "x", "99999999999999999999-1", "{key}-0", "{key}-3"])
def test_an_evaluation_that_is_not_there_is_not_found(api: Api, id: str) -> None:
    api.start()
    key = api.search("decision-instances")[0]["decisionEvaluationKey"]

    assert api.call("GET", f"/decision-instances/{id.format(key=key)}").status_code == 404


def test_an_older_version_keeps_its_evaluations_and_its_names(api: Api) -> None:
    api.start()
    newer = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
        id="priority_file" name="New" namespace="x"><decision id="priority" name="New">
        <variable id="v" name="priority"/><literalExpression id="e"><text>"none"</text>
        </literalExpression></decision></definitions>"""
    parts = {"resources": [(BytesIO(newer), "priority.dmn")]}
    assert api.upload("/deployments", parts, by="olivia").status_code == 200

    (found,) = api.search("decision-instances")

    assert (found["decisionDefinitionName"], found["decisionDefinitionVersion"]) == ("Priority", 1)
    latest = {"filter": {"isLatestVersion": True, "decisionDefinitionId": "priority"}}
    assert api.search("decision-definitions", latest)[0]["name"] == "New"


def test_decisions_and_their_file_name_each_other(api: Api) -> None:
    only = {"filter": {"decisionDefinitionId": "priority"}}
    decision = api.search("decision-definitions", only)[0]
    file = api.search("decision-requirements")[0]

    assert file == {
        "decisionRequirementsKey": decision["decisionRequirementsKey"],
        "decisionRequirementsId": "priority_file",
        "decisionRequirementsName": decision["decisionRequirementsName"],
        "version": 1,
        "resourceName": "priority.dmn",
        "tenantId": "<default>",
    }
    key = decision["decisionDefinitionKey"]
    assert api.ok("GET", f"/decision-definitions/{key}") == decision
    key = file["decisionRequirementsKey"]
    assert api.ok("GET", f"/decision-requirements/{key}") == file
