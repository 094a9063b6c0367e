"""One server for all client tests, with the process of tests/api/v2/files deployed."""

from collections.abc import Iterator

import pytest

from tests.clients.server import hire
from tests.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server."""
    made = Server(tmp_path_factory.mktemp("server"), hire)
    made.start()
    yield made
    made.stop()
