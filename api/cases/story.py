"""``/api/cases/{number}/history``, ``/path``, ``/replay``: what happened in a case."""

from pydantic import Field, JsonValue

from api.cases.cases import names, process_shown
from api.cases.models import (
    CasePath,
    CaseReplayPage,
    ElementPath,
    FlowPath,
    ProcessPath,
    ReplayQuery,
    ReplayStep,
)
from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.v2.models.common import shown_as
from engine.errors import InvalidInput, NotFound
from engine.services.cases import StoryEntry
from engine.services.queries.case_page import Path
from engine.services.queries.case_replay import Step

TAG = "Case"


class Fact(Model):
    """One thing that happened; never changed afterwards."""

    process_instance_key: Key
    process_id: str
    version: int
    sequence: int = Field(description="Counts within the process instance, from 1.")
    at: Moment
    actor: str
    kind: str = Field(examples=["task_completed", "variable_changed", "access_denied"])
    element_id: str | None
    element_name: str | None
    details: dict[str, JsonValue] = Field(description="For example old and new value.")
    digest: str = Field(description="SHA-256 over this fact and the digest before it, in hex.")


class Story(Model):
    """Every fact of a case, in the order it happened."""

    number: str
    facts: list[Fact]


@operation(
    "GET",
    "/api/cases/<number>/history",
    tag=TAG,
    summary="Read the whole story of a case",
    errors=(NotFound,),
)
def get_case_history(context: Context, number: str) -> Story:
    """Return who did what, when, on which version, with which values old and new.

    Refused attempts are part of it, and the digests that prove it. `/replay` has it in pages.
    """
    story = context.application.cases.story(context.actor, number)
    return Story(number=number, facts=[_fact(entry) for entry in story])


@operation(
    "GET",
    "/api/cases/<number>/path",
    tag=TAG,
    summary="See where tokens are and have been",
    errors=(NotFound,),
)
def get_case_path(context: Context, number: str) -> CasePath:
    """Return, per process instance, how often each element and flow was passed."""
    paths = context.application.queries.case_pages.path(context.actor, number)
    return CasePath(items=[_path(path) for path in paths])


@operation(
    "GET",
    "/api/cases/<number>/replay",
    tag=TAG,
    summary="Live through a case again",
    errors=(NotFound, InvalidInput),
)
def get_case_replay(context: Context, number: str, query: ReplayQuery) -> CaseReplayPage:
    """Return what happened step by step, a page at a time: tokens, values, people, refusals."""
    page = context.application.queries.case_replay.page(
        context.actor,
        number,
        after=query.after,
        limit=query.limit,
        kinds=[kind for kind in query.kinds.split(",") if kind],
        element_id=query.element_id or None,
        newest_first=query.order == "desc",
    )
    return CaseReplayPage(
        items=[_step(step) for step in page.steps],
        total_steps=page.total,
        end_cursor=page.end,
    )


def _fact(entry: StoryEntry) -> Fact:
    return Fact.model_validate(entry, from_attributes=True)


def _path(path: Path) -> ProcessPath:
    return ProcessPath(
        process=process_shown(path.process),
        elements=[
            ElementPath(
                element_id=one.element_id,
                names=names(path.names[one.element_id]),
                type=one.element_type,
                active=one.active,
                completed=one.completed,
                terminated=one.terminated,
                incidents=path.incidents.get(one.element_id, 0),
                first_started_at=one.first_started_at,
                last_ended_at=one.last_ended_at,
            )
            for one in path.elements
        ],
        flows=[FlowPath(flow_id=id, count=count) for id, count in sorted(path.flows.items())],
    )


def _step(step: Step) -> ReplayStep:
    return shown_as(
        ReplayStep,
        {
            "process_instance_key": step.process_instance_key,
            "sequence": step.sequence,
            "at": step.at,
            "actor": step.actor,
            "kind": step.kind,
            "element_id": step.element_id,
            "element_type": step.element_type,
            "names": names(step.names) if step.names else None,
            "element_instance_key": step.element_instance_key,
            "flow": step.flow,
            "variable": step.variable,
            "details": dict(step.details),
        },
    )
