"""Event sub-processes: what they wait for, and how they begin.

They belong to a process or sub-process, their *scope*. A timer, message, signal or condition is
waited for from the scope's own start event on; errors and escalations need no waiting. An
interrupting one ends all else in its scope, and none of the others can begin any more.
"""

from collections.abc import Iterable, Mapping

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.kernel import Phase, ProcessInstance, ProcessSpec, SubProcessInstance, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import CaughtCompensation, CaughtError, CaughtEscalation, Content, Node
from engine.bpmn.specs.activities import SubProcessSpec
from engine.bpmn.specs.catching import best_catcher
from engine.bpmn.specs.memory import begin_visit
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.waits import Awaited, WaitSpec, arm_scope

AWAITED_START = "{} (awaited)"
"""How the spec that waits for a start event is called in the scope; no XML id has spaces."""

Scope = ProcessInstance | SubProcessInstance


class StartSpec(NodeSpec):
    """A start event: from it on, the event sub-processes beside it may begin."""

    def work(self, token: Token) -> bool:
        """Arm them."""
        handlers = token.workflow.spec.handlers
        if handlers is not None:
            handlers.arm(token.workflow, token.scope_key)
        return bool(token.state != TaskState.CANCELLED)  # a condition may have been true already


class EventSubProcessSpec(SubProcessSpec):
    """An event sub-process; ``kind`` and ``code`` are those of the error or escalation caught."""

    def __init__(self, process: ProcessSpec, node: Node, content: Content) -> None:
        super().__init__(process, node, content)
        (self.start,) = content.starts()
        caught = self.start.work
        self.kind: type = type(caught)
        self.code = caught.code if isinstance(caught, CaughtError | CaughtEscalation) else None
        self.interrupting = node.interrupting
        self.closes_scope = node.interrupting and not isinstance(caught, CaughtCompensation)

    def catch(self, token: Token, variables: Mapping[str, object]) -> None:
        """Begin in the scope where *token* moves."""
        self.begin(token.workflow, variables)

    def begin(self, scope: Scope, variables: Mapping[str, object]) -> None:
        """Begin in *scope*; the variables are those of the event."""
        instance: ProcessInstance = scope.top_workflow
        visit = instance.spawn(scope, self.name)
        if self.interrupting:
            for other in scope.live():
                if other is not visit:
                    instance.terminate(other)
        self.enter(visit)
        self._open(visit, variables)

    def begin_undoing(self, beside: Token, variables: Mapping[str, object]) -> Token:
        """Begin beside *beside* to undo the sub-process that had *variables* when it ended."""
        visit = begin_visit(self, beside, variables)
        self._open(visit, {})
        return visit

    def _open(self, visit: Token, variables: Mapping[str, object]) -> None:
        visit.phase = Phase.ACTIVE
        visit._set_state(TaskState.STARTED)
        start = self.open_content(visit)
        start.task_spec.enter(start)
        deliver(start, self.start.outputs, variables)
        visit.instance.wake(start, Phase.ACTIVE)


class AwaitedStartSpec(WaitSpec):
    """What an event sub-process begins with, as its scope waits for it; no error or escalation."""

    def __init__(self, process: ProcessSpec, owner: EventSubProcessSpec, awaited: Awaited) -> None:
        start = owner.start
        super().__init__(process, start, awaited, AWAITED_START.format(start.id))
        self._owner = owner

    def happens(self, watch: Token, variables: Mapping[str, object]) -> None:
        """Begin the event sub-process; a cycle is armed for the next time."""
        scope = watch.workflow
        if self.awaits_timer and not self.node.interrupting:
            self.rearm(watch)
        self._owner.begin(scope, variables)


def _closes(token: Token) -> bool:
    """Say whether *token* has ended all else in its scope for good."""
    return token.task_spec.closes_scope and token.phase is not Phase.ARRIVED


class ScopeHandlers:
    """All event sub-processes of one process or sub-process."""

    def __init__(
        self, owners: Iterable[EventSubProcessSpec], awaited: Iterable[AwaitedStartSpec]
    ) -> None:
        self._owners = tuple(owners)
        self._awaited = tuple(awaited)

    def arm(self, scope: Scope, scope_key: int) -> None:
        """Start waiting for those that are waited for."""
        arm_scope(scope, self._awaited, scope_key)

    def catching(self, scope: Scope, kind: type, code: str) -> EventSubProcessSpec | None:
        """Return the one that catches *code*; none does once all else in the scope was ended."""
        if any(_closes(token) for token in scope.live()):
            return None
        return best_catcher(self._owners, kind, code)
