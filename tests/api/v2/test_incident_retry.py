"""What does an operator get who retries many incidents?"""

from tests.api.v2.conftest import Api


def retry(api: Api, by: str = "otto", **body: object) -> tuple[int, dict[str, object]]:
    answer = api.client.post(
        "/api/incidents/retry", json=body, headers={"Authorization": f"Bearer {by}"}
    )
    return answer.status_code, answer.get_json()


def listed(api: Api, **asked: str) -> list[dict[str, object]]:
    headers = {"Authorization": "Bearer otto"}
    answer = api.client.get("/api/incidents", query_string=asked, headers=headers)
    items: list[dict[str, object]] = answer.get_json()["items"]
    return items


def fail(api: Api, times: int) -> None:
    for _ in range(times):
        api.start_and_approve()
        api.fail_for_good(api.activate()[0]["jobKey"])


def test_the_incidents_of_a_process_are_retried_in_portions(api: Api) -> None:
    fail(api, 3)

    _, first = retry(api, processDefinitionId="order", elementId="pay", limit=2)
    _, second = retry(api, limit=2, after=first["lastKey"], createdUntil=first["createdUntil"])

    assert (first["retried"], first["refused"], first["remaining"]) == (2, [], 1)
    assert (second["retried"], second["remaining"]) == (1, 0)
    assert {incident["state"] for incident in api.search("incidents")} == {"RESOLVED"}


def test_incidents_of_other_errors_are_left_alone(api: Api) -> None:
    fail(api, 1)

    _, done = retry(api, errorType="CONDITION_ERROR")

    assert done["retried"] == 0
    assert [incident["state"] for incident in api.search("incidents")] == ["ACTIVE"]


def test_only_given_up_work_of_the_type_that_is_meant_is_retried(api: Api) -> None:
    fail(api, 1)
    (failed,) = listed(api, jobType="pay")

    _, others = retry(api, jobType="redress:email")
    _, done = retry(api, jobType="pay")

    assert failed["jobType"] == "pay"
    assert (others["retried"], done["retried"]) == (0, 1)
    assert listed(api, jobType="pay") == []


def test_an_agent_retries_nothing(api: Api) -> None:
    fail(api, 1)

    status, problem = retry(api, by="alice")

    assert (status, problem["code"]) == (403, "forbidden")
