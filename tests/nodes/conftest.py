"""Nodes: real processes on one real PostgreSQL, and a payment provider that they all ask."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from engine.bootstrap import Application, build
from engine.settings import Settings
from tests.nodes.provider import Provider

ROOT = Path(__file__).parents[2]
REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]
PATIENCE = 120.0
"""Seconds until a test gives up; a busy machine starts a node slowly."""


def until(true: Callable[[], bool], what: str, *, seconds: float = PATIENCE) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of the loopback that nobody listens to."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Node:
    """One ``redress`` process and what it logged."""

    def __init__(self, log: Path, environment: dict[str, str], *arguments: str) -> None:
        self._log = log
        with log.open("wb") as stderr:
            self.process = subprocess.Popen(
                [*REDRESS, *arguments], env=os.environ | environment, stderr=stderr
            )

    def events(self) -> list[str]:
        """Return what it logged, one event a line."""
        lines = [line for line in self._log.read_bytes().splitlines() if line.startswith(b"{")]
        return [str(orjson.loads(line)["event"]) for line in lines]

    def until_logged(self, event: str, times: int = 1) -> None:
        """Wait until it has logged an event so often."""
        until(lambda: self.events().count(event) >= times, f"{event}: {self._log.read_text()}")

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self.process.send_signal(number)


class Nodes:
    """Starts nodes on one database; all end with the test."""

    def __init__(self, folder: Path, database_url: str, provider: Provider) -> None:
        self._folder = folder
        self._environment = {
            "PYTHONPATH": str(ROOT),
            "REDRESS_DATABASE_URL": database_url,
            "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
            "REDRESS_PAYMENTS_URL": provider.url,
        }
        self._started: list[Node] = []

    def start(self, *arguments: str) -> Node:
        """Start a node, without waiting for it."""
        log = self._folder / f"node-{len(self._started)}.log"
        self._started.append(Node(log, self._environment, *arguments))
        return self._started[-1]

    def working(self, count: int) -> list[Node]:
        """Start so many nodes that work in the background; return when they do."""
        nodes = [self.start("work") for _ in range(count)]
        for node in nodes:
            node.until_logged("working")
        return nodes

    def close(self) -> None:
        """Kill whatever still runs."""
        for node in self._started:
            node.process.kill()
            node.process.wait()


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def nodes(tmp_path: Path, postgresql_url: str, provider: Provider) -> Iterator[Nodes]:
    made = Nodes(tmp_path, postgresql_url, provider)
    yield made
    made.close()


@pytest.fixture
def app(tmp_path: Path, postgresql_url: str) -> Iterator[Application]:
    """Redress on the same database, without background work of its own."""
    made = build(Settings(database_url=postgresql_url, document_folder=tmp_path / "documents"))
    yield made
    made.stop()
