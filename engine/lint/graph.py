"""Soundness of one process or sub-process, seen as a graph of its flow nodes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn import ElementType
from engine.bpmn.nodes import (
    CallWork,
    CaughtError,
    CaughtEscalation,
    Content,
    Flow,
    JobWork,
    Link,
    Node,
    ThrownError,
    ThrownEscalation,
)
from engine.lint.rules import Report

_Edges = Mapping[str, Iterable[str]]


def contents_of(content: Content) -> Iterator[Content]:
    """Iterate over *content* and everything nested in it."""
    yield content
    for node in content.nodes.values():
        if isinstance(node.work, Content):
            yield from contents_of(node.work)


def check_graph(content: Content, report: Report) -> None:
    """Look for paths that never end, joins that wait for ever and events that never happen."""
    _check_ends(content, report)
    _check_joins(content, report)
    for node in content.nodes.values():
        host = content.nodes.get(node.attached_to or "")
        if host is not None and _never_happens(node, host):
            report.add("dead-boundary-event", node.id, host=host.id)


def _check_ends(content: Content, report: Report) -> None:
    leaving = {flow.source for flow in content.flows}
    backwards: dict[str, list[str]] = defaultdict(list)
    for source, targets in _edges(content).items():
        for target in targets:
            backwards[target].append(source)
    last = [node for node, found in content.nodes.items() if node not in leaving and _ends(found)]
    ending = _reached(last, backwards)
    for node_id in content.nodes:
        if node_id not in ending:
            report.add("path-without-end", node_id)


def _ends(node: Node) -> bool:
    return not (isinstance(node.work, Link) and node.type is ElementType.INTERMEDIATE_THROW_EVENT)


def _edges(content: Content) -> dict[str, list[str]]:
    """Return where a token may go from each node, over its edge's events too."""
    edges: dict[str, list[str]] = defaultdict(list)
    for flow in content.flows:
        edges[flow.source].append(flow.target)
    for node in content.nodes.values():
        if node.attached_to is not None:
            edges[node.attached_to].append(node.id)
        if isinstance(node.work, Link) and node.type is ElementType.INTERMEDIATE_THROW_EVENT:
            edges[node.id] += _caught_links(content, node.work)
    return edges


def _caught_links(content: Content, link: Link) -> list[str]:
    return [
        node.id
        for node in content.nodes.values()
        if node.work == link and node.type is ElementType.INTERMEDIATE_CATCH_EVENT
    ]


def _reached(first: Iterable[str], edges: _Edges, without: str | None = None) -> set[str]:
    """Return every node on a path from *first* that does not pass *without*."""
    pending = [node for node in first if node != without]
    reached = set(pending)
    while pending:
        for target in edges.get(pending.pop(), ()):
            if target not in reached and target != without:
                reached.add(target)
                pending.append(target)
    return reached


def _check_joins(content: Content, report: Report) -> None:
    edges = _edges(content)
    starts = [n.id for n in content.nodes.values() if n.type is ElementType.START_EVENT]
    arriving: dict[str, list[Flow]] = defaultdict(list)
    leaving: dict[str, list[Flow]] = defaultdict(list)
    for flow in content.flows:
        arriving[flow.target].append(flow)
        leaving[flow.source].append(flow)
    splits = [
        n.id
        for n in content.nodes.values()
        if n.type in (ElementType.EXCLUSIVE_GATEWAY, ElementType.EVENT_BASED_GATEWAY)
        and len(leaving[n.id]) > 1
    ]
    for join in content.nodes.values():
        if join.type is not ElementType.PARALLEL_GATEWAY or len(arriving[join.id]) < 2:
            continue
        for split in splits:
            if _starves(join.id, arriving[join.id], split, leaving[split], edges, starts):
                report.add("join-waits-for-ever", join.id, gateway=split)
                break


def _starves(
    join: str,
    arriving: list[Flow],
    split: str,
    leaving: list[Flow],
    edges: _Edges,
    starts: list[str],
) -> bool:
    """Tell whether one way out of *split* feeds *join*, but not all that it waits for.

    A way into the join that can be fed without passing the split (by a parallel branch) is no
    reason to wait for ever.
    """
    free = _reached(starts, edges, without=split)
    needed = {flow.id for flow in arriving if flow.source not in free}
    for way in leaving:
        before = _reached([way.target], edges, without=join) - {split}
        fed = {f.id for f in arriving if f.source in before or f.id == way.id}
        if fed and not needed <= fed:
            return True
    return False


def _never_happens(event: Node, host: Node) -> bool:
    match event.work:
        case CaughtError(code=code):
            return not any(_throws_error(node, code) for node in _within(host))
        case CaughtEscalation(code=code):
            return not any(_escalates(node, code) for node in _within(host))
        case _:
            return False


def _within(host: Node) -> Iterator[Node]:
    yield host
    if isinstance(host.work, Content):
        for content in contents_of(host.work):
            yield from content.nodes.values()


def _throws_error(node: Node, code: str | None) -> bool:
    match node.work:
        case JobWork() | CallWork():
            return True
        case ThrownError(code=thrown):
            return code is None or not thrown.is_static or thrown.text == code
        case _:
            return False


def _escalates(node: Node, code: str | None) -> bool:
    match node.work:
        case CallWork():
            return True
        case ThrownEscalation(code=thrown):
            return code is None or not thrown.is_static or thrown.text == code
        case _:
            return False
