"""What belongs to the process instances of one case: a handful of bounded, indexed queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine.persistence.protection import unseal
from engine.persistence.retail import sent_mail
from engine.persistence.rows import columns_of, read_as
from engine.persistence.schema import (
    document,
    element_instance,
    history,
    incident,
    job,
    process_instance,
    timer,
    user_task,
    variable,
)
from engine.persistence.search.visibility import Visible
from engine.persistence.stores.documents import DocumentRow
from engine.persistence.stores.history import HistoryRow
from engine.persistence.stores.incidents import IncidentRow
from engine.persistence.stores.instances import InstanceRow
from engine.persistence.stores.jobs import JobRow
from engine.persistence.stores.user_tasks import UserTaskRow
from engine.persistence.stores.waits import TimerRow

MAX_PARTS = 1_000
"""No list of parts of a case is longer: what is beyond is found by the searches under /v2."""

CHANGE = "variable_changed"
FLOW = "flow_taken"


class ElementCount(NamedTuple):
    """How often one element was visited in one instance."""

    element_id: str
    element_type: str
    active: int
    completed: int
    terminated: int
    first_started_at: datetime
    last_ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedVariable:
    """A variable as it is now; ``scope_element_id`` is None for the whole instance."""

    process_instance_key: int
    scope_key: int
    scope_element_id: str | None
    name: str
    value: object


class Letter(NamedTuple):
    """A letter that the built-in table mailer keeps."""

    to: str
    subject: str
    body: str
    sent_at: datetime


class Place(NamedTuple):
    """A line of history by its place in the story of a case."""

    at: datetime
    stream_key: int
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which part of a story: *kinds* of facts (empty: all), at one element, from which end."""

    kinds: Sequence[str] = ()
    element_id: str | None = None
    newest_first: bool = False


def instances_of(connection: Connection, number: str, visible: Visible) -> list[InstanceRow]:
    """Return the visible process instances that carry the number, oldest first."""
    statement = (
        select(*columns_of(process_instance, InstanceRow))
        .where(process_instance.c.business_id == number, visible)
        .order_by(process_instance.c.key)
    )
    return list(read_as(connection, statement, InstanceRow))


def open_tasks(connection: Connection, keys: Sequence[int]) -> list[UserTaskRow]:
    """Return the open tasks of the instances, the most urgent first."""
    statement = (
        select(*columns_of(user_task, UserTaskRow))
        .where(user_task.c.process_instance_key.in_(keys), user_task.c.state == "CREATED")
        .order_by(user_task.c.due_date.is_(None), user_task.c.due_date, user_task.c.key)
        .limit(MAX_PARTS)
    )
    return list(read_as(connection, statement, UserTaskRow))


def timers(connection: Connection, keys: Sequence[int]) -> list[TimerRow]:
    """Return what the instances wait for by time, the next first."""
    statement = (
        select(*columns_of(timer, TimerRow))
        .where(timer.c.process_instance_key.in_(keys))
        .order_by(timer.c.due_at, timer.c.key)
        .limit(MAX_PARTS)
    )
    return list(read_as(connection, statement, TimerRow))


def incidents(connection: Connection, keys: Sequence[int]) -> list[IncidentRow]:
    """Return the unresolved incidents of the instances, the oldest first."""
    statement = (
        select(*columns_of(incident, IncidentRow))
        .where(incident.c.process_instance_key.in_(keys), incident.c.state == "ACTIVE")
        .order_by(incident.c.key)
        .limit(MAX_PARTS)
    )
    return list(read_as(connection, statement, IncidentRow))


def documents(connection: Connection, keys: Sequence[int]) -> list[DocumentRow]:
    """Return the files of the instances, the oldest first."""
    statement = (
        select(*columns_of(document, DocumentRow))
        .where(document.c.process_instance_key.in_(keys))
        .order_by(document.c.created_at, document.c.id)
        .limit(MAX_PARTS)
    )
    return list(read_as(connection, statement, DocumentRow))


def jobs_of_types(
    connection: Connection, keys: Sequence[int], types: Sequence[str]
) -> list[JobRow]:
    """Return the jobs of these types in the instances, the oldest first."""
    statement = (
        select(*columns_of(job, JobRow))
        .where(job.c.process_instance_key.in_(keys), job.c.type.in_(types))
        .order_by(job.c.key)
        .limit(MAX_PARTS)
    )
    return list(read_as(connection, statement, JobRow))


def letters(connection: Connection, idempotency_keys: Sequence[str]) -> dict[str, Letter]:
    """Return the letters kept under these keys."""
    statement = select(sent_mail).where(sent_mail.c.idempotency_key.in_(idempotency_keys))
    found = {}
    for row in connection.execute(statement).mappings():
        letter: Any = unseal(row["letter"])
        found[row["idempotency_key"]] = Letter(
            to=letter["to"], subject=letter["subject"], body=letter["body"], sent_at=row["sent_at"]
        )
    return found


def variables(connection: Connection, keys: Sequence[int]) -> list[ScopedVariable]:
    """Return the variables of the instances by scope and name."""
    statement = (
        select(
            variable.c.process_instance_key,
            variable.c.scope_key,
            element_instance.c.element_id,
            variable.c.name,
            variable.c.value,
        )
        .outerjoin(element_instance, element_instance.c.key == variable.c.scope_key)
        .where(variable.c.process_instance_key.in_(keys))
        .order_by(variable.c.process_instance_key, variable.c.scope_key, variable.c.name)
        .limit(MAX_PARTS)
    )
    return [
        ScopedVariable(
            process_instance_key=row[0],
            scope_key=row[1],
            scope_element_id=row[2],
            name=row[3],
            value=unseal(row[4]),
        )
        for row in connection.execute(statement)
    ]


def changes(connection: Connection, roots: Sequence[int], *, limit: int) -> list[HistoryRow]:
    """Return the newest changes of variables below these roots, the newest first."""
    statement = (
        select(*columns_of(history, HistoryRow))
        .where(history.c.root_key.in_(roots), history.c.kind == CHANGE)
        .order_by(history.c.at.desc(), history.c.stream_key, history.c.sequence.desc())
        .limit(limit)
    )
    return list(read_as(connection, statement, HistoryRow))


def element_counts(connection: Connection, instance_key: int) -> list[ElementCount]:
    """Return how often each element of an instance was visited, in the order of the first."""
    state = element_instance.c.state
    statement = (
        select(
            element_instance.c.element_id,
            element_instance.c.element_type,
            func.count().filter(state == "ACTIVE").label("active"),
            func.count().filter(state == "COMPLETED").label("completed"),
            func.count().filter(state == "TERMINATED").label("terminated"),
            func.min(element_instance.c.started_at).label("first_started_at"),
            func.max(element_instance.c.ended_at).label("last_ended_at"),
        )
        .where(element_instance.c.process_instance_key == instance_key)
        .group_by(element_instance.c.element_id, element_instance.c.element_type)
        .order_by(func.min(element_instance.c.key))
    )
    return list(read_as(connection, statement, ElementCount))


def flow_counts(connection: Connection, instance_key: int) -> Mapping[str, int]:
    """Return how often a token passed each sequence flow of an instance."""
    statement = (
        select(history.c.element_id, func.count())
        .where(history.c.stream_key == instance_key, history.c.kind == FLOW)
        .group_by(history.c.element_id)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def story_page(
    connection: Connection,
    roots: Sequence[int],
    streams: Sequence[int],
    *,
    only: StoryFilter,
    after: Place | None,
    limit: int,
) -> list[HistoryRow]:
    """Return the lines of history that come after a place, in the order that is asked for."""
    statement = select(*columns_of(history, HistoryRow)).where(
        history.c.root_key.in_(roots), history.c.stream_key.in_(streams)
    )
    if only.kinds:
        statement = statement.where(history.c.kind.in_(only.kinds))
    if only.element_id is not None:
        statement = statement.where(history.c.element_id == only.element_id)
    if after is not None:
        statement = statement.where(_follows(after, newest_first=only.newest_first))
    places = (history.c.at, history.c.stream_key, history.c.sequence)
    order = [place.desc() if only.newest_first else place.asc() for place in places]
    statement = statement.order_by(*order)
    return list(read_as(connection, statement.limit(limit), HistoryRow))


def _follows(after: Place, *, newest_first: bool) -> ColumnElement[bool]:
    at, stream, sequence = history.c.at, history.c.stream_key, history.c.sequence
    if newest_first:
        same_stream = and_(stream == after.stream_key, sequence < after.sequence)
        here = or_(stream < after.stream_key, same_stream)
        return or_(at < after.at, and_(at == after.at, here))
    same_stream = and_(stream == after.stream_key, sequence > after.sequence)
    here = or_(stream > after.stream_key, same_stream)
    return or_(at > after.at, and_(at == after.at, here))


def story_length(connection: Connection, streams: Sequence[int]) -> int:
    """Return how many lines of history these streams have: each counts from 1 without a gap."""
    last = (
        select(func.max(history.c.sequence).label("last"))
        .where(history.c.stream_key.in_(streams))
        .group_by(history.c.stream_key)
        .subquery()
    )
    return int(connection.execute(select(func.coalesce(func.sum(last.c.last), 0))).scalar_one())
