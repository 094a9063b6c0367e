"""Cases: the instances that carry one number, shown as one thing by the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, exists, func, select

from engine.persistence.hints import by_index
from engine.persistence.schema import (
    definition,
    process_instance,
    user_task,
    variable,
)
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.visibility import Visible

FIRST = process_instance.alias("first")
"""The instance that shows the case."""

SAME_CASE: Visible = process_instance.c.business_id == FIRST.c.business_id
"""Says of an instance that it is of the case."""

_earlier = process_instance.alias("earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case by its first process instance."""

    number: str
    process_instance_key: int
    process_id: str
    definition_key: int
    process_name: str | None
    process_version: int
    started_at: datetime
    started_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """What a list shows of a case beside its row."""

    active: int
    incidents: int
    ended_at: datetime | None
    open_tasks: int
    next_due: datetime | None
    assignees: tuple[str, ...]


CASES = Catalogue(
    view=CaseRow,
    source=FIRST.outerjoin(definition, definition.c.key == FIRST.c.definition_key),
    where=and_(
        FIRST.c.business_id.is_not(None),
        ~exists().where(
            _earlier.c.business_id == FIRST.c.business_id, _earlier.c.key < FIRST.c.key
        ),
    ),
    key="process_instance_key",
    columns={
        "number": FIRST.c.business_id,
        "process_instance_key": FIRST.c.key,
        "process_id": FIRST.c.process_id,
        "definition_key": FIRST.c.definition_key,
        "process_name": definition.c.name,
        "process_version": definition.c.version,
        "started_at": FIRST.c.started_at,
        "started_by": FIRST.c.started_by,
    },
    indexed={"started_at", "number"},
)


def with_instance_that(is_visible: Visible) -> Visible:
    """Say of a case that one of its instances is visible."""
    return exists().where(SAME_CASE, is_visible)


def summaries(connection: Connection, numbers: Sequence[str]) -> dict[str, CaseSummary]:
    """Return what a list shows of these cases, with two statements for all of them."""
    number = process_instance.c.business_id
    is_active = process_instance.c.state == "ACTIVE"
    of_these = number.in_(numbers)
    stood = (
        select(
            number,
            func.count().filter(is_active),
            func.sum(process_instance.c.incident_count),
            func.max(process_instance.c.ended_at),
        )
        .where(of_these)
        .group_by(number)
    )
    tasks = (
        select(number, user_task.c.due_date, user_task.c.assignee)
        .join(user_task, user_task.c.process_instance_key == process_instance.c.key)
        .where(of_these, user_task.c.state == "CREATED")
    )
    tasks = by_index(tasks, user_task, "ix_user_task_process_instance_key_element_id")
    open_tasks: dict[str, list[tuple[datetime | None, str | None]]] = {}
    for case, due, assignee in connection.execute(tasks):
        open_tasks.setdefault(case, []).append((due, assignee))
    return {
        case: CaseSummary(
            active=active,
            incidents=int(incidents or 0),
            ended_at=None if active else ended_at,
            open_tasks=len(open_tasks.get(case, ())),
            next_due=min((d for d, _ in open_tasks.get(case, ()) if d), default=None),
            assignees=tuple(sorted({a for _, a in open_tasks.get(case, ()) if a})),
        )
        for case, active, incidents, ended_at in connection.execute(stood)
    }


def variables_named(
    connection: Connection, numbers: Sequence[str], names: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Return ``(case number, name, sealed value)`` of variables of whole instances.

    Asked for by the keys of the instances: joined, a database would rather read these variables
    of all cases that there are.
    """
    instances = select(process_instance.c.key, process_instance.c.business_id).where(
        process_instance.c.business_id.in_(numbers)
    )
    number_of = {key: number for key, number in connection.execute(instances)}
    owner = variable.c.process_instance_key
    statement = (
        select(owner, variable.c.name, variable.c.value)
        .where(owner.in_(number_of), variable.c.scope_key == owner, variable.c.name.in_(names))
        .order_by(owner.desc())
    )
    return [(number_of[row[0]], row[1], row[2]) for row in connection.execute(statement)]
