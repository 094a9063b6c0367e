"""A whole Redress behind its API, with one process deployed and people of every role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.domain.identity import Actor, Role
from engine.errors import Unauthenticated
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings

FILES = Path(__file__).parent / "files"
ORDER = ("order.bpmn", "priority.dmn", "order_request.form", "approval.form")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACTORS = {
    actor.username: actor
    for actor in (
        Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER})),
        Actor(username="alice", groups=frozenset({Role.AGENT})),
        Actor(username="adam", groups=frozenset({Role.AGENT})),
        Actor(username="sue", groups=frozenset({Role.SUPERVISOR})),
        Actor(username="wanda", groups=frozenset({Role.WAREHOUSE})),
        Actor(username="otto", groups=frozenset({Role.OPERATOR})),
        Actor(username="root", groups=frozenset({Role.ADMINISTRATOR})),
        Actor(username="carl", groups=frozenset()),
    )
}


class ByName:
    """Signs in the people above by their names as tokens; hashes nothing."""

    def __init__(self, application: Application) -> None:
        self.people = application.identity.people

    def authenticate_token(self, token: str) -> Actor:
        if token not in ACTORS:
            raise Unauthenticated("unknown token")
        return ACTORS[token]


@dataclass(frozen=True, slots=True)
class Api:
    """Sends requests as somebody; ``alice``, an agent, where a test does not say."""

    application: Application
    client: FlaskClient

    def call(self, method: str, path: str, body: Any = None, *, by: str = "alice") -> TestResponse:
        """Send JSON and return the response, whatever its status."""
        headers = {"Authorization": f"Bearer {by}"}
        return self.client.open(f"/v2{path}", method=method, json=body, headers=headers)

    def ok(self, method: str, path: str, body: Any = None, *, by: str = "alice") -> Any:
        """Send JSON, expect success and return the answer's JSON, None for 204."""
        response = self.call(method, path, body, by=by)
        assert response.status_code in (200, 201, 204), response.text
        return response.get_json() if response.status_code != 204 else None

    def search(self, what: str, body: Any = None, *, by: str = "alice") -> list[Any]:
        """Search and return the items."""
        return self.ok("POST", f"/{what}/search", body or {}, by=by)["items"]

    def upload(self, path: str, parts: dict[str, Any], *, by: str) -> TestResponse:
        """Send multipart/form-data."""
        return self.client.post(
            f"/v2{path}",
            data=parts,
            content_type="multipart/form-data",
            headers={"Authorization": f"Bearer {by}"},
        )

    def deploy(self, *names: str, by: str = "olivia") -> TestResponse:
        """Deploy files of the folder next to this one."""
        parts = {"resources": [(BytesIO((FILES / name).read_bytes()), name) for name in names]}
        return self.upload("/deployments", parts, by=by)

    def start(self, **values: Any) -> str:
        """Start an order; return the key of its process instance."""
        variables = {"order_id": "o-1", "amount": 20} | values.pop("variables", {})
        body = {"processDefinitionId": "order", "variables": variables} | values
        return str(self.ok("POST", "/process-instances", body)["processInstanceKey"])

    def task(self, instance_key: str) -> str:
        """Return the key of the instance's open user task."""
        only = {"filter": {"processInstanceKey": instance_key, "state": "CREATED"}}
        return str(self.search("user-tasks", only, by="root")[0]["userTaskKey"])

    def start_and_approve(self, **values: Any) -> str:
        """Start an order and bring it to the payment job."""
        key = self.start(**values)
        body = {"variables": {"approved": True}}
        self.ok("POST", f"/user-tasks/{self.task(key)}/completion", body)
        return key

    def activate(self, **values: Any) -> list[Any]:
        """Take payment jobs as the operator, without waiting."""
        body = {
            "type": "pay",
            "worker": "w",
            "timeout": 60_000,
            "maxJobsToActivate": 10,
            "requestTimeout": -1,
        } | values
        return list(self.ok("POST", "/jobs/activation", body, by="otto")["jobs"])

    def fail_for_good(self, job_key: str) -> None:
        """Let a job fail without retries left: an incident."""
        body = {"retries": 0, "errorMessage": "the bank is closed"}
        self.ok("POST", f"/jobs/{job_key}/failure", body, by="otto")

    def passes(self, time: timedelta) -> None:
        """Let time pass."""
        clock = self.application.clock
        clock.pin(clock.now() + time)


@contextmanager
def opened(folder: Path, database_url: str = "") -> Iterator[Api]:
    """A Redress whose documents lie in the folder, and its database where it has no other."""
    settings = Settings(
        database_url=database_url or f"sqlite:///{folder}/redress.db",
        sqlite_synchronous="OFF",
        document_folder=folder / "documents",
        demo=True,
    )
    application = build(settings, clock=SwitchableClock(ManualClock(NOON)))
    app = create_app(replace(application, identity=ByName(application)))
    with app.test_client() as client:
        yield Api(application, client)
    application.stop()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    with opened(folder):
        return folder


@pytest.fixture(scope="session")
def deployed(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that holds the process ``order``, to be copied."""
    folder = tmp_path_factory.mktemp("deployed")
    copytree(migrated, folder, dirs_exist_ok=True)
    with opened(folder) as api:
        answer = api.deploy(*ORDER)
        assert answer.status_code == 200, answer.text
    return folder


@pytest.fixture
def empty(migrated: Path, tmp_path: Path) -> Iterator[Api]:
    """Nothing deployed."""
    copytree(migrated, tmp_path, dirs_exist_ok=True)
    with opened(tmp_path) as api:
        yield api


@pytest.fixture
def api(deployed: Path, tmp_path: Path) -> Iterator[Api]:
    """The process ``order`` is deployed, with its decisions and its form."""
    copytree(deployed, tmp_path, dirs_exist_ok=True)
    with opened(tmp_path) as made:
        yield made
