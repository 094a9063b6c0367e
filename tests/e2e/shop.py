"""A demo server process with a database of its own, to be started, killed and started again."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from api.demo.client import Client

ROOT = Path(__file__).parents[2]
KILLED_AT = (0.1, 0.35, 0.8)
"""How much of the demo is loaded when the server is killed."""

_REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]
_PATIENCE_SECONDS = 240
_LOOK_EVERY_SECONDS = 0.2


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Shop:
    """One installation. ``output`` holds what its servers printed.

    ``greetings`` holds what share was loaded when somebody signed in, and whom the server saw.
    """

    def __init__(self, folder: Path, *, smtp_port: int) -> None:
        self.port = free_port()
        self.database_url = f"sqlite:///{folder / 'redress.db'}"
        self.output = folder / "output.txt"
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "REDRESS_DATABASE_URL": self.database_url,
            "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
            "REDRESS_PORT": str(self.port),
            "REDRESS_SMTP_HOST": "127.0.0.1",
            "REDRESS_SMTP_PORT": str(smtp_port),
        }
        self.greetings: list[tuple[float | None, str]] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        """Start ``redress demo`` and return when it answers."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [*_REDRESS, "demo", *options],
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        end = time.monotonic() + _PATIENCE_SECONDS
        while self.loaded() is None:
            assert time.monotonic() < end, self.printed()
            assert self._process.poll() is None, self.printed()
            time.sleep(_LOOK_EVERY_SECONDS)

    def loaded(self) -> float | None:
        """Return how much of the demo is played: 1 when it is ready, None if nobody answers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            try:
                connection.request("GET", "/health/ready")
                document = json.loads(connection.getresponse().read())
            except OSError:
                return None
        return float(document["loading"].get("demo", 1))

    def greet(self) -> None:
        """Sign in and take note of the answer."""
        with closing(Client("127.0.0.1", self.port)) as client:
            who = client.get("mei", "/v2/authentication/me")["username"]
        self.greetings.append((self.loaded(), who))

    def wait_until_loaded(self, share: float, *, seconds: float) -> None:
        """Return when at least *share* of the demo is played."""
        end = time.monotonic() + seconds
        while (self.loaded() or 0) < share:
            assert time.monotonic() < end, self.printed()
            time.sleep(_LOOK_EVERY_SECONDS)

    def kill(self) -> None:
        """Kill the server and its worker at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to stop, and wait for it."""
        self._signal(signal.SIGTERM)

    def printed(self) -> str:
        """Return what the servers printed."""
        return self.output.read_text(errors="replace")

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)
            self._process.wait(timeout=60)
