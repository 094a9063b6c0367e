"""Makes Spiff's specs from what was read. Cannot fail: everything has been checked before.

SpiffWorkflow's own parser is not used. It follows the flows recursively (chains of 500 nodes end
in a RecursionError), orders ways by their place on the drawing, loses the ids of sequence flows
and knows none of the Camunda 8 settings.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

from engine.bpmn.kernel import ProcessSpec
from engine.bpmn.nodes import (
    AwaitedCondition,
    AwaitedMessage,
    AwaitedSignal,
    CallWork,
    CaughtCancel,
    CaughtCompensation,
    CaughtError,
    CaughtEscalation,
    Content,
    DecisionWork,
    ElementType,
    Flow,
    JobWork,
    Link,
    Node,
    Process,
    ScriptWork,
    StandardLoop,
    Terminate,
    ThrownCancel,
    ThrownCompensation,
    ThrownError,
    ThrownEscalation,
    ThrownSignal,
    UndoneBy,
    UserTaskWork,
)
from engine.bpmn.specs.activities import CallActivitySpec, SubProcessSpec
from engine.bpmn.specs.boundary import AwaitedBoundarySpec, BoundarySpec, Edge, ThrownBoundarySpec
from engine.bpmn.specs.compensation import (
    CancelEndSpec,
    CompensationBoundarySpec,
    CompensationThrowSpec,
)
from engine.bpmn.specs.event_subprocesses import (
    AwaitedStartSpec,
    EventSubProcessSpec,
    ScopeHandlers,
    StartSpec,
)
from engine.bpmn.specs.gateways import (
    EventGatewaySpec,
    ExclusiveGatewaySpec,
    InclusiveGatewaySpec,
    ParallelGatewaySpec,
)
from engine.bpmn.specs.loops import LoopBodySpec
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.rounds import ITERATION, RoundsSpec
from engine.bpmn.specs.tasks import DecisionSpec, JobSpec, ScriptSpec, UserTaskSpec
from engine.bpmn.specs.throwing import (
    ErrorEndSpec,
    EscalationThrowSpec,
    SignalThrowSpec,
    TerminateEndSpec,
)
from engine.bpmn.specs.waits import CatchSpec
from engine.bpmn.timers import TimerDefinition


def build_specs(process: Process) -> Mapping[str, ProcessSpec]:
    """Return the specs of a process and of each sub-process in it, by id."""
    specs: dict[str, ProcessSpec] = {}
    _build(process.id, process.content, specs)
    return specs


def _build(content_id: str, content: Content, specs: dict[str, ProcessSpec]) -> None:
    process = ProcessSpec(content_id)
    specs[content_id] = process
    incoming: dict[str, set[str]] = defaultdict(set)
    for flow in content.flows:
        incoming[flow.target].add(flow.id)
    nodes = {
        node.id: _inclusive(process, node, content, frozenset(incoming[node.id]))
        if node.type is ElementType.INCLUSIVE_GATEWAY
        else _node_spec(process, node, frozenset(incoming[node.id]))
        for node in content.nodes.values()
    }
    _connect(content, nodes)
    _attach_events(content, nodes)
    _attach_handlers(process, list(nodes.values()))
    for node in content.nodes.values():
        if isinstance(node.work, Content):
            _build(node.id, node.work, specs)


def _inclusive(
    process: ProcessSpec, node: Node, content: Content, incoming: frozenset[str]
) -> InclusiveGatewaySpec:
    """Make an inclusive gateway, with the incoming flows that each node leads to."""
    before: dict[str, list[str]] = defaultdict(list)
    for flow in content.flows:
        before[flow.target].append(flow.source)
    for other in content.nodes.values():
        if other.attached_to is not None:
            before[other.id].append(other.attached_to)
    leading: dict[str, set[str]] = defaultdict(set)
    for flow in content.flows:
        if flow.target == node.id:
            for source in _leading_to(flow.source, before, stop=node.id):
                leading[source].add(flow.id)
    return InclusiveGatewaySpec(process, node, incoming, leading)


def _leading_to(node_id: str, before: Mapping[str, list[str]], *, stop: str) -> frozenset[str]:
    found: set[str] = set()
    pending = [node_id]
    while pending:
        current = pending.pop()
        if current not in found and current != stop:
            found.add(current)
            pending.extend(before.get(current, ()))
    return frozenset(found)


def _connect(content: Content, nodes: Mapping[str, NodeSpec]) -> None:
    outgoing: dict[str, list[Flow]] = defaultdict(list)
    for flow in content.flows:
        outgoing[flow.source].append(flow)
        nodes[flow.source].connect(nodes[flow.target])
    for source, flows in outgoing.items():
        spec = nodes[source]
        spec.outgoing = tuple(flows)
        default = spec.node.default_flow
        spec.has_conditions = any(f.condition is not None or f.id == default for f in flows)
        if isinstance(spec, EventGatewaySpec):
            targets = (nodes[flow.target] for flow in flows)
            spec.targets = tuple(t for t in targets if isinstance(t, CatchSpec))


def _attach_events(content: Content, nodes: Mapping[str, NodeSpec]) -> None:
    attached: dict[str, list[BoundarySpec]] = defaultdict(list)
    for node in content.nodes.values():
        spec = nodes[node.id]
        if node.attached_to is not None and isinstance(
            spec, AwaitedBoundarySpec | ThrownBoundarySpec
        ):
            attached[node.attached_to].append(spec)
        elif node.attached_to is not None:
            nodes[node.attached_to].undo = spec.name
    for host, events in attached.items():
        nodes[host].boundary = Edge(
            awaited=[event for event in events if isinstance(event, AwaitedBoundarySpec)],
            thrown=[event for event in events if isinstance(event, ThrownBoundarySpec)],
        )


def _attach_handlers(process: ProcessSpec, nodes: list[NodeSpec]) -> None:
    owners: list[EventSubProcessSpec] = []
    for spec in nodes:
        if isinstance(spec, EventSubProcessSpec):
            if isinstance(spec.start.work, CaughtCompensation):
                process.undo = spec.name
            else:
                owners.append(spec)
    if owners:
        awaited = [
            AwaitedStartSpec(process, owner, owner.start.work)
            for owner in owners
            if isinstance(owner.start.work, _AWAITED)
        ]
        process.handlers = ScopeHandlers(owners, awaited)


def _node_spec(process: ProcessSpec, node: Node, incoming: frozenset[str]) -> NodeSpec:
    match node.type:
        case ElementType.EXCLUSIVE_GATEWAY:
            return ExclusiveGatewaySpec(process, node)
        case ElementType.PARALLEL_GATEWAY:
            return ParallelGatewaySpec(process, node, incoming)
        case ElementType.EVENT_BASED_GATEWAY:
            return EventGatewaySpec(process, node)
        case ElementType.START_EVENT:
            return StartSpec(process, node)
    if node.loop is None:
        return _working_spec(process, node, node.id)
    body: LoopBodySpec | RoundsSpec
    if isinstance(node.loop, StandardLoop):
        body = RoundsSpec(process, node, node.loop)
    else:
        body = LoopBodySpec(process, node, node.loop)
    _working_spec(process, node, ITERATION.format(node.id)).body = body
    return body


def _working_spec(process: ProcessSpec, node: Node, name: str) -> NodeSpec:
    if node.work is None or isinstance(node.work, Link):
        return NodeSpec(process, node, name)
    if node.type is ElementType.EVENT_SUB_PROCESS and isinstance(node.work, Content):
        return EventSubProcessSpec(process, node, node.work)
    if node.type is ElementType.BOUNDARY_EVENT and isinstance(node.work, _AWAITED):
        return AwaitedBoundarySpec(process, node, node.work, name)
    return _SPECS[type(node.work)](process, node, node.work, name)


_AWAITED = (TimerDefinition, AwaitedMessage, AwaitedSignal, AwaitedCondition)
_SPECS: Mapping[type, Callable[..., NodeSpec]] = {
    UserTaskWork: UserTaskSpec,
    JobWork: JobSpec,
    ScriptWork: ScriptSpec,
    DecisionWork: DecisionSpec,
    CallWork: CallActivitySpec,
    Content: SubProcessSpec,
    TimerDefinition: CatchSpec,
    AwaitedMessage: CatchSpec,
    AwaitedSignal: CatchSpec,
    AwaitedCondition: CatchSpec,
    CaughtError: ThrownBoundarySpec,
    CaughtEscalation: ThrownBoundarySpec,
    ThrownError: ErrorEndSpec,
    ThrownEscalation: EscalationThrowSpec,
    ThrownSignal: SignalThrowSpec,
    Terminate: TerminateEndSpec,
    UndoneBy: CompensationBoundarySpec,
    ThrownCompensation: CompensationThrowSpec,
    CaughtCancel: ThrownBoundarySpec,
    ThrownCancel: CancelEndSpec,
}
