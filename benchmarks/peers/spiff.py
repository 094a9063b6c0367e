"""SpiffWorkflow as it comes: its parser, its serializer, and a commit at every wait state.

A server keeps nothing between two requests, so each completion reads the state back, runs, and
writes it. Nothing else is written: no task list, no history, no variables to search by.
"""

import io
import sqlite3
from pathlib import Path

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class Spiff:
    """Runs diagrams in plain BPMN with Python conditions, durable on SQLite."""

    def __init__(self, file: Path, diagrams: dict[str, bytes], *, synchronous: str) -> None:
        self._serializer = BpmnWorkflowSerializer()
        self._specs = {name: _spec(name, content) for name, content in diagrams.items()}
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute(f"pragma synchronous = {synchronous}")
        self._connection.execute("create table state (key integer primary key, content text)")

    def start(self, name: str) -> int:
        """Start a process, run it to its wait states, commit; return its key."""
        workflow = BpmnWorkflow(*self._specs[name])
        _run(workflow)
        text = self._serializer.serialize_json(workflow)
        cursor = self._connection.execute("insert into state (content) values (?)", [text])
        return int(cursor.lastrowid or 0)

    def complete(self, key: int, data: dict[str, object]) -> bool:
        """Complete the first waiting user task or timer; tell whether the process is done."""
        workflow = self._workflow(key)
        workflow.refresh_waiting_tasks()
        ready = workflow.get_tasks(state=TaskState.READY)
        waiting = next((task for task in ready if task.task_spec.manual), None)
        if waiting is not None:
            waiting.data.update(data)
            waiting.run()
        _run(workflow)
        text = self._serializer.serialize_json(workflow)
        self._connection.execute("update state set content = ? where key = ?", [text, key])
        return bool(workflow.is_completed())

    def size(self, key: int) -> int:
        """Return how many bytes the state of a process takes."""
        statement = "select length(cast(content as blob)) from state where key = ?"
        return int(self._connection.execute(statement, [key]).fetchone()[0])

    def _workflow(self, key: int) -> BpmnWorkflow:
        found = self._connection.execute("select content from state where key = ?", [key])
        return self._serializer.deserialize_json(found.fetchone()[0])


def plain(content: bytes) -> bytes:
    """Return a shipped diagram as this engine can run it: every step of work is a user task.

    The shape stays: nodes, flows, gateways, boundary events. The first way out of a gateway is
    taken, timers wait for an hour, and messages are boundary timers too.
    """
    root = etree.fromstring(content)
    for extension in root.iter(f"{{{BPMN}}}extensionElements"):
        extension.clear()
    for tag in ("serviceTask", "sendTask", "businessRuleTask", "callActivity", "scriptTask"):
        for element in list(root.iter(f"{{{BPMN}}}{tag}")):
            element.tag = f"{{{BPMN}}}userTask"
            for unwanted in element.findall(f"{{{BPMN}}}multiInstanceLoopCharacteristics"):
                element.remove(unwanted)
    for condition in root.iter(f"{{{BPMN}}}conditionExpression"):
        condition.text = "True"
    for tag in ("timeDuration", "timeCycle", "timeDate"):
        for time in list(root.iter(f"{{{BPMN}}}{tag}")):
            time.tag, time.text = f"{{{BPMN}}}timeDuration", '"PT1H"'
    return etree.tostring(root)


def _spec(name: str, content: bytes) -> tuple[object, object]:
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(content), filename=name)
    return parser.get_spec(name), parser.get_subprocess_specs(name)


def _run(workflow: BpmnWorkflow) -> None:
    workflow.do_engine_steps()
