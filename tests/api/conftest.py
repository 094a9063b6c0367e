"""A small API of its own, to test the layer between Flask and the routes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from api.app import create_app
from api.health import Readiness
from api.operation import operations_in
from engine.bootstrap import Application, build
from engine.clock import SystemClock
from engine.domain.identity import ENGINE, Role
from engine.persistence.database import Database
from engine.services.backlog import Backlog
from engine.services.identity import IdentityService
from engine.settings import Settings
from tests.api import sample_routes
from tests.server import CHEAP, quick_identity

NOTHING_WAITS = Backlog(
    at=SystemClock().now(), timers=[], signals=[], jobs=[], messages=0, incidents={}
)


@pytest.fixture(scope="session", autouse=True)
def _each_route_prepared_once() -> Iterator[None]:
    """Let many applications share what Werkzeug compiles to build the URL of a route.

    It is most of what it takes to make an application, and the same for each one that has the
    route.
    """
    compile_builder = Rule._compile_builder
    compiled: dict[object, Callable[..., tuple[str, str]]] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        known_by = (tuple(rule._trace), repr(rule.defaults), append_unknown)
        if known_by not in compiled:
            compiled[known_by] = compile_builder(rule, append_unknown)
        return compiled[known_by]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """An empty database with every table."""
    made = Database(sqlite_url, synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
def identity(database: Database) -> IdentityService:
    """Knows the agent Ann, whose password is ``ann's password``, and her client ``till``."""
    service = IdentityService(database, SystemClock(), cost=CHEAP)
    service.people.create_account(
        ENGINE, username="ann", name="Ann", password="ann's password", groups=[Role.AGENT]
    )
    service.people.create_client(ENGINE, client_id="till", username="ann", secret="till's secret")
    return service


@pytest.fixture
def readiness() -> Readiness:
    """What the sample server is still busy with: nothing."""
    return Readiness()


@pytest.fixture
def sample_app(
    database: Database, identity: IdentityService, readiness: Readiness, tmp_path: Path
) -> Flask:
    """The sample routes with all that is around them, but without the pages of ``ui/``."""
    application = SimpleNamespace(
        identity=identity,
        settings=Settings(demo=True),
        database=database,
        background=SimpleNamespace(seconds_since_look=lambda: None),
        backlog=SimpleNamespace(look=lambda: NOTHING_WAITS),
    )
    return create_app(
        application, operations_in(sample_routes), readiness=readiness, pages=tmp_path
    )


@pytest.fixture
def sample(sample_app: Flask) -> FlaskClient:
    """A client without credentials."""
    return sample_app.test_client()


@pytest.fixture
def ann(sample_app: Flask, identity: IdentityService) -> FlaskClient:
    """A client that is signed in as Ann."""
    client = sample_app.test_client()
    token = identity.issue_token("till", "till's secret").token
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.fixture
def shipped(sqlite_url: str, tmp_path: Path) -> Iterator[Application]:
    """A whole Redress whose clock may be moved, with some people.

    Ann is an agent, Olivia a process owner, Root an administrator.
    """
    settings = Settings(
        database_url=sqlite_url,
        document_folder=tmp_path / "documents",
        sqlite_synchronous="OFF",
        demo=True,
    )
    application = build(settings)
    application = replace(application, identity=quick_identity(application))
    people = application.identity.people
    roles = {"ann": Role.AGENT, "olivia": Role.PROCESS_OWNER, "root": Role.ADMINISTRATOR}
    for username, role in roles.items():
        people.create_account(
            ENGINE, username=username, name=username.title(), password=None, groups=[role]
        )
        people.create_client(
            ENGINE, client_id=username, username=username, secret=f"{username}'s secret"
        )
    yield application
    application.database.close()


@pytest.fixture
def shipped_readiness() -> Readiness:
    """What the shipped server is still busy with: nothing."""
    return Readiness()


@pytest.fixture
def shipped_app(shipped: Application, shipped_readiness: Readiness) -> Flask:
    """All routes as they are shipped."""
    return create_app(shipped, readiness=shipped_readiness)


@pytest.fixture
def as_ann(shipped: Application, shipped_app: Flask) -> FlaskClient:
    """A client of all routes, signed in as the agent Ann."""
    return signed_in(shipped, shipped_app, "ann")


@pytest.fixture
def as_olivia(shipped: Application, shipped_app: Flask) -> FlaskClient:
    """A client of all routes, signed in as the process owner Olivia."""
    return signed_in(shipped, shipped_app, "olivia")


@pytest.fixture
def as_root(shipped: Application, shipped_app: Flask) -> FlaskClient:
    """A client of all routes, signed in as the administrator Root."""
    return signed_in(shipped, shipped_app, "root")


def signed_in(application: Application, app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    token = application.identity.issue_token(username, f"{username}'s secret").token
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
