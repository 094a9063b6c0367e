"""Multi-instance activities: one iteration per item of a collection, side by side or in turn.

As in Camunda 8 the loop has a *body*, an element instance around the iterations that owns the
events on the edge and the output collection. Every iteration is a scope with ``loopCounter``,
the input element and the output element; the activity's mappings belong to the iterations.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Phase, ProcessSpec, Token, Verdict
from engine.bpmn.names import variable_of
from engine.bpmn.nodes import ElementType, Loop, Node
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.specs.rounds import begin_next


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What a body remembers within one command, so that each iteration costs the same.

    ``items`` is the collection and ``read`` are the variables it was made of, by identity;
    ``collected`` is the output collection as this command has written it.
    """

    items: list[object] = field(default_factory=list)
    read: Sequence[object] | None = None
    collected: list[object] | None = None


class LoopBodySpec(NodeSpec):
    """The body of a multi-instance activity."""

    maps_variables = False

    def __init__(self, process: ProcessSpec, node: Node, loop: Loop) -> None:
        super().__init__(process, node)
        self.element_type = ElementType.MULTI_INSTANCE_BODY
        self.loop = loop
        collection = loop.input_collection.expression
        self._names = sorted(collection.names) if collection is not None else []
        self._output_variable = variable_of(loop.output_element)

    def work(self, token: Token) -> bool:
        """Begin all iterations, or the first; true when there are none."""
        items = self._items(token)
        if self.loop.output_collection is not None:
            token.instance.scopes.set_local(
                token.key, self.loop.output_collection, [None] * len(items)
            )
        token.begun = token.done = 0
        for _ in items[:1] if self.loop.sequential else items:
            begin_next(token, self.bpmn_id)
        if not items:
            self._publish(token)
        return not items

    def begin_iteration(self, token: Token) -> None:
        """Give a new iteration its loop counter, its item and room for its output."""
        body = token.owner
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
        body, loop, instance = token.owner, self.loop, token.instance
        seen = instance.scopes.view(token.key)
        output = instance.evaluator.json(loop.output_element, seen) if loop.output_element else None
        counts = {
            "numberOfInstances": body.begun,
            "numberOfActiveInstances": body.begun - body.done - 1,
            "numberOfCompletedInstances": body.done + 1,
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
        body, verdict = token.owner, token.verdict
        body.done += 1
        self._collect(body, token.counter, verdict.output)
        if verdict.loop_is_over:
            for other in body.children:
                if other is not token:
                    body.instance.terminate(other)
        elif verdict.one_more:
            begin_next(body, self.bpmn_id)
            return
        if verdict.loop_is_over or body.done == body.begun:
            self._publish(body)
            body.instance.wake(body, Phase.COMPLETING)

    def _collect(self, body: Token, counter: int, output: object) -> None:
        """Put an output in its place; what many iterations do in one command is one change."""
        name, scopes, memory = self.loop.output_collection, body.instance.scopes, _memory(body)
        if name is None:
            return
        known = scopes.view(body.key).get(name)
        own = known is memory.collected
        collected = known if own and isinstance(known, list) else _copy(known)
        collected.extend([None] * (counter - len(collected)))
        collected[counter - 1] = output
        if not own:
            memory.collected = collected
            scopes.set_local(body.key, name, collected)

    def _publish(self, body: Token) -> None:
        """Let the output collection, and nothing else of the body, leave it."""
        name, scopes = self.loop.output_collection, body.instance.scopes
        if name is not None:
            scopes.merge(body.scope_key, {name: scopes.local(body.key)[name]})

    def _items(self, body: Token) -> list[object]:
        """Return the collection; in turn, anew when something that it is made of has changed."""
        memory, view = _memory(body), body.instance.scopes.view(body.key)
        read = [view.get(name) for name in self._names]
        known = memory.read is not None
        if known and self.loop.sequential:
            known = all(map(operator.is_, memory.read or (), read))
        if not known:
            memory.items = body.instance.evaluator.items(self.loop.input_collection, view)
            memory.read = read
        return memory.items


def _memory(body: Token) -> _Memory:
    memory: _Memory = body.instance.loops.setdefault(body.key, _Memory())
    return memory


def _copy(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
