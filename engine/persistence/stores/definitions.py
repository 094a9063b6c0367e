"""Deployments and the versioned models they put in."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from engine.domain.definitions import Definition, DefinitionKind
from engine.persistence.query import Query
from engine.persistence.rows import columns_of, fetch_all, fetch_one, insert_all
from engine.persistence.schema import bundle_member, definition, deployment, resource


class Resource(NamedTuple):
    """One stored file, byte for byte as it was deployed."""

    key: int
    name: str
    sha256: str
    content: bytes


def insert_deployment(
    connection: Connection,
    *,
    key: int,
    deployed_at: datetime,
    deployed_by: str,
    comment: str | None,
) -> None:
    """Record the act of deploying."""
    insert_all(
        connection,
        deployment,
        [
            {
                "key": key,
                "deployed_at": deployed_at,
                "deployed_by": deployed_by,
                "comment": comment,
            }
        ],
    )


def deployed_at(connection: Connection, deployment_key: int) -> datetime:
    """Return when a deployment was made."""
    statement = select(deployment.c.deployed_at).where(deployment.c.key == deployment_key)
    at: datetime = connection.execute(statement).scalar_one()
    return at


def insert_resource(connection: Connection, new: Resource) -> None:
    """Store one file."""
    insert_all(connection, resource, [new._asdict()])


def insert_definitions(connection: Connection, new: list[Definition]) -> None:
    """Store new versions."""
    insert_all(connection, definition, [d._asdict() for d in new])


def insert_bundle(connection: Connection, deployment_key: int, definition_keys: list[int]) -> None:
    """Say which definitions belong together; the binding ``deployment`` looks here."""
    rows = [{"deployment_key": deployment_key, "definition_key": k} for k in definition_keys]
    insert_all(connection, bundle_member, rows)


def find(connection: Connection, key: int) -> Definition | None:
    """Return the definition with that key."""
    return fetch_one(connection, definition, Definition, definition.c.key == key)


def find_resource(connection: Connection, key: int) -> Resource | None:
    """Return the stored file with that key."""
    return fetch_one(connection, resource, Resource, resource.c.key == key)


_BY_ID = select(*columns_of(definition, Definition)).where(
    definition.c.kind == bindparam("kind"), definition.c.id == bindparam("id")
)
_NEWEST = definition.c.version.desc()
_LATEST = Query(_BY_ID.order_by(_NEWEST).limit(1))
_WITH_VERSION = Query(_BY_ID.where(definition.c.version == bindparam("version")))
_WITH_TAG = Query(
    _BY_ID.where(definition.c.version_tag == bindparam("tag")).order_by(_NEWEST).limit(1)
)
_IN_BUNDLE = Query(
    _BY_ID.join(
        bundle_member,
        and_(
            bundle_member.c.definition_key == definition.c.key,
            bundle_member.c.deployment_key == bindparam("deployment_key"),
        ),
    )
)


def latest(connection: Connection, kind: DefinitionKind, id: str) -> Definition | None:
    """Return the newest version."""
    return _first(_LATEST, connection, kind=kind, id=id)


def with_version(
    connection: Connection, kind: DefinitionKind, id: str, version: int
) -> Definition | None:
    """Return the version with that number."""
    return _first(_WITH_VERSION, connection, kind=kind, id=id, version=version)


def with_tag(connection: Connection, kind: DefinitionKind, id: str, tag: str) -> Definition | None:
    """Return the newest version that carries the tag."""
    return _first(_WITH_TAG, connection, kind=kind, id=id, tag=tag)


def in_bundle(
    connection: Connection, kind: DefinitionKind, id: str, deployment_key: int
) -> Definition | None:
    """Return the version that was deployed together with others as one bundle."""
    return _first(_IN_BUNDLE, connection, kind=kind, id=id, deployment_key=deployment_key)


def of_resource(connection: Connection, resource_key: int) -> list[Definition]:
    """Return every definition that one file holds."""
    return fetch_all(connection, definition, Definition, definition.c.resource_key == resource_key)


def _first(query: Query, connection: Connection, **asked: object) -> Definition | None:
    row = query.first(connection, **asked)
    return None if row is None else Definition._make(row)
