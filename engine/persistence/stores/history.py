"""History: facts appended once and never changed, each stream a chain of digests."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from engine.persistence.batch import Batch
from engine.persistence.locks import hold
from engine.persistence.rows import columns_of, read_as
from engine.persistence.schema import history


class HistoryRow(NamedTuple):
    """One fact. ``payload`` is canonical JSON; ``digest`` covers it and the digest before."""

    stream_key: int
    sequence: int
    root_key: int
    at: datetime
    actor: str
    kind: str
    element_id: str | None
    payload: str
    digest: bytes


def append(batch: Batch, rows: Sequence[HistoryRow]) -> None:
    """Append facts to their streams."""
    batch.insert(history, rows)


def hold_stream(connection: Connection, stream_key: int) -> None:
    """Let nobody else append to the stream until the transaction ends."""
    hold(connection, f"history {stream_key}")


def head(connection: Connection, stream_key: int) -> tuple[int, bytes]:
    """Return the last sequence number and digest of a stream; ``(0, b"")`` for a new one."""
    statement = (
        select(history.c.sequence, history.c.digest)
        .where(history.c.stream_key == stream_key)
        .order_by(history.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return (0, b"") if row is None else (row[0], row[1])


def of_roots(connection: Connection, root_keys: Sequence[int]) -> list[HistoryRow]:
    """Return every fact of the instances below these roots, in the order they happened."""
    statement = (
        select(*columns_of(history, HistoryRow))
        .where(history.c.root_key.in_(root_keys))
        .order_by(history.c.at, history.c.stream_key, history.c.sequence)
    )
    return list(read_as(connection, statement, HistoryRow))
