"""A small API of its own, to test the layer between Flask and the routes."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.health import Readiness
from api.operation import operations_in
from engine.clock import SystemClock
from engine.domain.identity import ENGINE, Role
from engine.persistence.database import Database
from engine.persistence.schema import metadata
from engine.services.identity import Cost, IdentityService
from engine.settings import Settings
from tests.api import sample_routes

CHEAP = Cost(iterations=1, lanes=1, memory_kib=8)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database with every table."""
    made = Database(f"sqlite:///{tmp_path / 'sample.db'}", synchronous="OFF")
    with made.write() as connection:
        metadata.create_all(connection)
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
def sample_app(database: Database, identity: IdentityService, readiness: Readiness) -> Flask:
    """The sample routes with all that is around them."""
    application = SimpleNamespace(
        identity=identity, settings=Settings(demo=True), database=database
    )
    return create_app(application, operations_in(sample_routes), readiness=readiness)


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
