"""SpiffWorkflow's workflow, sub-workflow and task, as Redress needs them.

Spiff keeps the tokens: a tree of tasks with a state each, and the protocol that a task spec's
hooks follow (``_update`` -> READY -> ``_run`` -> STARTED or COMPLETED -> ``_on_complete``). Three
things are corrected here, all by subclass; what stock 3.2.0 does instead is measured in the
project's notes on SpiffWorkflow:

* No prediction. Stock grows the tree ahead of the token, recursively, which ends at 500-node
  chains; here a token's children exist only once it has taken a sequence flow.
* No history in the tree. Stock keeps every finished task for ever and walks them all; here a
  finished task hands its children to the root and is dropped, so a tree holds live tokens only
  and a loop is flat from its first round to its last.
* No random ids and no logging per state change: the id of a token is the key of its element
  instance. Nothing here depends on the time that Spiff notes on each task.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.expressions import Evaluator
from engine.bpmn.host import Host
from engine.bpmn.incidents import ElementFailed
from engine.bpmn.limits import STEPS_PER_LOOK, Limits
from engine.bpmn.nodes import Flow
from engine.bpmn.scopes import Scopes
from engine.bpmn.timers import Schedule
from engine.bpmn.undoing import Done, Undoing
from engine.clock import monotonic_seconds
from engine.domain.events import (
    ElementState,
    Event,
    IncidentRaised,
    InstanceEnded,
    VariableChanged,
)
from engine.errors import LimitExceeded


class Phase(IntEnum):
    """How far a token has come at its element; a retry goes on from here."""

    ARRIVED = 0
    """A sequence flow led here; the element instance does not exist yet."""
    ACTIVATING = 1
    """Input mappings, then the events attached to the element."""
    ACTIVE = 2
    """The element's own work, done here or awaited."""
    COMPLETING = 3
    """Output mappings, then the way on."""
    ARMED = 4
    """Not a visit: an event that may happen while the parent token stands where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the end of one iteration means: its output, and whether the loop is over or goes on."""

    output: object
    loop_is_over: bool
    one_more: bool


NO_VERDICT = Verdict(output=None, loop_is_over=False, one_more=False)


class Token(Task):  # type: ignore[misc]
    """A Spiff task whose id is the key of an element instance.

    ``flow`` is the sequence flow it came by (empty for none), ``counter`` its place in a
    multi-instance loop (from 1), ``begun`` and ``done`` count the iterations of the loop whose
    body it stands for, ``schedule`` is the cycle that it waits for, ``held`` says whether the
    condition that it waits for was true when last looked at. ``undoable`` is what has been done
    inside it and can be undone; of a compensation handler ``undoing`` says where in a
    compensation it stands. ``chosen`` and ``verdict`` pass on, within one step, what conditions
    or the end of an iteration have just decided.
    """

    def __init__(
        self,
        workflow: "ProcessInstance | SubProcessInstance",
        task_spec: object,
        *,
        key: int,
        parent: "Token | None" = None,
        state: int = TaskState.FUTURE,
    ) -> None:
        super().__init__(workflow, task_spec, parent, state, key)
        self.instance: ProcessInstance = workflow.top_workflow
        self.phase = Phase.ARRIVED
        self.flow = ""
        self.counter = 0
        self.begun = 0
        self.done = 0
        self.schedule: Schedule | None = None
        self.undoable: list[Done] = []
        self.undoing: Undoing | None = None
        self.held = False
        self.chosen: Sequence[Flow] = ()
        self.verdict = NO_VERDICT

    @property
    def key(self) -> int:
        """The key of the element instance."""
        return self.id  # type: ignore[no-any-return]

    @property
    def element_id(self) -> str:
        """The id of the element in the diagram."""
        return self.task_spec.bpmn_id  # type: ignore[no-any-return]

    @property
    def owner(self) -> "Token":
        """The token below which an armed event or an iteration hangs."""
        return self.parent  # type: ignore[no-any-return]

    @property
    def enclosing(self) -> "Token | None":
        """The token inside whose element this one moves: a sub-process or a loop's body."""
        parent = self.parent
        if parent is not self.workflow.task_tree:
            return parent  # type: ignore[no-any-return]
        return self.instance.tokens.get(self.workflow.parent_task_id)

    @property
    def scope_key(self) -> int:
        """The key of the scope around this token's own."""
        enclosing = self.enclosing
        return self.instance.key if enclosing is None else enclosing.key

    @property
    def done_around(self) -> list[Done]:
        """What has been done in the scope around and can be undone, oldest first."""
        enclosing = self.enclosing
        return self.instance.undoable if enclosing is None else enclosing.undoable

    def _set_state(self, value: int) -> None:
        self._state = value


class Catcher(Protocol):
    """A spec that catches errors or escalations; ``code`` None stands for every one."""

    kind: type
    code: str | None
    interrupting: bool

    def catch(self, token: Token, variables: Mapping[str, object]) -> None:
        """Let it happen where *token* stands."""


class ScopeEvents(Protocol):
    """The event sub-processes of one process or sub-process."""

    def arm(self, scope: "ProcessInstance | SubProcessInstance", scope_key: int) -> None:
        """Start waiting for those that come from outside."""

    def catching(
        self, scope: "ProcessInstance | SubProcessInstance", kind: type, code: str
    ) -> Catcher | None:
        """Return the one that catches an error or escalation."""


class ProcessSpec(BpmnProcessSpec):  # type: ignore[misc]
    """The specs of one process or sub-process.

    Stock adds specs called ``Start``, ``End`` and ``<process>.EndJoin``, names that a diagram may
    use itself. They are replaced by one root whose name no XML id can be. ``undo`` names the event
    sub-process that undoes a sub-process.
    """

    def __init__(self, process_id: str) -> None:
        super().__init__(process_id)
        self.task_specs.clear()
        self.start = SimpleBpmnTask(self, "(root)")
        self.end = self.start
        self.handlers: ScopeEvents | None = None
        self.undo: str | None = None


class _Container:
    """What a process instance and a running sub-process have in common."""

    spec: ProcessSpec
    task_tree: Token
    tasks: dict[int, Token]
    completed: bool

    def plant(self, scope_key: int) -> None:
        """Make the root, whose children are the live tokens."""
        root = Token(self, self.spec.start, key=-scope_key, state=TaskState.COMPLETED)  # type: ignore[arg-type]
        self.task_tree = root

    def live(self) -> list[Token]:
        """Return the tokens that move or are armed here, in the order in which they came."""
        return self.task_tree.children  # type: ignore[no-any-return]

    def update_waiting_tasks(self) -> None:
        """Do nothing: whatever a token waits for comes by a command or with another token."""

    def ended(self) -> None:
        """Say that no token is left here."""
        raise NotImplementedError

    def _task_completed_notify(self, task: Token) -> None:
        for child in task.children:
            child.parent = self.task_tree
            self.task_tree._children.append(child.id)
        task._children = []
        task.instance.forget(task)
        moving = (self.tasks[key] for key in self.task_tree._children)
        if all(token.phase is Phase.ARMED for token in moving):
            for watch in self.live():
                task.instance.terminate(watch)
            self.completed = True
            self.ended()


class SubProcessInstance(_Container, BpmnSubWorkflow):  # type: ignore[misc]
    """One run of an embedded sub-process, inside the token ``parent_task_id``."""

    def __init__(self, spec: ProcessSpec, parent: Token) -> None:
        super().__init__(spec, parent.key, parent.instance, deserializing=True)
        self.plant(parent.key)

    def ended(self) -> None:
        """Let the sub-process complete."""
        instance: ProcessInstance = self.top_workflow
        del instance.subprocesses[self.parent_task_id]
        instance.wake(instance.tokens[self.parent_task_id], Phase.COMPLETING)


class ProcessInstance(_Container, BpmnWorkflow):  # type: ignore[misc]
    """One process instance: its live tokens, its variables, and what a command makes of them.

    ``tokens`` holds every live token of the instance and of its sub-processes by key, in the
    order in which they came; ``events`` the facts since they were last taken; ``loops`` what
    the bodies of loops remember within one command (`engine.bpmn.specs.loops`); ``undoable`` is
    what has been done directly in the process and can be undone; ``watching`` the tokens that
    wait for a condition.
    """

    def __init__(
        self,
        specs: Mapping[str, ProcessSpec],
        *,
        process_id: str,
        key: int,
        host: Host,
        limits: Limits,
    ) -> None:
        self.key = key
        self.process_id = process_id
        self.host = host
        self.limits = limits
        self.tokens: dict[int, Token] = {}
        self.ready: deque[Token] = deque()
        self.events: list[Event] = []
        self.loops: dict[int, Any] = {}
        self.undoable: list[Done] = []
        self.scopes = Scopes(key, process_id, self.events.append)
        self.watching: dict[int, Token] = {}
        self.steps = 0
        self.stop_at = 0.0
        self._looked_at = 0
        self.evaluator: Evaluator
        super().__init__(specs[process_id], specs, script_engine=NoScripts(), deserializing=True)
        self.plant(key)

    def begin_command(self) -> None:
        """Take the time, and count steps and seconds anew."""
        self.evaluator = Evaluator(now=self.host.now(), functions=self.host.functions())
        self.steps = 0
        self.stop_at = monotonic_seconds() + self.limits.seconds
        self.loops.clear()
        self._looked_at = len(self.events)

    def get_task_from_id(self, task_id: int) -> Token:
        """Return a live token by its key."""
        return self.tokens[task_id]

    def emit(self, event: Event) -> None:
        """Record a fact."""
        self.events.append(event)

    def spawn(
        self,
        container: "ProcessInstance | SubProcessInstance",
        spec_name: str,
        *,
        parent: Token | None = None,
        key: int | None = None,
    ) -> Token:
        """Make a token at a spec of *container*, below *parent* or else below the root."""
        if len(self.tokens) >= self.limits.tokens:
            raise LimitExceeded(f"more than {self.limits.tokens} tokens at the same time")
        token = Token(
            container,
            self.spec_named(spec_name, container.spec),
            key=self.host.next_key() if key is None else key,
            parent=container.task_tree if parent is None else parent,
        )
        self.tokens[token.key] = token
        return token

    def spec_named(self, name: str, first: ProcessSpec | None = None) -> Any:
        """Return a spec by its name, from *first* or from wherever in the process it is drawn.

        What undoes a part of a sub-process that has ended runs outside of it, beside the event
        that asked for it.
        """
        if first is not None and name in first.task_specs:
            return first.task_specs[name]
        found = (s.task_specs[name] for s in self.subprocess_specs.values() if name in s.task_specs)
        return next(found)

    def forget(self, token: Token) -> None:
        """Drop a token that has ended."""
        parent = token.parent
        parent._children.remove(token.id)
        del token.workflow.tasks[token.id]
        del self.tokens[token.id]
        self.watching.pop(token.id, None)
        self.scopes.close(token.key)

    def wake(self, token: Token, phase: Phase) -> None:
        """Let a waiting token go on from *phase*."""
        token.phase = phase
        token._set_state(TaskState.READY)
        self.ready.append(token)

    def watch(self, token: Token) -> None:
        """Let *token* look at its condition whenever variables change."""
        self.watching[token.key] = token

    def look(self, token: Token) -> None:
        """Let *token* look at its condition; one that cannot be made out is reported."""
        try:
            token.task_spec.look(token)
        except ElementFailed as failure:
            token._set_state(TaskState.ERROR)
            self.report(token, failure)

    def terminate(self, token: Token) -> None:
        """End a token before its time, with everything that moves inside it."""
        content = self.subprocesses.pop(token.key, None)
        for inner in content.live() if content is not None else ():
            self.terminate(inner)
        for child in token.children:
            self.terminate(child)
        token.task_spec._on_cancel(token)
        token._set_state(TaskState.CANCELLED)
        self.forget(token)

    def do_engine_steps(
        self,
        will_complete_task: Callable[[Token], None] | None = None,
        did_complete_task: Callable[[Token], None] | None = None,
    ) -> None:
        """Run ready tokens, first come first served, until all of them wait or have ended.

        Stock scans all tasks for ready ones, twice a pass; here they queue. An element that fails
        keeps its token, and the others go on. The two callbacks are Spiff's, for debugging.

        Raises:
            LimitExceeded: The command took too many steps, or too long.
        """
        while self.ready or self._look_at_changes() or self._let_one_merge():
            token = self.ready.popleft()
            if token.state != TaskState.READY:
                continue
            self._count_step()
            if will_complete_task is not None:
                will_complete_task(token)
            try:
                token.run()
            except ElementFailed as failure:
                self.report(token, failure)
            self._look_at_changes()
            if did_complete_task is not None:
                did_complete_task(token)

    def _look_at_changes(self) -> bool:
        """Let the conditions see what has changed since they last looked; say if one moved on."""
        since, self._looked_at = self._looked_at, len(self.events)
        if self.watching:
            news = self.events[since:]
            changes = [event for event in news if isinstance(event, VariableChanged)]
            for token in list(self.watching.values()) if changes else ():
                waits = token.key in self.watching and token.state != TaskState.ERROR
                if waits and token.task_spec.notices(token, changes):
                    self.look(token)
        return bool(self.ready)

    def _count_step(self) -> None:
        self.steps += 1
        if self.steps > self.limits.steps:
            raise LimitExceeded(f"more than {self.limits.steps} steps in one command")
        if self.steps % STEPS_PER_LOOK == 0 and monotonic_seconds() > self.stop_at:
            raise LimitExceeded(f"one command took more than {self.limits.seconds:g} seconds")

    def _let_one_merge(self) -> bool:
        """Let one token go on that has waited for others which cannot come any more."""
        asked: set[tuple[object, object]] = set()
        for token in self.tokens.values():
            join = (token.workflow, token.task_spec)
            if token.state != TaskState.WAITING or token.phase is Phase.ARMED or join in asked:
                continue
            if token.task_spec.may_merge(token):
                self.wake(token, Phase.ARRIVED)
                return True
            asked.add(join)
        return False

    def report(self, token: Token, failure: ElementFailed) -> None:
        """Record that *token* stands still until somebody has mended the cause."""
        self.emit(
            IncidentRaised(
                element_instance_key=token.key,
                element_id=token.element_id,
                error_type=failure.error_type,
                message=str(failure),
            )
        )

    def ended(self) -> None:
        """Record that the instance has completed."""
        self.emit(
            InstanceEnded(
                element_instance_key=self.key,
                element_id=self.process_id,
                state=ElementState.COMPLETED,
            )
        )


class NoScripts:
    """Stands where Spiff has its Python script engine: nothing of a file is Python here."""

    def __getattr__(self, name: str) -> object:
        raise AttributeError(f"no script engine: {name} was asked for")
