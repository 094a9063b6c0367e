"""Servers in processes of their own: Redress, and the bare one that it is compared with."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import ROOT
from engine.bootstrap import Application, build
from engine.settings import Settings
from tests.server import free_port

_START_SECONDS = 60
_REDRESS = [sys.executable, "-c", "from api.cli import main; main(prog_name='redress')"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that answers: its port, and the seconds until it did."""

    port: int
    pid: int
    started_in: float

    def worker_mib(self) -> float:
        """Return the most memory that its worker process has held."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


@contextmanager
def redress(
    folder: Path, *, url: str, mode: str, prepare: Callable[[Application], None] | None
) -> Iterator[Served]:
    """Serve Redress on a database that *prepare* fills first, if it is given."""
    port = free_port()
    chosen = {
        "REDRESS_DATABASE_URL": url,
        "REDRESS_SQLITE_SYNCHRONOUS": mode,
        "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
        "REDRESS_PORT": str(port),
    }
    if prepare:
        application = build(Settings.from_env(chosen))
        prepare(application)
        application.stop()
    with _serving([*_REDRESS, "serve"], port, chosen) as served:
        yield served


@contextmanager
def bare(*, database: str, mode: str) -> Iterator[Served]:
    """Serve the view that only commits."""
    port = free_port()
    arguments = [sys.executable, "-m", "benchmarks.bare_server", str(port), database, mode]
    with _serving(arguments, port, {}) as served:
        yield served


@contextmanager
def _serving(arguments: list[str], port: int, chosen: Mapping[str, str]) -> Iterator[Served]:
    began = time.perf_counter()
    process = subprocess.Popen(
        arguments,
        env={**os.environ, **chosen, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > _START_SECONDS:
                raise RuntimeError(f"{arguments} did not start")
            time.sleep(0.02)
        yield Served(port=port, pid=process.pid, started_in=time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_START_SECONDS)


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
