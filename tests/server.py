"""A real Redress in a process of its own, for tests that come by HTTP."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from engine.bootstrap import Application, build
from engine.services.identity import Cost, IdentityService
from engine.settings import Settings

ROOT = Path(__file__).parents[1]
REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]
PATIENCE_SECONDS = 240
"""After so long a server that lives and is not ready is given up: long on a quiet machine."""
CHEAP = Cost(iterations=1, lanes=1, memory_kib=8)
"""What hashing a password costs in tests."""


def quick_identity(application: Application) -> IdentityService:
    """Return the people of an application, with hashes that cost next to nothing."""
    return IdentityService(application.database, application.clock, cost=CHEAP)


class Server:
    """Starts on a free port with a database of its own; stops by SIGTERM.

    *prepare* fills the database before the server opens it.
    """

    def __init__(
        self,
        folder: Path,
        prepare: Callable[[Application], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = f"sqlite:///{folder / 'redress.db'}"
        self._prepare = prepare
        self._environment = {
            "PYTHONPATH": str(ROOT),
            "REDRESS_DATABASE_URL": self.database_url,
            "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
            "REDRESS_SQLITE_SYNCHRONOUS": "OFF",
            "REDRESS_PORT": str(self.port),
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready."""
        application = build(Settings.from_env(self._environment))
        try:
            self._prepare(application)
        finally:
            application.database.close()
        self._process = subprocess.Popen([*REDRESS, "serve"], env=os.environ | self._environment)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None, "the server ended before it was ready"
            assert time.monotonic() < deadline, f"not ready after {PATIENCE_SECONDS} s"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop as an operator does."""
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with closing(connection):
            try:
                connection.request("GET", "/health/ready")
                return connection.getresponse().status == 200
            except OSError:
                return False


def free_port() -> int:
    """Return a port of the loopback that nobody listens to."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
