"""Events that are waited for: timers, messages, signals and conditions, wherever they are drawn.

An *armed* event is a token in Spiff's WAITING state below the token that it may happen to: an
event on the edge of an activity, or one of the events behind an event-based gateway; or below the
root of the process or sub-process that an event sub-process belongs to. It is no
visit of the event yet; its key names the timer or the subscription.

A condition is looked at when the wait begins and whenever a variable changes that it can see. It
must become false before it can happen again (BPMN 2.0, 10.5.5). Null is not true yet: a variable
that is not there may come (Camunda 8.9). An activity that completes is not interrupted any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.expressions import unexpected
from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Phase, ProcessInstance, ProcessSpec, SubProcessInstance, Token
from engine.bpmn.nodes import AwaitedCondition, AwaitedMessage, AwaitedSignal, Node
from engine.bpmn.specs.node import NodeSpec
from engine.bpmn.timers import Schedule, TimerDefinition
from engine.domain.events import (
    IncidentResolved,
    SignalAwaited,
    SubscriptionOpened,
    TimerStarted,
    VariableChanged,
    WaitEnded,
    WaitKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A message that is waited for, with everything evaluated."""

    message_name: str
    correlation_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalName:
    """A signal that is waited for, with its name evaluated."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a condition is when the wait for it begins."""

    holds: bool


Wait = Schedule | Subscription | SignalName | Truth
Awaited = TimerDefinition | AwaitedMessage | AwaitedSignal | AwaitedCondition
_KINDS = {
    TimerDefinition: WaitKind.TIMER,
    AwaitedMessage: WaitKind.MESSAGE,
    AwaitedSignal: WaitKind.SIGNAL,
}


class WaitSpec(NodeSpec):
    """Waits for a time, a message, a signal or a condition, wherever the event is drawn."""

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
        self.awaits_condition = isinstance(awaited, AwaitedCondition)
        self.awaits_completion = isinstance(awaited, AwaitedMessage | AwaitedSignal)

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
        if isinstance(self.awaited, AwaitedCondition):
            return Truth(holds=_holds(self.awaited, instance, scope))
        name = instance.evaluator.text(self.awaited.name, seen)
        if isinstance(self.awaited, AwaitedSignal):
            return SignalName(name=name)
        return Subscription(
            message_name=name,
            correlation_key=_correlation_key(self.awaited, instance, key_scope),
        )

    def begin(self, token: Token, wait: Wait) -> None:
        """Start *wait* under the key of *token*."""
        key, instance = token.key, token.instance
        match wait:
            case Subscription(message_name=name, correlation_key=correlation_key):
                instance.emit(
                    SubscriptionOpened(
                        element_instance_key=key,
                        element_id=self.bpmn_id,
                        message_name=name,
                        correlation_key=correlation_key,
                        interrupting=self.node.interrupting,
                    )
                )
            case SignalName(name=name):
                instance.emit(
                    SignalAwaited(
                        element_instance_key=key, element_id=self.bpmn_id, signal_name=name
                    )
                )
            case Truth():
                instance.watch(token)
            case Schedule():
                token.schedule = wait if wait.interval is not None else None
                instance.emit(
                    TimerStarted(
                        element_instance_key=key,
                        element_id=self.bpmn_id,
                        due_at=wait.due_at,
                        repetitions=wait.repetitions,
                    )
                )

    def end(self, token: Token) -> None:
        """Record that nothing is waited for any more under the key of *token*."""
        kind = _KINDS.get(type(self.awaited))
        if kind is not None:
            token.instance.emit(
                WaitEnded(element_instance_key=token.key, element_id=self.bpmn_id, waited_for=kind)
            )

    def notices(self, token: Token, changes: Sequence[VariableChanged]) -> bool:
        """Say whether *changes* are among those that the condition looks at."""
        awaited, scopes = self.awaited, token.instance.scopes
        return isinstance(awaited, AwaitedCondition) and any(
            (not awaited.variable_names or change.name in awaited.variable_names)
            and (awaited.on_create if change.created else awaited.on_update)
            and scopes.sees(self.scope_of(token), change.element_instance_key)
            for change in changes
        )

    def look(self, token: Token) -> None:
        """Let the event happen if its condition has become true.

        Raises:
            ElementFailed: The condition cannot be made out.
        """
        if not isinstance(self.awaited, AwaitedCondition) or _is_leaving(token):
            return
        before = token.held
        token.held = _holds(self.awaited, token.instance, self.scope_of(token))
        if token.held and not before:
            if token.phase is Phase.ARMED:
                self.happens(token, {})
            else:
                self.resume(token, {})

    def scope_of(self, token: Token) -> int:
        """Return the scope whose variables the event sees."""
        return token.scope_key if token.phase is Phase.ARMED else token.key

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
        if my_task.phase is not Phase.ARMED:
            super()._on_cancel(my_task)
            return
        self.end(my_task)
        if my_task.state == TaskState.ERROR:
            my_task.instance.emit(
                IncidentResolved(element_instance_key=my_task.key, element_id=self.bpmn_id)
            )


class CatchSpec(WaitSpec):
    """An event or receive task in the flow, or an event behind an event-based gateway."""

    def work(self, token: Token) -> bool:
        """Begin to wait, unless it is for a condition that is true."""
        wait = self.evaluate(token.instance, token.key, key_scope=token.key)
        if isinstance(wait, Truth) and wait.holds:
            return True
        self.begin(token, wait)
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
    watches = [instance.spawn(owner.workflow, spec.name, parent=owner) for spec, _ in waits]
    _begin(watches, [wait for _, wait in waits])


def arm_scope(
    scope: ProcessInstance | SubProcessInstance, specs: Iterable[WaitSpec], key: int
) -> None:
    """Arm the events *specs* that may happen to a whole process or sub-process: all or none."""
    instance: ProcessInstance = scope.top_workflow
    waits = [(spec, spec.evaluate(instance, key, key_scope=key)) for spec in specs]
    watches = [instance.spawn(scope, spec.name) for spec, _ in waits]
    _begin(watches, [wait for _, wait in waits])


def _begin(watches: Sequence[Token], waits: Sequence[Wait]) -> None:
    for watch, wait in zip(watches, waits, strict=True):
        watch.phase = Phase.ARMED
        watch._set_state(TaskState.WAITING)
        watch.task_spec.begin(watch, wait)
    for watch, wait in zip(watches, waits, strict=True):
        if isinstance(wait, Truth) and wait.holds and watch.state == TaskState.WAITING:
            watch.task_spec.look(watch)


def _is_leaving(token: Token) -> bool:
    """Say whether the activity on whose edge *token* is armed is about to end."""
    return token.phase is Phase.ARMED and token.owner.phase is Phase.COMPLETING


def _holds(awaited: AwaitedCondition, instance: ProcessInstance, scope: int) -> bool:
    result = instance.evaluator.feel(awaited.condition, instance.scopes.view(scope))
    if result is None or isinstance(result, bool):
        return result is True
    raise unexpected(awaited.condition, "true or false", result)


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
