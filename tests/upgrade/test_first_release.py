"""Do cases that began with the first release go on with this one?

``first-release.backup`` is that release's whole database in the form of ``redress backup``: the
models it shipped, and four complaints that stand at their first, second, second and third task
with all their deadlines. It is never written again: what a release once stored, every later one
has to understand.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.documents import FileStore
from engine.persistence.database import Database
from engine.services import backup
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.services.conftest import ALICE, NOON, ROOT, Desk

STORED = Path(__file__).parent / "first-release.backup"
FORMS: Mapping[str, Mapping[str, object]] = {
    "accept_complaint": {"case_owner": "alice"},
    "acknowledge_complaint": {
        "acknowledgement_channel": "phone",
        "acknowledgement": "Alice looks into it.",
    },
    "investigate_complaint": {
        "sources": ["internal_systems"],
        "findings": "The carrier's photo shows the torn box.",
        "fault": "supplier",
    },
    "propose_solution": {
        "initial_solution": "We pay back a part of the price.",
        "proposal_channel": "phone",
        "customer_answer": "agrees",
    },
    "decide_solution": {"solution": "refund", "amount": 30, "solution_reason": "Agreed."},
    "give_feedback": {
        "feedback_problem": "The box was torn.",
        "feedback_actions": "We asked the carrier.",
        "feedback_solution": "We pay back a part of the price.",
        "feedback_result": "You have received 30 CNY.",
        "feedback_channels": ["email"],
        "follow_up_person": "bo",
    },
    "verify_solution": {"solved": True},
    "archive_complaint": {"root_cause": "logistics", "repeated": False},
}
"""What is typed into each form on the way of a complaint that nobody disputes."""


@pytest.fixture
def shop(empty_database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The shop of the first release, on this one."""
    folder = tmp_path / "documents"
    database = Database(empty_database_url, synchronous="OFF")
    backup.restore(database, FileStore(folder), STORED, at=NOON, progress=lambda step: None)
    database.close()
    settings = Settings(
        database_url=empty_database_url,
        sqlite_synchronous="OFF",
        document_folder=folder,
        demo=True,
    )
    made = Desk(build(settings, clock=SwitchableClock(ManualClock(NOON))))
    yield made
    made.app.stop()


def complaints(shop: Desk) -> list[int]:
    return [
        int(str(row["key"]))
        for row in shop.rows("process_instance")
        if row["process_id"] == "complaint"
    ]


def live_on(shop: Desk, instance_key: int) -> list[str]:
    """Complete task after task of a complaint until it ends; return the tasks."""
    done = []
    while shop.state(instance_key) == "ACTIVE":
        (task,) = [
            row
            for row in shop.rows("user_task")
            if row["process_instance_key"] == instance_key and row["state"] == "CREATED"
        ]
        element_id = str(task["element_id"])
        actor = ALICE if element_id in ("accept_complaint", "acknowledge_complaint") else ROOT
        shop.app.user_tasks.complete(actor, int(str(task["key"])), FORMS[element_id])
        shop.work()
        done.append(element_id)
    return done


def test_every_case_goes_on_where_it_stood_and_comes_to_its_end(shop: Desk) -> None:
    whole = list(FORMS)

    lived = [live_on(shop, key) for key in complaints(shop)]

    assert lived == [whole, whole[1:], whole[2:], whole[1:]]
    assert {shop.state(key) for key in complaints(shop)} == {"COMPLETED"}


def test_deadlines_that_were_set_then_fire_now(shop: Desk) -> None:
    shop.passes(timedelta(days=1))

    fired = {row["element_id"] for row in shop.rows("history") if row["kind"] == "timer_fired"}
    assert {"acknowledgement_due_soon", "acknowledgement_overdue"} <= fired


def test_the_chains_of_history_are_whole_across_the_upgrade(shop: Desk) -> None:
    first = complaints(shop)[0]
    live_on(shop, first)

    before = b""
    for row in shop.rows("history"):
        if row["stream_key"] == first:
            before = hashlib.sha256(before + str(row["payload"]).encode()).digest()
            assert row["digest"] == before


def test_a_new_complaint_takes_the_next_number(shop: Desk) -> None:
    numbers = {row["business_id"] for row in shop.rows("process_instance")}

    (old,) = {row["process_id"] for row in shop.rows("process_instance")}
    key = shop.start(str(old), **_complaint())
    shop.work()

    (row,) = [row for row in shop.rows("process_instance") if row["key"] == key]
    assert row["business_id"] not in numbers


def _complaint() -> dict[str, object]:
    return {
        "channel": "phone",
        "source": "internal",
        "customer_id": "K-1",
        "order_id": "O-1",
        "topic": "packaging",
        "subject": "Torn box",
        "description": "The box of the kettle was torn open.",
        "feedback_channels": ["email"],
    }
