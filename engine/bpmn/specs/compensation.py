"""Compensation and cancel events: what asks for things to be undone, and what undoes them.

A compensation thrown in an event sub-process reaches what was done in there and, as in Camunda 8,
in the scope around it; thrown in the event sub-process that undoes a sub-process, it reaches what
was done in that. It never reaches into a called process.
"""

from collections.abc import Mapping

from engine.bpmn.kernel import Phase, ProcessSpec, Token
from engine.bpmn.nodes import (
    CaughtCancel,
    ElementType,
    Node,
    ThrownCancel,
    ThrownCompensation,
    UndoneBy,
)
from engine.bpmn.specs.boundary import trigger
from engine.bpmn.specs.memory import begin, begin_visit, take
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.undoing import Done, Step
from engine.domain.events import ElementCompleted


class CompensationBoundarySpec(NodeSpec):
    """The event on the edge of an activity that leads to its compensation handler."""

    def __init__(
        self, process: ProcessSpec, node: Node, undone: UndoneBy, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self._handler = undone.handler

    def begin_undoing(self, beside: Token, variables: Mapping[str, object]) -> Token:
        """Visit the event, then begin its handler with *variables* of its own."""
        instance = beside.instance
        visit = begin_visit(self, beside, {})
        instance.emit(ElementCompleted(element_instance_key=visit.key, element_id=self.bpmn_id))
        instance.forget(visit)
        handler = begin_visit(instance.spec_named(self._handler), beside, variables)
        instance.wake(handler, Phase.ACTIVATING)
        return handler


class CompensationThrowSpec(NodeSpec):
    """An intermediate or end event that throws compensation."""

    def __init__(
        self, process: ProcessSpec, node: Node, thrown: ThrownCompensation, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self._thrown = thrown

    def work(self, token: Token) -> bool:
        """Begin to undo; true when there is nothing to undo or to wait for."""
        steps: list[Step] = []
        for done in _reach(token):
            steps += take(done, self._thrown.activity, token.instance)
        if steps:
            begin(token, steps, waits=self._thrown.waits)
        return not (steps and self._thrown.waits)


class CancelEndSpec(NodeSpec):
    """The end event that cancels the transaction around it."""

    closes_scope = True

    def __init__(
        self, process: ProcessSpec, node: Node, _: ThrownCancel, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)

    def work(self, token: Token) -> bool:
        """End all else in the transaction, then undo it.

        What a compensation in progress had not yet begun to undo is undone as well.
        """
        steps = take(token.done_around, None, token.instance)
        for other in token.workflow.live():
            if other is token:
                continue
            if other.undoing is not None:
                steps += other.undoing.rest
            token.instance.terminate(other)
        if steps:
            begin(token, steps, waits=True)
        else:
            self._leave(token)
        return False

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.phase is Phase.COMPLETING:
            self._leave(my_task)
            return None
        return super()._run_hook(my_task)

    def _leave(self, token: Token) -> None:
        """Leave the transaction by the cancel event on its edge, which ends this token too."""
        transaction = token.enclosing
        assert transaction is not None  # noqa: S101  `engine.bpmn.reading` has seen to it
        edge = transaction.task_spec.boundary
        trigger(edge.catching(CaughtCancel, ""), transaction, {})


def _reach(token: Token) -> list[list[Done]]:
    """Return what has been done where a compensation thrown at *token* looks, inside first."""
    found = [token.done_around]
    inside = token.enclosing
    while inside is not None and _is_event_sub_process(inside) and inside.undoing is None:
        found.append(inside.done_around)
        inside = inside.enclosing
    return found


def _is_event_sub_process(token: Token) -> bool:
    return token.task_spec.element_type is ElementType.EVENT_SUB_PROCESS
