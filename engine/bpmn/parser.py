"""From the bytes of a file to process models, or a refusal that says why."""

from collections.abc import Collection, Iterable, Iterator

from engine.bpmn.build import build_specs
from engine.bpmn.model import (
    ElementInfo,
    ElementReference,
    FlowInfo,
    ParsedBpmn,
    ProcessModel,
    ReferenceKind,
    StartEventInfo,
)
from engine.bpmn.nodes import (
    AwaitedMessage,
    CallWork,
    DecisionWork,
    ElementType,
    JobWork,
    Node,
    Process,
    StartMessage,
    StartSignal,
    UserTaskWork,
)
from engine.bpmn.reading.graph import FOUR_EYES, check_process, contents_of
from engine.bpmn.reading.processes import read_definitions
from engine.bpmn.reading.xml import BPMN, tag
from engine.bpmn.refuse import Findings
from engine.bpmn.timers import TimerDefinition
from engine.domain.events import Reference
from engine.errors import DeploymentRefused
from engine.feel.host_functions import HOST_FUNCTIONS
from engine.xml import NotXml, parse_xml

MAX_BYTES = 4_000_000
"""Of one BPMN file."""


def parse_process(
    data: bytes, *, resource_name: str, functions: Collection[str] = HOST_FUNCTIONS
) -> ParsedBpmn:
    """Read a BPMN file in the Camunda 8 dialect.

    Args:
        data: The file; its encoding is the one that it declares.
        resource_name: The file's name, for the findings.
        functions: The functions that the host adds to FEEL; others must be built in.

    Raises:
        DeploymentRefused: Something in it would not run as drawn; ``findings`` say what.
    """
    findings = Findings(resource_name)
    processes = _read(data, findings, functions)
    if findings.errors:
        raise DeploymentRefused(f"{resource_name} cannot be deployed", findings.found)
    return ParsedBpmn(
        processes=tuple(_model(process, resource_name) for process in processes),
        drawn=tuple(processes),
        findings=tuple(findings.found),
    )


def _read(data: bytes, findings: Findings, functions: Collection[str]) -> list[Process]:
    try:
        root = parse_xml(data, max_bytes=MAX_BYTES)
    except NotXml as problem:
        findings.add("not-xml", None, reason=problem)
        return []
    if tag(root) != f"{BPMN}definitions":
        findings.add("not-bpmn", None)
        return []
    processes = read_definitions(root, findings, functions)
    for process in processes:
        check_process(process, findings)
    return processes


def _model(process: Process, resource_name: str) -> ProcessModel:
    contents = list(contents_of(process.content))
    nodes = [node for content in contents for node in content.nodes.values()]
    flows = [flow for content in contents for flow in content.flows]
    starts = process.content.nodes.values()
    return ProcessModel(
        process_id=process.id,
        name=process.name,
        version_tag=process.version_tag,
        resource_name=resource_name,
        properties=process.properties,
        elements={node.id: _info(node) for node in nodes},
        flows={
            flow.id: FlowInfo(
                id=flow.id,
                name=flow.name,
                source=flow.source,
                target=flow.target,
                properties=flow.properties,
            )
            for flow in flows
            if flow.drawn
        },
        start_events=tuple(_start(n) for n in starts if n.type is ElementType.START_EVENT),
        references=tuple(_references(nodes)),
        job_types=frozenset(
            n.work.type.text for n in nodes if isinstance(n.work, JobWork) and n.work.type.is_static
        ),
        message_names=frozenset(_message_names(nodes)),
        candidate_groups={
            n.id: n.work.fixed_groups for n in nodes if isinstance(n.work, UserTaskWork)
        },
        four_eyes={n.id: n.properties[FOUR_EYES] for n in nodes if FOUR_EYES in n.properties},
        specs=build_specs(process),
    )


def _info(node: Node) -> ElementInfo:
    return ElementInfo(
        id=node.id,
        name=node.name,
        type=node.type,
        parent_id=node.parent_id,
        lane=node.lane,
        properties=node.properties,
        default_flow=node.default_flow,
        attached_to=node.attached_to,
        multi_instance=node.loop is not None,
    )


def _start(node: Node) -> StartEventInfo:
    return StartEventInfo(
        id=node.id,
        message_name=node.work.name if isinstance(node.work, StartMessage) else None,
        signal_name=node.work.name if isinstance(node.work, StartSignal) else None,
        timer=node.work if isinstance(node.work, TimerDefinition) else None,
        form=node.start_form,
    )


def _message_names(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        match node.work:
            case StartMessage(name=name):
                yield name
            case AwaitedMessage(name=value) if value.is_static:
                yield value.text


def _references(nodes: Iterable[Node]) -> Iterator[ElementReference]:
    for node in nodes:
        match node.work:
            case UserTaskWork(form=form) if form is not None:
                yield _link(ReferenceKind.FORM, node, form)
            case DecisionWork(decision=decision):
                yield _link(ReferenceKind.DECISION, node, decision)
            case CallWork(process=called):
                yield _link(ReferenceKind.PROCESS, node, called)
        if node.start_form is not None:
            yield _link(ReferenceKind.FORM, node, node.start_form)


def _link(kind: ReferenceKind, node: Node, reference: Reference) -> ElementReference:
    return ElementReference(kind=kind, element_id=node.id, reference=reference)
