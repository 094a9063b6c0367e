"""Joins that wait for ever: a parallel gateway whose ways in are not all taken together.

A *choice* is a place where a token takes one of several ways: a gateway, an activity with
conditions behind it or with events on its edge, and the start of a process with more than one
start event. The ways out of a choice never feed one parallel join together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn import ElementType
from engine.bpmn.nodes import (
    Content,
    Flow,
    Node,
    Terminate,
    ThrownCancel,
    ThrownError,
    ThrownEscalation,
    UndoneBy,
)
from engine.lint.graph import Edges, edges_of, reached
from engine.lint.rules import Report

_ONE_WAY = (
    ElementType.EXCLUSIVE_GATEWAY,
    ElementType.EVENT_BASED_GATEWAY,
    ElementType.INCLUSIVE_GATEWAY,
)
_FORKS = (*_ONE_WAY, ElementType.PARALLEL_GATEWAY)
_END_OTHERS = (Terminate, ThrownCancel, ThrownError, ThrownEscalation)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Graph:
    """A content as the joins see it: ``starts`` are the start events, ``stops`` end all else."""

    edges: Edges
    starts: list[str]
    stops: frozenset[str]
    arriving: Mapping[str, list[Flow]]
    leaving: Mapping[str, list[Flow]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The ways out of ``node``, each as the flows that a token takes there.

    ``starts`` are the start events, where the choice is the one between them.
    """

    node: str
    ways: tuple[tuple[Flow, ...], ...]
    starts: tuple[str, ...] = ()


def check_joins(content: Content, report: Report) -> None:
    """Name the parallel joins that wait for a token which may never come."""
    graph = _graph(content)
    choices = list(_choices(content, graph))
    for join in content.nodes.values():
        arriving = graph.arriving.get(join.id, [])
        if join.type is not ElementType.PARALLEL_GATEWAY or len(arriving) < 2:
            continue
        before = reached(graph.starts, graph.edges, without=join.id)
        late = [flow.source for flow in arriving if flow.source not in before]
        if late:
            report.add("join-never-fed", join.id, source=late[0])
            continue
        for choice in choices:
            if _starves(join.id, arriving, choice, graph):
                report.add("join-waits-for-ever", join.id, gateway=choice.node)
                break


def _graph(content: Content) -> _Graph:
    arriving: dict[str, list[Flow]] = defaultdict(list)
    leaving: dict[str, list[Flow]] = defaultdict(list)
    for flow in content.flows:
        arriving[flow.target].append(flow)
        leaving[flow.source].append(flow)
    return _Graph(
        edges=edges_of(content),
        starts=[node.id for node in content.starts()],
        stops=frozenset(n.id for n in content.nodes.values() if isinstance(n.work, _END_OTHERS)),
        arriving=arriving,
        leaving=leaving,
    )


def _choices(content: Content, graph: _Graph) -> Iterator[_Choice]:
    events: dict[str, list[Node]] = defaultdict(list)
    for node in content.nodes.values():
        if node.attached_to is not None and not isinstance(node.work, UndoneBy):
            events[node.attached_to].append(node)
    for node in content.nodes.values():
        leaving = graph.leaving.get(node.id, [])
        if node.type in _ONE_WAY and len(leaving) > 1:
            yield _Choice(node=node.id, ways=tuple((flow,) for flow in leaving))
        elif node.type not in _FORKS and any(flow.condition is not None for flow in leaving):
            always = [f for f in leaving if f.condition is None and f.id != node.default_flow]
            chosen = [flow for flow in leaving if flow not in always]
            least = [] if node.default_flow is not None or not always else [tuple(always)]
            yield _Choice(node=node.id, ways=(*((*always, flow) for flow in chosen), *least))
        if events[node.id]:
            interrupting = [event for event in events[node.id] if event.interrupting]
            beside = (tuple(graph.leaving.get(event.id, ())) for event in interrupting)
            yield _Choice(node=node.id, ways=(tuple(leaving), *beside))
    if len(graph.starts) > 1:
        ways = tuple(tuple(graph.leaving.get(start, ())) for start in graph.starts)
        yield _Choice(node=graph.starts[-1], ways=ways, starts=tuple(graph.starts))


def _starves(join: str, arriving: list[Flow], choice: _Choice, graph: _Graph) -> bool:
    """Tell whether a way out of *choice* leaves *join* with some of its tokens, but not all.

    What reaches the join without passing the choice (by a parallel branch) is there anyway.
    A way that comes back to the choice, or that ends everything else, leaves nobody waiting.
    """
    beginnings = [start for start in graph.starts if start not in choice.starts]
    free = reached(beginnings, graph.edges, without=choice.node)
    there = {flow.id for flow in arriving if flow.source in free}
    needed = {flow.id for flow in arriving} - there
    for way in choice.ways:
        going = reached([flow.target for flow in way], graph.edges, without=join)
        taken = {flow.id for flow in way}
        sources = going - {choice.node}
        fed = {f.id for f in arriving if f.source in sources or f.id in taken}
        if needed <= fed:
            continue
        if fed or (there and choice.node not in going and graph.stops.isdisjoint(going)):
            return True
    return False
