"""How are process instances started, found, read and cancelled?"""

from typing import Any

import pytest

from tests.api.v2.conftest import Api


def test_starting_by_id_answers_what_was_started(api: Api) -> None:
    body = {
        "processDefinitionId": "order",
        "variables": {"order_id": "o-7", "amount": 20},
        "businessId": "case-7",
        "tags": ["vip", "channel:online"],
    }

    created = api.ok("POST", "/process-instances", body)

    assert created == {
        "processInstanceKey": created["processInstanceKey"],
        "processDefinitionKey": created["processDefinitionKey"],
        "processDefinitionId": "order",
        "processDefinitionVersion": 1,
        "variables": {"order_id": "o-7", "amount": 20},
        "tags": ["vip", "channel:online"],
        "businessId": "case-7",
        "tenantId": "<default>",
    }


def test_a_process_instance_is_read_with_every_field_of_the_contract(api: Api) -> None:
    key = api.start(businessId="case-7", tags=["vip"])

    read = api.ok("GET", f"/process-instances/{key}")

    assert read == {
        "processInstanceKey": key,
        "processDefinitionKey": read["processDefinitionKey"],
        "processDefinitionId": "order",
        "processDefinitionName": "Order",
        "processDefinitionVersion": 1,
        "processDefinitionVersionTag": "spring",
        "startDate": "2026-03-02T12:00:00Z",
        "endDate": None,
        "suspendedDate": None,
        "state": "ACTIVE",
        "hasIncident": False,
        "parentProcessInstanceKey": None,
        "parentElementInstanceKey": None,
        "rootProcessInstanceKey": key,
        "tags": ["vip"],
        "businessId": "case-7",
        "tenantId": "<default>",
    }


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"processDefinitionVersion": 1}, id="by-version"),
        pytest.param({"processDefinitionVersion": -1}, id="by-the-newest-version"),
        pytest.param({"processDefinitionVersionTag": "spring"}, id="by-version-tag"),
    ],
)
def test_a_version_is_started(api: Api, named: dict[str, Any]) -> None:
    assert api.start(**named)


def test_a_process_is_started_by_its_key(api: Api) -> None:
    key = api.search("process-definitions")[0]["processDefinitionKey"]
    body = {"processDefinitionKey": key, "variables": {"amount": 1, "order_id": "o"}}

    assert api.ok("POST", "/process-instances", body)["processDefinitionId"] == "order"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"processDefinitionId": "nothing"}, 404, id="unknown-process"),
        pytest.param(
            {"processDefinitionId": "order", "processDefinitionVersion": 9}, 404, id="no-version-9"
        ),
        pytest.param(
            {"processDefinitionId": "order", "processDefinitionVersionTag": "autumn"},
            404,
            id="no-such-version-tag",
        ),
        pytest.param({}, 400, id="nothing-named"),
        pytest.param(
            {"processDefinitionId": "order", "processDefinitionKey": "1"}, 400, id="named-twice"
        ),
        pytest.param(
            {"processDefinitionId": "order", "tenantId": "other"}, 400, id="another-tenant"
        ),
        pytest.param({"processDefinitionId": "order", "tags": ["a b"]}, 400, id="no-tag"),
        pytest.param({"processDefinitionId": "order", "colour": 1}, 400, id="unknown-property"),
        pytest.param(
            {"processDefinitionId": "order", "variables": {"n": 1 << 63}},
            400,
            id="a-number-beyond-64-bits",
        ),
        pytest.param(
            {"processDefinitionId": "order", "variables": {"n": [{"m": float("nan")}]}},
            400,
            id="a-number-that-is-none",
        ),
        pytest.param(
            {"processDefinitionId": "order", "awaitCompletion": True}, 501, id="await-completion"
        ),
        pytest.param(
            {"processDefinitionId": "order", "startInstructions": [{"elementId": "pay"}]},
            501,
            id="start-instructions",
        ),
        pytest.param(
            {
                "processDefinitionId": "order",
                "runtimeInstructions": [
                    {"type": "TERMINATE_PROCESS_INSTANCE", "afterElementId": "pay"}
                ],
            },
            501,
            id="runtime-instructions",
        ),
    ],
)
def test_a_start_that_cannot_be_is_refused_and_starts_nothing(
    api: Api, body: dict[str, Any], status: int
) -> None:
    refused = api.call("POST", "/process-instances", body)

    assert refused.status_code == status
    assert refused.mimetype == "application/problem+json"
    assert api.search("process-instances") == []


def test_the_rules_of_the_start_form_hold_for_programs_too(api: Api) -> None:
    body = {"processDefinitionId": "order", "variables": {"order_id": "o", "amount": -1}}

    refused = api.call("POST", "/process-instances", body)

    assert refused.status_code == 422
    assert [e["pointer"] for e in refused.get_json()["errors"]] == ["/variables/amount"]
    assert api.search("process-instances") == []


def test_without_a_business_id_a_case_with_a_new_number_is_opened(api: Api) -> None:
    numbers = [api.ok("GET", f"/process-instances/{api.start()}")["businessId"] for _ in "ab"]

    assert all(numbers)
    assert numbers[0] != numbers[1]


def test_what_is_not_supported_is_named(api: Api) -> None:
    body = {"processDefinitionId": "order", "awaitCompletion": True}

    assert "awaitCompletion" in api.call("POST", "/process-instances", body).get_json()["detail"]


def test_whoever_has_no_role_may_not_start(api: Api) -> None:
    body = {"processDefinitionId": "order"}

    assert api.call("POST", "/process-instances", body, by="carl").status_code == 403


def test_the_warehouse_sees_the_instances_that_it_started_or_works_on(api: Api) -> None:
    api.start()
    own = api.ok(
        "POST",
        "/process-instances",
        {"processDefinitionId": "order", "variables": {"amount": 1, "order_id": "o"}},
        by="wanda",
    )["processInstanceKey"]

    seen = api.search("process-instances", by="wanda")

    assert [i["processInstanceKey"] for i in seen] == [own]
    assert len(api.search("process-instances", by="alice")) == 2


def test_an_instance_that_one_may_not_see_is_not_found(api: Api) -> None:
    key = api.start()

    assert api.call("GET", f"/process-instances/{key}", by="wanda").status_code == 404


def test_instances_are_found_by_variable(api: Api) -> None:
    api.start(variables={"colour": "red"})
    blue = api.start(variables={"colour": "blue"})

    found = api.search(
        "process-instances", {"filter": {"variables": [{"name": "colour", "value": '"blue"'}]}}
    )

    assert [i["processInstanceKey"] for i in found] == [blue]


def test_an_operator_cancels_and_what_it_waited_for_is_gone(api: Api) -> None:
    key = api.start()
    task = api.task(key)

    assert api.ok("POST", f"/process-instances/{key}/cancellation", by="otto") is None

    assert api.ok("GET", f"/process-instances/{key}")["state"] == "TERMINATED"
    assert api.ok("GET", f"/user-tasks/{task}")["state"] == "CANCELED"


def test_an_agent_may_not_cancel(api: Api) -> None:
    assert api.call("POST", f"/process-instances/{api.start()}/cancellation").status_code == 403


def test_cancelling_twice_is_a_conflict(api: Api) -> None:
    key = api.start()
    api.ok("POST", f"/process-instances/{key}/cancellation", {}, by="otto")

    again = api.call("POST", f"/process-instances/{key}/cancellation", {}, by="otto")

    assert again.status_code == 409


def test_elements_are_found_with_their_names_and_types(api: Api) -> None:
    key = api.start()

    found = api.search("element-instances", {"filter": {"processInstanceKey": key}})

    assert [(e["elementId"], e["elementName"], e["type"], e["state"]) for e in found] == [
        ("ordered", "Ordered", "START_EVENT", "COMPLETED"),
        ("classify", "Classify", "BUSINESS_RULE_TASK", "COMPLETED"),
        ("approve", "Approve the order", "USER_TASK", "ACTIVE"),
    ]
    one = api.ok("GET", f"/element-instances/{found[2]['elementInstanceKey']}")
    assert one == found[2]


def test_the_elements_of_an_instance_that_one_may_not_see_are_hidden(api: Api) -> None:
    api.start()

    assert api.search("element-instances", by="wanda") == []
    assert api.search("variables", by="wanda") == []


def test_an_operator_sets_variables_and_they_are_read_as_json_text(api: Api) -> None:
    key = api.start()
    body = {"variables": {"note": {"text": "late"}}}

    api.ok("PUT", f"/element-instances/{key}/variables", body, by="otto")

    only = {"filter": {"processInstanceKey": key, "name": "note"}}
    found = api.search("variables", only)[0]
    assert found == {
        "variableKey": found["variableKey"],
        "name": "note",
        "value": '{"text":"late"}',
        "isTruncated": False,
        "scopeKey": key,
        "processInstanceKey": key,
        "rootProcessInstanceKey": key,
        "tenantId": "<default>",
    }


def test_an_agent_may_not_set_variables_by_hand(api: Api) -> None:
    path = f"/element-instances/{api.start()}/variables"

    assert api.call("PUT", path, {"variables": {"a": 1}}).status_code == 403


def test_a_long_value_is_cut_in_a_list_and_whole_alone(api: Api) -> None:
    key = api.start(variables={"story": "x" * 9_000})
    only = {"filter": {"processInstanceKey": key, "name": "story"}}

    cut = api.search("variables", only)[0]
    whole = api.ok("POST", "/variables/search?truncateValues=false", only)["items"][0]

    assert (len(cut["value"]), cut["isTruncated"]) == (8_191, True)
    assert (len(whole["value"]), whole["isTruncated"]) == (9_002, False)
    assert len(api.ok("GET", f"/variables/{cut['variableKey']}")["value"]) == 9_002
