"""Multi-instance activities: one iteration per item of a collection, side by side or in turn.

As in Camunda 8 the loop has a *body*, an element instance around the iterations that owns the
events on the edge and the output collection. Every iteration is a scope with ``loopCounter``,
the input element and the output element; the activity's mappings belong to the iterations.
"""

from dataclasses import dataclass

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import LoopProgress, Phase, ProcessSpec, Token
from engine.bpmn.names import variable_of
from engine.bpmn.nodes import ElementType, Loop, Node
from engine.bpmn.specs.node import NodeSpec

ITERATION = "{} (iteration)"
"""How the spec of the activity itself is called beside that of its loop; no XML id has spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the end of one iteration means: its output, and whether the loop is over or goes on."""

    output: object
    loop_is_over: bool
    one_more: bool


class LoopBodySpec(NodeSpec):
    """The body of a multi-instance activity."""

    maps_variables = False

    def __init__(self, process: ProcessSpec, node: Node, loop: Loop) -> None:
        super().__init__(process, node)
        self.element_type = ElementType.MULTI_INSTANCE_BODY
        self.loop = loop
        self._output_variable = variable_of(loop.output_element)

    def work(self, token: Token) -> bool:
        """Begin all iterations, or the first; true when there are none."""
        items = self._items(token)
        if self.loop.output_collection is not None:
            token.instance.scopes.set_local(
                token.key, self.loop.output_collection, [None] * len(items)
            )
        token.loop = LoopProgress()
        if not self.loop.sequential:
            token.instance.loop_items[token.key] = items
        for _ in items[:1] if self.loop.sequential else items:
            self._begin_next(token)
        if not items:
            self._publish(token)
        return not items

    def begin_iteration(self, token: Token) -> None:
        """Give a new iteration its loop counter, its item and room for its output."""
        body = _body_of(token)
        items = body.instance.loop_items.get(body.key)
        if items is None:
            items = self._items(body)
        if token.counter > len(items):
            raise ElementFailed(
                ErrorType.EXTRACT_VALUE_ERROR,
                f"The input collection has only {len(items)} items, but iteration {token.counter} "
                "begins; it was changed meanwhile",
            )
        scopes, loop = token.instance.scopes, self.loop
        if loop.input_element is not None:
            scopes.set_local(token.key, loop.input_element, items[token.counter - 1])
        if self._output_variable not in (None, loop.input_element, "loopCounter"):
            scopes.set_local(token.key, str(self._output_variable), None)
        scopes.set_local(token.key, "loopCounter", token.counter)

    def judge_iteration(self, token: Token) -> None:
        """Evaluate the output element and the completion condition, and whether items are left."""
        body, loop, instance = _body_of(token), self.loop, token.instance
        progress = _progress(body)
        seen = instance.scopes.view(token.key)
        output = instance.evaluator.json(loop.output_element, seen) if loop.output_element else None
        counts = {
            "numberOfInstances": progress.created,
            "numberOfActiveInstances": progress.created - progress.completed - 1,
            "numberOfCompletedInstances": progress.completed + 1,
            "numberOfTerminatedInstances": 0,
        }
        over = loop.completion_condition is not None and instance.evaluator.boolean(
            loop.completion_condition, instance.scopes.view(token.key, counts)
        )
        token.verdict = Verdict(
            output=output,
            loop_is_over=over,
            one_more=loop.sequential and token.counter < len(self._items(body)),
        )

    def end_iteration(self, token: Token) -> None:
        """Collect the output, then begin the next iteration, or end the loop when it is over."""
        body, verdict = _body_of(token), token.verdict
        progress = _progress(body)
        progress.completed += 1
        self._collect(body, token.counter, verdict.output)
        if verdict.loop_is_over:
            for other in body.children:
                if other is not token and other.phase is not Phase.ARMED:
                    body.instance.terminate(other)
        elif verdict.one_more:
            self._begin_next(body)
            return
        if verdict.loop_is_over or progress.completed == progress.created:
            self._publish(body)
            body.instance.wake(body, Phase.COMPLETING)

    def _begin_next(self, body: Token) -> None:
        progress = _progress(body)
        progress.created += 1
        token = body.instance.spawn(body.workflow, ITERATION.format(self.bpmn_id), parent=body)
        token.counter = progress.created
        body.instance.wake(token, Phase.ARRIVED)

    def _collect(self, body: Token, counter: int, output: object) -> None:
        name, scopes = self.loop.output_collection, body.instance.scopes
        if name is None:
            return
        known = scopes.local(body.key).get(name)
        collected = list(known) if isinstance(known, list) else []
        collected.extend([None] * (counter - len(collected)))
        collected[counter - 1] = output
        scopes.set_local(body.key, name, collected)

    def _publish(self, body: Token) -> None:
        """Let the output collection, and nothing else of the body, leave it."""
        name, scopes = self.loop.output_collection, body.instance.scopes
        if name is not None:
            scopes.merge(body.scope_key, {name: scopes.local(body.key)[name]})

    def _items(self, body: Token) -> list[object]:
        return body.instance.evaluator.items(
            self.loop.input_collection, body.instance.scopes.view(body.key)
        )


def _body_of(token: Token) -> Token:
    body = token.enclosing
    assert body is not None  # noqa: S101  an iteration is always below its body
    return body


def _progress(body: Token) -> LoopProgress:
    assert body.loop is not None  # noqa: S101  set before the first iteration
    return body.loop
