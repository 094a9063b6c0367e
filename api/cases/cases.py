"""``/api/cases``: found, and shown as they are now."""

from datetime import datetime
from typing import Literal

from api.cases.models import (
    Case,
    CaseDeadline,
    CaseDocument,
    CaseIncident,
    CaseList,
    CaseMessage,
    CaseProcess,
    CaseQuery,
    CaseResult,
    CaseTask,
    CaseVariable,
    CaseVariables,
    Names,
)
from api.context import Context
from api.operation import operation
from api.pages import info_of, search_of, where
from api.v2.models.common import shown_as
from engine.domain.search import Operator
from engine.errors import InvalidInput, NotFound
from engine.services import permissions
from engine.services.names import Names as BothNames
from engine.services.queries import case_page as engine_page
from engine.services.queries.cases import CaseEntry, CaseFilter

TAG = "Case"


@operation("GET", "/api/cases", tag=TAG, summary="Search cases", errors=(InvalidInput,))
def search_cases(context: Context, query: CaseQuery) -> CaseList:
    """Find cases that you may see, by number, customer, person, process, state and time."""
    conditions = [
        where("started_at", Operator.GTE, query.started_from),
        where("started_at", Operator.LT, query.started_before),
    ]
    found = context.application.queries.cases.search(
        context.actor,
        search_of(query, conditions=conditions, sort=query.sort),
        CaseFilter(
            number=query.number,
            customer=query.customer,
            person=query.person,
            process=query.process_id,
            state=query.state or "",
        ),
    )
    return CaseList(items=[_entry(one) for one in found.items], page=info_of(found))


@operation(
    "GET", "/api/cases/<number>", tag=TAG, summary="Get a case by its number", errors=(NotFound,)
)
def get_case(context: Context, number: str) -> Case:
    """Return all that a page about the customer's matter shows, as it is now."""
    page = context.application.queries.case_pages.get(context.actor, number)
    rows = [process.row for process in page.processes]
    ended_at = _ended_at([row.ended_at for row in rows])
    return Case(
        number=number,
        state="ENDED" if ended_at else "ACTIVE",
        customer_id=page.parties.customer_id,
        customer_name=page.parties.customer_name,
        owner=page.parties.owner,
        started_at=min(row.started_at for row in rows),
        started_by=rows[0].started_by,
        ended_at=ended_at,
        server_time=context.application.clock.now(),
        may_cancel=permissions.may_cancel(context.actor),
        processes=[process_shown(process) for process in page.processes],
        deadlines=[shown_as(CaseDeadline, _deadline(one)) for one in page.deadlines],
        tasks=[_task(task) for task in page.tasks],
        incidents=[_incident(incident) for incident in page.incidents],
        documents=[
            CaseDocument(
                document_id=row.id,
                file_name=row.file_name,
                content_type=row.content_type,
                size=row.size,
                process_instance_key=row.process_instance_key,
                created_at=row.created_at,
                created_by=row.created_by,
            )
            for row in page.documents
        ],
        messages=[_message(message) for message in page.messages],
    )


@operation(
    "GET",
    "/api/cases/<number>/variables",
    tag=TAG,
    summary="Read the data of a case",
    errors=(NotFound,),
)
def get_case_variables(context: Context, number: str) -> CaseVariables:
    """Return every variable by its scope, with who changed it from what to what."""
    stories = context.application.queries.case_pages.variables(context.actor, number)
    items = [
        {
            "process_instance_key": story.variable.process_instance_key,
            "scope_key": story.variable.scope_key,
            "scope_element_id": story.variable.scope_element_id,
            "scope_names": names(story.scope_names) if story.scope_names else None,
            "name": story.variable.name,
            "value": story.variable.value,
            "changes": story.changes,
        }
        for story in stories
    ]
    shown = [CaseVariable.model_validate(item, from_attributes=True) for item in items]
    return CaseVariables(items=shown)


def names(both: BothNames) -> Names:
    """Return the names as the API shows them."""
    return Names(en=both.en, zh=both.zh)


def process_shown(process: engine_page.CaseProcess) -> CaseProcess:
    """Return a process instance as the API shows it."""
    row = process.row
    return CaseProcess.model_validate(
        {
            "process_instance_key": row.key,
            "process_definition_key": row.definition_key,
            "process_id": row.process_id,
            "process_names": names(process.names),
            "version": process.version,
            "state": row.state,
            "parent_process_instance_key": row.parent_key,
            "parent_element_instance_key": row.parent_element_instance_key,
            "started_at": row.started_at,
            "started_by": row.started_by,
            "ended_at": row.ended_at,
        }
    )


def _ended_at(ends: list[datetime | None]) -> datetime | None:
    return None if None in ends else max(end for end in ends if end is not None)


def _entry(one: CaseEntry) -> CaseResult:
    return CaseResult.model_validate(
        {
            "number": one.number,
            "process_instance_key": one.process_instance_key,
            "process_id": one.process_id,
            "process_names": names(one.process_names),
            "process_version": one.process_version,
            "state": one.state,
            "started_at": one.started_at,
            "started_by": one.started_by,
            "ended_at": one.ended_at,
            "customer_id": one.parties.customer_id,
            "customer_name": one.parties.customer_name,
            "owner": one.parties.owner,
            "incidents": one.incidents,
            "open_tasks": one.open_tasks,
            "next_due": one.next_due,
            "assignees": list(one.assignees),
        }
    )


def _deadline(one: engine_page.Deadline) -> dict[str, object]:
    return {
        "kind": one.kind,
        "due_at": one.due_at,
        "process_instance_key": one.process_instance_key,
        "element_id": one.element_id,
        "names": names(one.names),
        "user_task_key": one.user_task_key,
    }


def _task(task: engine_page.OpenTask) -> CaseTask:
    row = task.row
    return CaseTask(
        user_task_key=row.key,
        process_instance_key=row.process_instance_key,
        element_id=row.element_id,
        names=names(task.names),
        assignee=row.assignee,
        candidate_groups=row.candidate_groups,
        candidate_users=row.candidate_users,
        due_date=row.due_date,
        priority=row.priority,
        created_at=row.created_at,
        may_work=task.may_work,
    )


def _incident(incident: engine_page.OpenIncident) -> CaseIncident:
    row = incident.row
    return CaseIncident(
        incident_key=row.key,
        process_instance_key=row.process_instance_key,
        element_id=row.element_id,
        names=names(incident.names),
        error_type=row.error_type,
        message=row.message,
        created_at=row.created_at,
    )


def _message(message: engine_page.SentMessage) -> CaseMessage:
    job, letter = message.job, message.letter
    return CaseMessage(
        job_key=job.key,
        process_instance_key=job.process_instance_key,
        type=job.type,
        element_id=job.element_id,
        names=names(message.names),
        state=_delivery(job.state, waits=job.activatable_at is not None),
        created_at=job.created_at,
        ended_at=job.ended_at,
        error_message=job.error_message,
        to=letter.to if letter else None,
        subject=letter.subject if letter else None,
        body=letter.body if letter else None,
    )


def _delivery(
    state: str, *, waits: bool
) -> Literal["WAITING", "SENT", "RETRYING", "FAILED", "CANCELED"]:
    """Say how far a message came; a failed one *waits* for another try, or for a person."""
    match state:
        case "COMPLETED":
            return "SENT"
        case "CANCELED":
            return "CANCELED"
        case "CREATED":
            return "WAITING"
        case "FAILED" if waits:
            return "RETRYING"
    return "FAILED"
