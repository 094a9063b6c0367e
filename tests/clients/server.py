"""A real Redress in a process of its own, for clients that speak HTTP."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from engine.clock import SystemClock
from engine.domain.identity import ENGINE, Role
from engine.persistence.database import Database
from engine.persistence.migrate import migrate
from engine.services.identity import Cost, IdentityService

ROOT = Path(__file__).parents[2]
REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]
START_SECONDS = 30
CHEAP = Cost(iterations=1, lanes=1, memory_kib=8)

PASSWORD = "a password for tests"
CLIENT_ID, CLIENT_SECRET = "test-client", "a secret for tests"
PEOPLE = {
    "demo": [Role.ADMINISTRATOR],
    "alice": [Role.AGENT],
    "adam": [Role.AGENT],
    "wanda": [Role.WAREHOUSE],
}


class Server:
    """Starts on a free port with an empty database and a few people; stops by SIGTERM."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._database_url = f"sqlite:///{folder / 'redress.db'}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready."""
        self._put_people_in()
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "REDRESS_DATABASE_URL": self._database_url,
            "REDRESS_DOCUMENT_FOLDER": str(self._folder / "documents"),
            "REDRESS_SQLITE_SYNCHRONOUS": "OFF",
            "REDRESS_PORT": str(self.port),
        }
        self._process = subprocess.Popen([*REDRESS, "serve"], env=environment)
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop as an operator does."""
        if self._process:
            self._process.terminate()
            self._process.wait(START_SECONDS)

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with closing(connection):
            try:
                connection.request("GET", "/health/ready")
                return connection.getresponse().status == 200
            except OSError:
                return False

    def _put_people_in(self) -> None:
        database = Database(self._database_url)
        migrate(database)
        people = IdentityService(database, SystemClock(), cost=CHEAP).people
        for username, groups in PEOPLE.items():
            people.create_account(
                ENGINE, username=username, name=username.title(), password=PASSWORD, groups=groups
            )
        people.create_client(ENGINE, client_id=CLIENT_ID, username="demo", secret=CLIENT_SECRET)
        database.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
