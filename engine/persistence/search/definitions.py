"""Deployed processes, decisions, files of decisions, forms and their sources."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, exists, select

from engine.domain.definitions import DefinitionKind
from engine.domain.search import Condition
from engine.domain.views import (
    DecisionDefinitionView,
    DecisionRequirementsView,
    FormView,
    ProcessDefinitionView,
    ResourceView,
)
from engine.persistence.schema import definition, resource
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.visibility import Visible

_drg = definition.alias("drg")
_with_file = definition.join(resource, resource.c.key == definition.c.resource_key)
_with_drg = _with_file.outerjoin(_drg, _drg.c.key == definition.c.drg_key)


def is_latest(condition: Condition) -> ColumnElement[bool]:
    """Say of a definition that it is, or is not, the newest version."""
    newer = definition.alias("newer")
    outdated = exists().where(
        newer.c.kind == definition.c.kind,
        newer.c.id == definition.c.id,
        newer.c.version > definition.c.version,
    )
    return ~outdated if condition.value else outdated


PROCESS_DEFINITIONS = Catalogue(
    view=ProcessDefinitionView,
    source=_with_file,
    where=definition.c.kind == DefinitionKind.PROCESS,
    key="process_definition_key",
    columns={
        "process_definition_key": definition.c.key,
        "process_definition_id": definition.c.id,
        "name": definition.c.name,
        "version": definition.c.version,
        "version_tag": definition.c.version_tag,
        "resource_name": resource.c.name,
    },
    matches={"is_latest_version": is_latest},
)

DECISION_REQUIREMENTS = Catalogue(
    view=DecisionRequirementsView,
    source=_with_file,
    where=definition.c.kind == DefinitionKind.DRG,
    key="decision_requirements_key",
    columns={
        "decision_requirements_key": definition.c.key,
        "decision_requirements_id": definition.c.id,
        "decision_requirements_name": definition.c.name,
        "version": definition.c.version,
        "resource_name": resource.c.name,
    },
)

DECISION_DEFINITIONS = Catalogue(
    view=DecisionDefinitionView,
    source=_with_drg,
    where=definition.c.kind == DefinitionKind.DECISION,
    key="decision_definition_key",
    columns={
        "decision_definition_key": definition.c.key,
        "decision_definition_id": definition.c.id,
        "name": definition.c.name,
        "version": definition.c.version,
        "decision_requirements_key": _drg.c.key,
        "decision_requirements_id": _drg.c.id,
        "decision_requirements_name": _drg.c.name,
        "decision_requirements_version": _drg.c.version,
    },
    matches={"is_latest_version": is_latest},
)

RESOURCES = Catalogue(
    view=ResourceView,
    source=_with_file,
    where=definition.c.kind != DefinitionKind.DECISION,  # the file is its requirements' resource
    key="resource_key",
    columns={
        "resource_key": definition.c.key,
        "resource_id": definition.c.id,
        "resource_name": resource.c.name,
        "version": definition.c.version,
        "version_tag": definition.c.version_tag,
        "deployment_key": definition.c.deployment_key,
    },
)

FORMS = Catalogue(
    view=lambda content, **rest: FormView(schema=content.decode(), **rest),
    source=_with_file,
    where=definition.c.kind == DefinitionKind.FORM,
    key="form_key",
    columns={
        "form_key": definition.c.key,
        "form_id": definition.c.id,
        "version": definition.c.version,
        "content": resource.c.content,
    },
)


def find_source(
    connection: Connection, key: int, kinds: Collection[DefinitionKind], *, visible: Visible
) -> bytes | None:
    """Return the file, byte for byte, that holds the definition, if it is of one of *kinds*."""
    statement = (
        select(resource.c.content)
        .select_from(_with_file)
        .where(definition.c.key == key, definition.c.kind.in_(kinds), visible)
    )
    content: bytes | None = connection.execute(statement).scalar_one_or_none()
    return content
