"""What can people do with user tasks over HTTP?"""

from typing import Any

import pytest

from tests.api.v2.conftest import Api


def test_a_task_is_read_with_every_field_of_the_contract(api: Api) -> None:
    instance = api.start(businessId="case-7", tags=["vip"])
    key = api.task(instance)

    task = api.ok("GET", f"/user-tasks/{key}")

    assert task == {
        "userTaskKey": key,
        "name": "Approve the order",
        "state": "CREATED",
        "assignee": None,
        "elementId": "approve",
        "elementInstanceKey": task["elementInstanceKey"],
        "candidateGroups": ["agent"],
        "candidateUsers": [],
        "processDefinitionId": "order",
        "processDefinitionKey": task["processDefinitionKey"],
        "processDefinitionVersion": 1,
        "processName": "Order",
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "businessId": "case-7",
        "creationDate": "2026-03-02T12:00:00Z",
        "completionDate": None,
        "followUpDate": None,
        "dueDate": "2026-03-10T12:00:00Z",
        "priority": 70,
        "formKey": task["formKey"],
        "externalFormReference": None,
        "customHeaders": {},
        "tags": ["vip"],
        "tenantId": "<default>",
    }


def test_people_see_their_work_and_supervisors_that_of_all(api: Api) -> None:
    key = api.task(api.start())

    seen = {who: len(api.search("user-tasks", by=who)) for who in ("alice", "wanda", "sue", "carl")}

    assert seen == {"alice": 1, "wanda": 0, "sue": 1, "carl": 0}
    assert api.call("GET", f"/user-tasks/{key}", by="wanda").status_code == 404


@pytest.mark.parametrize(
    ("filter", "matches"),
    [
        pytest.param({"state": "CREATED"}, True, id="state"),
        pytest.param({"state": {"$in": ["COMPLETED", "CANCELED"]}}, False, id="states"),
        pytest.param({"assignee": {"$exists": False}}, True, id="nobody-has-it"),
        pytest.param({"assignee": "alice"}, False, id="mine"),
        pytest.param({"candidateGroup": "agent"}, True, id="my-group"),
        pytest.param({"candidateGroup": {"$neq": "agent"}}, False, id="not-my-group"),
        pytest.param({"candidateUser": "alice"}, False, id="me-in-person"),
        pytest.param({"priority": {"$gte": 70, "$lt": 71}}, True, id="priority"),
        pytest.param({"dueDate": {"$lt": "2026-03-11T00:00:00+08:00"}}, True, id="due-before"),
        pytest.param({"dueDate": {"$lt": "2026-03-10T00:00:00+08:00"}}, False, id="due-later"),
        pytest.param({"name": {"$like": "approve*"}}, True, id="name-pattern"),
        pytest.param({"elementId": "approve"}, True, id="element"),
        pytest.param({"processDefinitionId": "order"}, True, id="process"),
        pytest.param({"tags": ["vip"]}, True, id="tag"),
        pytest.param({"tags": ["vip", "late"]}, False, id="another-tag"),
        pytest.param({"businessId": "case-7"}, True, id="business-id"),
        pytest.param(
            {"processInstanceVariables": [{"name": "amount", "value": "20"}]}, True, id="variable"
        ),
        pytest.param(
            {"localVariables": [{"name": "amount", "value": "20"}]}, False, id="not-local"
        ),
        pytest.param(
            {"localVariables": [{"name": "amount_to_approve", "value": {"$neq": "21"}}]},
            True,
            id="local-variable",
        ),
        pytest.param(
            {"state": "CREATED", "$or": [{"assignee": "adam"}, {"candidateGroup": "agent"}]},
            True,
            id="one-of-two",
        ),
        pytest.param({"tenantId": "<default>"}, True, id="the-tenant"),
    ],
)
def test_tasks_are_filtered(api: Api, filter: dict[str, Any], matches: bool) -> None:
    api.start(businessId="case-7", tags=["vip"])

    assert bool(api.search("user-tasks", {"filter": filter})) is matches


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        pytest.param({"filter": {"colour": "red"}}, "/filter/colour", id="unknown-filter"),
        pytest.param({"sort": [{"field": "colour"}]}, "/sort/0/field", id="unknown-sort"),
        pytest.param({"sort": [{"field": "name", "order": "up"}]}, "/sort/0/order", id="order"),
        pytest.param({"filter": {"state": "OPEN"}}, "/filter/state", id="unknown-state"),
        pytest.param({"filter": {"assignee": None}}, "/filter/assignee", id="null"),
        pytest.param({"filter": {"priority": "high"}}, "/filter/priority", id="no-number"),
        pytest.param({"filter": {"userTaskKey": 1}}, "/filter/userTaskKey", id="key-as-number"),
        pytest.param(
            {"filter": {"dueDate": {"$lt": "2026-03-10T12:00:00"}}},
            "/filter/dueDate",
            id="a-date-without-offset",
        ),
        pytest.param({"page": {"limit": 0}}, "/page/limit", id="no-limit"),
        pytest.param({"page": {"limit": 10_001}}, "/page/limit", id="too-much"),
        pytest.param({"page": {"after": "%"}}, "/page/after", id="no-cursor"),
        pytest.param({"page": {"after": "AAAA", "from": 1}}, "/page", id="two-ways"),
    ],
)
def test_a_search_out_of_form_is_bad_and_says_where(
    api: Api, body: dict[str, Any], pointer: str
) -> None:
    refused = api.call("POST", "/user-tasks/search", body)

    assert refused.status_code == 400
    assert any(e["pointer"].startswith(pointer) for e in refused.get_json()["errors"])


def test_a_cursor_of_another_order_is_refused(api: Api) -> None:
    api.start()
    page = api.ok("POST", "/user-tasks/search", {"sort": [{"field": "dueDate"}]})["page"]
    body = {"sort": [{"field": "name"}], "page": {"after": page["endCursor"]}}

    refused = api.call("POST", "/user-tasks/search", body)

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/page/after"


def test_a_variable_s_value_cannot_be_searched_by_pattern(api: Api) -> None:
    filter = {"processInstanceVariables": [{"name": "a", "value": {"$like": "x*"}}]}

    assert api.call("POST", "/user-tasks/search", {"filter": filter}).status_code == 400


def test_a_person_claims_a_task_and_gives_it_back(api: Api) -> None:
    key = api.task(api.start())

    api.ok("POST", f"/user-tasks/{key}/assignment", {"assignee": "alice"})
    claimed = api.ok("GET", f"/user-tasks/{key}")["assignee"]
    api.ok("DELETE", f"/user-tasks/{key}/assignee")

    assert claimed == "alice"
    assert api.ok("GET", f"/user-tasks/{key}")["assignee"] is None


@pytest.mark.parametrize(
    ("allow_override", "status"),
    [
        pytest.param(False, 409, id="false-keeps-the-first"),
        pytest.param(True, 204, id="true-hands-over"),
        pytest.param(None, 204, id="null-means-true"),
    ],
)
def test_a_taken_task_is_assigned_again(api: Api, allow_override: bool | None, status: int) -> None:
    key = api.task(api.start())
    api.ok("POST", f"/user-tasks/{key}/assignment", {"assignee": "alice"})

    body = {"assignee": "adam", "allowOverride": allow_override}
    again = api.call("POST", f"/user-tasks/{key}/assignment", body, by="sue")

    assert again.status_code == status


def test_a_foreign_task_cannot_be_taken(api: Api) -> None:
    key = api.task(api.start())

    refused = api.call("POST", f"/user-tasks/{key}/assignment", {"assignee": "wanda"}, by="wanda")

    assert refused.status_code == 403


def test_completing_moves_the_process_on(api: Api) -> None:
    instance = api.start()
    key = api.task(instance)

    answer = api.call("POST", f"/user-tasks/{key}/completion", {"variables": {"approved": True}})

    task = api.ok("GET", f"/user-tasks/{key}")
    assert answer.status_code == 204
    assert (task["state"], task["completionDate"]) == ("COMPLETED", "2026-03-02T12:00:00Z")
    only = {"filter": {"processInstanceKey": instance}}
    assert [j["type"] for j in api.search("jobs", only)] == ["pay"]


def test_a_wrong_form_value_is_422_with_its_place(api: Api) -> None:
    key = api.task(api.start())

    refused = api.call("POST", f"/user-tasks/{key}/completion", {"variables": {}})

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/variables/approved"
    assert api.ok("GET", f"/user-tasks/{key}")["state"] == "CREATED"


def test_completing_twice_is_a_conflict(api: Api) -> None:
    key = api.task(api.start())
    body = {"variables": {"approved": True}}
    api.ok("POST", f"/user-tasks/{key}/completion", body)

    assert api.call("POST", f"/user-tasks/{key}/completion", body).status_code == 409


def test_a_supervisor_changes_dates_priority_and_candidates(api: Api) -> None:
    key = api.task(api.start())
    changeset = {
        "dueDate": None,
        "followUpDate": "2026-03-05T08:00:00+08:00",
        "priority": 5,
        "candidateGroups": ["finance"],
        "candidateUsers": ["adam"],
    }

    api.ok("PATCH", f"/user-tasks/{key}", {"changeset": changeset}, by="sue")

    task = api.ok("GET", f"/user-tasks/{key}", by="root")
    names = ("dueDate", "followUpDate", "priority", "candidateGroups", "candidateUsers")
    assert [task[name] for name in names] == [
        None,
        "2026-03-05T00:00:00Z",
        5,
        ["finance"],
        ["adam"],
    ]


def test_null_empties_candidates_and_resets_the_priority(api: Api) -> None:
    key = api.task(api.start())
    changeset = {"priority": None, "candidateGroups": None}

    api.ok("PATCH", f"/user-tasks/{key}", {"changeset": changeset}, by="sue")

    task = api.ok("GET", f"/user-tasks/{key}", by="sue")
    assert (task["priority"], task["candidateGroups"]) == (50, [])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no-changeset"),
        pytest.param({"changeset": {}}, id="nothing-to-change"),
        pytest.param({"changeset": {"priority": 101}}, id="priority-above-100"),
        pytest.param({"changeset": {"colour": "red"}}, id="unknown-property"),
    ],
)
def test_a_change_out_of_form_is_bad(api: Api, body: dict[str, Any]) -> None:
    key = api.task(api.start())

    assert api.call("PATCH", f"/user-tasks/{key}", body, by="sue").status_code == 400


def test_the_form_of_a_task_is_read_by_those_who_see_the_task(api: Api) -> None:
    key = api.task(api.start())

    form = api.ok("GET", f"/user-tasks/{key}/form")

    assert form["formKey"] == api.ok("GET", f"/user-tasks/{key}")["formKey"]
    assert api.call("GET", f"/user-tasks/{key}/form", by="wanda").status_code == 404


def test_variables_of_all_scopes_around_a_task_are_found(api: Api) -> None:
    instance = api.start()
    key = api.task(instance)
    scope = api.ok("GET", f"/user-tasks/{key}")["elementInstanceKey"]
    local = {"variables": {"amount": 21}, "local": True}
    api.ok("PUT", f"/element-instances/{scope}/variables", local, by="otto")
    only = {"filter": {"name": "amount"}}

    found = api.ok("POST", f"/user-tasks/{key}/variables/search", only)["items"]
    seen = api.ok("POST", f"/user-tasks/{key}/effective-variables/search", only)["items"]

    assert {(v["scopeKey"], v["value"]) for v in found} == {(instance, "20"), (scope, "21")}
    assert [(v["scopeKey"], v["value"]) for v in seen] == [(scope, "21")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/user-tasks/1"),
        ("GET", "/user-tasks/1/form"),
        ("DELETE", "/user-tasks/1/assignee"),
        ("POST", "/user-tasks/1/completion"),
        ("POST", "/user-tasks/1/variables/search"),
    ],
)
def test_a_task_that_is_not_there_is_not_found(api: Api, method: str, path: str) -> None:
    assert api.call(method, path, {} if method == "POST" else None).status_code == 404


def test_nothing_is_answered_without_sign_in(api: Api) -> None:
    answer = api.client.post("/v2/user-tasks/search", json={})

    assert answer.status_code == 401
    assert "Basic" in answer.headers["WWW-Authenticate"]
