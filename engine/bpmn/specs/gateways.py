"""Gateways: which way a token goes, and when tokens become one."""

from collections.abc import Mapping, Sequence

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.kernel import Phase, ProcessSpec, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import Flow, Node
from engine.bpmn.specs.choosing import choose_one
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.waits import CatchSpec, WaitSpec, arm


class ExclusiveGatewaySpec(NodeSpec):
    """Takes the first flow, in document order, whose condition is true, else the default."""

    def choose_flows(self, token: Token) -> Sequence[Flow]:
        """Choose; a condition that is not true or false is a failure, never a silent no."""
        if not self.outgoing:
            return ()
        default = self.node.default_flow
        return (choose_one(token.instance, self.outgoing, default, token.key),)


class InclusiveGatewaySpec(NodeSpec):
    """Takes every flow whose condition is true; as a join waits for what can still come.

    The join is BPMN 2.0's (13.3.3): a token goes on, with one from each other incoming flow that
    has one, as soon as no token elsewhere can reach an incoming flow that has none, except one
    that can as well reach a flow that has one. ``leading`` gives, for each node, the incoming
    flows that a token can reach from there without passing this gateway.
    """

    def __init__(
        self,
        process: ProcessSpec,
        node: Node,
        incoming: frozenset[str],
        leading: Mapping[str, set[str]],
    ) -> None:
        super().__init__(process, node)
        self._incoming = incoming
        self._leading = leading

    def may_merge(self, token: Token) -> bool:
        """Say so, and take in the tokens that wait on the other flows."""
        waiting = waiting_by_flow(token)
        if any(self._will_come(other, waiting) for other in token.workflow.live()):
            return False
        _merge(token, waiting)
        return True

    def _will_come(self, token: Token, waiting: Mapping[str, Token]) -> bool:
        if token.task_spec is self or token.phase is Phase.ARMED:
            return False
        reached = self._leading.get(token.element_id)
        return reached is not None and reached.isdisjoint(waiting)

    def _update_hook(self, my_task: Token) -> bool:
        if len(self._incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        return False


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
        waiting = waiting_by_flow(my_task)
        if waiting.keys() | {my_task.flow} < self._incoming:
            my_task._set_state(TaskState.WAITING)
            return False
        _merge(my_task, waiting)
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


def waiting_by_flow(token: Token) -> dict[str, Token]:
    """Return the tokens that wait at the same join, the longest waiting one of each flow."""
    waiting: dict[str, Token] = {}
    for other in token.instance.tokens.values():
        here = other.task_spec is token.task_spec and other.workflow is token.workflow
        if here and other.state == TaskState.WAITING:
            waiting.setdefault(other.flow, other)
    return waiting


def _merge(token: Token, waiting: Mapping[str, Token]) -> None:
    """Let *token* stand for those that wait on other flows."""
    for flow, other in waiting.items():
        if flow != token.flow:
            token.instance.terminate(other)
