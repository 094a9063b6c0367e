"""``/api/incidents``, ``/api/timers``, ``/api/jobs``, ``/api/overview``: for operators."""

from typing import Literal

from pydantic import Field

from api.cases.cases import names
from api.cases.models import Names
from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.pages import PageOf, PageQuery, Word, info_of, search_of, where
from engine.domain.search import Operator
from engine.errors import Forbidden, InvalidInput
from engine.services.queries.operations import IncidentEntry, JobEntry, TimerEntry

TAG = "Operations"


class IncidentQuery(PageQuery):
    """Which incidents; all that is given must fit."""

    state: Literal["ACTIVE", "RESOLVED"] = "ACTIVE"
    process_id: Word = ""
    element_id: Word = ""
    error_type: Word = ""
    job_type: Word = ""
    case_number: Word = ""
    sort: Literal["creationTime", "-creationTime"] = "-creationTime"


class Words(Model):
    """What happened and what to do, in one language."""

    happened: str
    mend: str


class IncidentItem(Model):
    """A technical stop, in words; `/v2/incidents/{key}/resolution` tries again."""

    incident_key: Key
    state: str
    error_type: str
    en: Words
    zh: Words
    message: str = Field(description="The cause in detail, as it was raised.")
    creation_time: Moment
    case_number: str | None
    process_instance_key: Key
    process_definition_key: Key
    process_id: str
    element_id: str
    names: Names
    job_key: Key | None
    job_type: str | None = Field(description="Of work that was given up, such as an e-mail.")


class IncidentPage(PageOf[IncidentItem]):
    """A page of incidents."""


class TimerQuery(PageQuery):
    """Which timers; all that is given must fit."""

    due_from: Moment | None = None
    due_before: Moment | None = None
    process_instance_key: Key | None = None
    blocked: bool | None = Field(default=None, description="An incident holds it.")
    sort: Literal["dueAt", "-dueAt"] = "dueAt"


class TimerItem(Model):
    """Something that happens at `dueAt`."""

    timer_key: Key
    due_at: Moment
    repetitions: int = Field(description="After this one; -1: for ever.")
    attempts: int
    blocked: bool
    case_number: str | None
    process_instance_key: Key | None = Field(description="Null: it starts instances.")
    process_id: str | None
    element_id: str
    names: Names


class TimerPage(PageOf[TimerItem]):
    """A page of timers."""


class JobsQuery(PageQuery):
    """Which jobs; all that is given must fit."""

    ended: bool = Field(default=False, description="Those that are over, instead of the others.")
    state: Literal["", "CREATED", "COMPLETED", "FAILED", "CANCELED", "ERROR_THROWN"] = ""
    type: Word = ""
    process_id: Word = ""
    case_number: Word = ""
    sort: Literal["creationTime", "-creationTime"] = "creationTime"


class JobItem(Model):
    """Work for a connector or an outside worker."""

    job_key: Key
    type: str
    state: str
    worker: str = Field(description="Who took it last; empty: nobody yet.")
    retries: int
    leased_until: Moment | None = Field(description="A worker has it until then.")
    error_message: str | None = Field(description="Why the last try failed.")
    case_number: str | None
    process_instance_key: Key
    process_id: str
    element_id: str
    names: Names
    creation_time: Moment


class JobPage(PageOf[JobItem]):
    """A page of jobs."""


class Overview(Model):
    """How much there is now."""

    active_instances: int
    open_tasks: int
    unassigned_tasks: int
    overdue_tasks: int
    incidents: int
    timers: int
    overdue_timers: int
    jobs: dict[str, int] = Field(description="Those that have not ended, by state.")
    server_time: Moment


@operation(
    "GET", "/api/incidents", tag=TAG, summary="List incidents in words", errors=(InvalidInput,)
)
def list_incidents(context: Context, query: IncidentQuery) -> IncidentPage:
    """Return incidents of cases that you may see: what happened, and what to do about it."""
    conditions = [
        where("state", Operator.EQ, query.state),
        where("process_definition_id", Operator.EQ, query.process_id),
        where("element_id", Operator.EQ, query.element_id),
        where("error_type", Operator.EQ, query.error_type),
        where("job_type", Operator.EQ, query.job_type),
        where("business_id", Operator.EQ, query.case_number),
    ]
    asked = search_of(query, conditions=conditions, sort=query.sort)
    found = context.application.queries.operations.incidents(context.actor, asked)
    return IncidentPage(items=[_incident(one) for one in found.items], page=info_of(found))


@operation("GET", "/api/timers", tag=TAG, summary="List timers", errors=(Forbidden, InvalidInput))
def list_timers(context: Context, query: TimerQuery) -> TimerPage:
    """Return the timers that wait, the next first."""
    conditions = [
        where("due_at", Operator.GTE, query.due_from),
        where("due_at", Operator.LT, query.due_before),
        where("process_instance_key", Operator.EQ, query.process_instance_key),
        where("blocked", Operator.EQ, query.blocked),
    ]
    asked = search_of(query, conditions=conditions, sort=query.sort)
    found = context.application.queries.operations.timers(context.actor, asked)
    return TimerPage(items=[_timer(one) for one in found.items], page=info_of(found))


@operation("GET", "/api/jobs", tag=TAG, summary="List jobs", errors=(InvalidInput,))
def list_jobs(context: Context, query: JobsQuery) -> JobPage:
    """Return jobs of cases that you may see, those that wait longest first."""
    conditions = [
        where("end_time", Operator.EXISTS, query.ended),
        where("state", Operator.EQ, query.state),
        where("type", Operator.EQ, query.type),
        where("process_definition_id", Operator.EQ, query.process_id),
        where("business_id", Operator.EQ, query.case_number),
    ]
    asked = search_of(query, conditions=conditions, sort=query.sort)
    found = context.application.queries.operations.jobs(context.actor, asked)
    return JobPage(items=[_job(one) for one in found.items], page=info_of(found))


@operation("GET", "/api/overview", tag=TAG, summary="Count what is open", errors=(Forbidden,))
def get_overview(context: Context) -> Overview:
    """Return how much is running, waiting and overdue."""
    counts = context.application.queries.operations.overview(context.actor)
    return Overview(
        active_instances=counts.active_instances,
        open_tasks=counts.open_tasks,
        unassigned_tasks=counts.unassigned_tasks,
        overdue_tasks=counts.overdue_tasks,
        incidents=counts.incidents,
        timers=counts.timers,
        overdue_timers=counts.overdue_timers,
        jobs=dict(counts.jobs),
        server_time=context.application.clock.now(),
    )


def _incident(one: IncidentEntry) -> IncidentItem:
    view, words = one.view, one.words
    return IncidentItem(
        incident_key=view.incident_key,
        state=view.state,
        error_type=view.error_type,
        en=Words(happened=words.en, mend=words.mend_en),
        zh=Words(happened=words.zh, mend=words.mend_zh),
        message=view.error_message,
        creation_time=view.creation_time,
        case_number=view.business_id,
        process_instance_key=view.process_instance_key,
        process_definition_key=view.process_definition_key,
        process_id=view.process_definition_id,
        element_id=view.element_id,
        names=names(one.names),
        job_key=view.job_key,
        job_type=view.job_type,
    )


def _timer(one: TimerEntry) -> TimerItem:
    view = one.view
    return TimerItem(
        timer_key=view.timer_key,
        due_at=view.due_at,
        repetitions=view.repetitions,
        attempts=view.attempts,
        blocked=view.blocked,
        case_number=view.case_number,
        process_instance_key=view.process_instance_key,
        process_id=one.process_id,
        element_id=view.element_id,
        names=names(one.names),
    )


def _job(one: JobEntry) -> JobItem:
    view = one.view
    return JobItem(
        job_key=view.job_key,
        type=view.type,
        state=view.state,
        worker=view.worker,
        retries=view.retries,
        leased_until=view.deadline,
        error_message=view.error_message,
        case_number=view.business_id,
        process_instance_key=view.process_instance_key,
        process_id=view.process_definition_id,
        element_id=view.element_id,
        names=names(one.names),
        creation_time=view.creation_time,
    )
