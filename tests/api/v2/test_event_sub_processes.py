"""Does an event sub-process of every kind begin over the API, on a server that restarts?

Each step is taken by a server of its own on what the one before has left.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest

from tests.api.v2.conftest import Api, opened
from tests.bpmn.build import Content, Diagram, caught, condition, element, timer

HOUR = timedelta(hours=1)


class Case:
    """One instance, and the folder that is all a server finds of it."""

    def __init__(self, folder: Path) -> None:
        self.key = ""
        self._folder = folder
        self._open = ExitStack()
        self._api = self._open.enter_context(opened(folder))

    @contextmanager
    def server(self) -> Iterator[Api]:
        """Stop the server, start another one for one step, and do what is due after it."""
        now = self._api.application.clock.now()
        self.close()
        self._api = self._open.enter_context(opened(self._folder))
        self._api.application.clock.pin(now)
        yield self._api
        self._api.application.background.run_until_idle()

    def close(self) -> None:
        """Stop the server."""
        self._open.close()

    def begin(self, diagram: Diagram) -> None:
        """Deploy and start."""
        with self.server() as api:
            files = {"resources": [(BytesIO(diagram.xml()), "case.bpmn")]}
            assert api.upload("/deployments", files, by="olivia").status_code == 200
        with self.server() as api:
            body = {"processDefinitionId": "process", "variables": {"number": "c-1", "risk": 1}}
            self.key = api.ok("POST", "/process-instances", body)["processInstanceKey"]

    def tasks(self) -> list[str]:
        """Return where people are asked to work."""
        return sorted(task["elementId"] for task in self._open_tasks())

    def complete(self, element_id: str) -> None:
        """Complete the task at an element."""
        (key,) = [t["userTaskKey"] for t in self._open_tasks() if t["elementId"] == element_id]
        with self.server() as api:
            api.ok("POST", f"/user-tasks/{key}/completion", {}, by="root")

    def state(self) -> str:
        """Return the state of the instance."""
        return str(self._api.ok("GET", f"/process-instances/{self.key}")["state"])

    def elements(self, kind: str) -> list[str]:
        """Return the states of the element instances of one type."""
        only = {"filter": {"processInstanceKey": self.key, "type": kind}}
        return [e["state"] for e in self._api.search("element-instances", only, by="root")]

    def _open_tasks(self) -> list[dict[str, str]]:
        only = {"filter": {"processInstanceKey": self.key, "state": "CREATED"}}
        return self._api.search("user-tasks", only, by="root")


def time_passes(case: Case) -> None:
    with case.server() as api:
        api.passes(HOUR)


def message_comes(case: Case) -> None:
    with case.server() as api:
        api.ok("POST", "/messages/publication", {"name": "stop", "correlationKey": "c-1"})


def signal_comes(case: Case) -> None:
    with case.server() as api:
        api.ok("POST", "/signals/broadcast", {"signalName": "recall"})


def variable_changes(case: Case) -> None:
    with case.server() as api:
        body = {"variables": {"risk": 9}}
        api.ok("PUT", f"/element-instances/{case.key}/variables", body, by="otto")


def job_throws(case: Case) -> None:
    with case.server() as api:
        (job,) = api.activate(type="work")
    with case.server() as api:
        api.ok("POST", f"/jobs/{job['jobKey']}/error", {"errorCode": "bad"}, by="otto")


def branch_escalates(case: Case) -> None:
    case.complete("ask")


KINDS: dict[str, tuple[str, Callable[[Case], None]]] = {
    "timer": (timer("Duration", "PT1H"), time_passes),
    "message": (caught("message", "stop"), message_comes),
    "signal": (caught("signal", "recall"), signal_comes),
    "condition": (condition("=risk > 5"), variable_changes),
    "error": (caught("error", "bad"), job_throws),
    "escalation": (caught("escalation", "late"), branch_escalates),
}


def beside(definition: str, *, interrupting: bool) -> Diagram:
    """A job and a task that ends by escalating, with an event sub-process beside them."""
    diagram = Diagram().message("stop", key="=number").signal("recall")
    diagram.error("bad").escalation("late").start().parallel("fork")
    diagram.job("work").end("done").user("ask")
    diagram.end("told", caught("escalation", "late"))
    diagram.chain("start", "fork", "work", "done").chain("fork", "ask", "told")
    inner = Content().user("handle").end("handled").chain("begin", "handle", "handled")
    flag = str(interrupting).lower()
    inner.parts.append(element("startEvent", "begin", definition, isInterrupting=flag))
    return diagram.sub("handler", inner, triggeredByEvent="true")


@pytest.fixture
def case(migrated: Path, tmp_path: Path) -> Iterator[Case]:
    copytree(migrated, tmp_path, dirs_exist_ok=True)
    made = Case(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_an_interrupting_one_ends_all_else_and_then_the_instance(case: Case, kind: str) -> None:
    definition, happen = KINDS[kind]
    case.begin(beside(definition, interrupting=True))

    happen(case)
    assert case.tasks() == ["handle"]
    with case.server() as api:
        assert api.activate(type="work") == []

    case.complete("handle")
    assert case.state() == "COMPLETED"
    assert case.elements("EVENT_SUB_PROCESS") == ["COMPLETED"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "error"])
def test_one_that_does_not_interrupt_runs_beside_the_rest(case: Case, kind: str) -> None:
    definition, happen = KINDS[kind]
    case.begin(beside(definition, interrupting=False))

    happen(case)
    assert "handle" in case.tasks()
    with case.server() as api:
        (job,) = api.activate(type="work")
    with case.server() as api:
        api.ok("POST", f"/jobs/{job['jobKey']}/completion", {}, by="otto")

    case.complete("handle")
    if kind != "escalation":
        case.complete("ask")
    assert case.state() == "COMPLETED"
    assert set(case.elements("EVENT_SUB_PROCESS")) == {"COMPLETED"}
