"""What happened to a process instance: the facts that one command produces, in order.

`engine.bpmn` produces them while tokens move; the services turn each into rows and into one line
of history, in the same transaction (decision 0003). Keys are 63-bit integers. A *scope* is the
element instance (or the process instance) that owns a variable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ElementState(StrEnum):
    """Where one visit to an element stands."""

    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"


class Binding(StrEnum):
    """Which version of a form, decision or process a link means (Camunda 8 binding types)."""

    LATEST = "latest"
    DEPLOYMENT = "deployment"
    VERSION_TAG = "versionTag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link from an element to a form, a decision or a process."""

    id: str
    binding: Binding = Binding.LATEST
    version_tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact about one element instance; the base of all others."""

    element_instance_key: int
    element_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementActivated(Event):
    """A token entered the element. ``element_type`` is Camunda's word, e.g. ``USER_TASK``."""

    element_type: str
    scope_key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCompleted(Event):
    """The token left the element the regular way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementTerminated(Event):
    """The element was interrupted or cancelled; its waits (task, job, timer …) are void."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTaken(Event):
    """A token passed the sequence flow ``element_id``; the key is that of the element it left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableChanged(Event):
    """A variable of the scope ``element_instance_key`` was created or got a new value.

    ``old`` is None with ``created`` True. Values are JSON values.
    """

    name: str
    old: object
    new: object
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCreated(Event):
    """A person is asked to work. Dates are aware UTC; ``properties`` are the diagram's own keys."""

    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_date: datetime | None
    follow_up_date: datetime | None
    priority: int
    form: Reference | None
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCreated(Event):
    """Work for a connector or an outside worker. ``kind`` is Camunda's, e.g. ``BPMN_ELEMENT``."""

    type: str
    retries: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerStarted(Event):
    """Something happens at ``due_at``; ``repetitions`` left after it, -1 for ever, 0 none."""

    due_at: datetime
    repetitions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionOpened(Event):
    """The instance waits for a message with this name and correlation key."""

    message_name: str
    correlation_key: str
    interrupting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalAwaited(Event):
    """The instance waits for a broadcast of this signal."""

    signal_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalThrown(Event):
    """The instance broadcasts a signal to all who wait for it now, with ``variables``."""

    signal_name: str
    variables: Mapping[str, object]


class WaitKind(StrEnum):
    """What somebody outside may bring."""

    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitEnded(Event):
    """A timer or subscription of this element instance is void (it happened or was cancelled)."""

    waited_for: WaitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRequested(Event):
    """A call activity wants a child instance of ``process``, started with ``variables``."""

    process: Reference
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade(Event):
    """A decision was evaluated; ``evaluations`` are canonical JSON values, required ones first."""

    decision: Reference
    decision_key: int
    evaluations: tuple[Mapping[str, object], ...]
    output: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorUncaught(Event):
    """A BPMN error that nothing in this instance catches; a parent instance may."""

    error_code: str
    message: str
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationUncaught(Event):
    """An escalation that nothing in this instance catches; a parent instance may."""

    escalation_code: str
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(Event):
    """The token stands here until a person mends the cause and retries.

    ``error_type`` is Camunda's word, e.g. ``EXTRACT_VALUE_ERROR`` or ``CONDITION_ERROR``.
    """

    error_type: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Event):
    """The element was tried again and went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceEnded(Event):
    """The process instance itself is over, completed or (``state``) terminated."""

    state: ElementState
