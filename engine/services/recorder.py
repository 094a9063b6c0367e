"""Writes history: every fact once, in canonical JSON, chained by digest (decision 0009).

A stream is a process instance, one of the message streams (a published message belongs to no
instance, and its publishers must not wait for each other), or `SYSTEM_STREAM` for all else
(sign-ins, deployments, people). ``digest = SHA-256(digest before + payload)``, so a changed or
missing row breaks the chain behind it. People's values enter a payload only sealed.
"""

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple

import orjson

from engine.domain.events import Event
from engine.domain.fields import values_of
from engine.persistence.batch import Batch
from engine.persistence.database import Connection
from engine.persistence.protection import seal, unseal
from engine.persistence.stores import history

SYSTEM_STREAM = 0
MESSAGE_STREAMS = 64
"""As many publish side by side; few enough that none is empty, so no chain can vanish unseen."""

_SEALED = frozenset({"old", "new", "variables", "evaluations", "output"})
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z


class Fact(NamedTuple):
    """One thing to write: what happened (``kind``, snake case), where, and its details."""

    stream_key: int
    root_key: int
    kind: str
    payload: Mapping[str, object]
    element_id: str | None = None


def fact_of(event: Event, *, stream_key: int, root_key: int) -> Fact:
    """Turn an event of the engine into the fact that is kept."""
    payload = values_of(event)
    del payload["element_id"]
    for name in _SEALED & payload.keys():
        payload[name] = seal(payload[name])
    return Fact(
        stream_key=stream_key,
        root_key=root_key,
        kind=_snake_case(type(event).__name__),
        element_id=event.element_id,
        payload=payload,
    )


class Head(NamedTuple):
    """The last fact of a stream: its number and digest; 0 and nothing for a new stream."""

    sequence: int = 0
    digest: bytes = b""


def write(
    batch: Batch, facts: list[Fact], heads: dict[int, Head], *, at: datetime, actor: str
) -> None:
    """Append the facts, in order, each to its stream, and move its head in *heads* on.

    *heads* holds every stream of the facts, and whoever writes holds those streams.
    """
    rows = []
    for fact in facts:
        before = heads[fact.stream_key]
        sequence = before.sequence + 1
        payload = canonical(
            {
                "actor": actor,
                "at": at,
                "details": fact.payload,
                "element_id": fact.element_id,
                "kind": fact.kind,
                "sequence": sequence,
            }
        )
        digest = hashlib.sha256(before.digest + payload.encode()).digest()
        heads[fact.stream_key] = Head(sequence, digest)
        rows.append(
            history.HistoryRow(
                stream_key=fact.stream_key,
                sequence=sequence,
                root_key=fact.root_key,
                at=at,
                actor=actor,
                kind=fact.kind,
                element_id=fact.element_id,
                payload=payload,
                digest=digest,
            )
        )
    history.append(batch, rows)


def message_stream(name: str, correlation_key: str) -> int:
    """Return the stream for facts about messages of that name and key: 1 to `MESSAGE_STREAMS`.

    Who publishes them at once waits for each other anyway.
    """
    return 1 + zlib.crc32(f"{name}\n{correlation_key}".encode()) % MESSAGE_STREAMS


def is_common(stream_key: int) -> bool:
    """Tell whether the stream is that of no process instance."""
    return stream_key <= MESSAGE_STREAMS


def hold_common(connection: Connection, stream_key: int) -> Head:
    """Hold a stream of no process instance until the transaction ends, and return its head.

    To be called last of all, so that others wait for no more than the commit.
    """
    history.hold_stream(connection, stream_key)
    return Head(*history.head(connection, stream_key))


def record_system(
    connection: Connection, at: datetime, actor: str, kind: str, payload: Mapping[str, object]
) -> None:
    """Write one fact that belongs to no process instance."""
    fact = Fact(stream_key=SYSTEM_STREAM, root_key=SYSTEM_STREAM, kind=kind, payload=payload)
    batch = Batch(connection)
    write(
        batch, [fact], {SYSTEM_STREAM: hold_common(connection, SYSTEM_STREAM)}, at=at, actor=actor
    )
    batch.send()


def details_of(payload: str) -> dict[str, object]:
    """Return the details of a stored fact, people's values readable again."""
    details: dict[str, object] = orjson.loads(payload)["details"]
    return {
        name: unseal(value) if name in _SEALED and isinstance(value, str) else value
        for name, value in details.items()
    }


def canonical(value: object) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, times in UTC."""
    return orjson.dumps(value, option=_CANONICAL).decode()


@cache
def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
