"""Process instances with their element instances and variables."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select

from engine.domain.classification import Classification
from engine.errors import RevisionConflict
from engine.persistence.batch import Batch
from engine.persistence.protection import seal
from engine.persistence.query import Query
from engine.persistence.rows import columns_of, fetch_all, fetch_one, read_as
from engine.persistence.schema import element_instance, process_instance, variable


class InstanceRow(NamedTuple):
    """A process instance as stored. ``state_blob`` is None once it ended.

    ``case_ordinal`` counts the instances of one process in one case, from 1. ``history_sequence``
    and ``history_digest`` are those of its last fact, so that the next one needs no look-up.
    """

    key: int
    definition_key: int
    process_id: str
    business_id: str | None
    case_ordinal: int
    root_key: int
    parent_key: int | None
    parent_element_instance_key: int | None
    state: str
    incident_count: int
    tags: list[str]
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    revision: int
    state_blob: bytes | None
    history_sequence: int = 0
    history_digest: bytes = b""


class ElementInstanceRow(NamedTuple):
    """One visit to one element."""

    key: int
    process_instance_key: int
    element_id: str
    element_type: str
    scope_key: int
    state: str
    started_at: datetime
    ended_at: datetime | None


class VariableValue(NamedTuple):
    """The current value of one variable of one scope."""

    key: int
    process_instance_key: int
    scope_key: int
    name: str
    value: object
    classification: Classification


def find(connection: Connection, key: int) -> InstanceRow | None:
    """Return the instance with that key."""
    return fetch_one(connection, process_instance, InstanceRow, process_instance.c.key == key)


_KEY = process_instance.c.key
_ROOT = select(process_instance.c.root_key).where(bindparam("asked") == _KEY).scalar_subquery()
_LOCK = Query(
    select(*columns_of(process_instance, InstanceRow))
    .where(or_(bindparam("asked") == _KEY, _KEY == _ROOT))
    .order_by(process_instance.c.parent_key.is_not(None), _KEY)
    .with_for_update()
)


def lock(connection: Connection, key: int) -> list[InstanceRow]:
    """Return an instance and the root of its tree, kept from others until the transaction ends.

    The root is locked first, so that two transactions in one tree never wait for each other in a
    circle. What is returned is what the others have committed. SQLite's only writer holds
    everything anyway.
    """
    return [InstanceRow._make(row) for row in _LOCK.all(connection, asked=key)]


def lock_free(connection: Connection, keys: Collection[int]) -> list[InstanceRow]:
    """Return those of the instances and of their roots that nobody holds, kept as by `lock`."""
    asked = process_instance.alias()
    wanted = (
        select(asked.c.key)
        .where(asked.c.key.in_(keys))
        .union(select(asked.c.root_key).where(asked.c.key.in_(keys)))
    )
    statement = (
        select(*columns_of(process_instance, InstanceRow))
        .where(process_instance.c.key.in_(wanted))
        .with_for_update(skip_locked=True)
    )
    return list(read_as(connection, statement, InstanceRow))


def children_of(connection: Connection, element_instance_key: int) -> list[InstanceRow]:
    """Return the active instances that a call activity waits for."""
    return fetch_all(
        connection,
        process_instance,
        InstanceRow,
        process_instance.c.parent_element_instance_key == element_instance_key,
        process_instance.c.state == "ACTIVE",
    )


_OF_CASE = Query(
    select(*columns_of(process_instance, InstanceRow))
    .where(process_instance.c.business_id == bindparam("business_id"))
    .order_by(_KEY)
)


def of_business_id(connection: Connection, business_id: str) -> list[InstanceRow]:
    """Return every instance that carries the business id, oldest first."""
    return [InstanceRow._make(row) for row in _OF_CASE.all(connection, business_id=business_id)]


_HIGHEST_ORDINAL = Query(
    select(func.max(process_instance.c.case_ordinal)).where(
        process_instance.c.business_id == bindparam("business_id"),
        process_instance.c.process_id == bindparam("process_id"),
    )
)


def next_case_ordinal(connection: Connection, business_id: str | None, process_id: str) -> int:
    """Return the ordinal for a new instance of the process in the case."""
    if business_id is None:
        return 1
    ((highest,),) = _HIGHEST_ORDINAL.all(connection, business_id=business_id, process_id=process_id)
    return 1 if highest is None else highest + 1


def insert(batch: Batch, row: InstanceRow) -> None:
    """Store a new instance.

    If somebody else just took its place in the case, the index says so, and the command begins
    anew (`engine.persistence.failures`).
    """
    batch.insert(process_instance, [row])


def save(batch: Batch, row: InstanceRow) -> None:
    """Store the instance's new state if nobody else did since it was read.

    *row* carries the new values and the revision that was read; the stored revision is one more.
    Sending the batch raises RevisionConflict otherwise, and the command must begin anew.
    """
    batch.update(
        process_instance,
        {
            "state": row.state,
            "incident_count": row.incident_count,
            "ended_at": row.ended_at,
            "revision": row.revision + 1,
            "state_blob": row.state_blob,
            "history_sequence": row.history_sequence,
            "history_digest": row.history_digest,
        },
        where={"key": row.key, "revision": row.revision},
        otherwise=RevisionConflict(
            f"process instance {row.key} was changed by somebody else just now"
        ),
    )


def save_history_head(batch: Batch, key: int, sequence: int, digest: bytes) -> None:
    """Note the last fact of an instance that is locked and otherwise stays as it is."""
    head = {"history_sequence": sequence, "history_digest": digest}
    batch.update(process_instance, head, where={"key": key})


def put_elements(batch: Batch, rows: Sequence[ElementInstanceRow]) -> None:
    """Store new element instances; of those that are there already, that they ended."""
    batch.upsert(
        element_instance,
        rows,
        key=("key",),
        change=("state", "ended_at"),
    )


def variables_of(
    connection: Connection, instance_keys: Collection[int]
) -> dict[int, list[tuple[int, str, str]]]:
    """Return ``(scope key, name, sealed value)`` of every variable of each of the instances."""
    statement = select(
        variable.c.process_instance_key, variable.c.scope_key, variable.c.name, variable.c.value
    ).where(variable.c.process_instance_key.in_(instance_keys))
    found: dict[int, list[tuple[int, str, str]]] = {key: [] for key in instance_keys}
    for key, scope, name, text in connection.execute(statement):
        found[key].append((scope, name, text))
    return found


def put_variables(batch: Batch, values: Sequence[VariableValue]) -> Counter[int]:
    """Create the variables, or give the existing ones their new values.

    Return how many characters were written for each instance.
    """
    texts = [seal(v.value, v.classification) for v in values]
    rows = [v._replace(value=text) for v, text in zip(values, texts, strict=True)]
    batch.upsert(variable, rows, key=("scope_key", "name"), change=("value", "classification"))
    written: Counter[int] = Counter()
    for row, text in zip(rows, texts, strict=True):
        written[row.process_instance_key] += len(text)
    return written


def instance_of_scope(connection: Connection, scope_key: int) -> int | None:
    """Return the process instance that a scope key (instance or element instance) belongs to."""
    if find(connection, scope_key) is not None:
        return scope_key
    return connection.execute(
        select(element_instance.c.process_instance_key).where(element_instance.c.key == scope_key)
    ).scalar_one_or_none()
