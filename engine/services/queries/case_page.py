"""All that a page about one case shows, but its story: what is so now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.domain.identity import Actor
from engine.errors import NotFound
from engine.persistence.database import Connection
from engine.persistence.search import case_parts
from engine.persistence.search.case_parts import ElementCount, Letter, ScopedVariable
from engine.persistence.stores.documents import DocumentRow
from engine.persistence.stores.incidents import IncidentRow
from engine.persistence.stores.instances import InstanceRow
from engine.persistence.stores.jobs import JobRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.services import permissions, recorder
from engine.services.context import Context
from engine.services.names import Names, names_of_element, names_of_process
from engine.services.queries.cases import Parties, parties_of
from engine.services.queries.visible import instances_visible_to

MESSAGE_TYPES = ("redress:email", "redress:webhook", "redress:publish-message")
MAX_CHANGES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProcess:
    """A process instance of the case."""

    row: InstanceRow
    names: Names
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that is due: a person's task, or a timer of the diagram."""

    kind: str
    due_at: datetime
    process_instance_key: int
    element_id: str
    names: Names
    user_task_key: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task that somebody has to do; ``may_work`` is about the reader."""

    row: UserTaskRow
    names: Names
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A letter, webhook or message of the case and how far it came."""

    job: JobRow
    names: Names
    letter: Letter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """A technical stop of the case."""

    row: IncidentRow
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case as it is now."""

    number: str
    parties: Parties
    processes: tuple[CaseProcess, ...]
    deadlines: tuple[Deadline, ...]
    tasks: tuple[OpenTask, ...]
    incidents: tuple[OpenIncident, ...]
    documents: tuple[DocumentRow, ...]
    messages: tuple[SentMessage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A variable got a value; ``old`` is None where ``created``."""

    at: datetime
    actor: str
    old: object
    new: object
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableStory:
    """A variable as it is now and how it came to be, the newest change first."""

    variable: ScopedVariable
    scope_names: Names | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Where tokens are and have been in one process instance; ``names`` are the elements'."""

    process: CaseProcess
    elements: Sequence[ElementCount]
    names: Mapping[str, Names]
    flows: Mapping[str, int]
    incidents: Mapping[str, int]


class CasePages:
    """Reads one case for those who may see it, or the part of it that they may see."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, actor: Actor, number: str) -> CasePage:
        """Return the case; raises NotFound for one that the actor may see nothing of."""
        with self._context.database.read() as connection:
            rows = visible_instances(connection, actor, number)
            keys = [row.key for row in rows]
            processes = {row.key: self._process(connection, row) for row in rows}
            tasks = case_parts.open_tasks(connection, keys)
            jobs = case_parts.jobs_of_types(connection, keys, MESSAGE_TYPES)
            letters = case_parts.letters(connection, [f"job-{job.key}" for job in jobs])
            return CasePage(
                number=number,
                parties=parties_of(connection, [number])[number],
                processes=tuple(processes.values()),
                deadlines=self._deadlines(connection, processes, tasks),
                tasks=tuple(
                    OpenTask(
                        row=task,
                        names=self._names(connection, processes, task),
                        may_work=permissions.may_work_on(actor, task),
                    )
                    for task in tasks
                ),
                incidents=tuple(
                    OpenIncident(row=row, names=self._names(connection, processes, row))
                    for row in case_parts.incidents(connection, keys)
                ),
                documents=tuple(case_parts.documents(connection, keys)),
                messages=tuple(
                    SentMessage(
                        job=job,
                        names=self._names(connection, processes, job),
                        letter=letters.get(f"job-{job.key}"),
                    )
                    for job in jobs
                ),
            )

    def variables(self, actor: Actor, number: str) -> list[VariableStory]:
        """Return every variable of the case with its newest changes, `MAX_CHANGES` in all."""
        with self._context.database.read() as connection:
            rows = {row.key: row for row in visible_instances(connection, actor, number)}
            roots = sorted({row.root_key for row in rows.values()})
            changes: dict[tuple[int, str], list[Change]] = {}
            for line in case_parts.changes(connection, roots, limit=MAX_CHANGES):
                details = recorder.details_of(line.payload)
                place = (int(str(details["element_instance_key"])), str(details["name"]))
                changes.setdefault(place, []).append(
                    Change(
                        at=line.at,
                        actor=line.actor,
                        old=details["old"],
                        new=details["new"],
                        created=bool(details["created"]),
                    )
                )
            return [
                VariableStory(
                    variable=one,
                    scope_names=self._scope_names(connection, rows, one),
                    changes=tuple(changes.get((one.scope_key, one.name), ())),
                )
                for one in case_parts.variables(connection, sorted(rows))
            ]

    def path(self, actor: Actor, number: str) -> list[Path]:
        """Return where tokens are and have been, per process instance."""
        with self._context.database.read() as connection:
            rows = visible_instances(connection, actor, number)
            stopped: dict[int, dict[str, int]] = {}
            for incident in case_parts.incidents(connection, [row.key for row in rows]):
                here = stopped.setdefault(incident.process_instance_key, {})
                here[incident.element_id] = here.get(incident.element_id, 0) + 1
            return [self._path(connection, row, stopped.get(row.key, {})) for row in rows]

    def _path(self, connection: Connection, row: InstanceRow, stopped: Mapping[str, int]) -> Path:
        elements = case_parts.element_counts(connection, row.key)
        return Path(
            process=self._process(connection, row),
            elements=elements,
            names={
                one.element_id: self._element_names(connection, row, one.element_id)
                for one in elements
            },
            flows=case_parts.flow_counts(connection, row.key),
            incidents=stopped,
        )

    def _process(self, connection: Connection, row: InstanceRow) -> CaseProcess:
        definition = self._context.models.definition(connection, row.definition_key)
        model = self._context.models.process(connection, definition)
        return CaseProcess(row=row, names=names_of_process(model), version=definition.version)

    def _names(
        self,
        connection: Connection,
        processes: Mapping[int, CaseProcess],
        part: UserTaskRow | IncidentRow | JobRow,
    ) -> Names:
        row = processes[part.process_instance_key].row
        return self._element_names(connection, row, part.element_id)

    def _element_names(self, connection: Connection, row: InstanceRow, element_id: str) -> Names:
        definition = self._context.models.definition(connection, row.definition_key)
        return names_of_element(self._context.models.process(connection, definition), element_id)

    def _scope_names(
        self, connection: Connection, rows: Mapping[int, InstanceRow], one: ScopedVariable
    ) -> Names | None:
        if one.scope_element_id is None:
            return None
        row = rows[one.process_instance_key]
        return self._element_names(connection, row, one.scope_element_id)

    def _deadlines(
        self,
        connection: Connection,
        processes: Mapping[int, CaseProcess],
        tasks: Sequence[UserTaskRow],
    ) -> tuple[Deadline, ...]:
        found = [
            Deadline(
                kind="TASK",
                due_at=task.due_date,
                process_instance_key=task.process_instance_key,
                element_id=task.element_id,
                names=self._names(connection, processes, task),
                user_task_key=task.key,
            )
            for task in tasks
            if task.due_date is not None
        ]
        for timer in case_parts.timers(connection, sorted(processes)):
            key = timer.process_instance_key or 0  # they were found by it
            names = self._element_names(connection, processes[key].row, timer.element_id)
            found.append(
                Deadline(
                    kind="TIMER",
                    due_at=timer.due_at,
                    process_instance_key=key,
                    element_id=timer.element_id,
                    names=names,
                    user_task_key=None,
                )
            )
        return tuple(sorted(found, key=lambda deadline: deadline.due_at))


def visible_instances(connection: Connection, actor: Actor, number: str) -> list[InstanceRow]:
    """Return the process instances of a case that the actor may see; raises NotFound if none."""
    rows = case_parts.instances_of(connection, number, instances_visible_to(actor))
    if not rows:
        raise NotFound(f"there is no case {number!r}")
    return rows
