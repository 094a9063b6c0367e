"""Can the whole story of a case be read back?"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from tests.bpmn.build import Diagram, mapping

FILES = Path(__file__).parent / "v2" / "files"
OWNER = Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER}))
ANN = Actor(username="ann", groups=frozenset({Role.AGENT}))


@pytest.fixture
def number(shipped: Application) -> str:
    """The number of a case that Ann has opened."""
    files = {path.name: path.read_bytes() for path in FILES.iterdir()}
    shipped.deployments.deploy(OWNER, files)
    shipped.instances.create(
        ANN,
        process_id="order",
        variables={"order_id": "o-1", "amount": 20},
        business_id="C-2026-0001",
    )
    return "C-2026-0001"


def test_a_case_names_its_processes_and_their_versions(as_ann: FlaskClient, number: str) -> None:
    case = as_ann.get(f"/api/cases/{number}").json

    (process,) = case["processes"]
    assert case["number"] == number
    assert case["endedAt"] is None
    assert (process["processId"], process["version"], process["state"]) == ("order", 1, "ACTIVE")
    assert process["startedBy"] == "ann"


def test_its_story_says_who_did_what_in_which_order(as_ann: FlaskClient, number: str) -> None:
    facts = as_ann.get(f"/api/cases/{number}/history").json["facts"]

    assert facts[0]["kind"] == "instance_started"
    assert facts[0]["actor"] == "ann"
    assert [fact["sequence"] for fact in facts] == list(range(1, len(facts) + 1))
    assert all(len(fact["digest"]) == 64 for fact in facts)
    assert {fact["version"] for fact in facts} == {1}


def test_an_unknown_case_is_not_found(as_ann: FlaskClient, number: str) -> None:
    assert as_ann.get("/api/cases/C-0").status_code == 404
    assert as_ann.get("/api/cases/C-0/history").status_code == 404


def test_a_case_shows_its_tasks_and_who_may_do_them(as_ann: FlaskClient, number: str) -> None:
    case = as_ann.get(f"/api/cases/{number}").json

    (task,) = case["tasks"]
    assert task["names"] == {"en": "Approve the order", "zh": "Approve the order"}
    assert (task["candidateGroups"], task["mayWork"]) == (["agent"], True)
    assert [deadline["kind"] for deadline in case["deadlines"]] == ["TASK"]
    assert (case["state"], case["mayCancel"]) == ("ACTIVE", False)


def test_cases_are_searched_in_the_query(as_ann: FlaskClient, number: str) -> None:
    answer = as_ann.get("/api/cases?number=2026-0001&state=ACTIVE&person=ann&limit=1").json

    (case,) = answer["items"]
    assert (case["number"], case["openTasks"]) == (number, 1)
    assert answer["page"]["totalItems"] == 1


@pytest.mark.parametrize("query", ["limit=501", "state=OPEN", "sort=owner", "owner=ann"])
def test_what_a_search_does_not_know_is_refused(as_ann: FlaskClient, query: str) -> None:
    assert as_ann.get(f"/api/cases?{query}").status_code == 400


def test_data_path_and_replay_belong_to_a_case(as_ann: FlaskClient, number: str) -> None:
    data = as_ann.get(f"/api/cases/{number}/variables").json["items"]
    (path,) = as_ann.get(f"/api/cases/{number}/path").json["items"]
    replay = as_ann.get(f"/api/cases/{number}/replay?limit=2").json

    (amount,) = [one for one in data if one["name"] == "amount"]
    assert (amount["value"], amount["changes"][0]["new"]) == (20, 20)
    assert {"flowId": "to_approve", "count": 1} in path["flows"]
    (approve,) = [one for one in path["elements"] if one["elementId"] == "approve"]
    assert (approve["active"], approve["type"]) == (1, "USER_TASK")
    assert approve["names"] == next(
        step["names"]
        for step in as_ann.get(f"/api/cases/{number}/replay").json["items"]
        if step["elementId"] == "approve"
    )
    assert len(replay["items"]) == 2
    assert replay["totalSteps"] > 2
    after = as_ann.get(
        f"/api/cases/{number}/replay", query_string={"after": replay["endCursor"]}
    ).json
    assert after["items"][0]["sequence"] == 3


def test_a_letter_says_how_far_it_came(shipped: Application, as_ann: FlaskClient) -> None:
    write = mapping(
        {
            "to": '="mei@example.com"',
            "template": "=template",
            "language": '="en"',
            "values": "={}",
        }
    )
    diagram = Diagram("letter")
    diagram.start().job("write", type="redress:email", settings=write).end()
    diagram.chain("start", "write", "end")
    shipped.deployments.deploy(OWNER, {"letter.bpmn": diagram.xml()})
    shipped.instances.create(
        ANN, process_id="letter", variables={"template": "unknown"}, business_id="L-1"
    )

    (before,) = as_ann.get("/api/cases/L-1").json["messages"]
    shipped.background.run_until_idle()
    (after,) = as_ann.get("/api/cases/L-1").json["messages"]

    assert (before["state"], before["elementId"], before["to"]) == ("WAITING", "write", None)
    assert after["state"] == "FAILED"
    assert "unknown" in after["errorMessage"]
    (incident,) = as_ann.get("/api/incidents?caseNumber=L-1").json["items"]
    assert incident["errorType"] == "JOB_NO_RETRIES"
    assert incident["zh"]["happened"]


def test_a_letter_that_was_sent_can_be_read(shipped: Application, as_ann: FlaskClient) -> None:
    write = mapping(
        {
            "to": '="mei@example.com"',
            "template": '="return_expired"',
            "language": '="en"',
            "values": '={name: "Mei", order_id: "o-1", return_number: "L-2"}',
        }
    )
    diagram = Diagram("letter")
    diagram.start().job("write", type="redress:email", settings=write).end()
    diagram.chain("start", "write", "end")
    shipped.deployments.deploy(OWNER, {"letter.bpmn": diagram.xml()})
    shipped.instances.create(ANN, process_id="letter", business_id="L-2")

    shipped.background.run_until_idle()

    (letter,) = as_ann.get("/api/cases/L-2").json["messages"]
    assert (letter["state"], letter["to"]) == ("SENT", "mei@example.com")
    assert letter["subject"]
    assert letter["body"]
