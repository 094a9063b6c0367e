"""Drives one process instance the way the services do, restored from bytes before every step."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta

from engine.bpmn import DecisionAnswer, Execution, Limits, ProcessModel, parse_process
from engine.clock import ManualClock
from engine.domain import events as facts
from engine.domain.events import Event, Reference
from engine.feel.host_functions import HOST_FUNCTIONS
from tests.bpmn.build import Diagram

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
INSTANCE = 1000


class FakeHost:
    """A host with a clock that stands still, keys that count up and decisions by name."""

    def __init__(self) -> None:
        self.clock = ManualClock(NOON)
        self.last_key = INSTANCE
        self.decisions: dict[str, Callable[[Mapping[str, object]], object]] = {}
        self.feel_functions: dict[str, Callable[..., object]] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def next_key(self) -> int:
        self.last_key += 1
        return self.last_key

    def functions(self) -> Mapping[str, Callable[..., object]]:
        return self.feel_functions

    def decide(self, reference: Reference, context: Mapping[str, object]) -> DecisionAnswer:
        output = self.decisions[reference.id](context)
        return DecisionAnswer(
            decision_key=77, evaluations=({"decision": reference.id},), output=output
        )


def model_of(diagram: Diagram | bytes, functions: Collection[str] = ()) -> ProcessModel:
    """Parse a diagram with one process; *functions* are those of the test's host."""
    data = diagram if isinstance(diagram, bytes) else diagram.xml()
    (model,) = parse_process(
        data, resource_name="test.bpmn", functions={*HOST_FUNCTIONS, *functions}
    ).processes
    return model


class Story:
    """One process instance; elements are named by their id where only one visit waits."""

    def __init__(
        self, diagram: Diagram | bytes | ProcessModel, host: FakeHost | None = None
    ) -> None:
        self.host = host or FakeHost()
        own = self.host.feel_functions
        self.model = diagram if isinstance(diagram, ProcessModel) else model_of(diagram, own)
        self.history: list[Event] = []
        self.news: list[Event] = []
        self.rows: dict[tuple[int, str], object] = {}
        self.open: dict[int, str] = {}
        self.timers: dict[int, datetime] = {}
        self.subscriptions: dict[int, facts.SubscriptionOpened] = {}
        self.signals: dict[int, str] = {}
        self.incidents: dict[int, facts.IncidentRaised] = {}
        self.state = b""
        self.ended: facts.ElementState | None = None
        self.limits = Limits(seconds=600)  # the machine may be busy

    def start(self, start_event_id: str | None = None, /, **variables: object) -> "Story":
        execution = Execution.start(
            self.model,
            self.host,
            instance_key=INSTANCE,
            variables=variables,
            start_event_id=start_event_id,
            limits=self.limits,
        )
        self._keep(execution)
        return self

    def step(self, command: Callable[[Execution], object]) -> "Story":
        """Restore, give one command and keep what came of it."""
        execution = self.restored()
        command(execution)
        self._keep(execution)
        return self

    def restored(self) -> Execution:
        return Execution.restore(
            self.model,
            self.host,
            instance_key=INSTANCE,
            state=self.state,
            variables=[(scope, name, value) for (scope, name), value in self.rows.items()],
            limits=self.limits,
        )

    def complete(self, element: str | int, /, **variables: object) -> "Story":
        key = self.key(element)
        return self.step(lambda e: e.complete(key, variables))

    def fail(self, element: str | int, code: str, /, **variables: object) -> "Story":
        key = self.key(element)
        return self.step(lambda e: e.throw_error(key, code, "it failed", variables))

    def escalate(self, element: str | int, code: str, /, **variables: object) -> "Story":
        key = self.key(element)
        return self.step(lambda e: e.throw_escalation(key, code, variables))

    def retry(self, element: str | int) -> "Story":
        key = self.key(element)
        return self.step(lambda e: e.retry(key))

    def set(self, scope: str | int, /, *, local: bool = False, **variables: object) -> "Story":
        key = self.key(scope)
        return self.step(lambda e: e.set_variables(key, variables, local=local))

    def message(self, name: str, /, **variables: object) -> "Story":
        (key,) = [k for k, s in self.subscriptions.items() if s.message_name == name]
        return self.complete(key, **variables)

    def signal(self, name: str, /, **variables: object) -> "Story":
        """Let a broadcast reach all who wait for it now, one after the other."""
        for key in [key for key, awaited in self.signals.items() if awaited == name]:
            if key in self.signals:
                self.complete(key, **variables)
        return self

    def pass_time(self, by: timedelta) -> "Story":
        """Let time pass, firing each timer when it is due."""
        until = self.host.now() + by
        while due := sorted((at, key) for key, at in self.timers.items() if at <= until):
            at, key = due[0]
            self.host.clock.set(max(at, self.host.now()))
            self.step(lambda e, key=key: e.fire_timer(key))
        self.host.clock.set(until)
        return self

    def key(self, element: str | int) -> int:
        """Return the key of the only visit of *element* that is open, or of its wait."""
        if isinstance(element, int):
            return element
        if element == self.model.process_id:
            return INSTANCE
        waits = self.timers.keys() | self.subscriptions.keys() | self.signals.keys()
        waits |= self.incidents.keys()
        found = [key for key, name in self.open.items() if name == element]
        found += [
            e.element_instance_key
            for e in self.history
            if e.element_id == element
            and e.element_instance_key in waits
            and e.element_instance_key not in found
        ][:1]
        assert len(found) == 1, f"{element}: {found}"
        return found[0]

    def keys(self, element: str) -> list[int]:
        """Return the keys of the open visits of *element*, oldest first."""
        return [key for key, name in self.open.items() if name == element]

    @property
    def waiting(self) -> list[str]:
        """The elements that are open, sorted, without the sub-processes and loops around them."""
        outer = {
            e.scope_key
            for e in self.history
            if isinstance(e, facts.ElementActivated) and e.element_instance_key in self.open
        }
        return sorted(name for key, name in self.open.items() if key not in outer)

    @property
    def variables(self) -> dict[str, object]:
        """The variables of the process instance itself."""
        return {name: value for (scope, name), value in self.rows.items() if scope == INSTANCE}

    def local(self, element: str | int) -> dict[str, object]:
        """The variables of the scope of an open visit."""
        key = self.key(element)
        return {name: value for (scope, name), value in self.rows.items() if scope == key}

    def of(self, kind: type, element: str | None = None) -> list:
        """All facts of one kind, of one element where it is given."""
        return [e for e in self.history if isinstance(e, kind) and element in (None, e.element_id)]

    @property
    def path(self) -> list[str]:
        """The elements that have completed, in order."""
        return [e.element_id for e in self.of(facts.ElementCompleted)]

    def _keep(self, execution: Execution) -> None:
        self.news = execution.take_events()
        for event in self.news:
            self.history.append(event)
            self._note(event)
        self.state = execution.snapshot()
        assert execution.ended == (self.ended is not None)

    def _waits(self, kind: facts.WaitKind) -> dict:
        return {
            facts.WaitKind.TIMER: self.timers,
            facts.WaitKind.MESSAGE: self.subscriptions,
            facts.WaitKind.SIGNAL: self.signals,
        }[kind]

    def _note(self, event: Event) -> None:
        self._note_wait(event)
        key = event.element_instance_key
        match event:
            case facts.ElementActivated():
                assert key not in self.open
                self.open[key] = event.element_id
            case facts.ElementCompleted() | facts.ElementTerminated():
                del self.open[key]
                self.incidents.pop(key, None)
                assert not any(key in self._waits(kind) for kind in facts.WaitKind)
            case facts.VariableChanged():
                assert event.created == ((key, event.name) not in self.rows)
                assert self.rows.get((key, event.name)) == event.old
                self.rows[key, event.name] = event.new
            case facts.IncidentRaised():
                self.incidents[key] = event
            case facts.IncidentResolved():
                del self.incidents[key]
            case facts.InstanceEnded():
                assert not any((self.open, self.timers, self.subscriptions, self.signals))
                self.ended = event.state

    def _note_wait(self, event: Event) -> None:
        key = event.element_instance_key
        match event:
            case facts.TimerStarted():
                self.timers[key] = event.due_at
            case facts.SubscriptionOpened():
                assert key not in self.subscriptions
                self.subscriptions[key] = event
            case facts.SignalAwaited():
                assert key not in self.signals
                self.signals[key] = event.signal_name
            case facts.WaitEnded(waited_for=kind):
                del self._waits(kind)[key]


def story(diagram: Diagram | bytes, /, **variables: object) -> Story:
    """Start an instance of *diagram*."""
    return Story(diagram).start(**variables)
