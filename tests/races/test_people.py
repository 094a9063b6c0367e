"""When people or their files are changed twice at once, is neither change lost?"""

import pytest

from engine.domain.identity import Actor, Role
from engine.errors import Conflict, Forbidden
from engine.points import Point
from tests.races.meeting import HOUR, Meeting, answer_in_an_hour
from tests.services.conftest import ADAM, ALICE, ROOT, Desk


def test_denials_at_once_are_all_recorded(desk: Desk, other: Desk, meeting: Meeting) -> None:
    desk.deploy(answer_in_an_hour())

    meeting.of(
        lambda: desk.app.jobs.activate(ALICE, types=["pay"], worker="w", timeout=HOUR, max_jobs=1),
        lambda: other.app.jobs.activate(ADAM, types=["pay"], worker="w", timeout=HOUR, max_jobs=1),
    )

    refused = [f["actor"] for f in desk.rows("history") if f["kind"] == "access_denied"]
    assert refused == ["alice", "adam"]


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.mark.parametrize("at", [Point.COMMAND_BEGUN, Point.FILE_WRITTEN, Point.ROWS_WRITTEN])
def test_a_file_stored_while_its_twin_is_deleted_is_there_afterwards(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    documents = desk.app.documents
    twin = documents.upload(ALICE, file_name="a.png", content=PNG)

    outcomes = meeting.of(
        lambda: documents.upload(ALICE, file_name="b.png", content=PNG, document_id="b"),
        lambda: other.app.documents.delete(ALICE, twin.id),
        at=at,
    )

    assert outcomes == (None, None)
    _, stream = documents.content(ALICE, "b")
    with stream:
        assert stream.read() == PNG


def test_a_file_stored_when_its_twin_is_gone_and_its_bytes_not_yet_is_there_afterwards(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    documents = desk.app.documents
    twin = documents.upload(ALICE, file_name="a.png", content=PNG)

    outcomes = meeting.of(
        lambda: documents.delete(ALICE, twin.id),
        lambda: other.app.documents.upload(ALICE, file_name="b.png", content=PNG, document_id="b"),
        at=Point.FILE_ORPHANED,
    )

    assert outcomes == (None, None)
    _, stream = documents.content(ALICE, "b")
    with stream:
        assert stream.read() == PNG


def engage(desk: Desk, *names: str, group: str) -> None:
    for name in names:
        desk.app.identity.people.create_account(
            ROOT, username=name, name=name, password=None, groups=[group]
        )


def test_of_two_last_administrators_one_stays(desk: Desk, other: Desk, meeting: Meeting) -> None:
    engage(desk, "ann", "ben", group=Role.ADMINISTRATOR)

    outcomes = meeting.of(
        lambda: desk.app.identity.people.remove_member(ROOT, Role.ADMINISTRATOR, "ann"),
        lambda: other.app.identity.people.remove_member(ROOT, Role.ADMINISTRATOR, "ben"),
        at=Point.PERSON_STORED,
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert "administrator" in desk.app.identity.people.account(ROOT, "ben").groups


def test_two_changes_of_an_account_at_once_are_both_kept(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    """Who sets a password while the account is disabled does not bring it back."""
    engage(desk, "ann", group=Role.AGENT)
    people = desk.app.identity.people
    people.change_account(ROOT, "ann", name="ann", email=None, password="first secret word 1")
    ann = Actor(username="ann", groups=frozenset({Role.AGENT}))

    outcomes = meeting.of(
        lambda: people.change_account(ROOT, "ann", name="ann", email=None, enabled=False),
        lambda: other.app.identity.people.set_own_password(
            ann, current="first secret word 1", password="second secret word 2"
        ),
        at=Point.PERSON_STORED,
    )

    assert outcomes == (None, None)
    assert not desk.app.identity.people.account(ROOT, "ann").enabled


def test_who_loses_a_group_while_he_claims_has_the_task_and_can_claim_no_other(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    """Rights are those with which a request begins."""
    engage(desk, "ann", group=Role.AGENT)
    identity = desk.app.identity
    token = identity.sessions.start("ann", agent="a browser")
    desk.deploy(answer_in_an_hour())
    first, second = (desk.task("answer", desk.start()) for _ in range(2))

    def claim(task: int) -> None:
        ann = identity.sessions.authenticate(token).actor
        desk.app.user_tasks.assign(ann, task, "ann", allow_override=False)

    outcomes = meeting.of(
        lambda: claim(first),
        lambda: other.app.identity.people.remove_member(ROOT, Role.AGENT, "ann"),
    )

    assert outcomes == (None, None)
    assert [row["assignee"] for row in desk.rows("user_task")] == ["ann", None]
    identity.sessions._memory.clear()  # what a node remembers of others' changes, for 3 s
    with pytest.raises(Forbidden):
        claim(second)
