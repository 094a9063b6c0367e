"""Events on the edge of an activity."""

from collections.abc import Mapping

from engine.bpmn.kernel import Phase, ProcessSpec, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import CaughtCancel, CaughtError, CaughtEscalation, Node
from engine.bpmn.specs.catching import best_catcher
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.waits import WaitSpec, arm


class AwaitedBoundarySpec(WaitSpec):
    """A timer, message, signal or condition on the edge of an activity."""

    def happens(self, watch: Token, variables: Mapping[str, object]) -> None:
        """Interrupt the activity, or run beside it; a cycle is armed for the next time."""
        owner = watch.owner
        if self.awaits_timer and not self.node.interrupting:
            self.rearm(watch)
        trigger(self, owner, variables)

    def work(self, token: Token) -> bool:
        """Pass on: a visit means that it has happened."""
        return True


class ThrownBoundarySpec(NodeSpec):
    """An error, escalation or cancel on the edge of an activity; ``code`` None catches any."""

    def __init__(
        self,
        process: ProcessSpec,
        node: Node,
        caught: CaughtError | CaughtEscalation | CaughtCancel,
        name: str | None = None,
    ) -> None:
        super().__init__(process, node, name)
        self.kind: type = type(caught)
        self.code: str | None = caught.code
        self.interrupting = node.interrupting

    def catch(self, token: Token, variables: Mapping[str, object]) -> None:
        """Let it happen to the activity where *token* stands."""
        trigger(self, token, variables)


BoundarySpec = AwaitedBoundarySpec | ThrownBoundarySpec


class Edge:
    """All events on the edge of one activity."""

    def __init__(
        self, awaited: list[AwaitedBoundarySpec], thrown: list[ThrownBoundarySpec]
    ) -> None:
        self._awaited = awaited
        self._thrown = thrown

    def arm(self, owner: Token) -> None:
        """Start waiting for those that are waited for."""
        arm(owner, self._awaited, key_scope=owner.scope_key)

    def catching(self, kind: type, code: str) -> ThrownBoundarySpec | None:
        """Return the event that catches *code*: the one that names it before one for all."""
        return best_catcher(self._thrown, kind, code)


def trigger(spec: BoundarySpec, owner: Token, variables: Mapping[str, object]) -> Token:
    """Begin a visit of the event *spec* on the edge of the activity where *owner* stands."""
    instance, container = owner.instance, owner.workflow
    visit = instance.spawn(container, spec.name)
    if spec.node.interrupting:
        instance.terminate(owner)
    spec.enter(visit)
    deliver(visit, spec.node.outputs, variables)
    instance.wake(visit, Phase.ACTIVE)
    return visit
