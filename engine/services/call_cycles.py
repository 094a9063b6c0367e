"""Call cycles: processes that call each other in a circle would never come to an end.

Looked for when a deployment could close one: at its own processes and all that they call, in
this deployment or deployed before. A cycle that is not there when the last of its processes is
deployed cannot come later, for links are fixed text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.bpmn import ReferenceKind
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.events import Binding, Reference
from engine.domain.findings import Finding, Rule
from engine.errors import DeploymentRefused
from engine.persistence.stores import definitions
from engine.services.bundle import Bundle, Model
from engine.services.command import Command

RULES = {
    "call-cycle": Rule(
        "The process calls itself in a circle: {circle}.",
        "流程形成循环调用：{circle}。",
        "Draw the repetition as a loop inside one process, or start the next by a message.",
        "请在一个流程内用循环表达重复，或通过消息启动下一个流程。",
    )
}

_Process = Model | Definition
_Name = tuple[str, int]
"""A process id with the key of its version; 0 stands for the one being deployed."""


def refuse_call_cycles(command: Command, bundle: Bundle) -> None:
    """Raise DeploymentRefused where processes of the deployment would call each other for ever."""
    calls = _Calls(command, bundle)
    findings: list[Finding] = []
    for model in bundle.models:
        if model.kind is DefinitionKind.PROCESS:
            findings.extend(_circles_through(calls, model))
    if findings:
        raise DeploymentRefused("processes would call each other for ever", findings)


def _circles_through(calls: "_Calls", model: Model) -> Iterator[Finding]:
    """Yield a finding for each call of *model* that leads back to it."""
    for element_id, reference in calls.of(model):
        circle = _way_back(calls, calls.called(model, reference), _name(model))
        if circle is not None:
            yield RULES["call-cycle"].finding(
                "call-cycle",
                resource=model.resource_name,
                element_id=element_id,
                parts={"circle": " → ".join([model.id, *circle])},
            )


def _way_back(calls: "_Calls", first: _Process | None, goal: _Name) -> list[str] | None:
    """Return the ids of the processes on the shortest way from *first* to *goal*, if any."""
    if first is None:
        return None
    came_from: dict[_Name, _Name | None] = {_name(first): None}
    pending = [first]
    for process in pending:
        if _name(process) == goal:
            return _path(came_from, goal)
        for _, reference in calls.of(process):
            called = calls.called(process, reference)
            if called is not None and _name(called) not in came_from:
                came_from[_name(called)] = _name(process)
                pending.append(called)
    return None


def _path(came_from: dict[_Name, _Name | None], goal: _Name) -> list[str]:
    path: list[str] = []
    at: _Name | None = goal
    while at is not None:
        path.append(at[0])
        at = came_from[at]
    return path[::-1]


def _name(process: _Process) -> _Name:
    return (process.id, process.key if isinstance(process, Definition) else 0)


@dataclass(slots=True)
class _Calls:
    """Who calls whom, once the bundle is deployed."""

    command: Command
    bundle: Bundle
    new: dict[str, Model] = field(init=False)
    _known: dict[_Name, list[tuple[str, Reference]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.new = {m.id: m for m in self.bundle.models if m.kind is DefinitionKind.PROCESS}

    def of(self, process: _Process) -> list[tuple[str, Reference]]:
        """Return the call activities of a process and what each calls."""
        name = _name(process)
        if name not in self._known:
            self._known[name] = list(self._read(process))
        return self._known[name]

    def called(self, process: _Process, reference: Reference) -> _Process | None:
        """Return the version that a call of *process* means after the deployment."""
        new = self.new.get(reference.id)
        connection, kind, id = self.command.connection, DefinitionKind.PROCESS, reference.id
        match reference.binding:
            case Binding.DEPLOYMENT if isinstance(process, Definition):
                return definitions.in_bundle(connection, kind, id, process.deployment_key)
            case Binding.VERSION_TAG:
                tag = reference.version_tag or ""
                is_new = new is not None and new.version_tag == tag
                return new if is_new else definitions.with_tag(connection, kind, id, tag)
            case _:
                return new or definitions.latest(connection, kind, id)

    def _read(self, process: _Process) -> Iterator[tuple[str, Reference]]:
        if isinstance(process, Model):
            for link in process.links:
                if link.kind is DefinitionKind.PROCESS:
                    yield link.element_id, link.reference
            return
        model = self.command.context.models.process(self.command.connection, process)
        for call in model.references:
            if call.kind is ReferenceKind.PROCESS:
                yield call.element_id, call.reference
