"""Can any request, however odd, bring out a fault of ours?"""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.openapi import document
from api.operation import Operation
from api.routes import OPERATIONS
from engine.bootstrap import build
from engine.domain.identity import ENGINE, Role
from engine.settings import Settings
from tests.api.strategies import Requests

FILES = Path(__file__).parent / "v2" / "files"
DESCRIPTION: dict[str, Any] = document(OPERATIONS, version="1")
MOVES_TIME = {"pinClock", "resetClock"}  # years of due timers would be lived through
ODD = [one for one in OPERATIONS if one.id not in MOVES_TIME and not one.parts]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An administrator's client of a Redress in which a process runs."""
    folder = tmp_path_factory.mktemp("robust")
    application = build(
        Settings(
            database_url=f"sqlite:///{folder / 'redress.db'}",
            document_folder=folder / "documents",
            sqlite_synchronous="OFF",
        )
    )
    people = application.identity.people
    people.create_account(
        ENGINE, username="root", name="Root", password=None, groups=[Role.ADMINISTRATOR]
    )
    people.create_client(ENGINE, client_id="root", username="root", secret="root's secret")
    application.deployments.deploy(ENGINE, {p.name: p.read_bytes() for p in FILES.iterdir()})
    variables = {"order_id": "o-1", "amount": 20}
    application.instances.create(ENGINE, process_id="order", variables=variables)
    made = create_app(application).test_client()
    token = application.identity.issue_token("root", "root's secret").token
    made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    yield made
    application.database.close()


@pytest.fixture(scope="module")
def requests(client: FlaskClient) -> Requests:
    """Requests about things that exist, and others."""
    tasks = client.post("/v2/user-tasks/search", json={}).json["items"]
    elements = client.post("/v2/element-instances/search", json={}).json["items"]
    variables = client.post("/v2/variables/search", json={}).json["items"]
    keys = [
        *(task["userTaskKey"] for task in tasks),
        *(task["processInstanceKey"] for task in tasks),
        *(task["processDefinitionKey"] for task in tasks),
        *(element["elementInstanceKey"] for element in elements),
        *(variable["variableKey"] for variable in variables),
    ]
    return Requests(DESCRIPTION, keys)


def described(one: Operation) -> tuple[str, dict[str, Any]]:
    return next(
        (path, methods[one.method.lower()])
        for path, methods in DESCRIPTION["paths"].items()
        if methods.get(one.method.lower(), {}).get("operationId") == one.id
    )


def bodies(about: dict[str, Any], requests: Requests) -> st.SearchStrategy[Any]:
    if "requestBody" not in about:
        return st.none()
    schema = about["requestBody"]["content"]["application/json"]["schema"]
    return requests.value(schema).map(without_waiting) | requests.anything.map(without_waiting)


def without_waiting(body: Any) -> Any:
    """Ask for jobs at once; a test has no time to wait for them."""
    is_activation = isinstance(body, dict) and "maxJobsToActivate" in body
    return {**body, "requestTimeout": -1} if is_activation else body


@pytest.mark.parametrize("one", ODD, ids=lambda one: one.id)
def test_no_request_is_answered_by_an_internal_error(
    one: Operation, client: FlaskClient, requests: Requests
) -> None:
    path, about = described(one)
    in_path = {p["name"]: requests.path_value(p) for p in about["parameters"] if p["in"] == "path"}
    listed = {int(status) for status in about["responses"] if status != "default"}

    @settings(
        max_examples=12,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(values=st.fixed_dictionaries(in_path), body=bodies(about, requests))
    def odd_request(values: dict[str, str], body: Any) -> None:
        address = path
        for name, value in values.items():
            address = address.replace(f"{{{name}}}", quote(value, safe=""))
        sent = {"json": body} if "requestBody" in about else {}

        answer = client.open(address, method=one.method, **sent)

        assert answer.status_code != HTTPStatus.INTERNAL_SERVER_ERROR
        assert answer.status_code in listed | {404}

    odd_request()
