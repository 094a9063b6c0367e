"""Does the real server start, serve, drain and come back?"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.server import is_loopback
from engine.clock import SystemClock
from engine.domain.identity import ENGINE
from engine.persistence.database import Database
from engine.persistence.migrate import migrate
from engine.services.identity import IdentityService

ROOT = Path(__file__).parents[2]
REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]
START_SECONDS = 120


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """One database and one port, for the servers that a test starts one after the other."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.database_url = f"sqlite:///{folder / 'redress.db'}"
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "REDRESS_DATABASE_URL": self.database_url,
            "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
            "REDRESS_PORT": str(self.port),
        }
        self._started: list[subprocess.Popen[str]] = []

    def start(self, *options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*REDRESS, "serve", *options],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def get(self, path: str) -> tuple[int, object]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def wait_until_ready(self) -> object:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                status, document = self.get("/health/ready")
            except OSError:
                assert time.monotonic() < end, "the server did not start in time"
                assert self._started[-1].poll() is None, self._started[-1].communicate()[1]
                time.sleep(0.05)
            else:
                assert status == 200
                return document

    def stop_all(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation whose servers end with the test."""
    made = Installation(tmp_path)
    yield made
    made.stop_all()


def test_it_starts_on_an_empty_folder_and_says_when_it_is_ready(
    installation: Installation,
) -> None:
    installation.start()

    assert installation.wait_until_ready() == {"status": "UP", "loading": {}}


def terminate(server: subprocess.Popen[str]) -> None:
    """Do as a service manager does."""
    server.terminate()


def press_ctrl_c(server: subprocess.Popen[str]) -> None:
    """Do as a terminal does: every process of the group gets the signal."""
    os.killpg(server.pid, signal.SIGINT)


@pytest.mark.parametrize("stop", [terminate, press_ctrl_c])
def test_a_request_under_way_is_answered_before_it_stops(
    installation: Installation, stop: Callable[[subprocess.Popen[str]], None]
) -> None:
    server = installation.start()
    installation.wait_until_ready()
    body = b"grant_type=client_credentials&client_id=till&client_secret=x"
    head = (
        "POST /oauth/token HTTP/1.1\r\nHost: test\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    with closing(socket.create_connection(("127.0.0.1", installation.port), 10)) as client:
        client.sendall(head.encode() + body[:10])
        time.sleep(0.3)
        stop(server)
        time.sleep(0.3)
        client.sendall(body[10:])
        answer = client.recv(4096)

    assert answer.startswith(b"HTTP/1.1 401 ")
    _, log = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 0
    assert json.loads(log.splitlines()[-1])["event"] == "stopped"


def test_it_comes_back_after_a_kill(installation: Installation) -> None:
    server = installation.start()
    installation.wait_until_ready()
    server.kill()
    server.wait()

    installation.start()

    assert installation.wait_until_ready() == {"status": "UP", "loading": {}}


def test_it_stays_on_this_machine_while_demo_accounts_exist(installation: Installation) -> None:
    database = Database(installation.database_url)
    migrate(database)
    people = IdentityService(database, SystemClock()).people
    people.create_account(ENGINE, username="demo", name="Demo", password="demo", demo=True)
    database.close()

    server = installation.start("--host", "0.0.0.0")
    _, log = server.communicate(timeout=START_SECONDS)

    assert server.returncode == 1
    assert log.startswith("Error: demo accounts exist")


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
    ],
)
def test_which_addresses_only_this_machine_can_reach(host: str, only_here: bool) -> None:
    assert is_loopback(host) is only_here
