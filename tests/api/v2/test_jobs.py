"""How do outside workers take, finish, fail and wait for jobs?"""

import socket
import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from api.connection import caller_left
from tests.api.v2.conftest import Api


def test_an_activated_job_has_every_field_of_the_contract(api: Api) -> None:
    instance = api.start_and_approve(businessId="case-7", tags=["vip"])

    (job,) = api.activate()

    assert job == {
        "jobKey": job["jobKey"],
        "type": "pay",
        "kind": "BPMN_ELEMENT",
        "listenerEventType": "UNSPECIFIED",
        "worker": "w",
        "retries": 2,
        "deadline": 1772452860000,  # 2026-03-02T12:01:00Z
        "priority": 0,
        "customHeaders": {"bank": "first"},
        "variables": {"order_id": "o-1", "amount": 20, "level": "normal", "approved": True},
        "elementId": "pay",
        "elementInstanceKey": job["elementInstanceKey"],
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "processDefinitionKey": job["processDefinitionKey"],
        "processDefinitionId": "order",
        "processDefinitionVersion": 1,
        "businessId": "case-7",
        "physicalTenantId": "default",
        "userTask": None,
        "tags": ["vip"],
        "tenantId": "<default>",
    }


def test_only_the_variables_asked_for_are_sent(api: Api) -> None:
    api.start_and_approve()

    assert api.activate(fetchVariable=["amount"])[0]["variables"] == {"amount": 20}


def test_a_taken_job_is_offered_again_when_its_lease_ends(api: Api) -> None:
    api.start_and_approve()
    first = api.activate()

    assert api.activate() == []
    api.passes(timedelta(minutes=2))

    assert [job["jobKey"] for job in api.activate()] == [first[0]["jobKey"]]


def test_completing_moves_the_process_on_with_the_variables(api: Api) -> None:
    instance = api.start_and_approve()
    key = api.activate()[0]["jobKey"]

    api.ok("POST", f"/jobs/{key}/completion", {"variables": {"paid": True}}, by="otto")

    only = {"filter": {"processInstanceKey": instance, "name": "paid"}}
    assert api.search("variables", only)[0]["value"] == "true"
    assert api.call("POST", f"/jobs/{key}/completion", {}, by="otto").status_code == 409


def test_a_failed_job_is_offered_again_after_its_back_off(api: Api) -> None:
    api.start_and_approve()
    key = api.activate()[0]["jobKey"]
    body = {"retries": 1, "errorMessage": "busy", "retryBackOff": 30_000}

    api.ok("POST", f"/jobs/{key}/failure", body, by="otto")

    assert api.activate() == []
    job = api.search("jobs")[0]
    assert (job["state"], job["errorMessage"], job["hasFailedWithRetriesLeft"]) == (
        "FAILED",
        "busy",
        True,
    )
    api.passes(timedelta(seconds=31))
    assert api.activate()[0]["retries"] == 1


def test_a_job_without_retries_is_an_incident_until_it_is_resolved(api: Api) -> None:
    instance = api.start_and_approve()
    key = api.activate()[0]["jobKey"]
    api.fail_for_good(key)

    incident = api.search("incidents", {"filter": {"state": "ACTIVE"}})[0]

    assert incident == {
        "incidentKey": incident["incidentKey"],
        "errorType": "JOB_NO_RETRIES",
        "errorMessage": "the bank is closed",
        "state": "ACTIVE",
        "creationTime": "2026-03-02T12:00:00Z",
        "elementId": "pay",
        "elementInstanceKey": incident["elementInstanceKey"],
        "jobKey": key,
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "processDefinitionKey": incident["processDefinitionKey"],
        "processDefinitionId": "order",
        "tenantId": "<default>",
    }
    assert api.ok("GET", f"/process-instances/{instance}")["hasIncident"] is True
    api.ok("POST", f"/incidents/{incident['incidentKey']}/resolution", by="otto")
    assert [job["jobKey"] for job in api.activate()] == [key]
    assert api.ok("GET", f"/incidents/{incident['incidentKey']}")["state"] == "RESOLVED"
    assert api.ok("GET", f"/process-instances/{instance}")["hasIncident"] is False


def test_incidents_are_found_below_an_instance_and_an_element(api: Api) -> None:
    instance = api.start_and_approve()
    api.start_and_approve()
    for job in api.activate():
        api.fail_for_good(job["jobKey"])
    element = api.search("incidents", {"filter": {"processInstanceKey": instance}})[0][
        "elementInstanceKey"
    ]

    of_instance = api.search(f"process-instances/{instance}/incidents")
    of_element = api.search(f"element-instances/{element}/incidents")

    assert [i["processInstanceKey"] for i in of_instance] == [instance]
    assert of_element == of_instance


def test_an_agent_may_not_resolve_an_incident(api: Api) -> None:
    api.start_and_approve()
    api.fail_for_good(api.activate()[0]["jobKey"])
    key = api.search("incidents")[0]["incidentKey"]

    assert api.call("POST", f"/incidents/{key}/resolution", {}).status_code == 403


def test_a_bpmn_error_takes_the_boundary_event(api: Api) -> None:
    instance = api.start_and_approve()
    key = api.activate()[0]["jobKey"]

    api.ok("POST", f"/jobs/{key}/error", {"errorCode": "rejected"}, by="otto")

    only = {"filter": {"processInstanceKey": instance, "elementId": "rejected"}}
    assert len(api.search("element-instances", only)) == 1


def test_a_lease_is_made_longer_and_retries_are_set(api: Api) -> None:
    api.start_and_approve()
    key = api.activate()[0]["jobKey"]
    changes = {"changeset": {"retries": 9, "timeout": 600_000}}

    api.ok("PATCH", f"/jobs/{key}", changes, by="otto")

    job = api.search("jobs", {"filter": {"jobKey": key}})[0]
    assert (job["retries"], job["deadline"]) == (9, "2026-03-02T12:10:00Z")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("PATCH", "", {"changeset": {}}, 400, id="nothing-to-change"),
        pytest.param("PATCH", "", {"changeset": {"retries": 0}}, 400, id="no-retries"),
        pytest.param("PATCH", "", {"changeset": {"priority": 1}}, 501, id="priority"),
        pytest.param(
            "POST", "/completion", {"result": {"type": "userTask"}}, 501, id="listener-result"
        ),
        pytest.param("POST", "/completion", {"jobLeaseToken": "t"}, 501, id="lease-token"),
        pytest.param("POST", "/completion", {"businessId": "b"}, 501, id="business-id"),
        pytest.param("POST", "/failure", {"retries": -1}, 400, id="negative-retries"),
        pytest.param("POST", "/error", {}, 400, id="no-error-code"),
    ],
)
def test_what_a_worker_cannot_say_is_refused(
    api: Api, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    api.start_and_approve()
    key = api.activate()[0]["jobKey"]

    assert api.call(method, f"/jobs/{key}{path}", body, by="otto").status_code == status


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        pytest.param({"timeout": 0}, 400, id="no-lease"),
        pytest.param({"maxJobsToActivate": 0}, 400, id="no-jobs"),
        pytest.param({"tenantIds": ["other"]}, 400, id="another-tenant"),
        pytest.param({"withLease": True}, 501, id="lease-tokens"),
    ],
)
def test_an_activation_out_of_form_is_refused(
    api: Api, changed: dict[str, Any], status: int
) -> None:
    body = {"type": "pay", "timeout": 1_000, "maxJobsToActivate": 1} | changed

    assert api.call("POST", "/jobs/activation", body, by="otto").status_code == status


def test_an_agent_may_not_take_jobs(api: Api) -> None:
    body = {"type": "pay", "timeout": 1_000, "maxJobsToActivate": 1}

    assert api.call("POST", "/jobs/activation", body).status_code == 403


def test_a_worker_waits_for_a_job_and_gets_it_as_soon_as_there_is_one(api: Api) -> None:
    instance = api.start()
    task = api.task(instance)
    taken: list[Any] = []
    other = Api(api.application, api.client.application.test_client())

    worker = threading.Thread(target=lambda: taken.extend(other.activate(requestTimeout=8_000)))
    began = time.monotonic()
    worker.start()
    api.ok("POST", f"/user-tasks/{task}/completion", {"variables": {"approved": True}})
    worker.join(10)

    assert [job["processInstanceKey"] for job in taken] == [instance]
    assert time.monotonic() - began < 8


def test_a_worker_that_waits_for_nothing_is_answered_in_time(api: Api) -> None:
    began = time.monotonic()

    assert api.activate(requestTimeout=300) == []

    assert 0.3 <= time.monotonic() - began < 5


def test_a_worker_that_does_not_want_to_wait_is_answered_at_once(api: Api) -> None:
    began = time.monotonic()

    assert api.activate(requestTimeout=-1) == []

    assert time.monotonic() - began < 2


def test_only_a_few_may_wait_at_once(api: Api) -> None:
    threads = api.application.settings.threads
    waiting = [
        threading.Thread(
            target=Api(api.application, api.client.application.test_client()).activate,
            kwargs={"requestTimeout": 3_000},
        )
        for _ in range(threads // 2)
    ]
    for thread in waiting:
        thread.start()
    time.sleep(1)
    began = time.monotonic()

    api.activate(requestTimeout=3_000)

    assert time.monotonic() - began < 1.5
    for thread in waiting:
        thread.join()


def test_jobs_are_read_with_every_field_of_the_contract(api: Api) -> None:
    instance = api.start_and_approve(businessId="case-7")

    (job,) = api.search("jobs")

    assert job == {
        "jobKey": job["jobKey"],
        "type": "pay",
        "kind": "BPMN_ELEMENT",
        "listenerEventType": "UNSPECIFIED",
        "state": "CREATED",
        "worker": "",
        "retries": 2,
        "priority": 0,
        "deadline": None,
        "errorCode": None,
        "errorMessage": None,
        "hasFailedWithRetriesLeft": False,
        "isDenied": None,
        "deniedReason": None,
        "customHeaders": {"bank": "first"},
        "elementId": "pay",
        "elementInstanceKey": job["elementInstanceKey"],
        "processInstanceKey": instance,
        "rootProcessInstanceKey": instance,
        "processDefinitionKey": job["processDefinitionKey"],
        "processDefinitionId": "order",
        "businessId": "case-7",
        "creationTime": "2026-03-02T12:00:00Z",
        "lastUpdateTime": "2026-03-02T12:00:00Z",
        "endTime": None,
        "tenantId": "<default>",
    }


def hang_up_after_asking(api: Api, *, request_timeout: int) -> list[Any]:
    """Ask for jobs over a connection that the worker has closed meanwhile."""
    ours, theirs = socket.socketpair()
    theirs.close()
    body = {"type": "pay", "worker": "gone", "timeout": 60_000, "maxJobsToActivate": 10}
    with ours:
        answer = api.client.post(
            "/v2/jobs/activation",
            json=body | {"requestTimeout": request_timeout},
            headers={"Authorization": "Bearer otto"},
            environ_overrides={"gunicorn.socket": ours},
        )
    return list(answer.get_json()["jobs"])


@pytest.mark.parametrize("request_timeout", [-1, 10_000], ids=["at-once", "waiting"])
def test_a_job_that_was_taken_for_a_worker_who_hung_up_is_offered_to_the_next(
    api: Api, request_timeout: int
) -> None:
    api.start_and_approve()

    assert hang_up_after_asking(api, request_timeout=request_timeout) == []

    (job,) = api.activate()
    assert job["worker"] == "w"


def test_nobody_waits_for_a_job_on_behalf_of_a_worker_who_hung_up(api: Api) -> None:
    began = time.monotonic()

    assert hang_up_after_asking(api, request_timeout=10_000) == []

    assert time.monotonic() - began < 8


def test_a_worker_who_sends_its_next_request_already_has_not_hung_up() -> None:
    ours, theirs = socket.socketpair()

    with ours, theirs:
        assert not caller_left({"gunicorn.socket": ours})
        theirs.send(b"GET /next")
        assert not caller_left({"gunicorn.socket": ours})
        assert ours.recv(9) == b"GET /next"
