"""Is a request that is sent again carried out once, whatever becomes of it?"""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from engine.clock import ManualClock
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.schema import document, idempotency
from engine.persistence.stores.incidents import IncidentFilter
from engine.points import Point, watched
from engine.services.answers import Answer, AnsweredBefore, Answers
from tests.bpmn.build import Diagram
from tests.races.meeting import AGENTS, HOUR, answer_in_an_hour
from tests.services.conftest import ALICE, NOON, OTTO, WANDA, Desk

ANSWER = Answer(status=201, content_type="application/json", body=b"{}")


@pytest.fixture
def wall_clock() -> ManualClock:
    """The clock by which answers grow old."""
    return ManualClock(NOON)


@pytest.fixture
def answers(desk: Desk, wall_clock: ManualClock) -> Answers:
    """The kept answers."""
    return Answers(desk.app.database, wall_clock)


@pytest.fixture
def task(desk: Desk) -> int:
    """A task that waits to be answered."""
    desk.deploy(answer_in_an_hour())
    desk.start()
    return desk.task("answer")


class Crash(BaseException):
    """The process dies."""


def crash_at(point: Point) -> AbstractContextManager[None]:
    def die(reached: Point) -> None:
        if reached == point:
            raise Crash

    return watched(die)


def complete(desk: Desk, answers: Answers, task: int, *, sha256: str = "s") -> None:
    with answers.once(ALICE, "k", sha256) as keep:
        desk.app.user_tasks.complete(ALICE, task, {})
        keep(ANSWER)


def request(answers: Answers, *acts: Callable[[], object], actor: Actor = ALICE) -> None:
    """Act within one request that is sent with a key."""
    with answers.once(actor, "k", "s") as keep:
        for act in acts:
            act()
        keep(ANSWER)


def crash() -> None:
    raise Crash


def kept(desk: Desk) -> list[str]:
    with desk.app.database.read() as connection:
        return list(connection.execute(select(idempotency.c.idempotency_key)).scalars())


def test_the_second_of_two_gets_the_answer_of_the_first(
    desk: Desk, answers: Answers, task: int
) -> None:
    complete(desk, answers, task)

    with pytest.raises(AnsweredBefore) as before:
        complete(desk, answers, task)

    assert before.value.answer == ANSWER
    assert desk.open_tasks() == ["archive"]


def test_the_key_of_another_request_is_refused_and_changes_nothing(
    desk: Desk, answers: Answers, task: int
) -> None:
    complete(desk, answers, task)

    with pytest.raises(InvalidInput, match="another request"):
        complete(desk, answers, desk.task("archive"), sha256="other")

    assert desk.open_tasks() == ["archive"]


def test_keys_of_different_people_are_different(desk: Desk, answers: Answers, task: int) -> None:
    complete(desk, answers, task)

    with answers.once(WANDA, "k", "other"):
        pass


@pytest.mark.parametrize("point", [Point.COMMAND_BEGUN, Point.ROWS_WRITTEN, Point.ANSWER_KEPT])
def test_a_crash_before_the_commit_leaves_neither_effect_nor_answer(
    desk: Desk, answers: Answers, task: int, point: Point
) -> None:
    with pytest.raises(Crash), crash_at(point):
        complete(desk, answers, task)
    assert (desk.open_tasks(), kept(desk)) == (["answer"], [])

    complete(desk, answers, task)
    assert (desk.open_tasks(), kept(desk)) == (["archive"], ["k"])


def test_a_crash_after_the_commit_leaves_both(desk: Desk, answers: Answers, task: int) -> None:
    with pytest.raises(Crash), crash_at(Point.COMMITTED):
        complete(desk, answers, task)

    assert (desk.open_tasks(), kept(desk)) == (["archive"], ["k"])


def test_a_refused_request_keeps_no_answer_and_its_denial_is_recorded(
    desk: Desk, answers: Answers, task: int
) -> None:
    with pytest.raises(Forbidden):
        request(answers, lambda: desk.app.user_tasks.complete(WANDA, task, {}), actor=WANDA)

    assert kept(desk) == []
    denials = [f["actor"] for f in desk.rows("history") if f["kind"] == "access_denied"]
    assert denials == ["wanda"]


def test_a_request_that_fails_after_its_effect_has_none(
    desk: Desk, answers: Answers, task: int
) -> None:
    complete = desk.app.user_tasks.complete

    with pytest.raises(NotFound):
        request(answers, lambda: complete(ALICE, task, {}), lambda: complete(ALICE, 1, {}))

    assert (desk.open_tasks(), kept(desk)) == (["answer"], [])


def test_what_follows_sees_what_was_done_before_it(desk: Desk, answers: Answers, task: int) -> None:
    request(
        answers,
        lambda: desk.app.user_tasks.complete(ALICE, task, {}),
        lambda: desk.complete("archive"),
    )

    assert desk.open_tasks() == []
    assert {row["state"] for row in desk.rows("process_instance")} == {"COMPLETED"}


def test_whoever_waits_for_work_is_woken_when_it_is_committed(desk: Desk, answers: Answers) -> None:
    desk.deploy(answer_in_an_hour())
    woken: list[list[str]] = []
    desk.app.instances._context.woken.append(lambda: woken.append(kept(desk)))

    with answers.once(ALICE, "k", "s") as keep:
        desk.start()
        keep(ANSWER)
        assert woken == []

    assert woken == [["k"]]


def test_who_finds_no_job_holds_nobody_up_while_waiting(desk: Desk, answers: Answers) -> None:
    with answers.once(OTTO, "k", "s"):
        taken = desk.app.jobs.activate(OTTO, types=["pay"], worker="w", timeout=HOUR, max_jobs=1)
        assert (taken, desk.app.database.is_writing) == ([], False)


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def test_a_deleted_file_is_there_until_its_deletion_is_committed(
    desk: Desk, answers: Answers
) -> None:
    documents = desk.app.documents
    id = documents.upload(ALICE, file_name="a.png", content=PNG).id

    with pytest.raises(Crash):
        request(answers, lambda: documents.delete(ALICE, id), crash)

    _, stream = documents.content(ALICE, id)
    with stream:
        assert stream.read() == PNG


def test_an_upload_that_is_rolled_back_leaves_no_bytes(desk: Desk, answers: Answers) -> None:
    upload = desk.app.documents.upload

    with pytest.raises(Crash):
        request(answers, lambda: upload(ALICE, file_name="a.png", content=PNG), crash)

    folder = desk.app.settings.document_folder
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    with desk.app.database.read() as connection:
        assert connection.execute(select(document)).all() == []


def test_of_many_retried_incidents_one_that_is_refused_stops_no_other(
    desk: Desk, answers: Answers
) -> None:
    diagram = (
        Diagram().start().user("ask", settings=AGENTS).script("sum", "=assert(1, 1 = 2)", "x").end()
    )
    desk.deploy(diagram.chain("start", "ask", "sum", "end"))
    for key in (desk.start(), desk.start(), desk.start()):
        desk.app.user_tasks.complete(ALICE, desk.task("ask", key), {})
    meant = IncidentFilter(created_until=desk.app.clock.now())
    commands = count()

    def refuse_the_second(point: Point) -> None:
        if point == Point.ROWS_WRITTEN and next(commands) == 1:
            raise Conflict("not now")

    with watched(refuse_the_second):
        request(answers, lambda: desk.app.incidents.retry_all(OTTO, meant, limit=10), actor=OTTO)

    states = Counter(row["state"] for row in desk.rows("incident"))
    assert states == {"RESOLVED": 2, "ACTIVE": 3}  # the two failed anew


def test_an_answer_is_kept_for_a_day(desk: Desk, answers: Answers, wall_clock: ManualClock) -> None:
    desk.deploy(answer_in_an_hour())
    for key, later in (
        ("a", timedelta(0)),
        ("b", timedelta(hours=24)),
        ("c", timedelta(seconds=1)),
    ):
        wall_clock.advance(later)
        with answers.once(ALICE, key, "s") as keep:
            desk.start()
            keep(ANSWER)
        if key == "b":
            assert sorted(kept(desk)) == ["a", "b"]

    assert sorted(kept(desk)) == ["b", "c"]
