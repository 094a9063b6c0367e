"""What every flow node does with a token: take it in, work, let it go on."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.kernel import Phase, ProcessSpec, Token
from engine.bpmn.mappings import apply_inputs, apply_outputs, deliver
from engine.bpmn.nodes import Flow, Node
from engine.bpmn.specs.choosing import choose_all
from engine.bpmn.specs.memory import proceed, remember
from engine.domain.events import ElementActivated, ElementCompleted, ElementTerminated, FlowTaken


class LoopBody(Protocol):
    """The body of a multi-instance activity, as its iterations see it."""

    def begin_iteration(self, token: Token) -> None:
        """Give a new iteration its variables."""

    def judge_iteration(self, token: Token) -> None:
        """Evaluate what the end of this iteration means, before it takes effect."""

    def end_iteration(self, token: Token) -> None:
        """Take the effect: collect its output, begin the next one or complete."""


class BoundaryEvents(Protocol):
    """The events on the edge of an activity."""

    def arm(self, owner: Token) -> None:
        """Start waiting for those that come from outside."""


class NodeSpec(BpmnSpecMixin):  # type: ignore[misc]
    """A flow node that only passes its token on; the others derive from it.

    ``element_type`` is reported, ``outgoing`` are the sequence flows in document order (Spiff's
    ``outputs`` has the same targets), ``has_conditions`` says whether one of them has a condition
    or is the default, ``boundary`` the events on its edge, ``undo`` the name of the one that leads
    to its compensation handler, and ``body`` the loop of which it is an iteration.
    """

    awaits_completion = False
    """Whether somebody outside says when the work is done (`Execution.complete`)."""
    awaits_timer = False
    """Whether it waits for a time."""
    awaits_condition = False
    """Whether it waits for variables to fulfil a condition."""
    has_work_outside = False
    """Whether what is waited for is work, which may also throw an error."""
    maps_variables = True
    """Whether the input and output mappings of the element are applied here."""
    closes_scope = False
    """Whether nothing else begins in its scope once it has begun."""
    holds_content = False
    """Whether a process of its own runs inside."""

    def __init__(self, process: ProcessSpec, node: Node, name: str | None = None) -> None:
        super().__init__(process, name or node.id, bpmn_name=node.name)
        self.bpmn_id = node.id
        self.node = node
        self.element_type = node.type
        self.outgoing: tuple[Flow, ...] = ()
        self.has_conditions = False
        self.boundary: BoundaryEvents | None = None
        self.undo: str | None = None
        self.body: LoopBody | None = None

    def work(self, token: Token) -> bool:
        """Do what the element is there for; False when something outside finishes it."""
        return True

    def resume(self, token: Token, variables: Mapping[str, object]) -> None:
        """Take the results of work that was done outside, and go on."""
        deliver(token, self.node.outputs, variables)
        token.instance.wake(token, Phase.COMPLETING)

    def undone(self, token: Token) -> None:
        """Go on at an event that has thrown compensation and waited for it."""
        token.instance.wake(token, Phase.COMPLETING)

    def choose_flows(self, token: Token) -> Sequence[Flow]:
        """Choose the sequence flows on which the token goes on, before its visit completes.

        Conditions see the variables around the element, as its own end with the visit.
        """
        if not self.has_conditions:
            return self.outgoing
        return choose_all(token.instance, self.outgoing, self.node.default_flow, token.scope_key)

    def may_merge(self, token: Token) -> bool:
        """Say whether a token that waits here for others need not wait any longer.

        Asked when no token can move; those that it waited for have gone into it then.
        """
        return False

    def variables(self, token: Token) -> Mapping[str, object]:
        """Return what expressions of this visit see."""
        return token.instance.scopes.view(token.key)

    # Spiff's hooks, in the order in which it calls them.

    def _predict(self, my_task: Token, *_: object, **__: object) -> None:
        """Look nowhere ahead."""

    def _update_hook(self, my_task: Token) -> bool:
        return True

    def test(self) -> None:
        """Check nothing: `engine.bpmn.reading` has checked the whole diagram."""

    def _on_ready_hook(self, my_task: Token) -> None:
        my_task.instance.ready.append(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.phase is Phase.ARRIVED:
            self.enter(my_task)
        if my_task.phase is Phase.ACTIVATING:
            self._activate(my_task)
            if my_task.state == TaskState.CANCELLED:  # a condition on its edge was true already
                return None
        if my_task.phase is Phase.ACTIVE:
            if not self.work(my_task):
                return None
            my_task.phase = Phase.COMPLETING
        if self.maps_variables:
            apply_outputs(my_task, self.node.outputs)
        if self.body is not None:
            self.body.judge_iteration(my_task)
        my_task.chosen = self.choose_flows(my_task)
        return True

    def _on_error(self, my_task: Token) -> None:
        """Leave the token where it is; the failure itself is reported by who ran it."""

    def _on_complete_hook(self, my_task: Token) -> None:
        instance = my_task.instance
        for watch in my_task.children:
            instance.terminate(watch)
        instance.emit(ElementCompleted(element_instance_key=my_task.key, element_id=self.bpmn_id))
        if my_task.undoing is None:
            remember(my_task)
        else:
            proceed(my_task)
        if self.body is not None:
            self.body.end_iteration(my_task)
            return
        self.take(my_task, my_task.chosen)

    def _on_cancel(self, my_task: Token) -> None:
        if my_task.phase is not Phase.ARRIVED:
            my_task.instance.emit(
                ElementTerminated(element_instance_key=my_task.key, element_id=self.bpmn_id)
            )

    # Parts of the above.

    def enter(self, token: Token) -> None:
        """Make the visit an element instance with a scope of its own."""
        instance = token.instance
        scope_key = token.scope_key
        token.phase = Phase.ACTIVATING
        instance.scopes.open(token.key, self.bpmn_id, scope_key)
        instance.emit(
            ElementActivated(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                element_type=self.element_type,
                scope_key=scope_key,
            )
        )

    def _activate(self, token: Token) -> None:
        if self.body is not None:
            self.body.begin_iteration(token)
        if self.maps_variables:
            apply_inputs(token, self.node.inputs)
        if self.boundary is not None:
            self.boundary.arm(token)
        token.phase = Phase.ACTIVE

    def take(self, token: Token, flows: Sequence[Flow]) -> None:
        """Put a token on each of *flows*; Spiff makes them ready next."""
        instance = token.instance
        for flow in flows:
            if flow.drawn:
                instance.emit(FlowTaken(element_instance_key=token.key, element_id=flow.id))
            child = instance.spawn(token.workflow, flow.target, parent=token)
            child.flow = flow.id
