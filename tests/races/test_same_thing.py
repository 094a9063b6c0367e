"""When two do the same thing at once, is one of them told, and nothing broken?"""

from collections.abc import Callable

import pytest

from engine.domain.identity import Role
from engine.errors import Conflict, NotFound, Outdated, RedressError
from engine.points import Point
from engine.services.identity.sessions import SESSIONS_AT_MOST
from tests.races.meeting import Meeting, answer_in_an_hour
from tests.services.conftest import ALICE, OLIVIA, ROOT, Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32

Act = Callable[[Desk], object]


def account(desk: Desk) -> None:
    desk.app.identity.people.create_account(ROOT, username="ann", name="Ann", password=None)


def group(desk: Desk) -> None:
    desk.app.identity.people.create_group(ROOT, group_id="night", name="Night")


def client(desk: Desk) -> None:
    desk.app.identity.people.create_client(ROOT, client_id="till", username="ben")


def member(desk: Desk) -> None:
    desk.app.identity.people.add_member(ROOT, Role.AGENT, "ben")


def no_member(desk: Desk) -> None:
    desk.app.identity.people.remove_member(ROOT, Role.WAREHOUSE, "ben")


def document(desk: Desk) -> None:
    desk.app.documents.upload(ALICE, file_name="a.png", content=PNG, document_id="one")


def file_draft(desk: Desk) -> None:
    desk.app.file_drafts.save(OLIVIA, "a.bpmn", b"<xml/>", over=None)


@pytest.mark.parametrize(
    ("act", "at", "told"),
    [
        pytest.param(account, Point.PERSON_STORED, Conflict, id="an-account"),
        pytest.param(group, Point.PERSON_STORED, Conflict, id="a-group"),
        pytest.param(client, Point.PERSON_STORED, Conflict, id="a-client"),
        pytest.param(member, Point.PERSON_STORED, Conflict, id="a-member"),
        pytest.param(no_member, Point.PERSON_STORED, NotFound, id="a-member-who-leaves"),
        pytest.param(document, Point.ROWS_WRITTEN, Conflict, id="a-document"),
        pytest.param(file_draft, Point.ROWS_WRITTEN, Outdated, id="a-first-draft-of-a-file"),
    ],
)
def test_of_two_who_do_the_same_the_second_is_told(
    desk: Desk, other: Desk, meeting: Meeting, act: Act, at: Point, told: type[RedressError]
) -> None:
    desk.app.identity.people.create_account(
        ROOT, username="ben", name="Ben", password=None, groups=[Role.WAREHOUSE]
    )

    outcomes = meeting.of(lambda: act(desk), lambda: act(other), at=at)

    assert [type(o) for o in outcomes] == [type(None), told]


def test_a_draft_of_a_task_that_is_saved_twice_at_once_is_the_later_one(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    task = desk.task("answer")

    outcomes = meeting.of(
        lambda: desk.app.task_drafts.put(ALICE, task, {"note": "first"}),
        lambda: other.app.task_drafts.put(ALICE, task, {"note": "second"}),
    )

    kept = desk.app.task_drafts.get(ALICE, task)
    assert outcomes == (None, None)
    assert kept is not None
    assert kept.content == {"note": "second"}


def test_two_imports_at_once_are_both_kept(desk: Desk, other: Desk, meeting: Meeting) -> None:
    content = answer_in_an_hour().xml()

    outcomes = meeting.of(
        lambda: desk.app.imports.import_file(OLIVIA, file_name="a.bpmn", content=content),
        lambda: other.app.imports.import_file(OLIVIA, file_name="a.bpmn", content=content),
    )

    assert outcomes == (None, None)
    imported = [f for f in desk.rows("history") if f["kind"] == "model_imported"]
    assert len(imported) == 2


def test_a_session_that_is_ended_twice_at_once_has_ended_once(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    sessions = desk.app.identity.sessions
    account(desk)
    sessions.start("ann", agent="a browser")
    (session,) = sessions.of(ROOT, "ann")

    outcomes = meeting.of(
        lambda: sessions.end(ROOT, session.id),
        lambda: other.app.identity.sessions.end(ROOT, session.id),
        at=Point.PERSON_STORED,
    )

    assert outcomes == (None, None)
    assert sum(fact["kind"] == "session_ended" for fact in desk.rows("history")) == 1


def test_two_sign_ins_at_once_when_one_has_all_the_sessions_one_may_have(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    account(desk)
    for _ in range(SESSIONS_AT_MOST):
        desk.app.identity.sessions.start("ann", agent="a browser")
    tokens: list[str] = []

    outcomes = meeting.of(
        lambda: tokens.append(desk.app.identity.sessions.start("ann", agent="first")),
        lambda: tokens.append(other.app.identity.sessions.start("ann", agent="second")),
        at=Point.PERSON_STORED,
    )

    assert outcomes == (None, None)
    assert all(desk.app.identity.sessions.find(token) for token in tokens)
