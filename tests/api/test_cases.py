"""Can the whole story of a case be read back?"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role

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
