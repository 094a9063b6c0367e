"""Activities that hold others: embedded sub-processes and calls of other processes."""

from collections.abc import Mapping

from engine.bpmn.kernel import Phase, ProcessSpec, SubProcessInstance, Token
from engine.bpmn.mappings import deliver
from engine.bpmn.nodes import CallWork, Content, Node
from engine.bpmn.specs.node import NodeSpec
from engine.domain.events import CallRequested


class SubProcessSpec(NodeSpec):
    """Runs its own content once."""

    holds_content = True

    def __init__(
        self, process: ProcessSpec, node: Node, content: Content, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self._start_id = content.starts()[0].id

    def work(self, token: Token) -> bool:
        """Put a token on the start event inside."""
        token.instance.wake(self.open_content(token), Phase.ARRIVED)
        return False

    def open_content(self, token: Token) -> Token:
        """Begin to run the content inside *token*; return the token on its start event."""
        instance = token.instance
        content = SubProcessInstance(instance.subprocess_specs[self.bpmn_id], token)
        instance.subprocesses[token.key] = content
        return instance.spawn(content, self._start_id)


class CallActivitySpec(NodeSpec):
    """Asks for an instance of another process and waits until that one has ended."""

    awaits_completion = True
    has_work_outside = True

    def __init__(
        self, process: ProcessSpec, node: Node, called: CallWork, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.called = called

    def work(self, token: Token) -> bool:
        """Ask, with a copy of all variables in sight, or only of the element's own."""
        scopes = token.instance.scopes
        everything = self.called.propagate_all_parent_variables
        token.instance.emit(
            CallRequested(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                process=self.called.process,
                variables=scopes.visible(token.key) if everything else scopes.local(token.key),
            )
        )
        return False

    def resume(self, token: Token, variables: Mapping[str, object]) -> None:
        """Take the variables of the instance that has completed."""
        if self.called.propagate_all_child_variables or self.node.outputs:
            deliver(token, self.node.outputs, variables)
        token.instance.wake(token, Phase.COMPLETING)
