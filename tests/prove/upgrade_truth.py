"""What must be true of a shop that went through an upgrade: nothing lost, nothing twice."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, select

from engine.persistence.database import Connection, Database
from engine.persistence.schema import (
    history,
    incident,
    job,
    message_correlation,
    process_instance,
    timer,
)

PROCESSES = ("complaint", "trip", "leg")
ONCE = (
    ("timer_fired", "pause"),
    ("signal_received", "hear"),
    *(("element_completed", step) for step in ("pack", "fly", "wait", "unpack", "end")),
)
"""What each trip lives through once, and where."""


def ended(database: Database) -> int:
    """Return of how many cases the complaint and the trip have ended."""
    with database.read() as connection:
        states = _states(connection)
    return min(states[process, "COMPLETED"] for process in PROCESSES)


def workers(database: Database) -> Counter[str]:
    """Return how many jobs each node did."""
    statement = select(job.c.worker, func.count()).where(job.c.state == "COMPLETED")
    with database.read() as connection:
        return Counter(dict(connection.execute(statement.group_by(job.c.worker)).tuples().all()))


def faults(database: Database, cases: int) -> list[str]:
    """Say what is wrong after so many complaints and trips."""
    with database.read() as connection:
        return [
            *_in_instances(connection, cases),
            *_in_waits(connection),
            *_in_history(connection, cases),
        ]


def _states(connection: Connection) -> Counter[tuple[str, str]]:
    which = (process_instance.c.process_id, process_instance.c.state)
    statement = select(*which, func.count()).where(process_instance.c.process_id.in_(PROCESSES))
    rows = connection.execute(statement.group_by(*which))
    return Counter({(process, state): count for process, state, count in rows})


def _in_instances(connection: Connection, cases: int) -> Iterator[str]:
    wanted = {(process, "COMPLETED"): cases for process in PROCESSES}
    found = _states(connection)
    if found != wanted:
        yield f"instances: {dict(found)}"


def _in_waits(connection: Connection) -> Iterator[str]:
    for what in connection.execute(select(incident.c.element_id, incident.c.message)):
        yield f"incident: {tuple(what)}"
    for what in connection.execute(select(job.c.key, job.c.type).where(job.c.ended_at.is_(None))):
        yield f"a job that nobody did: {tuple(what)}"
    failed = select(timer.c.key, timer.c.attempts).where((timer.c.attempts > 0) | timer.c.blocked)
    for what in connection.execute(failed):
        yield f"a timer that failed: {tuple(what)}"


def _in_history(connection: Connection, cases: int) -> Iterator[str]:
    facts = list(
        connection.execute(select(history).order_by(history.c.stream_key, history.c.sequence))
    )
    for stream, chain in groupby(facts, key=lambda fact: fact.stream_key):
        digest = b""
        for sequence, fact in enumerate(chain, start=1):
            digest = hashlib.sha256(digest + fact.payload.encode()).digest()
            if (fact.sequence, fact.digest) != (sequence, digest):
                yield f"the history of {stream} is broken at {sequence}"
    yield from _in_trips(connection, facts, cases)


def _in_trips(connection: Connection, facts: Sequence[Row[Any]], cases: int) -> Iterator[str]:
    """Every step of a trip is taken once: it is a straight line."""
    where = process_instance.c.process_id == "trip"
    trips = set(connection.execute(select(process_instance.c.key).where(where)).scalars())
    happened = Counter((fact.kind, fact.element_id) for fact in facts if fact.stream_key in trips)
    for fact in ONCE:
        if happened[fact] != cases:
            yield f"{fact}: {happened[fact]} times in {cases} trips"
    had = connection.execute(select(message_correlation.c.process_instance_key)).scalars()
    if Counter(key for key in had if key in trips) != dict.fromkeys(trips, 1):
        yield "not every trip had its message once"
