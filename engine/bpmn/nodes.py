"""What a diagram says, once read: plain records, before anything can run.

A *content* is what one process or one sub-process holds. Every text that may be FEEL is already
a compiled `Value`. Element types are Camunda 8's words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.bpmn.expressions import Value, listed
from engine.bpmn.timers import TimerDefinition
from engine.domain.events import Reference


class ElementType(StrEnum):
    """Kinds of flow node, as the Camunda 8 API calls them."""

    START_EVENT = "START_EVENT"
    END_EVENT = "END_EVENT"
    INTERMEDIATE_CATCH_EVENT = "INTERMEDIATE_CATCH_EVENT"
    INTERMEDIATE_THROW_EVENT = "INTERMEDIATE_THROW_EVENT"
    BOUNDARY_EVENT = "BOUNDARY_EVENT"
    TASK = "TASK"
    MANUAL_TASK = "MANUAL_TASK"
    USER_TASK = "USER_TASK"
    SERVICE_TASK = "SERVICE_TASK"
    SEND_TASK = "SEND_TASK"
    RECEIVE_TASK = "RECEIVE_TASK"
    SCRIPT_TASK = "SCRIPT_TASK"
    BUSINESS_RULE_TASK = "BUSINESS_RULE_TASK"
    EXCLUSIVE_GATEWAY = "EXCLUSIVE_GATEWAY"
    PARALLEL_GATEWAY = "PARALLEL_GATEWAY"
    INCLUSIVE_GATEWAY = "INCLUSIVE_GATEWAY"
    EVENT_BASED_GATEWAY = "EVENT_BASED_GATEWAY"
    SUB_PROCESS = "SUB_PROCESS"
    EVENT_SUB_PROCESS = "EVENT_SUB_PROCESS"
    CALL_ACTIVITY = "CALL_ACTIVITY"
    MULTI_INSTANCE_BODY = "MULTI_INSTANCE_BODY"
    PROCESS = "PROCESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow; ``condition`` only where it leaves a choosing gateway or an activity.

    Not ``drawn`` are the ways from a throwing to its catching link event.
    """

    id: str
    name: str
    source: str
    target: str
    condition: Value | None = None
    drawn: bool = True
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableMapping:
    """One line of an input or output mapping: ``target`` is a name or a path with dots."""

    source: Value
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Multi-instance characteristics: one iteration per item of ``input_collection``."""

    sequential: bool
    input_collection: Value
    input_element: str | None = None
    output_collection: str | None = None
    output_element: Value | None = None
    completion_condition: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLoop:
    """Standard loop characteristics (BPMN 2.0.2, 13.3.6): round after round while it is true.

    ``test_before`` asks before the first round as well; without a ``condition`` the ``maximum``
    alone ends the loop. One of the two is there.
    """

    condition: Value | None
    maximum: int | None
    test_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskWork:
    """What a user task asks of a person. ``lane_group`` stands in when nobody is named."""

    assignee: Value | None = None
    candidate_groups: Value | None = None
    candidate_users: Value | None = None
    lane_group: str | None = None
    due_date: Value | None = None
    follow_up_date: Value | None = None
    priority: Value
    form: Reference | None = None

    @property
    def fixed_groups(self) -> tuple[str, ...]:
        """Return the groups that it is offered to, whatever the variables say."""
        if self.candidate_groups is not None:
            return listed(self.candidate_groups.text) if self.candidate_groups.is_static else ()
        is_for_lane = self.lane_group is not None and not (self.assignee or self.candidate_users)
        return (self.lane_group,) if is_for_lane and self.lane_group else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWork:
    """What a worker gets: service, send and other tasks that are jobs."""

    type: Value
    retries: Value
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptWork:
    """A FEEL expression and the variable that gets its result."""

    expression: Value
    result_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWork:
    """A called decision and the variable that gets its result."""

    decision: Reference
    result_variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWork:
    """A called process, and which variables travel there and back."""

    process: Reference
    propagate_all_parent_variables: bool = True
    propagate_all_child_variables: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMessage:
    """A message that starts an instance."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedMessage:
    """A message that an instance waits for."""

    name: Value
    correlation_key: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSignal:
    """A signal that starts an instance."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedSignal:
    """A signal that an instance waits for."""

    name: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownSignal:
    """A signal that an event broadcasts to all who wait for it."""

    name: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedCondition:
    """A condition that an instance waits for to become true.

    It is looked at again when one of ``variable_names`` (empty: any) is created or updated, as
    ``on_create`` and ``on_update`` say.
    """

    condition: Value
    variable_names: frozenset[str] = frozenset()
    on_create: bool = True
    on_update: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtError:
    """A BPMN error caught on an edge or by an event sub-process: ``code`` None catches any."""

    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtEscalation:
    """An escalation caught on an edge or by an event sub-process: ``code`` None catches any."""

    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownError:
    """A BPMN error that an end event throws."""

    code: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownEscalation:
    """An escalation that an event throws."""

    code: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate:
    """Ends everything else in the same process or sub-process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneBy:
    """On the edge of an activity: the compensation handler that undoes it once it has completed."""

    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtCompensation:
    """Starts the event sub-process that undoes the sub-process around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownCompensation:
    """Undoes what has completed in the same scope: ``activity`` only, or everything."""

    activity: str | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtCancel:
    """On the edge of a transaction: the way out once it has been cancelled and undone."""

    code: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownCancel:
    """Ends all else in the transaction around it, undoes it and leaves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One end of a jump inside a process or sub-process."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The flow nodes and sequence flows of one process or sub-process, in document order."""

    nodes: Mapping[str, "Node"]
    flows: tuple[Flow, ...]

    def starts(self) -> "list[Node]":
        """Return the start events directly in it."""
        return [node for node in self.nodes.values() if node.type is ElementType.START_EVENT]

    def undone_by_event(self) -> "Node | None":
        """Return the event sub-process that undoes the sub-process with this content."""
        for node in self.nodes.values():
            if node.type is not ElementType.EVENT_SUB_PROCESS or not isinstance(node.work, Content):
                continue
            if any(isinstance(start.work, CaughtCompensation) for start in node.work.starts()):
                return node
        return None

    def can_undo(self, activity_id: str) -> bool:
        """Say whether anything undoes an activity that lies in it, or a part of that."""
        for node in self.nodes.values():
            if node.attached_to == activity_id and isinstance(node.work, UndoneBy):
                return True
        inside = self.nodes[activity_id].work
        return isinstance(inside, Content) and inside.can_undo_something()

    def can_undo_something(self) -> bool:
        """Say whether anything in it is undone when compensation is thrown."""
        return self.undone_by_event() is not None or any(map(self.can_undo, self.nodes))


Work = (
    UserTaskWork
    | JobWork
    | ScriptWork
    | DecisionWork
    | CallWork
    | Content
    | TimerDefinition
    | StartMessage
    | AwaitedMessage
    | StartSignal
    | AwaitedSignal
    | ThrownSignal
    | AwaitedCondition
    | CaughtError
    | CaughtEscalation
    | ThrownError
    | ThrownEscalation
    | Terminate
    | UndoneBy
    | CaughtCompensation
    | ThrownCompensation
    | CaughtCancel
    | ThrownCancel
    | Link
)
"""What a node does besides passing its token on; None for gateways and plain events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One flow node.

    ``attached_to`` concerns boundary events, ``interrupting`` them, event sub-processes and their
    start events, ``default_flow`` exclusive
    and inclusive gateways and activities. ``lane_group`` is the candidate group that the
    innermost lane stands for, ``start_form`` the form of a start event, ``undoes`` marks
    compensation handlers and ``transaction`` the sub-processes that can be cancelled.
    """

    id: str
    name: str
    type: ElementType
    parent_id: str
    work: Work | None = None
    loop: Loop | StandardLoop | None = None
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    default_flow: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    lane: str | None = None
    lane_group: str | None = None
    start_form: Reference | None = None
    undoes: bool = False
    transaction: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One executable process of a file."""

    id: str
    name: str
    version_tag: str | None
    properties: Mapping[str, str]
    content: Content
