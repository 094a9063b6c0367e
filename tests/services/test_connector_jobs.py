"""What becomes of a connector's job, whatever the outside world or the diagram does?"""

import os
import socket
from collections.abc import Mapping
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from engine.connectors.call import ConnectorCall
from engine.errors import ConnectorUnavailable, LimitExceeded
from engine.jobs.retry import RetryPolicy
from engine.services.connector_jobs import LEASE, ConnectorJobs
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, OTTO, Desk

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class Parrot:
    """A connector that answers its calls by a list, an exception being raised."""

    job_type = "parrot"

    def __init__(self, *answers: Mapping[str, object] | Exception) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        self.keys.append(call.idempotency_key)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def connector_jobs(desk: Desk, parrot: Parrot) -> ConnectorJobs:
    context = desk.app.instances._context
    return ConnectorJobs(context, {"parrot": parrot}, desk.app.jobs, RetryPolicy())


def work(desk: Desk, parrot: Parrot) -> None:
    jobs = connector_jobs(desk, parrot)
    for job in jobs.claim(10):
        jobs.run(job)


def speaks(**headers: str) -> Diagram:
    given = "".join(f"<zeebe:header key='{k}' value='{v}'/>" for k, v in headers.items())
    diagram = Diagram()
    diagram.start().job("speak", type="parrot", settings=setting("taskHeaders", given))
    return diagram.user("listen").end().chain("start", "speak", "listen", "end")


def test_the_result_goes_into_the_variable_that_the_header_names(desk: Desk) -> None:
    desk.deploy(speaks(resultVariable="word"))
    key = desk.start()

    work(desk, Parrot({"said": "hello"}))

    assert desk.variables(key) == {"word": '{"said":"hello"}'}


def test_every_attempt_at_a_job_has_the_same_idempotency_key(desk: Desk) -> None:
    desk.deploy(speaks(retryBackoff="PT1M"))
    desk.start()
    parrot = Parrot(ConnectorUnavailable("asleep"), {})

    work(desk, parrot)
    desk.app.clock.pin(desk.app.clock.now() + MINUTE)
    work(desk, parrot)

    assert len(parrot.keys) == 2
    assert len(set(parrot.keys)) == 1
    assert desk.open_tasks() == ["listen"]


def test_the_delay_of_the_header_is_kept_to_the_second(desk: Desk) -> None:
    desk.deploy(speaks(retryBackoff="PT1M"))
    desk.start()
    parrot = Parrot(ConnectorUnavailable("asleep"), {})
    work(desk, parrot)

    desk.app.clock.pin(desk.app.clock.now() + MINUTE - timedelta(seconds=1))
    work(desk, parrot)

    assert len(parrot.keys) == 1


def test_after_the_last_retry_an_incident_says_what_happened(desk: Desk) -> None:
    desk.deploy(speaks(retryBackoff="PT0S"))
    desk.start()
    parrot = Parrot(*[ConnectorUnavailable("asleep")] * 3)

    for _ in range(4):
        work(desk, parrot)

    assert len(parrot.keys) == 3
    assert [i["message"] for i in desk.rows("incident")] == ["asleep"]


def test_a_header_that_is_not_understood_is_an_incident_that_names_it(desk: Desk) -> None:
    desk.deploy(speaks(resultExpression="=said"))
    desk.start()
    parrot = Parrot({})

    work(desk, parrot)

    assert parrot.keys == []
    assert "'resultExpression'" in str(desk.rows("incident")[0]["message"])


def test_a_job_that_was_cancelled_meanwhile_ends_quietly(desk: Desk) -> None:
    desk.deploy(speaks())
    key = desk.start()
    jobs = connector_jobs(desk, Parrot({}))
    (job,) = jobs.claim(1)
    desk.app.instances.cancel(OTTO, key)

    jobs.run(job)

    assert desk.rows("incident") == []


def runaway(first: str) -> Diagram:
    diagram = Diagram()
    diagram.start().exclusive("again").script("work", "=1", "x").chain("again", "work", "again")
    if first == "person":
        agents = setting("assignmentDefinition", candidateGroups="agent")
        diagram.user("first", settings=agents)
    else:
        diagram.job("first", type="parrot")
    return diagram.chain("start", "first", "again")


def test_a_runaway_diagram_behind_a_job_is_an_incident_and_the_effect_is_not_repeated(
    desk: Desk,
) -> None:
    desk.deploy(runaway("job"))
    desk.start()
    parrot = Parrot({}, {})

    work(desk, parrot)
    desk.app.clock.pin(desk.app.clock.now() + timedelta(hours=1))
    work(desk, parrot)

    assert len(parrot.keys) == 1
    assert "steps" in str(desk.rows("incident")[0]["message"])


def test_a_runaway_diagram_behind_a_person_is_an_incident_and_the_task_stays(desk: Desk) -> None:
    desk.deploy(runaway("person"))
    desk.start()

    with pytest.raises(LimitExceeded):
        desk.complete("first", actor=ALICE)

    assert desk.open_tasks() == ["first"]
    (incident,) = desk.rows("incident")
    assert incident["element_id"] == "first"
    desk.app.incidents.resolve(OTTO, incident["key"])
    assert desk.rows("incident")[0]["state"] == "RESOLVED"


def test_a_slow_receiver_is_not_asked_by_another_node_as_long_as_the_lease_is_prolonged(
    desk: Desk,
) -> None:
    desk.deploy(speaks())
    desk.start()
    jobs = connector_jobs(desk, Parrot({}))
    (job,) = jobs.claim(1)

    for _ in range(3):
        desk.app.clock.pin(desk.app.clock.now() + LEASE - SECOND)
        jobs.prolong(job)

    assert jobs.claim(1) == []
    jobs.run(job)
    assert desk.open_tasks() == ["listen"]


def test_a_lease_that_has_ended_cannot_be_prolonged_for_the_next_one_to_suffer(desk: Desk) -> None:
    desk.deploy(speaks())
    desk.start()
    jobs = connector_jobs(desk, Parrot({}, {}))
    (slow,) = jobs.claim(1)
    desk.app.clock.pin(desk.app.clock.now() + LEASE)
    (quick,) = jobs.claim(1)

    jobs.prolong(slow)

    desk.app.clock.pin(desk.app.clock.now() + LEASE)
    assert [job.key for job in jobs.claim(1)] == [quick.key]


def test_a_heartbeat_that_meets_the_end_of_its_own_job_warns_of_nobody(desk: Desk) -> None:
    desk.deploy(speaks())
    desk.start()
    jobs = connector_jobs(desk, Parrot({}))
    (job,) = jobs.claim(1)
    jobs.run(job)

    with capture_logs() as logs:
        jobs.prolong(job)

    assert logs == []


def test_a_heartbeat_of_a_job_that_another_node_has_warns(desk: Desk) -> None:
    desk.deploy(speaks())
    desk.start()
    jobs = connector_jobs(desk, Parrot({}, {}))
    (slow,) = jobs.claim(1)
    desk.app.clock.pin(desk.app.clock.now() + LEASE)
    jobs.claim(1)

    with capture_logs() as logs:
        jobs.prolong(slow)

    assert [(log["log_level"], log["job_key"]) for log in logs] == [("warning", slow.key)]


def test_the_job_tells_which_node_has_it(desk: Desk) -> None:
    desk.deploy(speaks())
    desk.start()

    connector_jobs(desk, Parrot({})).claim(1)

    assert desk.rows("job")[0]["worker"] == f"redress {socket.gethostname()} {os.getpid()}"
