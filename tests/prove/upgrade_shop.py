"""A shop whose nodes are of two releases, and the people who work on them over HTTP."""

import base64
import http.client
import json
import os
import subprocess
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tests import complaint
from tests.bpmn.build import Diagram, caught, timer
from tests.nodes.conftest import free_port, until

BOSS = "root"
PASSWORD = "a password of a shop that lives for a minute"
GROUPS = ("administrator", "agent", "supervisor", "finance", "warehouse", "operator")
STOPS_WITHIN = 60  # seconds
ANSWER_WITHIN = 60  # seconds
PAUSE = 0.05  # seconds between two looks at the work list
HOUR_MS = 3_600_000
LOST_RACE = (404, 409)
"""Somebody else has done the task meanwhile: that is said, and nothing is done."""
FORMS: Mapping[str, Mapping[str, object]] = {
    **complaint.FORMS,
    "pack": {"packed": True},
    "look": {"seen": True},
    "unpack": {"unpacked": True},
}


@dataclass(frozen=True, slots=True)
class Release:
    """A checkout of a release, and how its ``redress`` is started."""

    checkout: Path
    redress: tuple[str, ...]

    def shipped(self) -> list[Path]:
        """Return the files of the models that it brings."""
        folders = ("workflows/bpmn", "workflows/dmn", "forms")
        files = (file for folder in folders for file in (self.checkout / folder).iterdir())
        return sorted(file for file in files if file.suffix in (".bpmn", ".dmn", ".form"))


def trip(folder: Path, version: int) -> list[Path]:
    """Write a process with a timer, a call, a message and a signal, and what it calls."""
    leg = Diagram("leg").start().user("look", name=f"Look {version}").end()
    leg.chain("start", "look", "end")
    whole = Diagram("trip").message("go", key="=number").signal("heard")
    whole.start().user("pack").call("fly", process="leg").user("unpack", name=f"Unpack {version}")
    whole.add("intermediateCatchEvent", "pause", timer("Duration", "PT0.5S"))
    whole.add("receiveTask", "wait", messageRef="message_go")
    whole.add("intermediateCatchEvent", "hear", caught("signal", "heard")).end()
    whole.chain("start", "pack", "pause", "fly", "wait", "hear", "unpack", "end")
    for diagram in (leg, whole):
        (folder / f"{diagram.process_id}.bpmn").write_bytes(diagram.xml())
    return [folder / "leg.bpmn", folder / "trip.bpmn"]


class Node:
    """One ``redress serve``, as those see it who ask it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self._port = port
        secret = base64.b64encode(f"{BOSS}:{PASSWORD}".encode()).decode()
        self._headers = {"Authorization": f"Basic {secret}", "Content-Type": "application/json"}

    @property
    def is_ready(self) -> bool:
        """Tell whether it says that it takes requests."""
        with suppress(OSError, http.client.HTTPException):
            return self._ask("GET", "/health/ready")[0] == 200
        return False

    def post(self, path: str, body: object) -> tuple[int, dict[str, Any]]:
        """Post and return the status and the answer."""
        status, content = self._ask("POST", path, json.dumps(body))
        return status, cast(dict[str, Any], json.loads(content)) if content else {}

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_WITHIN)
        with closing(connection):
            connection.request(method, path, body, self._headers)
            answer = connection.getresponse()
            return answer.status, answer.read()


class Shop:
    """One PostgreSQL, one folder of documents, one payment provider; nodes of any release."""

    def __init__(self, folder: Path, database_url: str, payments_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self._environment = {
            "REDRESS_DATABASE_URL": database_url,
            "REDRESS_DOCUMENT_FOLDER": str(folder / "documents"),
            "REDRESS_PAYMENTS_URL": payments_url,
        }
        self._started: list[subprocess.Popen[bytes]] = []

    def run(self, release: Release, *command: str, typed: str = "") -> None:
        """Run a command of that release to its end."""
        done = subprocess.run(
            [*release.redress, *command],
            env=self._environment_of(release),
            cwd=self.folder,
            input=typed,
            text=True,
            check=False,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr

    def open(self, release: Release) -> None:
        """Let a release make the database, its accounts and its models."""
        self.run(release, "migrate")
        groups = [part for group in GROUPS for part in ("--group", group)]
        self.run(release, "user", "add", BOSS, *groups, "--password-file", "-", typed=PASSWORD)
        self.deploy(release, release.shipped())

    def deploy(self, release: Release, files: Iterable[Path]) -> None:
        """Deploy files with that release."""
        self.run(release, "deploy", *map(str, files))

    def serve(self, release: Release) -> Node:
        """Start a node of that release and return when it is ready."""
        port = free_port()
        log = self.folder / f"node-{len(self._started)}.log"
        with log.open("wb") as stderr:
            process = subprocess.Popen(
                [*release.redress, "serve", "--port", str(port)],
                env=self._environment_of(release),
                cwd=self.folder,
                stderr=stderr,
            )
        self._started.append(process)
        node = Node(process, port)
        until(lambda: node.is_ready or process.poll() is not None, "a node is ready")
        assert process.poll() is None, log.read_text()
        return node

    def stop(self, node: Node) -> int:
        """Stop a node as an operator does; return its exit status."""
        node.process.terminate()
        return node.process.wait(STOPS_WITHIN)

    def close(self) -> None:
        """Kill whatever still runs."""
        for process in self._started:
            process.kill()
            process.wait()

    def _environment_of(self, release: Release) -> dict[str, str]:
        return os.environ | self._environment | {"PYTHONPATH": str(release.checkout)}


class Crew:
    """People at one node each: they do whatever is open, and mind only what is no lost race.

    ``answered`` counts the forms by node; ``lost`` the races for a task; ``complaints`` tells what
    a node should not have answered.
    """

    def __init__(self) -> None:
        self.answered: Counter[Node] = Counter()
        self.lost = 0
        self.complaints: list[str] = []
        self._gone_home: dict[Node, threading.Event] = {}

    def begin(self, node: Node, numbers: Iterable[int]) -> None:
        """Start a complaint and a trip of each number, and tell the trip to go on."""
        for number in numbers:
            for process, variables in (
                ("complaint", complaint.COMPLAINT),
                ("trip", {"number": f"N-{number}"}),
            ):
                asked = {"processDefinitionId": process, "variables": variables}
                self._must(node, "/v2/process-instances", asked | {"businessId": f"N-{number}"})
            message = {"name": "go", "correlationKey": f"N-{number}", "timeToLive": HOUR_MS}
            self._must(node, "/v2/messages/publication", message)

    @contextmanager
    def at(self, node: Node) -> Iterator[None]:
        """Let somebody work on that node within the block."""
        gone = threading.Event()
        thread = threading.Thread(target=self._work, args=(node, gone))
        thread.start()
        try:
            yield
        finally:
            gone.set()
            thread.join()

    def _work(self, node: Node, gone: threading.Event) -> None:
        while not gone.wait(PAUSE):
            try:
                self._broadcast_and_answer(node)
            except Exception as error:
                self.complaints.append(f"a node did not answer: {error!r}")
                return

    def _broadcast_and_answer(self, node: Node) -> None:
        self._must(node, "/v2/signals/broadcast", {"signalName": "heard"})
        search = {"filter": {"state": "CREATED"}, "page": {"limit": 100}}
        for task in self._must(node, "/v2/user-tasks/search", search).get("items", ()):
            form = FORMS.get(task["elementId"])
            if form is not None:
                self._answer(node, task["userTaskKey"], form)

    def _answer(self, node: Node, key: str, form: Mapping[str, object]) -> None:
        status, answer = node.post(f"/v2/user-tasks/{key}/completion", {"variables": form})
        if status in LOST_RACE:
            self.lost += 1
        elif status >= 400:
            self.complaints.append(f"{status} for a form: {answer}")
        else:
            self.answered[node] += 1

    def _must(self, node: Node, path: str, body: object) -> dict[str, Any]:
        status, answer = node.post(path, body)
        if status >= 400:
            self.complaints.append(f"{status} for {path}: {answer}")
        return answer
