"""Gateways: which way a token goes, and when tokens become one."""

from collections.abc import Mapping, Sequence

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Phase, ProcessSpec, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import Flow, Node
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.waits import CatchSpec, WaitSpec, arm


class ExclusiveGatewaySpec(NodeSpec):
    """Takes the first flow, in document order, whose condition is true, else the default."""

    def work(self, token: Token) -> bool:
        """Choose; a condition that is not true or false is a failure, never a silent no."""
        token.chosen = (self._choose(token),) if self.outgoing else ()
        return True

    def flows_to_take(self, token: Token) -> Sequence[Flow]:
        """Return the flow chosen."""
        return token.chosen

    def _choose(self, token: Token) -> Flow:
        evaluator, seen = token.instance.evaluator, self.variables(token)
        default = None
        for flow in self.outgoing:
            if flow.id == self.node.default_flow:
                default = flow
            elif flow.condition is None or evaluator.boolean(flow.condition, seen):
                return flow
        if default is None:
            raise ElementFailed(
                ErrorType.CONDITION_ERROR,
                "No condition of the sequence flows is true, and none of them is the default",
            )
        return default


class ParallelGatewaySpec(NodeSpec):
    """Waits for one token per incoming flow, then puts one on each outgoing flow.

    Tokens are counted per sequence flow, as BPMN 2.0 (13.3.2) has it, so a join inside a loop
    cannot mistake the token of a later round for one it still lacks. Stock Spiff asks which
    specs have a finished task somewhere in the tree, which fires early in loops and loses
    branches.
    """

    def __init__(self, process: ProcessSpec, node: Node, incoming: frozenset[str]) -> None:
        super().__init__(process, node)
        self._incoming = incoming

    def _update_hook(self, my_task: Token) -> bool:
        if len(self._incoming) < 2:
            return True
        waiting: dict[str, Token] = {}
        for token in my_task.instance.tokens.values():
            here = token.task_spec is self and token.workflow is my_task.workflow
            if here and token.state == TaskState.WAITING:
                waiting.setdefault(token.flow, token)
        if waiting.keys() | {my_task.flow} < self._incoming:
            my_task._set_state(TaskState.WAITING)
            return False
        for flow, token in waiting.items():
            if flow != my_task.flow:
                my_task.instance.terminate(token)
        return True


class EventGatewaySpec(NodeSpec):
    """Waits for several events; the first to happen decides the way."""

    def __init__(self, process: ProcessSpec, node: Node) -> None:
        super().__init__(process, node)
        self.targets: tuple[CatchSpec, ...] = ()

    def work(self, token: Token) -> bool:
        """Wait for all of them."""
        arm(token, self.targets, key_scope=token.key)
        return False

    def choose(self, token: Token, event: WaitSpec, variables: Mapping[str, object]) -> None:
        """Go on to *event*, which has happened."""
        token.chosen = tuple(flow for flow in self.outgoing if flow.target == event.name)
        token.complete()
        visit = token.workflow.live()[-1]
        event.enter(visit)
        deliver(visit, event.node.outputs, variables)
        visit.phase = Phase.COMPLETING

    def flows_to_take(self, token: Token) -> Sequence[Flow]:
        """Return the flow to the event that happened."""
        return token.chosen
