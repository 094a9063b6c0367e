"""Makes Spiff's specs from what was read. Cannot fail: everything has been checked before.

SpiffWorkflow's own parser is not used. It follows the flows recursively (chains of 500 nodes end
in a RecursionError), orders ways by their place on the drawing, loses the ids of sequence flows
and knows none of the Camunda 8 settings.
"""

from collections import defaultdict
from collections.abc import Mapping

from engine.bpmn.kernel import ProcessSpec
from engine.bpmn.nodes import (
    CallWork,
    Content,
    DecisionWork,
    ElementType,
    ErrorDefinition,
    EscalationDefinition,
    Flow,
    JobWork,
    MessageDefinition,
    Node,
    Process,
    ScriptWork,
    TerminateDefinition,
    UserTaskWork,
)
from engine.bpmn.specs.activities import CallActivitySpec, SubProcessSpec
from engine.bpmn.specs.boundary import BoundarySpec, Edge, ThrownBoundarySpec, TimedBoundarySpec
from engine.bpmn.specs.gateways import (
    EventGatewaySpec,
    ExclusiveGatewaySpec,
    ParallelGatewaySpec,
)
from engine.bpmn.specs.loops import ITERATION, LoopBodySpec
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.tasks import DecisionSpec, JobSpec, ScriptSpec, UserTaskSpec
from engine.bpmn.specs.throwing import ErrorEndSpec, EscalationThrowSpec, TerminateEndSpec
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
        node.id: _node_spec(process, node, frozenset(incoming[node.id]))
        for node in content.nodes.values()
    }
    for flow in content.flows:
        _connect(nodes[flow.source], nodes[flow.target], flow)
    _attach_events(content, nodes)
    for node in content.nodes.values():
        if isinstance(node.work, Content):
            _build(node.id, node.work, specs)


def _connect(source: NodeSpec, target: NodeSpec, flow: Flow) -> None:
    source.connect(target)
    source.outgoing = (*source.outgoing, flow)
    if isinstance(source, EventGatewaySpec) and isinstance(target, CatchSpec):
        source.targets = (*source.targets, target)


def _attach_events(content: Content, nodes: Mapping[str, NodeSpec]) -> None:
    attached: dict[str, list[BoundarySpec]] = defaultdict(list)
    for node in content.nodes.values():
        spec = nodes[node.id]
        if node.attached_to is not None and isinstance(
            spec, TimedBoundarySpec | ThrownBoundarySpec
        ):
            attached[node.attached_to].append(spec)
    for host, events in attached.items():
        nodes[host].boundary = Edge(
            timed=[event for event in events if isinstance(event, TimedBoundarySpec)],
            thrown=[event for event in events if isinstance(event, ThrownBoundarySpec)],
        )


def _node_spec(process: ProcessSpec, node: Node, incoming: frozenset[str]) -> NodeSpec:
    if node.type is ElementType.EXCLUSIVE_GATEWAY:
        return ExclusiveGatewaySpec(process, node)
    if node.type is ElementType.PARALLEL_GATEWAY:
        return ParallelGatewaySpec(process, node, incoming)
    if node.type is ElementType.EVENT_BASED_GATEWAY:
        return EventGatewaySpec(process, node)
    if node.type is ElementType.START_EVENT:
        return NodeSpec(process, node)
    if node.type is ElementType.BOUNDARY_EVENT:
        return _boundary_spec(process, node)
    if node.loop is None:
        return _activity_spec(process, node, None)
    body = LoopBodySpec(process, node, node.loop)
    _activity_spec(process, node, ITERATION.format(node.id)).body = body
    return body


def _boundary_spec(process: ProcessSpec, node: Node) -> NodeSpec:
    if isinstance(node.work, ErrorDefinition | EscalationDefinition):
        return ThrownBoundarySpec(process, node, node.work)
    assert isinstance(node.work, TimerDefinition | MessageDefinition)  # noqa: S101  checked
    return TimedBoundarySpec(process, node, node.work)


def _activity_spec(process: ProcessSpec, node: Node, name: str | None) -> NodeSpec:  # noqa: C901
    match node.work:
        case UserTaskWork() as asked:
            return UserTaskSpec(process, node, asked, name)
        case JobWork() as job:
            return JobSpec(process, node, job, name)
        case ScriptWork() as script:
            return ScriptSpec(process, node, script, name)
        case DecisionWork() as called:
            return DecisionSpec(process, node, called, name)
        case CallWork() as called:
            return CallActivitySpec(process, node, called, name)
        case Content() as content:
            return SubProcessSpec(process, node, _start_of(content), name)
        case TimerDefinition() | MessageDefinition() as awaited:
            return CatchSpec(process, node, awaited, name)
        case ErrorDefinition() as thrown:
            return ErrorEndSpec(process, node, thrown)
        case EscalationDefinition() as thrown:
            return EscalationThrowSpec(process, node, thrown)
        case TerminateDefinition():
            return TerminateEndSpec(process, node)
        case None:
            return NodeSpec(process, node, name)


def _start_of(content: Content) -> str:
    return next(n.id for n in content.nodes.values() if n.type is ElementType.START_EVENT)
