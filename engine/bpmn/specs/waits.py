"""Events that come from outside: timers and messages, wherever they are waited for.

An *armed* event is a token in Spiff's WAITING state below the token that it may happen to: an
event on the edge of an activity, or one of the events behind an event-based gateway; or below the
root of the process or sub-process that an event sub-process belongs to. It is no
visit of the event yet; its key names the timer or the subscription.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Phase, ProcessInstance, ProcessSpec, SubProcessInstance, Token
from engine.bpmn.nodes import AwaitedMessage, Node
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.timers import Schedule, TimerDefinition
from engine.domain.events import SubscriptionOpened, TimerStarted, WaitEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A message that is waited for, with everything evaluated."""

    message_name: str
    correlation_key: str


Wait = Schedule | Subscription
Awaited = TimerDefinition | AwaitedMessage


class WaitSpec(NodeSpec):
    """Waits for a time or a message, wherever the event is drawn."""

    def __init__(
        self,
        process: ProcessSpec,
        node: Node,
        awaited: Awaited,
        name: str | None = None,
    ) -> None:
        super().__init__(process, node, name)
        self.awaited = awaited
        self.awaits_timer = isinstance(awaited, TimerDefinition)
        self.awaits_completion = not self.awaits_timer

    def evaluate(self, instance: ProcessInstance, scope: int, *, key_scope: int) -> Wait:
        """Say what is waited for.

        Args:
            instance: The process instance.
            scope: The scope whose variables count.
            key_scope: The scope in which the correlation key is evaluated; Camunda 8 takes the
                one around the activity for events on its edge.

        Raises:
            ElementFailed: The time or the key cannot be made out.
        """
        seen = instance.scopes.view(scope)
        if isinstance(self.awaited, TimerDefinition):
            return self.awaited.schedule(instance.evaluator, seen)
        name = instance.evaluator.text(self.awaited.name, seen)
        return Subscription(
            message_name=name,
            correlation_key=_correlation_key(self.awaited, instance, key_scope),
        )

    def begin(self, token: Token, wait: Wait) -> None:
        """Start *wait* under the key of *token*."""
        if isinstance(wait, Subscription):
            token.instance.emit(
                SubscriptionOpened(
                    element_instance_key=token.key,
                    element_id=self.bpmn_id,
                    message_name=wait.message_name,
                    correlation_key=wait.correlation_key,
                    interrupting=self.node.interrupting,
                )
            )
            return
        token.schedule = wait if wait.interval is not None else None
        token.instance.emit(
            TimerStarted(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                due_at=wait.due_at,
                repetitions=wait.repetitions,
            )
        )

    def end(self, token: Token) -> None:
        """Record that nothing is waited for any more under the key of *token*."""
        token.instance.emit(
            WaitEnded(
                element_instance_key=token.key,
                element_id=self.bpmn_id,
                is_timer=self.awaits_timer,
            )
        )

    def happens(self, watch: Token, variables: Mapping[str, object]) -> None:
        """Let the armed event happen to the token below which it is armed."""
        raise NotImplementedError

    def rearm(self, watch: Token) -> None:
        """Wait for the next time of a cycle, or no longer when that was the last."""
        instance = watch.instance
        upcoming = watch.schedule and watch.schedule.next(instance.evaluator.now)
        if upcoming is None:
            instance.terminate(watch)
        else:
            self.begin(watch, upcoming)

    def _on_cancel(self, my_task: Token) -> None:
        if my_task.phase is Phase.ARMED:
            self.end(my_task)
        else:
            super()._on_cancel(my_task)


class CatchSpec(WaitSpec):
    """An event or receive task in the flow, or an event behind an event-based gateway."""

    def work(self, token: Token) -> bool:
        """Begin to wait."""
        self.begin(token, self.evaluate(token.instance, token.key, key_scope=token.key))
        return False

    def resume(self, token: Token, variables: Mapping[str, object]) -> None:
        """Go on: it has happened."""
        self.end(token)
        super().resume(token, variables)

    def happens(self, watch: Token, variables: Mapping[str, object]) -> None:
        """Let the gateway choose this event."""
        watch.owner.task_spec.choose(watch.owner, self, variables)

    def _on_cancel(self, my_task: Token) -> None:
        if my_task.phase is Phase.ACTIVE and my_task.state == TaskState.STARTED:
            self.end(my_task)
        super()._on_cancel(my_task)


def arm(owner: Token, specs: Iterable[WaitSpec], *, key_scope: int) -> None:
    """Arm the events *specs* below *owner*: all of them, or none when one cannot be made out."""
    instance = owner.instance
    waits = [(spec, spec.evaluate(instance, owner.key, key_scope=key_scope)) for spec in specs]
    for spec, wait in waits:
        _watch(instance.spawn(owner.workflow, spec.name, parent=owner), wait)


def arm_scope(
    scope: ProcessInstance | SubProcessInstance, specs: Iterable[WaitSpec], key: int
) -> None:
    """Arm the events *specs* that may happen to a whole process or sub-process: all or none."""
    instance: ProcessInstance = scope.top_workflow
    waits = [(spec, spec.evaluate(instance, key, key_scope=key)) for spec in specs]
    for spec, wait in waits:
        _watch(instance.spawn(scope, spec.name), wait)


def _watch(watch: Token, wait: Wait) -> None:
    watch.phase = Phase.ARMED
    watch._set_state(TaskState.WAITING)
    watch.task_spec.begin(watch, wait)


def _correlation_key(message: AwaitedMessage, instance: ProcessInstance, scope: int) -> str:
    key = instance.evaluator.json(message.correlation_key, instance.scopes.view(scope))
    if isinstance(key, str) and key:
        return key
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    raise ElementFailed(
        ErrorType.EXTRACT_VALUE_ERROR,
        f"The correlation key {message.correlation_key.text} should give a text or a whole "
        f"number, but gave {'null' if key is None else key!r}",
    )
