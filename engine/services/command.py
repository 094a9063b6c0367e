"""One command: load instances, let tokens move, write every row they imply, in one transaction.

A service opens a `Command` through `run`, changes executions through it, and leaves; the rows,
the history and the new states are written before the commit (decision 0003).
"""

from collections.abc import Callable, Collection, Mapping
from typing import NoReturn, TypeVar

import structlog

from engine import metrics
from engine.bpmn import Execution
from engine.domain import events
from engine.domain.definitions import Definition, DefinitionKind
from engine.domain.identity import Actor
from engine.errors import Forbidden, LimitExceeded
from engine.persistence.batch import Batch
from engine.persistence.database import Connection
from engine.persistence.races import begins_anew
from engine.persistence.stores import instances, messages, waits
from engine.persistence.stores.instances import InstanceRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.points import Point, reached
from engine.services import recorder
from engine.services.context import Context
from engine.services.family import Family
from engine.services.live import Live
from engine.services.loading import Loader, Running
from engine.services.projection import Projection
from engine.services.recorder import Fact, Head

__all__ = ["Command", "Running", "refuse", "run"]

T = TypeVar("T")

MAX_INSTANCES_PER_COMMAND = 200
KEYS_PER_COMMAND = 1_000
_TOLD_IN_LOGS = ("process_instance_key", "case_number")


def run(context: Context, actor: Actor, work: Callable[["Command"], T]) -> T:
    """Run *work* in one transaction; a lost race begins anew (`begins_anew`).

    Everything that *work* reads is read again, so the second attempt sees what the winner did.
    """
    with metrics.COMMAND_SECONDS.labels(metrics.command_name(work)).time():
        return _run(context, actor, work)


@begins_anew
def _run(context: Context, actor: Actor, work: Callable[["Command"], T]) -> T:
    structlog.contextvars.unbind_contextvars(*_TOLD_IN_LOGS)
    context.keys.reserve(KEYS_PER_COMMAND)
    try:
        with context.database.write() as connection:
            reached(Point.COMMAND_BEGUN)
            command = Command(context, actor, connection)
            result = work(command)
            command.settle()
    except Forbidden as denial:
        record_denial(context, actor, denial)
        raise
    context.database.after_commit(command.committed)
    _tell_logs(command)
    return result


def _tell_logs(command: "Command") -> None:
    """Let the lines that this thread logs from now on say which case it was about."""
    for running in command.running[:1]:
        key, number = str(running.row.key), running.row.business_id
        told = dict(zip(_TOLD_IN_LOGS, (key, number), strict=True))
        structlog.contextvars.bind_contextvars(**told)


def refuse(context: Context, actor: Actor, message: str) -> NoReturn:
    """Refuse something before a command begins: recorded, then raised as Forbidden."""
    denial = Forbidden(message)
    record_denial(context, actor, denial)
    raise denial


def record_denial(context: Context, actor: Actor, denial: Forbidden) -> None:
    """Write a refused attempt to the history, whatever is rolled back because of it."""
    payload = {"refused": str(denial)}

    def work(command: Command) -> None:
        if denial.instance_key is None:
            command.record_system("access_denied", payload)
        else:
            command.record(
                denial.instance_key, "access_denied", element_id=denial.element_id, payload=payload
            )

    context.database.afterwards(lambda: run(context, actor, work))


class Command:
    """The transaction in progress. ``now`` is the same for all that it writes.

    What goes into ``batch`` is written at the end, with all else, in one go.
    """

    def __init__(self, context: Context, actor: Actor, connection: Connection) -> None:
        self.context = context
        self.actor = actor
        self.connection = connection
        self.batch = Batch(connection)
        self.now = context.clock.now()
        self.next_key = context.keys.inside(connection)
        self.projection = Projection(self.next_key, self.now)
        self._loader = Loader(context, connection, next_key=self.next_key, at=self.now)
        self._family = Family(
            self._loader, self.projection, connection, lambda: self._apply_new_events()
        )
        self._facts: list[Fact] = []

    # -- what services call ----------------------------------------------------------------------

    @property
    def running(self) -> list[Running]:
        """The instances that it has loaded or started so far."""
        return self._loader.running

    def lock(self, key: int) -> InstanceRow:
        """Return an instance as it is now and keep others from it until the commit.

        To be called before rows of the instance (tasks, jobs, timers) are changed: whoever
        changes them does so in this order, and nobody waits in a circle. Raises NotFound.
        """
        return self._loader.lock(key)

    def lock_free(self, keys: Collection[int]) -> dict[int, int]:
        """Lock those instances as `lock` does that nobody else holds; return their roots by key."""
        return self._loader.lock_free(keys)

    def lock_task(self, key: int) -> UserTaskRow | None:
        """Return a user task, locked with its instance as `lock` does; None if there is none."""
        return self._loader.lock_task(key)

    def load(self, key: int) -> Running:
        """Return the active process instance with that key; raises NotFound or Conflict."""
        return self._loader.load(key)

    def view(self, key: int) -> Running:
        """Return an active process instance only to look at: others may change it meanwhile.

        What is done to its execution is lost. Raises NotFound or Conflict.
        """
        return self._loader.view(key)

    def start(
        self,
        definition: Definition,
        variables: Mapping[str, object],
        *,
        business_id: str | None = None,
        tags: tuple[str, ...] = (),
        start_event_id: str | None = None,
        parent: tuple[Running, int] | None = None,
        held: str | None = None,
    ) -> Running:
        """Start an instance; *parent* is the calling instance and its call activity's key.

        One that is *held*, for the reason given, stands at its start event with an incident.

        A called instance belongs to its caller's case; any other without a *business_id* opens a
        case of its own, with a new number.
        """
        if len(self._loader.running) >= MAX_INSTANCES_PER_COMMAND:
            raise LimitExceeded(
                f"one step started more than {MAX_INSTANCES_PER_COMMAND} process instances; "
                f"does {definition.id!r} call itself?"
            )
        key = self.next_key()
        caller = parent[0].row if parent else None
        number = caller.business_id if caller else business_id or self._new_case_number()
        row = InstanceRow(
            key=key,
            definition_key=definition.key,
            process_id=definition.id,
            business_id=number,
            case_ordinal=self._next_case_ordinal(number, definition.id),
            root_key=caller.root_key if caller else key,
            parent_key=caller.key if caller else None,
            parent_element_instance_key=parent[1] if parent else None,
            state="ACTIVE",
            incident_count=0,
            tags=list(tags),
            started_at=self.now,
            started_by=self.actor.username,
            ended_at=None,
            revision=0,
            state_blob=b"",
        )
        self._facts.append(_started(row, definition, variables))
        return self._loader.begin(
            row,
            lambda origin, host: Execution.start(
                origin.model,
                host,
                instance_key=key,
                variables=variables,
                start_event_id=start_event_id,
                held=held,
                limits=self.context.limits,
            ),
        )

    def record(
        self,
        instance_key: int,
        kind: str,
        *,
        element_id: str | None = None,
        payload: Mapping[str, object] | None = None,
    ) -> None:
        """Add a fact of the caller's own to the history of an instance."""
        self.settle_events()
        row = self.lock(instance_key)
        self._facts.append(
            Fact(
                stream_key=row.key,
                root_key=row.root_key,
                kind=kind,
                element_id=element_id,
                payload=payload or {},
            )
        )

    def record_system(self, kind: str, payload: Mapping[str, object]) -> None:
        """Add a fact that belongs to no instance."""
        self._record_common(recorder.SYSTEM_STREAM, kind, payload)

    def record_message(
        self, name: str, correlation_key: str, kind: str, payload: Mapping[str, object]
    ) -> None:
        """Add a fact about a message, whoever may receive it."""
        self._record_common(recorder.message_stream(name, correlation_key), kind, payload)

    def _record_common(self, stream: int, kind: str, payload: Mapping[str, object]) -> None:
        root = recorder.SYSTEM_STREAM
        self._facts.append(Fact(stream_key=stream, root_key=root, kind=kind, payload=payload))

    def open_incident(
        self,
        running: Running,
        incident: events.IncidentRaised,
        *,
        job_key: int | None = None,
        timer_key: int | None = None,
        message_key: int | None = None,
    ) -> None:
        """Open an incident of a job, timer or message; an element's own comes from itself."""
        self.settle_events()
        self._facts.append(
            recorder.fact_of(incident, stream_key=running.row.key, root_key=running.row.root_key)
        )
        self.projection.open_incident(
            running.row,
            incident,
            error_type=incident.error_type,
            message=incident.message,
            job_key=job_key,
            timer_key=timer_key,
            message_key=message_key,
        )

    # -- settling --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Carry every fact to its end and write it all; the commit follows."""
        self.settle_events()
        self.projection.flush(self.connection, self.batch, resolved_by=self.actor.username)
        heads = self._write_history()
        for running in self._loader.running:
            self._save(running, heads.pop(running.row.key, None))
        for key, head in heads.items():
            if not recorder.is_common(key):
                instances.save_history_head(self.batch, key, head.sequence, head.digest)
        self.batch.send()
        reached(Point.ROWS_WRITTEN)

    def committed(self) -> None:
        """Keep what goes on in memory, which is now what the database says; wake who waits."""
        for running in self._loader.running:
            if not running.execution.ended:
                key = running.row.key
                written = self.projection.characters_written[key]
                live = Live(
                    execution=running.execution,
                    revision=running.row.revision + (not running.is_new),
                    characters=running.characters + written,
                )
                self.context.live.keep(key, live)
        if self.projection.woke_something:
            for wake in self.context.woken:
                wake()

    def _write_history(self) -> dict[int, Head]:
        """Write the facts; return the new head of every stream that got some."""
        streams = dict.fromkeys(fact.stream_key for fact in self._facts)
        heads = {key: self._head(key) for key in streams if not recorder.is_common(key)}
        for key in sorted(streams.keys() - heads.keys()):
            heads[key] = recorder.hold_common(self.connection, key)
        recorder.write(self.batch, self._facts, heads, at=self.now, actor=self.actor.username)
        return heads

    def _head(self, instance_key: int) -> Head:
        row = self.lock(instance_key)
        return Head(row.history_sequence, row.history_digest)

    def settle_events(self) -> None:
        """Apply what happened until nothing more happens: children, parents, kept messages."""
        while self._apply_new_events() or self._deliver_kept_messages():
            pass

    def _apply_new_events(self) -> bool:
        found = False
        for running in self._loader.running:
            for event in running.execution.take_events():
                found = True
                self._facts.append(
                    recorder.fact_of(
                        event, stream_key=running.row.key, root_key=running.row.root_key
                    )
                )
                self._apply(running, event)
        return found

    def _apply(self, running: Running, event: events.Event) -> None:
        self.projection.apply(running.origin, event)
        match event:
            case events.UserTaskCreated(form=reference) if reference is not None:
                form = self.resolve(running, DefinitionKind.FORM, reference)
                self.projection.link_form(event.element_instance_key, form.key)
            case events.CallRequested():
                child = self.resolve(running, DefinitionKind.PROCESS, event.process)
                self.start(child, event.variables, parent=(running, event.element_instance_key))
            case _:
                self._family.hear(running, event)

    def resolve(
        self, running: Running, kind: DefinitionKind, reference: events.Reference
    ) -> Definition:
        """Return the version that a link of this instance's diagram means."""
        return self.context.models.resolve(
            self.connection,
            kind,
            reference,
            deployment_key=running.definition.deployment_key,
        )

    def _deliver_kept_messages(self) -> bool:
        delivered = False
        for running_key, wait in self.projection.take_opened_subscriptions():
            running = self.load(running_key)
            waits.hold_correlation(self.connection, wait.message_name, wait.correlation_key)
            kept = messages.buffered(
                self.connection,
                wait.message_name,
                wait.correlation_key,
                running.row.process_id,
                self.now,
            )
            key = wait.element_instance_key
            if kept is not None and self.projection.still_waits(key):
                self.note_received(running, wait.element_id, kept.key, kept.name)
                self.deliver(running, key, kept.key, kept.variables)
                self._apply_new_events()
                delivered = True
        return delivered

    def note_received(self, running: Running, element_id: str, message_key: int, name: str) -> None:
        """Add to the history of an instance that it is about to have a message."""
        self._facts.append(
            Fact(
                stream_key=running.row.key,
                root_key=running.row.root_key,
                kind="message_received",
                element_id=element_id,
                payload={"message_key": message_key, "name": name},
            )
        )

    def deliver(
        self,
        running: Running,
        element_instance_key: int,
        message_key: int,
        variables: Mapping[str, object],
    ) -> None:
        """Give a kept message to the element that waits for it, and remember that it had it."""
        messages.record_correlation(
            self.connection,
            message_key=message_key,
            process_id=running.row.process_id,
            instance_key=running.row.key,
            at=self.now,
        )
        running.execution.complete(element_instance_key, variables)
        reached(Point.MESSAGE_DELIVERED)

    def _new_case_number(self) -> str:
        context = self.context
        return context.case_numbers.new(
            context.database, self.connection, at=self.now, zone=context.zone
        )

    def _next_case_ordinal(self, number: str | None, process_id: str) -> int:
        """Return the place of a new instance among those of its process in the case."""
        started_now = sum(
            r.is_new and (r.row.business_id, r.row.process_id) == (number, process_id)
            for r in self._loader.running
        )
        if number is None:
            return 1
        return instances.next_case_ordinal(self.connection, number, process_id) + started_now

    def _save(self, running: Running, head: Head | None) -> None:
        row = running.row
        head = head or Head(row.history_sequence, row.history_digest)
        end_state = self.projection.ended_instances.get(row.key)
        changed = row._replace(
            state=end_state or row.state,
            ended_at=self.now if end_state else None,
            incident_count=max(0, row.incident_count + self.projection.incident_changes[row.key]),
            state_blob=None if end_state else running.execution.snapshot(),
            history_sequence=head.sequence,
            history_digest=head.digest,
        )
        if running.is_new:
            instances.insert(self.batch, changed)
        else:
            instances.save(self.batch, changed)


def _started(row: InstanceRow, definition: Definition, variables: Mapping[str, object]) -> Fact:
    return Fact(
        stream_key=row.key,
        root_key=row.root_key,
        kind="instance_started",
        payload={
            "process_id": definition.id,
            "version": definition.version,
            "definition_key": definition.key,
            "business_id": row.business_id,
            "parent_key": row.parent_key,
            "variable_names": sorted(variables),
        },
    )
