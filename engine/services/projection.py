"""Turns what happened to instances into rows, few statements per command.

New rows are held back until the flush: what begins and ends inside one command is written once,
with its end. One element instance has at most one user task and one job, and waits for one thing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn import ProcessModel
from engine.domain import events
from engine.domain.classification import Classification
from engine.domain.definitions import Definition
from engine.persistence.batch import Batch
from engine.persistence.database import Connection
from engine.persistence.stores import (
    decision_evaluations,
    incidents,
    instances,
    jobs,
    signals,
    user_tasks,
    waits,
)
from engine.persistence.stores.decision_evaluations import DecisionEvaluationRow
from engine.persistence.stores.incidents import IncidentRow
from engine.persistence.stores.instances import ElementInstanceRow, InstanceRow, VariableValue
from engine.persistence.stores.jobs import JobRow
from engine.persistence.stores.signals import SignalRow, SignalSubscriptionRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.persistence.stores.waits import SubscriptionRow, TimerRow
from engine.points import Point, reached

JOB_KIND = "BPMN_ELEMENT"
_JOB_ELEMENTS = frozenset(
    {
        "SERVICE_TASK",
        "SEND_TASK",
        "SCRIPT_TASK",
        "BUSINESS_RULE_TASK",
        "INTERMEDIATE_THROW_EVENT",
        "END_EVENT",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The instance that a fact is of, and how carefully its variables must be kept."""

    row: InstanceRow
    definition: Definition
    model: ProcessModel
    classifications: Mapping[str, Classification]


class Projection:
    """Collects the rows of one command; `flush` writes them."""

    def __init__(self, next_key: Callable[[], int], now: datetime) -> None:
        self._next_key = next_key
        self._now = now
        self.ended_instances: dict[int, str] = {}
        self.incident_changes: Counter[int] = Counter()
        self.canceled_calls: set[int] = set()
        self.woke_something = False
        self.characters_written: Counter[int] = Counter()
        self._elements: dict[int, ElementInstanceRow] = {}
        self._ended_elements: dict[int, ElementInstanceRow] = {}
        self._variables: dict[tuple[int, str], VariableValue] = {}
        self._tasks: dict[int, UserTaskRow] = {}
        self._completed_tasks: list[UserTaskRow] = []
        self._jobs: dict[int, JobRow] = {}
        self._timers: dict[int, TimerRow] = {}
        self._subscriptions: dict[int, SubscriptionRow] = {}
        self._opened: list[tuple[int, events.SubscriptionOpened]] = []
        self._incidents: dict[int, IncidentRow] = {}
        self._decisions: list[DecisionEvaluationRow] = []
        self._signal_waits: dict[int, SignalSubscriptionRow] = {}
        self._broadcasts: list[tuple[SignalRow, list[SignalSubscriptionRow]]] = []
        self._ended_waits: defaultdict[events.WaitKind, set[int]] = defaultdict(set)
        self._canceled_tasks: set[int] = set()
        self._canceled_jobs: set[int] = set()
        self._left: set[int] = set()
        self._has_incidents = False

    # -- facts in --------------------------------------------------------------------------------

    def apply(self, origin: Origin, event: events.Event) -> None:
        """Take note of one fact of one instance."""
        self._has_incidents |= origin.row.incident_count > 0
        handler = _HANDLERS.get(type(event))
        if handler is not None:
            handler(self, origin, event)

    def open_incident(
        self,
        row: InstanceRow,
        event: events.Event,
        *,
        error_type: str,
        message: str,
        job_key: int | None = None,
        timer_key: int | None = None,
        message_key: int | None = None,
    ) -> None:
        """Open an incident at the element of *event*; one element has at most one."""
        key = event.element_instance_key
        if key not in self._incidents:
            self.incident_changes[row.key] += 1
        self._incidents[key] = IncidentRow(
            key=self._next_key(),
            process_instance_key=row.key,
            definition_key=row.definition_key,
            element_id=event.element_id,
            element_instance_key=key,
            job_key=job_key,
            timer_key=timer_key,
            message_key=message_key,
            error_type=error_type,
            message=message,
            state="ACTIVE",
            created_at=self._now,
        )

    def link_form(self, element_instance_key: int, form_key: int) -> None:
        """Give a new user task the version of its form."""
        task = self._tasks[element_instance_key]
        self._tasks[element_instance_key] = task._replace(form_key=form_key)

    def complete_task(self, row: UserTaskRow) -> None:
        """Store a locked task with its end."""
        self._completed_tasks.append(row)

    def leave(self, element_instance_key: int) -> None:
        """Say that a job or timer went on, so that its incidents are resolved."""
        self._has_incidents = True
        self._left.add(element_instance_key)

    def take_opened_subscriptions(self) -> list[tuple[int, events.SubscriptionOpened]]:
        """Return the subscriptions opened since the last call, with their instance's key."""
        opened, self._opened = self._opened, []
        return opened

    def still_waits(self, element_instance_key: int) -> bool:
        """Tell whether a subscription opened in this command is still open."""
        return element_instance_key in self._subscriptions

    def broadcast(self, row: SignalRow) -> None:
        """Broadcast a signal to all who wait for it now, in this command or stored."""
        waiting = [w for w in self._signal_waits.values() if w.signal_name == row.name]
        self._broadcasts.append((row, waiting))

    # -- rows out --------------------------------------------------------------------------------

    def flush(self, connection: Connection, batch: Batch, *, resolved_by: str) -> None:
        """Write the collected rows: ends first, so that a wait that begins anew stays.

        What is rare is written at once, all else goes into *batch*.
        """
        user_tasks.cancel(connection, sorted(self._canceled_tasks), self._now)
        jobs.cancel(connection, sorted(self._canceled_jobs), self._now)
        self._resolve_left(connection, resolved_by)
        self._flush_broadcasts(connection)
        for kind, keys in self._ended_waits.items():
            _ENDING[kind](batch, sorted(keys))
        instances.put_elements(batch, [*self._elements.values(), *self._ended_elements.values()])
        self.characters_written = instances.put_variables(batch, list(self._variables.values()))
        user_tasks.put(batch, [*self._completed_tasks, *self._tasks.values()])
        user_tasks.insert_candidates(batch, list(self._tasks.values()))
        jobs.insert(batch, list(self._jobs.values()))
        waits.insert_timers(batch, list(self._timers.values()))
        waits.insert_subscriptions(batch, list(self._subscriptions.values()))
        signals.insert_subscriptions(batch, list(self._signal_waits.values()))
        incidents.insert(batch, list(self._incidents.values()))
        decision_evaluations.insert(batch, self._decisions)

    def _flush_broadcasts(self, connection: Connection) -> None:
        """Address each signal; who began to wait after it in this command is not among them."""
        for row, waiting in self._broadcasts:
            besides = [w for w in waiting if w.element_instance_key in self._signal_waits]
            if signals.broadcast(connection, row, at=self._now, besides=besides):
                self.woke_something = True
                reached(Point.SIGNAL_ADDRESSED)

    def _resolve_left(self, connection: Connection, resolved_by: str) -> None:
        """Close incidents of elements that went on or are gone."""
        if not self._has_incidents:
            return
        left = sorted(self._left.union(self._ended_elements, *self._ended_waits.values()))
        open_ones = incidents.active_of(connection, left)
        incidents.resolve(
            connection,
            [i.key for i in open_ones],
            resolved_at=self._now,
            resolved_by=resolved_by,
        )
        self.incident_changes.subtract(i.process_instance_key for i in open_ones)

    # -- one kind of fact each -------------------------------------------------------------------

    def _activated(self, origin: Origin, event: events.ElementActivated) -> None:
        self._elements[event.element_instance_key] = ElementInstanceRow(
            key=event.element_instance_key,
            process_instance_key=origin.row.key,
            element_id=event.element_id,
            element_type=event.element_type,
            scope_key=event.scope_key,
            state=events.ElementState.ACTIVE,
            started_at=self._now,
            ended_at=None,
        )

    def _completed(self, origin: Origin, event: events.ElementCompleted) -> None:
        self._end(origin, event, events.ElementState.COMPLETED)

    def _terminated(self, origin: Origin, event: events.ElementTerminated) -> None:
        key = event.element_instance_key
        self._end(origin, event, events.ElementState.TERMINATED)
        element_type = origin.model.elements[event.element_id].type
        if key in self._tasks:
            self._tasks[key] = self._tasks[key]._replace(state="CANCELED", ended_at=self._now)
        elif key in self._jobs:
            self._jobs[key] = self._jobs[key]._replace(
                state="CANCELED", ended_at=self._now, activatable_at=None
            )
        elif element_type == "USER_TASK":
            self._canceled_tasks.add(key)
        elif element_type == "CALL_ACTIVITY":
            self.canceled_calls.add(key)
        elif element_type in _JOB_ELEMENTS:
            self._canceled_jobs.add(key)

    def _end(self, origin: Origin, event: events.Event, state: events.ElementState) -> None:
        key = event.element_instance_key
        if key in self._elements:
            self._elements[key] = self._elements[key]._replace(state=state, ended_at=self._now)
        else:
            self._ended_elements[key] = _ended(origin, event, state, self._now)
        incident = self._incidents.pop(key, None)
        if incident is not None:
            self.incident_changes[incident.process_instance_key] -= 1

    def _wait_ended(self, origin: Origin, event: events.WaitEnded) -> None:
        key, kind = event.element_instance_key, event.waited_for
        begun: dict[events.WaitKind, dict[int, Any]] = {
            events.WaitKind.TIMER: self._timers,
            events.WaitKind.MESSAGE: self._subscriptions,
            events.WaitKind.SIGNAL: self._signal_waits,
        }
        if begun[kind].pop(key, None) is None:
            self._ended_waits[kind].add(key)

    def _variable_changed(self, origin: Origin, event: events.VariableChanged) -> None:
        slot = (event.element_instance_key, event.name)
        before = self._variables.get(slot)
        self._variables[slot] = VariableValue(
            key=before.key if before else self._next_key(),
            process_instance_key=origin.row.key,
            scope_key=event.element_instance_key,
            name=event.name,
            value=event.new,
            classification=origin.classifications.get(event.name, Classification.INTERNAL),
        )

    def _task_created(self, origin: Origin, event: events.UserTaskCreated) -> None:
        self._tasks[event.element_instance_key] = UserTaskRow(
            key=self._next_key(),
            process_instance_key=origin.row.key,
            definition_key=origin.definition.key,
            element_id=event.element_id,
            element_instance_key=event.element_instance_key,
            name=origin.model.elements[event.element_id].name,
            state="CREATED",
            assignee=event.assignee,
            candidate_groups=list(event.candidate_groups),
            candidate_users=list(event.candidate_users),
            form_key=None,
            due_date=event.due_date,
            follow_up_date=event.follow_up_date,
            priority=event.priority,
            properties=dict(event.properties),
            created_at=self._now,
            ended_at=None,
            completed_by=None,
            revision=0,
        )

    def _job_created(self, origin: Origin, event: events.JobCreated) -> None:
        self.woke_something = True
        self._jobs[event.element_instance_key] = JobRow(
            key=self._next_key(),
            type=event.type,
            kind=JOB_KIND,
            state="CREATED",
            process_instance_key=origin.row.key,
            definition_key=origin.definition.key,
            element_id=event.element_id,
            element_instance_key=event.element_instance_key,
            headers=dict(event.headers),
            retries=event.retries,
            attempts=0,
            activatable_at=self._now,
            lease_token=None,
            lease_until=None,
            worker="",
            error_code=None,
            error_message=None,
            created_at=self._now,
            updated_at=self._now,
            ended_at=None,
        )

    def _timer_started(self, origin: Origin, event: events.TimerStarted) -> None:
        self.woke_something = True
        self._timers[event.element_instance_key] = TimerRow(
            key=self._next_key(),
            due_at=event.due_at,
            repetitions=event.repetitions,
            process_instance_key=origin.row.key,
            element_instance_key=event.element_instance_key,
            definition_key=origin.definition.key,
            element_id=event.element_id,
        )

    def _subscribed(self, origin: Origin, event: events.SubscriptionOpened) -> None:
        self._opened.append((origin.row.key, event))
        self._subscriptions[event.element_instance_key] = SubscriptionRow(
            key=self._next_key(),
            message_name=event.message_name,
            correlation_key=event.correlation_key,
            process_instance_key=origin.row.key,
            element_instance_key=event.element_instance_key,
            definition_key=origin.definition.key,
            element_id=event.element_id,
            interrupting=event.interrupting,
            created_at=self._now,
        )

    def _awaits_signal(self, origin: Origin, event: events.SignalAwaited) -> None:
        self._signal_waits[event.element_instance_key] = SignalSubscriptionRow(
            key=self._next_key(),
            signal_name=event.signal_name,
            process_instance_key=origin.row.key,
            element_instance_key=event.element_instance_key,
            definition_key=origin.definition.key,
            element_id=event.element_id,
        )

    def _throws_signal(self, origin: Origin, event: events.SignalThrown) -> None:
        self.broadcast(
            SignalRow(key=self._next_key(), name=event.signal_name, variables=dict(event.variables))
        )

    def _decided(self, origin: Origin, event: events.DecisionMade) -> None:
        self._decisions.append(
            DecisionEvaluationRow(
                key=self._next_key(),
                decision_key=event.decision_key,
                process_instance_key=origin.row.key,
                definition_key=origin.definition.key,
                element_id=event.element_id,
                element_instance_key=event.element_instance_key,
                evaluated_at=self._now,
                evaluations=event.evaluations,
                output=event.output,
            )
        )

    def _incident_raised(self, origin: Origin, event: events.IncidentRaised) -> None:
        self.open_incident(origin.row, event, error_type=event.error_type, message=event.message)

    def _incident_resolved(self, origin: Origin, event: events.IncidentResolved) -> None:
        self._left.add(event.element_instance_key)

    def _instance_ended(self, origin: Origin, event: events.InstanceEnded) -> None:
        self.ended_instances[origin.row.key] = event.state


def _ended(
    origin: Origin, event: events.Event, state: events.ElementState, at: datetime
) -> ElementInstanceRow:
    """Return an element instance that is stored already; of this row only the end is taken."""
    return ElementInstanceRow(
        key=event.element_instance_key,
        process_instance_key=origin.row.key,
        element_id=event.element_id,
        element_type=origin.model.elements[event.element_id].type,
        scope_key=origin.row.key,
        state=state,
        started_at=at,
        ended_at=at,
    )


_ENDING: Mapping[events.WaitKind, Callable[[Batch, list[int]], None]] = {
    events.WaitKind.TIMER: waits.end_timers,
    events.WaitKind.MESSAGE: waits.end_subscriptions,
    events.WaitKind.SIGNAL: signals.end_subscriptions,
}
_Handler = Callable[[Projection, Origin, Any], None]
_HANDLERS: Mapping[type[events.Event], _Handler] = {
    events.ElementActivated: Projection._activated,
    events.ElementCompleted: Projection._completed,
    events.ElementTerminated: Projection._terminated,
    events.VariableChanged: Projection._variable_changed,
    events.UserTaskCreated: Projection._task_created,
    events.JobCreated: Projection._job_created,
    events.TimerStarted: Projection._timer_started,
    events.SubscriptionOpened: Projection._subscribed,
    events.SignalAwaited: Projection._awaits_signal,
    events.SignalThrown: Projection._throws_signal,
    events.WaitEnded: Projection._wait_ended,
    events.DecisionMade: Projection._decided,
    events.IncidentRaised: Projection._incident_raised,
    events.IncidentResolved: Projection._incident_resolved,
    events.InstanceEnded: Projection._instance_ended,
}
