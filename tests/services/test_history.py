"""Can an auditor read what happened, and would a change of the record show?"""

import hashlib

import orjson
import pytest
from sqlalchemy import update

from engine.errors import NotFound
from engine.persistence.schema import history
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, WANDA, Desk

AGENTS = setting("assignmentDefinition", candidateGroups="agent")


@pytest.fixture
def finished(desk: Desk) -> int:
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS, name="Answer the customer").end()
    desk.deploy(diagram.chain("start", "answer", "end"))
    created = desk.app.instances.create(
        ALICE, process_id="process", variables={"amount": 1}, business_id="C-1"
    )
    desk.complete("answer", actor=ALICE, amount=2)
    return created.key


def chain_is_whole(desk: Desk, stream_key: int) -> bool:
    before = b""
    for row in desk.rows("history"):
        if row["stream_key"] != stream_key:
            continue
        before = hashlib.sha256(before + str(row["payload"]).encode()).digest()
        if before != row["digest"]:
            return False
    return True


def test_every_step_of_an_instance_is_in_its_story_in_order(desk: Desk, finished: int) -> None:
    story = desk.app.cases.story(ALICE, "C-1")

    steps = [(e.kind, e.element_id) for e in story if e.kind != "flow_taken"]
    assert steps == [
        ("instance_started", None),
        ("variable_changed", "process"),
        ("element_activated", "start"),
        ("element_completed", "start"),
        ("element_activated", "answer"),
        ("user_task_created", "answer"),
        ("task_completed", "answer"),
        ("variable_changed", "process"),
        ("element_completed", "answer"),
        ("element_activated", "end"),
        ("element_completed", "end"),
        ("instance_ended", "process"),
    ]


def test_a_changed_value_is_told_with_old_and_new(desk: Desk, finished: int) -> None:
    story = desk.app.cases.story(ALICE, "C-1")

    changes = [e.details for e in story if e.kind == "variable_changed"]
    assert [(c["name"], c["old"], c["new"]) for c in changes] == [
        ("amount", None, 1),
        ("amount", 1, 2),
    ]


def test_the_story_names_people_elements_and_versions(desk: Desk, finished: int) -> None:
    (completed,) = [e for e in desk.app.cases.story(ALICE, "C-1") if e.kind == "task_completed"]

    assert (completed.actor, completed.element_name, completed.version) == (
        "alice",
        "Answer the customer",
        1,
    )


def test_the_chain_of_digests_is_whole(desk: Desk, finished: int) -> None:
    assert chain_is_whole(desk, finished)


def test_a_changed_row_breaks_the_chain(desk: Desk, finished: int) -> None:
    row = next(h for h in desk.rows("history") if h["kind"] == "task_completed")
    forged = orjson.loads(str(row["payload"])) | {"actor": "mallory"}
    with desk.app.database.write() as connection:
        connection.execute(
            update(history)
            .where(history.c.stream_key == finished, history.c.sequence == row["sequence"])
            .values(payload=orjson.dumps(forged).decode())
        )

    assert not chain_is_whole(desk, finished)


def test_a_case_is_not_found_by_somebody_who_may_not_see_it(desk: Desk, finished: int) -> None:
    with pytest.raises(NotFound):
        desk.app.cases.story(WANDA, "C-1")


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="'C-9'"):
        desk.app.cases.story(ALICE, "C-9")
