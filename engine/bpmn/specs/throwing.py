"""Events that throw: errors and escalations to what is around them, signals to everybody."""

from collections.abc import Mapping

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import ProcessSpec, Token
from engine.bpmn.nodes import (
    CaughtError,
    CaughtEscalation,
    Node,
    Terminate,
    ThrownError,
    ThrownEscalation,
    ThrownSignal,
)
from engine.bpmn.specs.catching import find_catcher
from engine.bpmn.specs.node import NodeSpec
from engine.domain.events import ErrorUncaught, EscalationUncaught, SignalThrown


def throw_error(token: Token, code: str, message: str, variables: Mapping[str, object]) -> bool:
    """Throw a BPMN error at *token*; False when nothing in this instance catches it."""
    found = find_catcher(token, CaughtError, code)
    if found is None:
        token.instance.emit(
            ErrorUncaught(
                element_instance_key=token.key,
                element_id=token.element_id,
                error_code=code,
                message=message,
                variables=dict(variables),
            )
        )
        return False
    catcher, owner = found
    catcher.catch(owner, variables)
    return True


def unhandled_error(code: str, message: str) -> ElementFailed:
    """Make the failure of an element whose error nothing catches."""
    detail = f": {message}" if message else ""
    return ElementFailed(
        ErrorType.UNHANDLED_ERROR_EVENT,
        f'The error "{code}" was thrown, but nothing around the element catches it{detail}',
    )


def throw_escalation(token: Token, code: str, variables: Mapping[str, object]) -> bool:
    """Throw an escalation at *token*; False when that ended the token itself."""
    found = find_catcher(token, CaughtEscalation, code)
    if found is None:
        token.instance.emit(
            EscalationUncaught(
                element_instance_key=token.key,
                element_id=token.element_id,
                escalation_code=code,
                variables=dict(variables),
            )
        )
        return True
    catcher, owner = found
    catcher.catch(owner, variables)
    return not catcher.interrupting


class ErrorEndSpec(NodeSpec):
    """An end event that throws a BPMN error."""

    def __init__(
        self, process: ProcessSpec, node: Node, thrown: ThrownError, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.thrown = thrown

    def work(self, token: Token) -> bool:
        """Throw; whoever catches it ends this token."""
        code = token.instance.evaluator.text(self.thrown.code, self.variables(token))
        if not throw_error(token, code, "", {}):
            raise unhandled_error(code, "")
        return False


class EscalationThrowSpec(NodeSpec):
    """An intermediate or end event that throws an escalation, and goes on unless interrupted."""

    def __init__(
        self, process: ProcessSpec, node: Node, thrown: ThrownEscalation, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.thrown = thrown

    def work(self, token: Token) -> bool:
        """Throw."""
        code = token.instance.evaluator.text(self.thrown.code, self.variables(token))
        return throw_escalation(token, code, {})


class SignalThrowSpec(NodeSpec):
    """An intermediate or end event that broadcasts a signal, with its own local variables."""

    def __init__(
        self, process: ProcessSpec, node: Node, thrown: ThrownSignal, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)
        self.thrown = thrown

    def work(self, token: Token) -> bool:
        """Broadcast; whoever waits for it hears of it after this command."""
        instance = token.instance
        instance.emit(
            SignalThrown(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                signal_name=instance.evaluator.text(self.thrown.name, self.variables(token)),
                variables=instance.scopes.local(token.key),
            )
        )
        return True


class TerminateEndSpec(NodeSpec):
    """An end event that ends everything else in the same process or sub-process."""

    def __init__(
        self, process: ProcessSpec, node: Node, _: Terminate, name: str | None = None
    ) -> None:
        super().__init__(process, node, name)

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)
        for other in my_task.workflow.live():
            if other is not my_task:
                my_task.instance.terminate(other)
