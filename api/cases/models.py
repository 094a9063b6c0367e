"""Shapes of cases."""

from typing import Literal

from pydantic import Field, JsonValue

from api.models import Key, Model, Moment
from api.pages import PageOf, PageQuery, Word


class Names(Model):
    """A name in both languages."""

    en: str
    zh: str


class CaseQuery(PageQuery):
    """Which cases; all that is given must fit."""

    number: Word = Field(
        default="", description="A number; where no case has it, any part of a number."
    )
    customer: Word = Field(
        default="",
        description=(
            "A customer's or an order's id; where customers are in Redress's own table also any "
            "part of a name, e-mail address or telephone number."
        ),
    )
    person: Word = Field(default="", description="User name: started it, or had a task in it.")
    process_id: Word = ""
    state: Literal["ACTIVE", "ENDED"] | None = None
    started_from: Moment | None = None
    started_before: Moment | None = None
    sort: Literal["startedAt", "-startedAt", "number", "-number"] = "-startedAt"


class CaseResult(Model):
    """One case in a list."""

    number: str
    process_instance_key: Key = Field(description="The first process instance.")
    process_id: str
    process_names: Names
    process_version: int
    state: Literal["ACTIVE", "ENDED"]
    started_at: Moment
    started_by: str
    ended_at: Moment | None
    customer_id: str | None
    customer_name: str | None
    owner: str | None = Field(description="The variable `case_owner`.")
    incidents: int
    open_tasks: int
    next_due: Moment | None = Field(description="Of the open tasks.")
    assignees: list[str] = Field(description="Who has an open task in it.")


class CaseList(PageOf[CaseResult]):
    """A page of cases."""


class CaseProcess(Model):
    """One process instance of a case, and the version that it runs on."""

    process_instance_key: Key
    process_definition_key: Key
    process_id: str
    process_names: Names
    version: int
    state: Literal["ACTIVE", "COMPLETED", "TERMINATED"]
    parent_process_instance_key: Key | None
    parent_element_instance_key: Key | None = Field(description="The call activity.")
    started_at: Moment
    started_by: str
    ended_at: Moment | None


class CaseDeadline(Model):
    """Something that is due."""

    kind: Literal["TASK", "TIMER"]
    due_at: Moment
    process_instance_key: Key
    element_id: str
    names: Names
    user_task_key: Key | None


class CaseTask(Model):
    """An open task of a case."""

    user_task_key: Key
    process_instance_key: Key
    element_id: str
    names: Names
    assignee: str | None
    candidate_groups: list[str]
    candidate_users: list[str]
    due_date: Moment | None
    priority: int
    created_at: Moment
    may_work: bool = Field(description="Whether you may complete it.")


class CaseIncident(Model):
    """A technical stop of a case."""

    incident_key: Key
    process_instance_key: Key
    element_id: str
    names: Names
    error_type: str
    message: str
    created_at: Moment


class CaseDocument(Model):
    """A file of a case; `/v2/documents/{documentId}` sends it."""

    document_id: str
    file_name: str
    content_type: str
    size: int
    process_instance_key: Key | None
    created_at: Moment
    created_by: str


class CaseMessage(Model):
    """A letter, webhook or message of a case and how far it came."""

    job_key: Key
    process_instance_key: Key
    type: str
    element_id: str
    names: Names
    state: Literal["WAITING", "SENT", "RETRYING", "FAILED", "CANCELED"]
    created_at: Moment
    ended_at: Moment | None
    error_message: str | None
    to: str | None = Field(description="Of letters that Redress keeps itself.")
    subject: str | None
    body: str | None


class Case(Model):
    """A case, known by its number, as it is now. Each list holds at most 1 000 parts."""

    number: str
    state: Literal["ACTIVE", "ENDED"]
    customer_id: str | None
    customer_name: str | None
    owner: str | None = Field(description="The variable `case_owner`.")
    started_at: Moment
    started_by: str
    ended_at: Moment | None = Field(description="Null while a process instance is active.")
    server_time: Moment = Field(description="Deadlines are counted by this clock.")
    may_cancel: bool
    processes: list[CaseProcess]
    deadlines: list[CaseDeadline] = Field(description="The next first.")
    tasks: list[CaseTask]
    incidents: list[CaseIncident]
    documents: list[CaseDocument]
    messages: list[CaseMessage]


class VariableChange(Model):
    """A variable got a value."""

    at: Moment
    actor: str
    old: JsonValue
    new: JsonValue
    created: bool


class CaseVariable(Model):
    """A variable of one scope, as it is now, with its changes, the newest first."""

    process_instance_key: Key
    scope_key: Key
    scope_element_id: str | None = Field(description="Null: the whole process instance.")
    scope_names: Names | None
    name: str
    value: JsonValue
    changes: list[VariableChange]


class CaseVariables(Model):
    """The data of a case: 1 000 variables at most, with the newest 2 000 changes."""

    items: list[CaseVariable]


class ElementPath(Model):
    """How often an element was visited; `active` tokens are there now."""

    element_id: str
    names: Names
    type: str
    active: int
    completed: int
    terminated: int
    incidents: int
    first_started_at: Moment
    last_ended_at: Moment | None


class FlowPath(Model):
    """How often a token passed a sequence flow."""

    flow_id: str
    count: int


class ProcessPath(Model):
    """Where tokens are and have been in one process instance, to be painted on its diagram."""

    process: CaseProcess
    elements: list[ElementPath]
    flows: list[FlowPath]


class CasePath(Model):
    """The way of a case through all its diagrams, the oldest process instance first."""

    items: list[ProcessPath]


class ReplayQuery(Model):
    """Which steps."""

    order: Literal["asc", "desc"] = Field(default="asc", description="`desc`: the newest first.")
    kinds: str = Field(
        default="",
        max_length=2_000,
        description="Only these, with commas between: `task_completed,timer_fired`.",
    )
    element_id: Word = Field(default="", description="Only what happened at this element.")
    limit: int = Field(default=500, ge=1, le=2_000, description="Steps at most.")
    after: str | None = Field(default=None, max_length=500, description="`endCursor` before.")


class ReplayFlow(Model):
    """The sequence flow that a token passed."""

    id: str
    source: str
    target: str


class ReplayVariable(Model):
    """A variable got a value."""

    scope_key: Key
    name: str
    old: JsonValue
    new: JsonValue
    created: bool


class ReplayStep(Model):
    """One thing that happened."""

    process_instance_key: Key
    sequence: int = Field(description="Counts within the process instance, from 1.")
    at: Moment
    actor: str
    kind: str = Field(examples=["element_activated", "flow_taken", "task_completed"])
    element_id: str | None
    element_type: str | None
    names: Names | None
    element_instance_key: Key | None
    flow: ReplayFlow | None = Field(description="Of `flow_taken`.")
    variable: ReplayVariable | None = Field(description="Of `variable_changed`.")
    details: dict[str, JsonValue]


class CaseReplayPage(Model):
    """A page of what happened, in its order."""

    items: list[ReplayStep]
    total_steps: int = Field(description="Of the whole story, whatever is asked for.")
    end_cursor: str | None = Field(description="Take it as `after` for the next page.")
