"""What happens to a service task's job, in good and bad times?"""

from datetime import timedelta

import pytest

from engine.errors import Conflict, Forbidden
from engine.services.jobs import ActivatedJob
from tests.bpmn.build import Diagram, element
from tests.services.conftest import ALICE, OTTO, Desk, restarted

LEASE = timedelta(minutes=5)


def one_job() -> Diagram:
    diagram = Diagram().error("refused")
    diagram.start().job("pay", type="pay").user("check").end().chain("start", "pay", "check", "end")
    caught = element("errorEventDefinition", "definition", errorRef="error_refused")
    diagram.boundary("refused", "pay", caught).user("negotiate").flow("refused", "negotiate")
    return diagram


def take(desk: Desk) -> list[ActivatedJob]:
    return desk.app.jobs.activate(OTTO, types=["pay"], worker="w", timeout=LEASE, max_jobs=10)


def test_a_taken_job_carries_the_variables_its_element_sees(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start(amount=5)

    (job,) = take(desk)

    assert job.variables == {"amount": 5}


def test_a_taken_job_is_not_given_to_a_second_worker(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    take(desk)

    assert take(desk) == []


def test_a_job_whose_worker_died_is_given_out_again_with_the_same_key(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (first,) = take(desk)

    desk.passes(LEASE)
    (second,) = take(restarted(desk))

    assert second.idempotency_key == first.idempotency_key
    assert second.row.attempts == 2


def test_a_worker_that_was_too_slow_cannot_answer_for_its_successor(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (slow,) = take(desk)
    desk.passes(LEASE)
    (second,) = take(desk)

    with pytest.raises(Conflict, match="another worker"):
        desk.app.jobs.fail(
            OTTO, slow.key, retries=0, error_message="late", lease_token=slow.row.lease_token
        )
    desk.app.jobs.complete(OTTO, second.key, {}, lease_token=second.row.lease_token)

    assert desk.open_tasks() == ["check"]


def test_a_completed_job_lets_the_token_go_on(desk: Desk) -> None:
    desk.deploy(one_job())
    key = desk.start()
    (job,) = take(desk)

    desk.app.jobs.complete(OTTO, job.key, {"receipt": "r1"})

    assert desk.open_tasks() == ["check"]
    assert desk.variables(key) == {"receipt": '"r1"'}


def test_a_job_is_completed_once(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (job,) = take(desk)
    desk.app.jobs.complete(OTTO, job.key, {})

    with pytest.raises(Conflict, match="completed"):
        desk.app.jobs.complete(OTTO, job.key, {})


def test_a_failed_job_can_be_taken_again_after_its_delay(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (job,) = take(desk)
    minute = timedelta(minutes=1)
    desk.app.jobs.fail(OTTO, job.key, retries=2, error_message="busy", retry_backoff=minute)

    assert take(desk) == []
    desk.passes(minute)
    assert [j.row.retries for j in take(desk)] == [2]


def test_a_job_without_retries_left_is_an_incident_with_its_reason(desk: Desk) -> None:
    desk.deploy(one_job())
    key = desk.start()
    (job,) = take(desk)

    desk.app.jobs.fail(OTTO, job.key, retries=0, error_message="no such account")

    (incident,) = desk.rows("incident")
    assert (incident["error_type"], incident["message"], incident["job_key"]) == (
        "JOB_NO_RETRIES",
        "no such account",
        job.key,
    )
    assert desk.rows("process_instance")[0]["incident_count"] == 1
    assert desk.state(key) == "ACTIVE"


def test_resolving_the_incident_offers_the_job_again(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (job,) = take(desk)
    desk.app.jobs.fail(OTTO, job.key, retries=0, error_message="no such account")

    desk.app.incidents.resolve(OTTO, desk.rows("incident")[0]["key"])

    assert [j.key for j in take(desk)] == [job.key]
    assert desk.rows("incident")[0]["state"] == "RESOLVED"
    assert desk.rows("process_instance")[0]["incident_count"] == 0


def test_a_business_error_takes_the_way_the_diagram_shows(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (job,) = take(desk)

    desk.app.jobs.throw_error(OTTO, job.key, error_code="refused", error_message="limit")

    assert desk.open_tasks() == ["negotiate"]
    assert desk.rows("incident") == []


def test_an_error_that_nothing_catches_is_an_incident(desk: Desk) -> None:
    desk.deploy(one_job())
    desk.start()
    (job,) = take(desk)

    desk.app.jobs.throw_error(OTTO, job.key, error_code="other", error_message="what now")

    (incident,) = desk.rows("incident")
    assert incident["error_type"] == "UNHANDLED_ERROR_EVENT"
    assert "other" in str(incident["message"])


def test_the_job_of_a_cancelled_instance_is_taken_back(desk: Desk) -> None:
    desk.deploy(one_job())
    key = desk.start()
    (job,) = take(desk)
    desk.app.instances.cancel(OTTO, key)

    with pytest.raises(Conflict, match="canceled"):
        desk.app.jobs.complete(OTTO, job.key, {})


def test_people_without_the_right_take_no_jobs(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.jobs.activate(ALICE, types=["pay"], worker="w", timeout=LEASE, max_jobs=1)
