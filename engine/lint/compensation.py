"""Does compensation find anything to undo, and does anything ever ask for it?"""

from collections import defaultdict

from engine.bpmn import ElementType
from engine.bpmn.nodes import (
    CaughtCancel,
    Content,
    Node,
    ThrownCancel,
    ThrownCompensation,
    UndoneBy,
)
from engine.lint.rules import Report

_Asked = dict[int, set[str | None]]
"""By the identity of a content: the activities in it that somebody undoes; None for all."""


def check_compensation(process: Content, report: Report) -> None:
    """Look for compensation that undoes nothing, and for what is never undone or cancelled."""
    asked: _Asked = defaultdict(set)
    _find_throws(process, [process], asked, report)
    _find_unasked(process, asked, report)


def _find_throws(content: Content, reach: list[Content], asked: _Asked, report: Report) -> None:
    for node in content.nodes.values():
        match node.work:
            case ThrownCompensation(activity=activity):
                for one in reach:
                    asked[id(one)].add(activity)
                if not any(one.can_undo_something() for one in reach):
                    report.add("compensates-nothing", node.id)
            case ThrownCancel():
                asked[id(content)].add(None)
            case Content() as inside:
                by_event = node.type is ElementType.EVENT_SUB_PROCESS
                _find_throws(inside, [inside, *reach] if by_event else [inside], asked, report)


def _find_unasked(content: Content, asked: _Asked, report: Report) -> None:
    here = asked[id(content)]
    for node in content.nodes.values():
        host = node.attached_to or ""
        if isinstance(node.work, UndoneBy) and here.isdisjoint({None, host}):
            report.add("never-undone", node.id)
        if isinstance(node.work, CaughtCancel) and not _is_cancelled(content.nodes[host]):
            report.add("cancel-never-happens", node.id, host=host)
        if isinstance(node.work, Content):
            by_event = node.work.undone_by_event()
            if here.isdisjoint({None, node.id}):
                if by_event is not None:
                    report.add("never-undone", by_event.id)
            elif by_event is None and not node.undoes:
                asked[id(node.work)].add(None)
            _find_unasked(node.work, asked, report)


def _is_cancelled(transaction: Node) -> bool:
    inside = transaction.work
    return isinstance(inside, Content) and any(
        isinstance(node.work, ThrownCancel) for node in inside.nodes.values()
    )
