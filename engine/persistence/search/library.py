"""The library: every version of every process, decision and form, and who put it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Column, Connection, exists, func, or_, select

from engine.domain.definitions import DefinitionKind
from engine.domain.search import Condition, Operator
from engine.persistence.schema import definition, deployment, file_draft, process_instance, resource
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.definitions import is_latest

T = TypeVar("T", int, str)
_NEWEST = Condition(field="is_latest_version", operator=Operator.EQ, value=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRow:
    """One version with its deployment, and the draft of its file where there is one."""

    key: int
    id: str
    name: str | None
    version: int
    version_tag: str | None
    resource_name: str
    deployment_key: int
    deployed_at: datetime | None
    deployed_by: str | None
    comment: str | None
    draft_saved_at: datetime | None
    draft_saved_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDraftView:
    """A draft in a list."""

    name: str
    revision: int
    based_on_key: int | None
    saved_at: datetime
    saved_by: str


_source = (
    definition.join(resource, resource.c.key == definition.c.resource_key)
    .outerjoin(deployment, deployment.c.key == definition.c.deployment_key)
    .outerjoin(file_draft, file_draft.c.name == resource.c.name)
)


def _of(kind: DefinitionKind) -> Catalogue[LibraryRow]:
    return Catalogue(
        view=LibraryRow,
        source=_source,
        where=definition.c.kind == kind,
        key="key",
        columns={
            "key": definition.c.key,
            "id": definition.c.id,
            "name": definition.c.name,
            "version": definition.c.version,
            "version_tag": definition.c.version_tag,
            "resource_name": resource.c.name,
            "deployment_key": definition.c.deployment_key,
            "deployed_at": deployment.c.deployed_at,
            "deployed_by": deployment.c.deployed_by,
            "comment": deployment.c.comment,
            "draft_saved_at": file_draft.c.saved_at,
            "draft_saved_by": file_draft.c.saved_by,
        },
        matches={"is_latest_version": is_latest},
    )


LIBRARY = {
    kind: _of(kind)
    for kind in (DefinitionKind.PROCESS, DefinitionKind.DECISION, DefinitionKind.FORM)
}

FILE_DRAFTS = Catalogue(
    view=FileDraftView,
    source=file_draft,
    key="name",
    columns={
        "name": file_draft.c.name,
        "revision": file_draft.c.revision,
        "based_on_key": file_draft.c.based_on_key,
        "saved_at": file_draft.c.saved_at,
        "saved_by": file_draft.c.saved_by,
    },
)


def followed_processes(connection: Connection) -> Sequence[int]:
    """Return the keys of the process versions that new cases follow or running ones still do.

    They come by id, the newest version of each first.
    """
    running = exists().where(
        process_instance.c.definition_key == definition.c.key,
        process_instance.c.state == "ACTIVE",
    )
    statement = (
        select(definition.c.key)
        .where(definition.c.kind == DefinitionKind.PROCESS, or_(is_latest(_NEWEST), running))
        .order_by(definition.c.id, definition.c.version.desc())
    )
    return connection.execute(statement).scalars().all()


def running_by_process(connection: Connection, process_ids: Sequence[str]) -> dict[str, int]:
    """Return how many active instances each process has, over all versions."""
    return _running(connection, process_instance.c.process_id, process_ids)


def running_by_version(connection: Connection, keys: Sequence[int]) -> dict[int, int]:
    """Return how many active instances each version has."""
    return _running(connection, process_instance.c.definition_key, keys)


def _running(connection: Connection, column: Column[T], wanted: Sequence[T]) -> dict[T, int]:
    statement = (
        select(column, func.count())
        .where(column.in_(wanted), process_instance.c.state == "ACTIVE")
        .group_by(column)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}
