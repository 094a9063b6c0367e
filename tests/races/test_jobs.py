"""When two workers meet at a job, or an operator at its incident, is there one who has it?"""

import threading
from datetime import timedelta

import pytest

from engine.errors import Conflict
from engine.points import Point, reached
from engine.services.jobs import ActivatedJob
from tests.bpmn.build import Diagram
from tests.races.meeting import HOUR, Meeting
from tests.services.conftest import NOON, OTTO, ROOT, Desk


@pytest.fixture
def paying(desk: Desk) -> int:
    """An instance that waits for its payment; its key."""
    diagram = Diagram()
    diagram.start().job("pay", type="pay").user("ship").end().chain("start", "pay", "ship", "end")
    desk.deploy(diagram)
    return desk.start()


def take(node: Desk, lease: timedelta = HOUR) -> list[ActivatedJob]:
    return node.app.jobs.activate(ROOT, types=["pay"], worker="w", timeout=lease, max_jobs=5)


def states(desk: Desk) -> list[object]:
    return [row["state"] for row in desk.rows("job")]


@pytest.mark.usefixtures("paying")
def test_two_nodes_never_take_the_same_job(desk: Desk, other: Desk, meeting: Meeting) -> None:
    taken: list[str] = []

    def take_and_note(node: Desk) -> None:
        taken.extend(threading.current_thread().name for _ in take(node))

    meeting.of(lambda: take_and_note(desk), lambda: take_and_note(other))

    assert taken == ["first"]


@pytest.mark.usefixtures("paying")
def test_a_job_that_is_just_being_completed_is_not_given_to_another_when_its_lease_ends(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    (job,) = take(desk)
    other.app.clock.pin(NOON + HOUR)
    again: list[ActivatedJob] = []

    outcomes = meeting.of(
        lambda: desk.app.jobs.complete(ROOT, job.key, {}, lease_token=job.row.lease_token),
        lambda: again.extend(take(other)),
    )

    assert outcomes == (None, None)
    assert again == []
    assert desk.open_tasks() == ["ship"]


@pytest.mark.usefixtures("paying")
def test_a_worker_whose_lease_went_to_another_one_cannot_complete_the_job(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    (job,) = take(desk)
    other.app.clock.pin(NOON + HOUR)
    again: list[ActivatedJob] = []

    outcomes = meeting.of(
        lambda: again.extend(take(other)),
        lambda: desk.app.jobs.complete(ROOT, job.key, {}, lease_token=job.row.lease_token),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert [one.key for one in again] == [job.key]
    assert desk.open_tasks() == []


def prolong(node: Desk, job: ActivatedJob) -> bool:
    return node.app.jobs.prolong(job.key, lease_token=job.row.lease_token or "", timeout=HOUR)


@pytest.mark.usefixtures("paying")
def test_a_heartbeat_that_comes_while_another_node_takes_the_job_is_too_late(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    (job,) = take(desk)
    for node in (desk, other):
        node.app.clock.pin(NOON + HOUR)
    taken: list[ActivatedJob] = []
    prolonged: list[bool] = []

    meeting.of(lambda: taken.extend(take(other)), lambda: prolonged.append(prolong(desk, job)))

    assert prolonged == [False]
    (row,) = desk.rows("job")
    assert row["lease_token"] == taken[0].row.lease_token


@pytest.mark.usefixtures("paying")
def test_a_job_whose_heartbeat_comes_at_the_last_moment_is_not_given_to_another_node(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    (job,) = take(desk)
    for node in (desk, other):
        node.app.clock.pin(NOON + HOUR)
    taken: list[ActivatedJob] = []

    def beat() -> None:
        with desk.app.database.joined(lambda connection: None):
            assert prolong(desk, job)
            reached(Point.ROWS_WRITTEN)

    meeting.of(beat, lambda: taken.extend(take(other)))

    assert taken == []
    desk.app.jobs.complete(ROOT, job.key, {}, lease_token=job.row.lease_token)
    assert desk.open_tasks() == ["ship"]


def test_after_a_cancellation_a_job_cannot_be_completed(
    desk: Desk, other: Desk, meeting: Meeting, paying: int
) -> None:
    (job,) = take(desk)

    outcomes = meeting.of(
        lambda: desk.app.instances.cancel(OTTO, paying),
        lambda: other.app.jobs.complete(ROOT, job.key, {}),
    )

    assert [type(o) for o in outcomes] == [type(None), Conflict]
    assert states(desk) == ["CANCELED"]


def test_a_job_completed_before_a_cancellation_stays_completed(
    desk: Desk, other: Desk, meeting: Meeting, paying: int
) -> None:
    (job,) = take(desk)

    outcomes = meeting.of(
        lambda: desk.app.jobs.complete(ROOT, job.key, {}),
        lambda: other.app.instances.cancel(OTTO, paying),
    )

    assert outcomes == (None, None)
    assert states(desk) == ["COMPLETED"]
    assert desk.state(paying) == "TERMINATED"


def test_a_job_that_is_taken_while_its_instance_is_cancelled_ends_with_it(
    desk: Desk, other: Desk, meeting: Meeting, paying: int
) -> None:
    outcomes = meeting.of(lambda: take(desk), lambda: other.app.instances.cancel(OTTO, paying))

    assert outcomes == (None, None)
    assert states(desk) == ["CANCELED"]
    assert take(desk) == []


def test_a_job_of_an_instance_that_is_just_being_cancelled_is_not_taken(
    desk: Desk, other: Desk, meeting: Meeting, paying: int
) -> None:
    taken: list[ActivatedJob] = []

    outcomes = meeting.of(
        lambda: desk.app.instances.cancel(OTTO, paying), lambda: taken.extend(take(other))
    )

    assert outcomes == (None, None)
    assert taken == []


@pytest.mark.usefixtures("paying")
@pytest.mark.parametrize("at", [Point.COMMAND_BEGUN, Point.ROWS_WRITTEN])
def test_of_two_operators_who_retry_an_incident_one_is_told_that_it_is_resolved(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    (job,) = take(desk)
    desk.app.jobs.fail(ROOT, job.key, retries=0, error_message="no money")
    (incident,) = desk.rows("incident")
    key = int(str(incident["key"]))

    outcomes = meeting.of(
        lambda: desk.app.incidents.resolve(OTTO, key),
        lambda: other.app.incidents.resolve(OTTO, key),
        at=at,
    )

    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "NoneType"]
    retried = [f for f in desk.rows("history") if f["kind"] == "incident_retried"]
    assert len(retried) == 1
    assert len(take(desk)) == 1


@pytest.mark.usefixtures("paying")
def test_a_retry_that_comes_late_does_not_offer_a_job_that_a_worker_holds(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    (job,) = take(desk)
    desk.app.jobs.fail(ROOT, job.key, retries=0, error_message="no money")
    (incident,) = desk.rows("incident")
    key = int(str(incident["key"]))

    def retry_and_take() -> None:
        other.app.incidents.resolve(OTTO, key)
        assert len(take(other)) == 1

    if desk.app.database.is_sqlite:
        retry_and_take()
        with pytest.raises(Conflict):
            desk.app.incidents.resolve(OTTO, key)
    else:
        outcomes = meeting.of(
            lambda: desk.app.incidents.resolve(OTTO, key), retry_and_take, at=Point.COMMAND_BEGUN
        )
        assert [type(o) for o in outcomes] == [Conflict, type(None)]

    assert take(desk) == []
