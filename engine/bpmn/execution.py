"""One process instance in memory: commands in, facts out, state as bytes."""

from collections.abc import Iterable, Mapping
from typing import Self

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import codec
from engine.bpmn.host import Host
from engine.bpmn.incidents import ElementFailed, ErrorType
from engine.bpmn.kernel import Phase, ProcessInstance, Token
from engine.bpmn.limits import DEFAULT_LIMITS, Limits
from engine.bpmn.mappings import deliver
from engine.bpmn.model import ProcessModel
from engine.bpmn.specs.activities import CallActivitySpec
from engine.bpmn.specs.throwing import throw_error, throw_escalation, unhandled_error
from engine.domain.events import (
    ElementState,
    Event,
    IncidentRaised,
    IncidentResolved,
    InstanceEnded,
)
from engine.errors import Conflict, InvalidInput


class Execution:
    """A process instance, as the services drive it.

    Every command runs until all tokens wait for something outside or have ended. Elements are
    named by the key of their element instance. A command about one that does not wait for it
    raises `engine.errors.Conflict` and changes nothing. After any other exception, such as
    `engine.errors.LimitExceeded`, the object is spoilt and the stored state stands.
    """

    def __init__(self, instance: ProcessInstance) -> None:
        self._instance = instance

    @classmethod
    def start(
        cls,
        model: ProcessModel,
        host: Host,
        *,
        instance_key: int,
        variables: Mapping[str, object],
        start_event_id: str | None = None,
        held: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Self:
        """Begin a process instance.

        Args:
            model: The process.
            host: The services.
            instance_key: The key of the new instance.
            variables: JSON values by name; for a message or signal start event what came with it.
            start_event_id: Which start event; None means the plain one.
            held: Why it must not run yet: it stands at the start event with this incident.
            limits: How far one command may go.

        Raises:
            InvalidInput: The process has no such start event.
        """
        event = model.start_event(start_event_id)
        if event is None:
            wanted = "plain start event" if start_event_id is None else f'"{start_event_id}"'
            raise InvalidInput(f'the process "{model.process_id}" has no start event: {wanted}')
        instance = _instance(model, host, instance_key, limits)
        instance.begin_command()
        token = instance.spawn(instance, event.id)
        if event.message_name is None and event.signal_name is None:
            instance.scopes.merge(instance.key, variables)
            token.task_spec.enter(token)
        else:
            token.task_spec.enter(token)
            deliver(token, token.task_spec.node.outputs, variables)
        instance.wake(token, Phase.ACTIVE)
        if held is not None:
            token._set_state(TaskState.ERROR)
            instance.report(token, ElementFailed(ErrorType.UNSPECIFIED, held))
        execution = cls(instance)
        execution._run()
        return execution

    @classmethod
    def restore(
        cls,
        model: ProcessModel,
        host: Host,
        *,
        instance_key: int,
        state: bytes,
        variables: Iterable[tuple[int, str, object]],
        limits: Limits = DEFAULT_LIMITS,
    ) -> Self:
        """Take up a process instance again.

        Args:
            model: The process, in the version that the instance runs on.
            host: The services.
            instance_key: The key of the instance.
            state: What `snapshot` returned.
            variables: The rows of its variables: scope key, name, JSON value. Those of all scopes
                that have ended may be among them; those of completed sub-processes must be, as
                their compensation sees them.
            limits: How far one command may go.
        """
        instance = _instance(model, host, instance_key, limits)
        codec.load(instance, state)
        instance.scopes.load(variables)
        return cls(instance)

    def resume(self, host: Host, *, limits: Limits = DEFAULT_LIMITS) -> None:
        """Go on in another command, as if restored: from now on *host* is asked."""
        self._instance.host = host
        self._instance.limits = limits

    @property
    def ended(self) -> bool:
        """Whether the instance is over."""
        return bool(self._instance.completed)

    def complete(self, element_instance_key: int, variables: Mapping[str, object]) -> None:
        """Say that something outside is done or has come: a task, job, message, signal or call.

        *variables* are the results, the child instance's or those that came along.
        """
        token = self._waiting(element_instance_key)
        if not token.task_spec.awaits_completion:
            raise Conflict(f"{_named(token)} is not completed from outside")
        self._instance.begin_command()
        self._happens(token, variables)

    def fire_timer(self, element_instance_key: int) -> None:
        """Let a timer come due; a cycle starts anew (`TimerStarted`) or ends (`WaitEnded`)."""
        token = self._waiting(element_instance_key)
        if not token.task_spec.awaits_timer:
            raise Conflict(f"{_named(token)} waits for no timer")
        self._instance.begin_command()
        self._happens(token, {})

    def throw_error(
        self,
        element_instance_key: int,
        code: str,
        message: str,
        variables: Mapping[str, object],
    ) -> None:
        """Throw a BPMN error from a job or from a call activity's child instance.

        Uncaught, it is reported as `ErrorUncaught`; the job's element then has an incident, while
        a call activity goes on waiting for its child, which has one of its own.
        """
        token = self._working(element_instance_key)
        self._instance.begin_command()
        caught = throw_error(token, code, message, variables)
        if not caught and not isinstance(token.task_spec, CallActivitySpec):
            token._set_state(TaskState.ERROR)
            self._instance.report(token, unhandled_error(code, message))
        self._run()

    def throw_escalation(
        self, element_instance_key: int, code: str, variables: Mapping[str, object]
    ) -> None:
        """Throw an escalation from a job or from a call activity's child instance."""
        token = self._working(element_instance_key)
        self._instance.begin_command()
        throw_escalation(token, code, variables)
        self._run()

    def retry(self, element_instance_key: int) -> None:
        """Go on at an element that has an incident, from where it failed."""
        token = self._instance.tokens.get(element_instance_key)
        if token is None or token.state != TaskState.ERROR:
            raise Conflict(f"element instance {element_instance_key} has no incident")
        self._instance.begin_command()
        self._instance.emit(
            IncidentResolved(element_instance_key=token.key, element_id=token.element_id)
        )
        if token.phase is Phase.ARMED:
            token._set_state(TaskState.WAITING)
            self._instance.look(token)
        else:
            self._instance.wake(token, token.phase)
        self._run()

    def set_variables(
        self, scope_key: int, variables: Mapping[str, object], *, local: bool
    ) -> None:
        """Change variables from outside.

        With *local* they are set in the scope itself; else each goes to the nearest scope that
        owns its name, or to the process instance.
        """
        scopes = self._instance.scopes
        if self.ended or scope_key not in scopes:
            raise Conflict(f"element instance {scope_key} has ended or never was")
        self._instance.begin_command()
        if local:
            for name, value in variables.items():
                scopes.set_local(scope_key, name, value)
        else:
            scopes.merge(scope_key, variables)
        if self._instance.watching:
            self._run()

    def cancel(self) -> None:
        """End the whole instance before its time."""
        instance = self._instance
        if instance.completed:
            raise Conflict("the process instance has ended")
        instance.begin_command()
        for token in instance.live():
            instance.terminate(token)
        instance.completed = True
        instance.emit(
            InstanceEnded(
                element_instance_key=instance.key,
                element_id=instance.process_id,
                state=ElementState.TERMINATED,
            )
        )

    def take_events(self) -> list[Event]:
        """Return what has happened since the last call, in order."""
        events = list(self._instance.events)
        self._instance.events.clear()
        return events

    def snapshot(self) -> bytes:
        """Return the state for `restore`, without variables."""
        return codec.dump(self._instance)

    def is_waiting(self, element_instance_key: int) -> bool:
        """Tell whether something outside may complete this element, or trigger this event."""
        token = self._instance.tokens.get(element_instance_key)
        return token is not None and (
            token.state == TaskState.STARTED or token.phase is Phase.ARMED
        )

    def visible_variables(self, scope_key: int) -> dict[str, object]:
        """Return all variables that an element instance sees; the nearest scope wins."""
        if scope_key not in self._instance.scopes:
            raise Conflict(f"element instance {scope_key} has ended or never was")
        return self._instance.scopes.visible(scope_key)

    def _happens(self, token: Token, variables: Mapping[str, object]) -> None:
        if token.phase is Phase.ARMED:
            token.task_spec.happens(token, variables)
        else:
            token.task_spec.resume(token, variables)
        self._run()

    def _run(self) -> None:
        self._instance.do_engine_steps()
        self._report_deadlock()

    def _report_deadlock(self) -> None:
        """Say so when nothing outside can ever move the instance on."""
        instance = self._instance
        tokens = list(instance.tokens.values())
        if not tokens and not instance.completed:
            raise RuntimeError("the process instance has no token left, yet has not completed")
        if not tokens or any(_can_go_on(token) for token in tokens):
            return
        joins = sorted({token.element_id for token in tokens if token.phase is Phase.ARRIVED})
        instance.emit(
            IncidentRaised(
                element_instance_key=instance.key,
                element_id=instance.process_id,
                error_type=ErrorType.UNSPECIFIED,
                message="All tokens wait for others that can never come, at "
                + ", ".join(f'"{element_id}"' for element_id in joins),
            )
        )

    def _waiting(self, key: int) -> Token:
        """Return the token that waits at an element, or an armed event."""
        if not self.is_waiting(key):
            raise Conflict(f"element instance {key} is not waiting")
        return self._instance.tokens[key]

    def _working(self, key: int) -> Token:
        token = self._waiting(key)
        if not token.task_spec.has_work_outside or token.phase is Phase.ARMED:
            raise Conflict(f"{_named(token)} has no work that could throw")
        return token


def _instance(
    model: ProcessModel, host: Host, instance_key: int, limits: Limits
) -> ProcessInstance:
    return ProcessInstance(
        model.specs,
        process_id=model.process_id,
        key=instance_key,
        host=host,
        limits=limits,
    )


def _can_go_on(token: Token) -> bool:
    """Say whether something outside may still move this token."""
    if token.state == TaskState.STARTED:
        spec = token.task_spec
        return bool(spec.awaits_completion or spec.awaits_timer or spec.awaits_condition)
    return token.phase is Phase.ARMED or token.state == TaskState.ERROR


def _named(token: Token) -> str:
    return f'"{token.element_id}" ({token.key})'
