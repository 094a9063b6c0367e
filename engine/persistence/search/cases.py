"""Cases: the instances that carry one number, shown as one thing by the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from engine.domain.search import Condition
from engine.persistence.protection import seal
from engine.persistence.schema import (
    definition,
    process_instance,
    user_task,
    variable,
)
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.visibility import Visible

_first = process_instance.alias("first")
_earlier = process_instance.alias("earlier")
_same_case = process_instance.c.business_id == _first.c.business_id


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


def _state_is(condition: Condition) -> ColumnElement[bool]:
    active = exists().where(_same_case, process_instance.c.state == "ACTIVE")
    return active if condition.value == "ACTIVE" else ~active


def _involves(condition: Condition) -> ColumnElement[bool]:
    name = condition.value
    worked = exists().where(
        _same_case,
        user_task.c.process_instance_key == process_instance.c.key,
        or_(user_task.c.assignee == name, user_task.c.completed_by == name),
    )
    return or_(_first.c.started_by == name, worked)


def _has_process(condition: Condition) -> ColumnElement[bool]:
    return exists().where(_same_case, process_instance.c.process_id == condition.value)


CASES = Catalogue(
    view=CaseRow,
    source=_first.outerjoin(definition, definition.c.key == _first.c.definition_key),
    where=and_(
        _first.c.business_id.is_not(None),
        ~exists().where(
            _earlier.c.business_id == _first.c.business_id, _earlier.c.key < _first.c.key
        ),
    ),
    key="process_instance_key",
    columns={
        "number": _first.c.business_id,
        "process_instance_key": _first.c.key,
        "process_id": _first.c.process_id,
        "definition_key": _first.c.definition_key,
        "process_name": definition.c.name,
        "process_version": definition.c.version,
        "started_at": _first.c.started_at,
        "started_by": _first.c.started_by,
    },
    matches={"state": _state_is, "person": _involves, "process": _has_process},
)


def with_instance_that(is_visible: Visible) -> Visible:
    """Say of a case that one of its instances is visible."""
    return exists().where(_same_case, is_visible)


def with_variable(names: Sequence[str], values: Sequence[object]) -> Visible:
    """Say of a case that one of the variables has one of the values."""
    numbers = (
        select(process_instance.c.business_id)
        .join(variable, variable.c.process_instance_key == process_instance.c.key)
        .where(variable.c.name.in_(names), variable.c.value.in_([seal(v) for v in values]))
    )
    return _first.c.business_id.in_(numbers)


def has_number(pattern: str) -> Visible:
    """Say of a case that its number contains the text."""
    return _first.c.business_id.icontains(pattern, autoescape=True)


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
