"""Can an auditor find what happened, take it along, and prove it?"""

import codecs
import csv
import hashlib
import io
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.identity import Actor, Role
from engine.domain.search import Condition, Operator, PageRequest, Search
from engine.errors import Forbidden
from engine.services.audit_export import Reader, neutral
from engine.services.queries import audit
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, Desk

ADA = Actor(username="ada", groups=frozenset({Role.AUDITOR}))
READER = Reader(language="zh", zone=ZoneInfo("Asia/Shanghai"))
AGENTS = setting("assignmentDefinition", candidateGroups="agent")
NAMED = setting(
    "properties",
    setting("property", name="name.en", value="Answer"),
    setting("property", name="name.zh", value="回答"),
)


@pytest.fixture
def two_cases(desk: Desk) -> Desk:
    """Two cases an hour apart; Alice completes the task of the first with a dangerous text."""
    diagram = Diagram()
    diagram.start().user("answer", settings=AGENTS + NAMED).end().chain("start", "answer", "end")
    desk.deploy(diagram)
    for number in ("C-1", "C-2"):
        desk.app.instances.create(ALICE, process_id="process", business_id=number)
        desk.passes(timedelta(hours=1))
    page = desk.app.queries.case_pages.get(ALICE, "C-1")
    desk.app.user_tasks.complete(ALICE, page.tasks[0].row.key, {"text": "=cmd|'/c calc'!A1"})
    return desk


def search(desk: Desk, **equal: object) -> list[audit.AuditEntry]:
    conditions = [Condition(field=f, operator=Operator.EQ, value=v) for f, v in equal.items()]
    asked = Search(conditions=conditions, page=PageRequest(limit=200))
    return list(desk.app.queries.audit.search(ADA, asked).items)


def test_the_newest_comes_first(two_cases: Desk) -> None:
    entries = search(two_cases)

    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
    assert {entry.process_instance_key is None for entry in entries} == {True, False}


def test_a_case_is_found_with_its_place_in_the_chain(two_cases: Desk) -> None:
    entries = search(two_cases, case_number="C-2")

    assert {entry.case_number for entry in entries} == {"C-2"}
    assert sorted(entry.sequence for entry in entries) == list(range(1, len(entries) + 1))
    assert all(len(entry.digest) == 64 for entry in entries)


def test_who_did_what_is_found(two_cases: Desk) -> None:
    (completed,) = search(two_cases, actor="alice", kind="task_completed")

    assert (completed.case_number, completed.element_id) == ("C-1", "answer")
    assert completed.names is not None


def test_a_change_shows_the_value_before_and_after(two_cases: Desk) -> None:
    (changed,) = search(two_cases, kind="variable_changed")

    assert (changed.details["old"], changed.details["new"]) == (None, "=cmd|'/c calc'!A1")


def test_pages_join_without_gap_or_repetition(two_cases: Desk) -> None:
    whole = search(two_cases)
    found: list[audit.AuditEntry] = []
    after = None
    while True:
        page = PageRequest(limit=3, after=after)
        result = two_cases.app.queries.audit.search(ADA, Search(page=page))
        found += result.items
        after = result.end_cursor
        if len(result.items) < 3:
            break

    assert found == whole


def test_others_are_refused_on_record(two_cases: Desk) -> None:
    with pytest.raises(Forbidden):
        two_cases.app.queries.audit.search(ALICE, Search())
    with pytest.raises(Forbidden):
        two_cases.app.audit_export.csv(ALICE, Search(), {}, READER)

    denied = search(two_cases, kind="access_denied", actor="alice")
    assert len(denied) == 2


def test_an_export_ends_with_the_digest_of_all_before_it(
    two_cases: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "EXPORT_PAGE", 4)
    before = search(two_cases)

    export = b"".join(two_cases.app.audit_export.csv(ADA, Search(), {"kind": ""}, READER))

    body, last = export[: export.rindex(b"#sha256")], export[export.rindex(b"#sha256") :]
    assert last == f"#sha256,{hashlib.sha256(body).hexdigest()}\r\n".encode()
    assert body.startswith(codecs.BOM_UTF8)
    note, header, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    assert json.loads(note[1])["exportedBy"] == "ada"
    assert [row[header.index("digest")] for row in rows] == [entry.digest for entry in before]


def test_an_export_says_time_and_step_as_its_reader_does(two_cases: Desk) -> None:
    export = b"".join(two_cases.app.audit_export.csv(ADA, Search(), {}, READER))

    _, header, *rows, _ = csv.reader(io.StringIO(export.decode("utf-8-sig")))
    assert header[-2:] == ["时间（Asia/Shanghai）", "步骤"]
    for row in rows:
        exact = datetime.fromisoformat(row[header.index("at")])
        shown = datetime.strptime(f"{row[-2]} +0800", "%Y-%m-%d %H:%M:%S %z")
        assert shown == exact.replace(microsecond=0)
    assert {row[-1] for row in rows if row[header.index("elementId")] == "answer"} == {"回答"}


def test_an_export_in_json_says_the_same(two_cases: Desk) -> None:
    before = search(two_cases, case_number="C-1")
    asked = Search(conditions=[Condition(field="case_number", operator=Operator.EQ, value="C-1")])

    export = b"".join(two_cases.app.audit_export.json(ADA, asked, {"caseNumber": "C-1"}))

    document = json.loads(export)
    assert [fact["digest"] for fact in document["facts"]] == [e.digest for e in before]
    assert document["filter"] == {"caseNumber": "C-1"}
    body = export[: export.rindex(b'"sha256"')]
    assert document["sha256"] == hashlib.sha256(body).hexdigest()


def test_that_it_was_exported_is_part_of_history(two_cases: Desk) -> None:
    export = b"".join(two_cases.app.audit_export.csv(ADA, Search(), {}, READER))

    (fact,) = search(two_cases, kind="history_exported")
    assert str(fact.details["sha256"]).encode() in export


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "2026-03-02", "你好"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text
