"""Is a filled database one that Redress itself could have written?"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from benchmarks import filled
from benchmarks.filled import CLERK, Filling, Sources, fill
from engine.bootstrap import Application, build
from engine.domain.search import Search
from engine.persistence.schema import (
    element_instance,
    history,
    metadata,
    process_instance,
    user_task,
    user_task_candidate,
    variable,
)
from engine.services.queries.cases import CaseFilter
from engine.services.queries.work_list import Whose
from engine.settings import Settings

FILLING = Filling(open=6, ended=20, story=5)
CLAIMED = 3
MIDDLE = FILLING.number(FILLING.with_story)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Application]:
    settings = Settings(database_url=database_url, document_folder=tmp_path, demo=True)
    made = build(settings)
    yield made
    made.stop()


@pytest.fixture
def sources(app: Application, monkeypatch: pytest.MonkeyPatch) -> Sources:
    monkeypatch.setattr(filled, "CLAIMED", CLAIMED)
    return fill(app, FILLING)


def owners(app: Application, table: Table, column: str) -> Counter[int]:
    with app.database.read() as connection:
        return Counter(connection.execute(select(table.c[column])).scalars())


def test_a_copy_has_as_many_rows_in_every_table_as_its_source(
    app: Application, sources: Sources
) -> None:
    with app.database.read() as connection:
        ended = select(process_instance.c.key).where(process_instance.c.state == "COMPLETED")
        copies = set(connection.execute(ended).scalars()) - {sources.ended}
    tables = [t for t in metadata.sorted_tables if "process_instance_key" in t.columns]

    assert len(copies) == FILLING.ended
    for table in tables:
        rows = owners(app, table, "process_instance_key")
        assert {rows[key] for key in copies} == {rows[sources.ended]}, table.name


def test_every_history_is_an_unbroken_chain_up_to_the_head_of_its_instance(
    app: Application, sources: Sources
) -> None:
    heads = {}
    with app.database.read() as connection:
        facts = connection.execute(
            select(history)
            .where(history.c.stream_key >= sources.open)
            .order_by(history.c.stream_key, history.c.sequence)
        ).all()
        instances = connection.execute(select(process_instance)).all()
    for stream, lines in groupby(facts, key=lambda fact: fact.stream_key):
        digest = b""
        for sequence, fact in enumerate(lines, start=1):
            digest = hashlib.sha256(digest + fact.payload.encode()).digest()
            assert (fact.sequence, fact.digest, fact.root_key) == (sequence, digest, stream)
        heads[stream] = (sequence, digest)

    assert {
        row.key: (row.history_sequence, row.history_digest)
        for row in instances
        if row.history_sequence
    } == heads
    assert len(heads) == 3 + FILLING.open + FILLING.ended // FILLING.story


def test_the_rows_of_a_copy_know_each_other(app: Application, sources: Sources) -> None:
    scopes = variable.c.scope_key.not_in(select(process_instance.c.key))
    elements = user_task.c.element_instance_key.not_in(select(element_instance.c.key))
    tasks = user_task_candidate.c.user_task_key.not_in(select(user_task.c.key))
    with app.database.read() as connection:
        lost = [
            connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
            for table, where in (
                (variable, scopes),
                (user_task, elements),
                (user_task_candidate, tasks),
            )
        ]

    assert lost == [0, 0, 0]


@pytest.mark.usefixtures("sources")
def test_a_copy_is_found_by_its_number_and_its_story_is_read(app: Application) -> None:
    (found,) = app.queries.cases.search(CLERK, Search(), CaseFilter(number=MIDDLE)).items

    assert (found.state, found.parties.owner) == ("ENDED", f"agent-{FILLING.with_story}")
    assert [line.kind for line in app.cases.story(CLERK, MIDDLE)][-1] == "instance_ended"


@pytest.mark.usefixtures("sources")
def test_open_copies_are_in_the_work_list_in_the_order_they_began(app: Application) -> None:
    found = app.queries.work.search(CLERK, Search(), whose=Whose.ALL)

    copies = [task for task in found.items if task.user_task_key > filled.FIRST_KEY]
    assert len(copies) == FILLING.open
    assert sum(task.assignee is not None for task in copies) == FILLING.open // CLAIMED
    assert [task.creation_date for task in copies] == sorted(task.creation_date for task in copies)


def test_a_case_that_needs_more_keys_than_a_copy_may_is_refused(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filled, "STRIDE", 4)

    with pytest.raises(ValueError, match="keys, and may have 4"):
        fill(app, FILLING)
