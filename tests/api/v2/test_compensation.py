"""Can what was done be undone over HTTP, by people and workers, on both databases?"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.api.v2.conftest import Api, opened
from tests.bpmn.build import Diagram, compensation


@pytest.fixture
def api(database_url: str, tmp_path: Path) -> Iterator[Api]:
    diagram = Diagram("sale").start().user("refund").user("parcel").end("end", compensation())
    diagram.chain("start", "refund", "parcel", "end")
    diagram.user("fetch", isForCompensation="true").undone_by("parcel", "fetch")
    diagram.job("take_back", type="pay", isForCompensation="true").undone_by("refund", "take_back")
    with opened(tmp_path, database_url) as api:
        parts = {"resources": [(BytesIO(diagram.xml()), "sale.bpmn")]}
        answer = api.upload("/deployments", parts, by="olivia")
        assert answer.status_code == 200, answer.text
        yield api


def sold(api: Api) -> str:
    """Do what is undone next; return the instance's key."""
    body = {"processDefinitionId": "sale"}
    key = str(api.ok("POST", "/process-instances", body, by="root")["processInstanceKey"])
    for _ in ("refund", "parcel"):
        api.ok("POST", f"/user-tasks/{api.task(key)}/completion", {}, by="root")
    return key


def state(api: Api, key: str) -> str:
    return str(api.ok("GET", f"/process-instances/{key}", by="root")["state"])


def test_a_person_and_a_worker_undo_what_was_done_the_last_first(api: Api) -> None:
    key = sold(api)
    task = api.ok("GET", f"/user-tasks/{api.task(key)}", by="root")
    assert task["elementId"] == "fetch"
    assert api.activate() == []

    api.ok("POST", f"/user-tasks/{task['userTaskKey']}/completion", {}, by="root")
    (job,) = api.activate()
    assert job["elementId"] == "take_back"
    assert state(api, key) == "ACTIVE"
    api.ok("POST", f"/jobs/{job['jobKey']}/completion", {}, by="otto")

    assert state(api, key) == "COMPLETED"


def test_the_visits_of_a_compensation_are_found(api: Api) -> None:
    only = {"filter": {"processInstanceKey": sold(api)}}

    found = api.search("element-instances", only, by="root")

    seen = {item["elementId"]: (item["type"], item["state"]) for item in found}
    assert seen["parcel_undone"] == ("BOUNDARY_EVENT", "COMPLETED")
    assert seen["fetch"] == ("USER_TASK", "ACTIVE")
    assert seen["end"] == ("END_EVENT", "ACTIVE")


def test_a_handler_cannot_be_completed_twice(api: Api) -> None:
    task = api.task(sold(api))
    api.ok("POST", f"/user-tasks/{task}/completion", {}, by="root")

    answer = api.call("POST", f"/user-tasks/{task}/completion", {}, by="root")

    assert answer.status_code == 409


def test_a_cancelled_instance_undoes_nothing(api: Api) -> None:
    key = sold(api)

    api.ok("POST", f"/process-instances/{key}/cancellation", {}, by="root")

    assert state(api, key) == "TERMINATED"
    assert api.activate() == []
