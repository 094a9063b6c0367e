"""``/api/cases``: the customer's matter, its processes and its whole story."""

from datetime import datetime

from pydantic import Field, JsonValue

from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from engine.errors import NotFound
from engine.services.cases import CaseInstance, StoryEntry

TAG = "Case"


class CaseProcess(Model):
    """One process instance of a case, and the version that it runs on."""

    process_instance_key: Key
    process_id: str
    process_name: str | None
    version: int
    state: str = Field(description="ACTIVE, COMPLETED or TERMINATED.")
    parent_process_instance_key: Key | None
    started_at: Moment
    started_by: str
    ended_at: Moment | None


class Case(Model):
    """A case, known by its number, with the process instances that work on it."""

    number: str
    started_at: Moment
    ended_at: Moment | None = Field(description="Null while a process instance is active.")
    processes: list[CaseProcess]


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
    "GET", "/api/cases/<number>", tag=TAG, summary="Get a case by its number", errors=(NotFound,)
)
def get_case(context: Context, number: str) -> Case:
    """Return the process instances that work, or worked, on the customer's matter."""
    found = context.application.cases.instances(context.actor, number)
    return Case(
        number=number,
        started_at=min(instance.started_at for instance in found),
        ended_at=_ended_at(found),
        processes=[_process(instance) for instance in found],
    )


@operation(
    "GET",
    "/api/cases/<number>/history",
    tag=TAG,
    summary="Read the whole story of a case",
    errors=(NotFound,),
)
def get_case_history(context: Context, number: str) -> Story:
    """Return who did what, when, on which version, with which values old and new.

    Refused attempts are part of it.
    """
    story = context.application.cases.story(context.actor, number)
    return Story(number=number, facts=[_fact(entry) for entry in story])


def _ended_at(instances: list[CaseInstance]) -> datetime | None:
    ends = [instance.ended_at for instance in instances]
    return None if None in ends else max(end for end in ends if end is not None)


def _process(instance: CaseInstance) -> CaseProcess:
    return CaseProcess(
        process_instance_key=instance.key,
        process_id=instance.process_id,
        process_name=instance.process_name,
        version=instance.version,
        state=instance.state,
        parent_process_instance_key=instance.parent_key,
        started_at=instance.started_at,
        started_by=instance.started_by,
        ended_at=instance.ended_at,
    )


def _fact(entry: StoryEntry) -> Fact:
    return Fact.model_validate(entry, from_attributes=True)
