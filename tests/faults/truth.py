"""What must be true when nodes were killed again and again and the last one has finished."""

import hashlib
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from engine.persistence.database import Database
from engine.persistence.schema import (
    document,
    history,
    incident,
    job,
    process_instance,
    signal_delivery,
    signal_subscription,
    timer,
)
from tests.faults import errands
from tests.faults.nodes import World

REFUND = 50.0


def check(world: World, rounds: int, ledger: dict[str, Any]) -> None:
    """Assert that nothing was lost, nothing stands still and each effect happened once."""
    database = Database(world.database_url)
    try:
        _check_instances(database, rounds)
        _check_history(database)
        _check_files(database, Path(world.document_folder), rounds)
        _check_effects(database, rounds, ledger)
    finally:
        database.close()


def _check_instances(database: Database, rounds: int) -> None:
    wanted = {case for number in range(rounds) for case in errands.cases(number)}
    ended = Counter(
        (row["business_id"], row["process_id"], row["state"])
        for row in _rows(database, process_instance)
        if row["process_id"] != "follow_up"
    )
    processes = ("complaint", "caller", "errand")
    assert ended == {(case, process, "COMPLETED"): 1 for case in wanted for process in processes}
    follow_ups = Counter(
        row["business_id"]
        for row in _rows(database, process_instance)
        if row["process_id"] == "follow_up"
    )
    assert follow_ups == dict.fromkeys(wanted, 1)
    assert _rows(database, incident) == []
    assert [row for row in _rows(database, job) if row["ended_at"] is None] == []
    assert [row for row in _rows(database, timer) if row["attempts"] or row["blocked"]] == []


def _check_history(database: Database) -> None:
    facts = sorted(_rows(database, history), key=lambda f: (f["stream_key"], f["sequence"]))
    for _, stream in groupby(facts, key=lambda fact: fact["stream_key"]):
        digest = b""
        for sequence, fact in enumerate(stream, start=1):
            digest = hashlib.sha256(digest + fact["payload"].encode()).digest()
            assert (fact["sequence"], fact["digest"]) == (sequence, digest)
    kinds = Counter(fact["kind"] for fact in facts)
    jobs = [row for row in _rows(database, job) if row["state"] == "COMPLETED"]
    assert kinds["job_completed"] == len(jobs)
    heard = Counter(fact["stream_key"] for fact in facts if fact["kind"] == "signal_received")
    called = [row for row in _rows(database, process_instance) if row["process_id"] == "errand"]
    assert heard == {row["key"]: 1 for row in called}
    assert _rows(database, signal_delivery) == _rows(database, signal_subscription) == []


def _check_files(database: Database, folder: Path, rounds: int) -> None:
    kept = {id for id, _ in (errands.kept(number) for number in range(rounds))}
    rows = _rows(database, document)
    assert {row["id"] for row in rows} == kept
    on_disk = {path.name for path in folder.rglob("*") if path.is_file()}
    assert on_disk == {row["sha256"] for row in rows}


def _check_effects(database: Database, rounds: int, ledger: dict[str, Any]) -> None:
    cases = rounds * errands.CASES_PER_ROUND
    done = Counter(row["type"] for row in _rows(database, job) if row["state"] == "COMPLETED")
    assert len(ledger["refunds"]) == done["redress:refund"] == cases
    assert ledger["paid"] == cases * REFUND
    assert len(ledger["letters"]) == done["redress:email"]
    refunded = {f"job-{r['key']}" for r in _rows(database, job) if r["type"] == "redress:refund"}
    assert set(ledger["refunds"]) == refunded


def _rows(database: Database, table: Table) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]
