"""Events that never happen: nothing throws them, waits long enough or changes what they look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn import ElementType, ParsedBpmn, TimerDefinition
from engine.bpmn.nodes import (
    AwaitedCondition,
    AwaitedMessage,
    AwaitedSignal,
    CallWork,
    CaughtError,
    CaughtEscalation,
    Content,
    JobWork,
    Node,
    StartSignal,
    ThrownError,
    ThrownEscalation,
    ThrownSignal,
    UserTaskWork,
)
from engine.feel.free_names import free_names
from engine.lint.graph import contents_of
from engine.lint.rules import Report

_ARRIVING = (TimerDefinition, AwaitedMessage, AwaitedSignal)
"""What takes its time to happen, unlike a condition, which may be true at once."""
_WAITS = (*_ARRIVING, AwaitedCondition, UserTaskWork, JobWork, CallWork)


@dataclass(slots=True)
class Caught:
    """The signals that the files of a bundle wait for; ``any`` when an expression names one."""

    names: set[str] = field(default_factory=set)
    any: bool = False


def caught_signals(diagrams: Mapping[str, ParsedBpmn]) -> Caught:
    """Return the signals that some process of *diagrams* waits for or is started by."""
    caught = Caught()
    for diagram in diagrams.values():
        for process in diagram.drawn:
            for content in contents_of(process.content):
                for node in content.nodes.values():
                    match node.work:
                        case StartSignal(name=name):
                            caught.names.add(name)
                        case AwaitedSignal(name=name) if name.is_static:
                            caught.names.add(name.text)
                        case AwaitedSignal():
                            caught.any = True
    return caught


def check_events(content: Content, caught: Caught, report: Report) -> None:
    """Name the events directly in *content* that never happen, or that nobody notices."""
    for node in content.nodes.values():
        host = content.nodes.get(node.attached_to or "")
        if host is not None:
            _check_edge(node, host, report)
        if node.type is ElementType.EVENT_SUB_PROCESS and isinstance(node.work, Content):
            beside = [other for other in content.nodes.values() if other is not node]
            for start in node.work.starts():
                if _never_thrown(start, beside):
                    report.add("dead-boundary-event", start.id, host=node.parent_id)
        match node.work:
            case ThrownSignal(name=name) if not caught.any and name.is_static:
                if name.text not in caught.names:
                    report.add("signal-uncaught", node.id, name=name.text)
            case AwaitedCondition() as awaited:
                _check_condition(node, awaited, report)


def _check_edge(event: Node, host: Node, report: Report) -> None:
    if _never_thrown(event, [host]):
        report.add("dead-boundary-event", event.id, host=host.id)
    elif isinstance(event.work, _ARRIVING) and not _may_wait(host):
        report.add("host-never-waits", event.id, host=host.id)


def _never_thrown(event: Node, nodes: list[Node]) -> bool:
    match event.work:
        case CaughtError(code=code):
            return not any(_throws_error(node, code) for node in _within(nodes))
        case CaughtEscalation(code=code):
            return not any(_escalates(node, code) for node in _within(nodes))
        case _:
            return False


def _within(nodes: list[Node]) -> Iterator[Node]:
    for host in nodes:
        yield host
        if isinstance(host.work, Content):
            for content in contents_of(host.work):
                yield from content.nodes.values()


def _may_wait(host: Node) -> bool:
    return any(
        isinstance(node.work, _WAITS) and node.type is not ElementType.START_EVENT
        for node in _within([host])
    )


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


def _check_condition(node: Node, awaited: AwaitedCondition, report: Report) -> None:
    """Nobody looks at a condition again before a variable that it asks for changes."""
    expression = awaited.condition.expression
    read = frozenset[str]() if expression is None else free_names(expression.tree)
    if not read:
        report.add("condition-constant", node.id, text=awaited.condition.text)
    elif awaited.variable_names and awaited.variable_names.isdisjoint(read):
        names = ", ".join(sorted(awaited.variable_names))
        report.add("condition-not-noticed", node.id, names=names)
