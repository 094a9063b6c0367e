"""When a deployment meets another one, or a start, is every instance whole?"""

import pytest

from engine.points import Point
from tests.bpmn.build import Diagram, element
from tests.races.meeting import Meeting, answer_in_an_hour
from tests.services.conftest import ALICE, Desk


def shorter() -> Diagram:
    diagram = Diagram()
    diagram.start().user("other").end().chain("start", "other", "end")
    return diagram


def test_two_deployments_of_one_process_get_different_versions(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    outcomes = meeting.of(lambda: desk.deploy(answer_in_an_hour()), lambda: other.deploy(shorter()))

    assert outcomes == (None, None)
    desk.start()
    assert desk.open_tasks() == ["other"]
    assert [f["kind"] for f in desk.rows("history")].count("deployed") == 2


def test_an_instance_that_starts_before_a_deployment_is_committed_runs_on_the_old_version(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(answer_in_an_hour())

    outcomes = meeting.of(lambda: other.start(), lambda: desk.deploy(shorter()))

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["answer"]
    other.start()
    assert desk.open_tasks() == ["answer", "other"]


@pytest.mark.parametrize("at", [Point.DEFINITIONS_STORED, Point.ROWS_WRITTEN])
def test_a_start_that_meets_a_deployment_gets_one_version_whole(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    desk.deploy(answer_in_an_hour())
    other.start()

    outcomes = meeting.of(lambda: desk.deploy(shorter()), lambda: other.start(), at=at)

    assert outcomes == (None, None)
    # SQLite's only writer comes after the deployment; on PostgreSQL nobody waits for it.
    newer = "other" if desk.app.database.is_sqlite else "answer"
    assert desk.open_tasks() == sorted(["answer", newer])


@pytest.mark.parametrize("deployment_first", [True, False])
def test_a_message_that_meets_a_deployment_starts_one_version_of_the_process(
    desk: Desk, other: Desk, meeting: Meeting, deployment_first: bool
) -> None:
    desk.deploy(on_call("old"))
    call = lambda: other.app.messages.publish(  # noqa: E731
        ALICE, name="called", correlation_key="1", variables={}
    )
    call()
    pair = [lambda: desk.deploy(on_call("new")), call]

    outcomes = meeting.of(*(pair if deployment_first else reversed(pair)))

    assert outcomes == (None, None)
    assert len(desk.open_tasks()) == 2
    call()
    assert desk.open_tasks().count("new") in (1, 2)
    assert len(desk.open_tasks()) == 3


def on_call(task: str) -> Diagram:
    heard = element("messageEventDefinition", "heard", messageRef="message_called")
    diagram = Diagram().message("called", key="")
    diagram.start("start", heard).user(task).end().chain("start", task, "end")
    return diagram
