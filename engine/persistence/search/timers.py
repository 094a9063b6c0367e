"""Timers that wait, and how much of everything there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.persistence.schema import incident, job, process_instance, timer, user_task
from engine.persistence.search.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerView:
    """Something that happens at ``due_at``, in an instance or (start event) to a definition."""

    timer_key: int
    due_at: datetime
    repetitions: int
    attempts: int
    blocked: bool
    element_id: str
    element_instance_key: int | None
    process_instance_key: int | None
    process_definition_key: int | None
    case_number: str | None


TIMERS = Catalogue(
    view=TimerView,
    source=timer.outerjoin(
        process_instance, process_instance.c.key == timer.c.process_instance_key
    ),
    key="timer_key",
    columns={
        "timer_key": timer.c.key,
        "due_at": timer.c.due_at,
        "repetitions": timer.c.repetitions,
        "attempts": timer.c.attempts,
        "blocked": timer.c.blocked,
        "element_id": timer.c.element_id,
        "element_instance_key": timer.c.element_instance_key,
        "process_instance_key": timer.c.process_instance_key,
        "process_definition_key": func.coalesce(
            process_instance.c.definition_key, timer.c.definition_key
        ),
        "case_number": process_instance.c.business_id,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is now; ``jobs`` by state."""

    active_instances: int
    open_tasks: int
    unassigned_tasks: int
    overdue_tasks: int
    incidents: int
    timers: int
    overdue_timers: int
    jobs: Mapping[str, int]


def counts(connection: Connection, now: datetime) -> Counts:
    """Count what is open at *now*, each by an index."""
    is_open = user_task.c.state == "CREATED"
    tasks = select(
        func.count(),
        func.count().filter(user_task.c.assignee.is_(None)),
        func.count().filter(user_task.c.due_date < now),
    ).where(is_open)
    timers = select(func.count(), func.count().filter(timer.c.due_at <= now))
    active = select(func.count()).where(process_instance.c.state == "ACTIVE")
    incidents = select(func.count()).where(incident.c.state == "ACTIVE")
    jobs = select(job.c.state, func.count()).where(job.c.ended_at.is_(None)).group_by(job.c.state)
    open_tasks, unassigned, overdue = connection.execute(tasks).one()
    all_timers, overdue_timers = connection.execute(timers.select_from(timer)).one()
    return Counts(
        active_instances=connection.execute(active).scalar_one(),
        open_tasks=open_tasks,
        unassigned_tasks=unassigned,
        overdue_tasks=overdue,
        incidents=connection.execute(incidents).scalar_one(),
        timers=all_timers,
        overdue_timers=overdue_timers,
        jobs={state: number for state, number in connection.execute(jobs)},
    )
