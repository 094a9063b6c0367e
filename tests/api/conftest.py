"""A small API of its own, to test the layer between Flask and the routes."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.operation import operations_in
from engine.domain.identity import Actor
from engine.errors import Unauthenticated
from engine.settings import Settings
from tests.api import sample_routes


class OnePerson:
    """Knows Ann, whose password is hers."""

    def authenticate_password(self, username: str, password: str) -> Actor:
        if (username, password) != ("ann", "pass"):
            raise Unauthenticated("wrong user name or password")
        return Actor(username="ann")

    def authenticate_token(self, token: str) -> Actor:
        if token != "ann-token":
            raise Unauthenticated("unknown token")
        return Actor(username="ann")


@pytest.fixture
def sample() -> Iterator[FlaskClient]:
    """A client of the sample routes, without credentials."""
    application = SimpleNamespace(identity=OnePerson(), settings=Settings())
    app = create_app(application, operations_in(sample_routes))
    with app.test_client() as client:
        yield client


@pytest.fixture
def ann(sample: FlaskClient) -> FlaskClient:
    """The same client, signed in."""
    sample.environ_base["HTTP_AUTHORIZATION"] = "Bearer ann-token"
    return sample
