"""One process or sub-process seen as a graph of its flow nodes, and the ways that never end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn import ElementType
from engine.bpmn.nodes import (
    Content,
    Link,
    Node,
)
from engine.lint.rules import Report

Edges = Mapping[str, Iterable[str]]


def contents_of(content: Content) -> Iterator[Content]:
    """Iterate over *content* and everything nested in it."""
    yield content
    for node in content.nodes.values():
        if isinstance(node.work, Content):
            yield from contents_of(node.work)


def check_ends(content: Content, report: Report) -> None:
    """Name the nodes from which no path leads to an end."""
    leaving = {flow.source for flow in content.flows}
    backwards: dict[str, list[str]] = defaultdict(list)
    for source, targets in edges_of(content).items():
        for target in targets:
            backwards[target].append(source)
    last = [node for node, found in content.nodes.items() if node not in leaving and _ends(found)]
    ending = reached(last, backwards)
    for node_id in content.nodes:
        if node_id not in ending:
            report.add("path-without-end", node_id)


def _ends(node: Node) -> bool:
    return not (isinstance(node.work, Link) and node.type is ElementType.INTERMEDIATE_THROW_EVENT)


def edges_of(content: Content) -> dict[str, list[str]]:
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


def reached(first: Iterable[str], edges: Edges, without: str | None = None) -> set[str]:
    """Return every node on a path from *first* that does not pass *without*."""
    pending = [node for node in first if node != without]
    found = set(pending)
    while pending:
        for target in edges.get(pending.pop(), ()):
            if target not in found and target != without:
                found.add(target)
                pending.append(target)
    return found
