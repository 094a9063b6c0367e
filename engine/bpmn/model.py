"""A process as it is deployed: what the services ask about it, and what runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.bpmn.expressions import Evaluator
from engine.bpmn.incidents import ElementFailed
from engine.bpmn.kernel import ProcessSpec
from engine.bpmn.nodes import Process
from engine.bpmn.timers import Schedule, TimerDefinition
from engine.domain.events import Reference
from engine.domain.findings import Finding
from engine.errors import InvalidInput
from engine.feel import HostFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementInfo:
    """One flow node: ``type`` in Camunda's word, ``parent_id`` the (sub-)process that holds it."""

    id: str
    name: str
    type: str
    parent_id: str
    lane: str | None
    properties: Mapping[str, str]
    default_flow: str | None
    attached_to: str | None
    multi_instance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowInfo:
    """One sequence flow."""

    id: str
    name: str
    source: str
    target: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEventInfo:
    """One start event of the process: plain, by ``message_name``, ``signal_name`` or ``timer``.

    ``form`` is the form that a person fills in to start the process.
    """

    id: str
    message_name: str | None = None
    signal_name: str | None = None
    timer: TimerDefinition | None = None
    form: Reference | None = None

    @property
    def is_plain(self) -> bool:
        """Whether somebody starts the process by hand."""
        return self.message_name is None and self.signal_name is None and self.timer is None

    def schedule(self, now: datetime, functions: Mapping[str, HostFunction]) -> Schedule:
        """Say when the timer of this start event is due for the first time after a deployment.

        Raises:
            InvalidInput: It has no timer, or the timer's expression gives no such time.
        """
        if self.timer is None:
            raise InvalidInput(f'the start event "{self.id}" has no timer')
        try:
            return self.timer.schedule(Evaluator(now=now, functions=functions), {})
        except ElementFailed as failure:
            raise InvalidInput(f'the timer of the start event "{self.id}": {failure}') from failure


class ReferenceKind(StrEnum):
    """What a link of a diagram leads to."""

    FORM = "form"
    DECISION = "decision"
    PROCESS = "process"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementReference:
    """A link of one element, to be checked when the process is deployed."""

    kind: ReferenceKind
    element_id: str
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessModel:
    """An executable process; immutable, shared by all its instances and threads.

    ``four_eyes`` names for a user task the other one whose completer may not do it.
    ``message_names``, ``job_types`` and ``candidate_groups`` (by user task) hold the fixed ones
    only, not those made by expressions.
    """

    process_id: str
    name: str
    version_tag: str | None
    resource_name: str
    properties: Mapping[str, str]
    elements: Mapping[str, ElementInfo]
    flows: Mapping[str, FlowInfo]
    start_events: tuple[StartEventInfo, ...]
    references: tuple[ElementReference, ...]
    job_types: frozenset[str]
    message_names: frozenset[str]
    candidate_groups: Mapping[str, tuple[str, ...]]
    four_eyes: Mapping[str, str]
    specs: Mapping[str, ProcessSpec]

    def start_event(self, element_id: str | None) -> StartEventInfo | None:
        """Return a start event by id, or for None the plain one."""
        for event in self.start_events:
            if event.id == element_id or (element_id is None and event.is_plain):
                return event
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedBpmn:
    """What one file holds; ``findings`` are warnings, for errors refuse the file.

    ``drawn`` are the same processes as plain records (`engine.bpmn.nodes`), for the linter.
    """

    processes: tuple[ProcessModel, ...]
    drawn: tuple[Process, ...]
    findings: tuple[Finding, ...]
