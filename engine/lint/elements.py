"""What one flow node lacks: people, names, a form, a zone, an end to its repetition."""

import re
from collections.abc import Iterator

from engine.bpmn import ElementType, TimerDefinition, TimerKind
from engine.bpmn.expressions import Value
from engine.bpmn.nodes import Node, UserTaskWork
from engine.lint.rules import Report

_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?!\d|[:.Z@\[]|[+-]\d)")
_ENDLESS = re.compile(r'R/|= *"R/')
_ZH = "name.zh"


def check_element(node: Node, report: Report) -> None:
    """Look at one flow node by itself."""
    if isinstance(node.work, UserTaskWork):
        _check_user_task(node, node.work, report)
    if isinstance(node.work, TimerDefinition):
        text = node.work.value.text
        if node.work.kind is TimerKind.CYCLE and _repeats(node) and _ENDLESS.match(text):
            report.add("endless-cycle", node.id, text=text)
    for value in _times(node):
        found = _LOCAL_TIME.search(value.text)
        if found:
            report.add("timer-without-zone", node.id, text=found[0])


def _repeats(node: Node) -> bool:
    return not node.interrupting and node.type in (
        ElementType.BOUNDARY_EVENT,
        ElementType.START_EVENT,
    )


def _times(node: Node) -> Iterator[Value]:
    match node.work:
        case TimerDefinition(value=value):
            yield value
        case UserTaskWork(due_date=due, follow_up_date=follow_up):
            yield from (value for value in (due, follow_up) if value is not None)


def _check_user_task(node: Node, work: UserTaskWork, report: Report) -> None:
    named = (work.assignee, work.candidate_groups, work.candidate_users, work.lane_group)
    if not any(named):
        report.add("nobody-to-do-it", node.id)
    if work.form is None:
        report.add("user-task-without-form", node.id)
    if not node.name:
        report.add("name-missing", node.id)
    elif _ZH not in node.properties:
        report.add("name-zh-missing", node.id)
