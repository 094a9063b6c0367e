"""Standard loops: an activity goes round while its condition is true (BPMN 2.0.2, 13.3.6).

As for several instances there is a *body*, an element instance around the rounds that owns the
events on the edge. Every round is a scope of its own with ``loopCounter``, from 1; the condition
sees what the round before it has seen, its results included.
"""

from engine.bpmn.kernel import Phase, ProcessSpec, Token, Verdict
from engine.bpmn.nodes import ElementType, Node, StandardLoop
from engine.bpmn.specs.node import NodeSpec

ITERATION = "{} (iteration)"
"""How the spec of the activity itself is called beside that of its loop; no XML id has spaces."""


def begin_next(body: Token, element_id: str) -> None:
    """Begin the next iteration inside the body of a loop."""
    body.begun += 1
    token = body.instance.spawn(body.workflow, ITERATION.format(element_id), parent=body)
    token.counter = body.begun
    body.instance.wake(token, Phase.ARRIVED)


class RoundsSpec(NodeSpec):
    """The body of an activity with a standard loop."""

    maps_variables = False

    def __init__(self, process: ProcessSpec, node: Node, loop: StandardLoop) -> None:
        super().__init__(process, node)
        self.element_type = ElementType.MULTI_INSTANCE_BODY
        self.loop = loop

    def work(self, token: Token) -> bool:
        """Begin the first round; true when there is none, which only ``testBefore`` allows."""
        if self.loop.test_before and not self._goes_on(token, token):
            return True
        token.begun = token.done = 0
        begin_next(token, self.bpmn_id)
        return False

    def begin_iteration(self, token: Token) -> None:
        """Give a new round its loop counter."""
        token.instance.scopes.set_local(token.key, "loopCounter", token.counter)

    def judge_iteration(self, token: Token) -> None:
        """Ask whether another round follows."""
        maximum = self.loop.maximum
        may = maximum is None or token.counter < maximum
        token.verdict = Verdict(
            output=None, loop_is_over=False, one_more=may and self._goes_on(token.owner, token)
        )

    def end_iteration(self, token: Token) -> None:
        """Begin the next round, or end the loop."""
        body = token.owner
        body.done += 1
        if token.verdict.one_more:
            begin_next(body, self.bpmn_id)
        else:
            body.instance.wake(body, Phase.COMPLETING)

    def _goes_on(self, body: Token, seen_by: Token) -> bool:
        condition = self.loop.condition
        if condition is None:
            return True
        seen = body.instance.scopes.view(seen_by.key)
        return body.instance.evaluator.boolean(condition, seen)
