"""Does a browser get back what was typed?"""

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application
from tests.api.test_cases import ANN, FILES, OWNER


@pytest.fixture
def path(shipped: Application, as_ann: FlaskClient) -> str:
    """Where the draft of an open task is."""
    shipped.deployments.deploy(OWNER, {path.name: path.read_bytes() for path in FILES.iterdir()})
    shipped.instances.create(ANN, process_id="order", variables={"order_id": "o-1", "amount": 20})
    (task,) = as_ann.post("/v2/user-tasks/search", json={}).json["items"]
    return f"/api/user-tasks/{task['userTaskKey']}/draft"


def test_there_is_nothing_before_anything_is_typed(as_ann: FlaskClient, path: str) -> None:
    assert as_ann.get(path).status_code == 204


def test_what_was_typed_comes_back(as_ann: FlaskClient, path: str) -> None:
    saved = as_ann.put(path, json={"variables": {"text": "你好", "list": [1, None]}})

    found = as_ann.get(path).json

    assert saved.status_code == 200
    assert found == {"variables": {"text": "你好", "list": [1, None]}, **saved.json}


def test_a_forgotten_draft_is_gone(as_ann: FlaskClient, path: str) -> None:
    as_ann.put(path, json={"variables": {"text": "x"}})

    assert as_ann.delete(path).status_code == 204
    assert as_ann.get(path).status_code == 204


def test_a_second_window_is_told_that_there_is_another_draft(
    as_ann: FlaskClient, path: str
) -> None:
    first = as_ann.put(path, json={"variables": {"text": "a"}, "replaces": None}).json
    as_ann.put(path, json={"variables": {"text": "b"}, "replaces": first["revision"]})

    late = as_ann.put(path, json={"variables": {"text": "c"}, "replaces": first["revision"]})

    assert (late.status_code, late.json["code"]) == (412, "outdated")
    assert as_ann.get(path).json["variables"] == {"text": "b"}
