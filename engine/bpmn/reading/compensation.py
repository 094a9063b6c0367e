"""Checks of compensation and cancellation: does each lead where its meaning asks for it?"""

from engine.bpmn.nodes import (
    CaughtCancel,
    Content,
    ElementType,
    Node,
    ThrownCancel,
    ThrownCompensation,
    UndoneBy,
)
from engine.bpmn.refuse import Findings


def check_compensation(process: Content, findings: Findings) -> None:
    """Check a process and all its sub-processes."""
    _check(process, [process], findings, embedded=False)


def _check(content: Content, reach: list[Content], findings: Findings, *, embedded: bool) -> None:
    """Check *content*; *reach* is where a compensation thrown in it looks."""
    by_event = content.undone_by_event()
    if by_event is not None and not embedded:
        findings.add("compensation-start", by_event.id)
    for node in content.nodes.values():
        _check_node(node, content, reach, findings)
        if isinstance(node.work, Content):
            is_handler = node.type is ElementType.EVENT_SUB_PROCESS
            inner_reach = [node.work, *reach] if is_handler else [node.work]
            _check(node.work, inner_reach, findings, embedded=not is_handler)


def _check_node(node: Node, content: Content, reach: list[Content], findings: Findings) -> None:
    host = content.nodes.get(node.attached_to or "")
    if host is not None and host.undoes:
        findings.add("compensation-handler-edge", node.id)
    match node.work:
        case UndoneBy(handler=handler):
            undoing = content.nodes.get(handler)
            if undoing is None or not undoing.undoes:
                findings.add("compensation-handler", node.id)
        case ThrownCompensation(activity=str(activity)):
            around = [c for c in reach if activity in c.nodes]
            if not any(c.can_undo(activity) for c in around):
                findings.add("compensation-target", node.id, activity=activity)
        case CaughtCancel() if host is None or not host.transaction:
            findings.add("cancel-misplaced", node.id)
        case Content() as inside if node.transaction:
            _check_transaction(node, inside, content, findings)


def _check_transaction(node: Node, inside: Content, content: Content, findings: Findings) -> None:
    if node.loop is not None:
        what, what_zh = "A transaction as a multi-instance activity", "多实例事务子流程"
        findings.add("unsupported-element", node.id, what=what, what_zh=what_zh)
    cancelled = any(isinstance(n.work, ThrownCancel) for n in inside.nodes.values())
    edge = [n for n in content.nodes.values() if n.attached_to == node.id]
    if cancelled and not any(isinstance(n.work, CaughtCancel) for n in edge):
        findings.add("cancel-uncaught", node.id)
