"""Can many incidents be tried again at once, and only those that are meant?"""

import json

import pytest

from engine.errors import Forbidden, InvalidInput
from engine.persistence.stores.incidents import IncidentFilter
from engine.services import incidents
from engine.services.incidents import BulkRetry, Mending
from tests.bpmn.build import Diagram
from tests.services.conftest import ALICE, OTTO, Desk
from tests.services.test_jobs import LEASE


def paying(process_id: str = "process", element_id: str = "pay") -> Diagram:
    diagram = Diagram(process_id)
    diagram.start().job(element_id, type="pay").end()
    diagram.chain("start", element_id, "end")
    return diagram


def fail(desk: Desk, message: str = "no such account") -> list[int]:
    """Let every job that waits fail for good; return the keys of the jobs."""
    jobs = desk.app.jobs.activate(OTTO, types=["pay"], worker="w", timeout=LEASE, max_jobs=100)
    for job in jobs:
        desk.app.jobs.fail(OTTO, job.key, retries=0, error_message=message)
    return [job.key for job in jobs]


def retry(desk: Desk, *, limit: int = 100, **only: object) -> BulkRetry:
    meant = IncidentFilter(**{"created_until": desk.app.clock.now(), **only})  # type: ignore[arg-type]
    return desk.app.incidents.retry_all(OTTO, meant, limit=limit)


def waiting(desk: Desk) -> set[object]:
    return {row["element_id"] for row in desk.rows("job") if row["activatable_at"] is not None}


def test_all_of_them_are_tried_again(desk: Desk) -> None:
    desk.deploy(paying())
    for _ in range(3):
        desk.start()
    failed = fail(desk)

    done = retry(desk)

    assert (done.retried, done.refused, done.remaining) == (3, {}, 0)
    assert {row["state"] for row in desk.rows("incident")} == {"RESOLVED"}
    assert fail(desk) == failed


@pytest.mark.parametrize(
    "only",
    [
        {"process_id": "one"},
        {"element_id": "pay_one"},
        {"message": "no such account"},
    ],
    ids=["process", "element", "message"],
)
def test_only_those_that_are_meant_are_tried_again(desk: Desk, only: dict[str, str]) -> None:
    desk.deploy(paying("one", "pay_one"), paying("other", "pay_other"))
    desk.start("one")
    fail(desk)
    desk.start("other")
    fail(desk, "the bank is closed")

    assert retry(desk, **only).retried == 1

    assert waiting(desk) == {"pay_one"}


def test_those_of_one_version_or_kind_are_tried_again(desk: Desk) -> None:
    (key,) = desk.deploy(paying()).values()
    desk.start()
    fail(desk)

    assert retry(desk, definition_key=key + 1).retried == 0
    assert retry(desk, error_type="CONDITION_ERROR").retried == 0
    assert retry(desk, definition_key=key, error_type="JOB_NO_RETRIES").retried == 1


def test_a_limit_is_kept_and_the_answer_says_how_to_go_on(desk: Desk) -> None:
    desk.deploy(paying())
    for _ in range(5):
        desk.start()
    fail(desk)

    first = retry(desk, limit=3)
    second = retry(desk, limit=3, after=first.last_key)

    assert (first.retried, first.remaining) == (3, 2)
    assert (second.retried, second.remaining) == (2, 0)


def test_one_request_ends_when_its_time_is_over_and_the_next_goes_on_from_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incidents, "BULK_SECONDS", 0.0)
    desk.deploy(paying())
    for _ in range(3):
        desk.start()
    failed = fail(desk)

    rounds = [retry(desk)]
    while rounds[-1].remaining:
        rounds.append(retry(desk, after=rounds[-1].last_key))

    assert [(done.retried, done.remaining) for done in rounds] == [(1, 2), (1, 1), (1, 0)]
    assert fail(desk) == failed


def test_what_fails_anew_is_not_tried_again_by_the_same_round(desk: Desk) -> None:
    desk.deploy(paying())
    desk.start()
    fail(desk)
    began = desk.app.clock.now()
    retry(desk)
    desk.app.clock.pin(began + LEASE)
    fail(desk)

    assert retry(desk, created_until=began).retried == 0
    assert retry(desk).retried == 1


def test_one_that_cannot_be_tried_again_stops_no_other_and_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.deploy(paying())
    for _ in range(2):
        desk.start()
    fail(desk)
    first, second = (row["key"] for row in desk.rows("incident"))
    resolve = desk.app.incidents.resolve

    def somebody_was_faster(actor: object, key: int) -> None:
        resolve(OTTO, key)
        if key == first:
            resolve(OTTO, key)

    monkeypatch.setattr(desk.app.incidents, "resolve", somebody_was_faster)

    done = retry(desk)

    assert done.retried == 1
    assert done.refused == {first: f"incident {first} is already resolved"}
    assert second in {row["key"] for row in desk.rows("incident") if row["state"] == "RESOLVED"}


def test_only_operators_retry_incidents(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.incidents.retry_all(
            ALICE, IncidentFilter(created_until=desk.app.clock.now()), limit=1
        )

    assert "access_denied" in {row["kind"] for row in desk.rows("history")}


def mended(desk: Desk, **mending: object) -> None:
    (incident,) = [row for row in desk.rows("incident") if row["state"] == "ACTIVE"]
    desk.app.incidents.resolve(OTTO, int(str(incident["key"])), Mending(**mending))  # type: ignore[arg-type]


def told(desk: Desk, kind: str) -> list[dict[str, object]]:
    """Return what history says of each fact of that kind."""
    rows = [row for row in desk.rows("history") if row["kind"] == kind]
    return [json.loads(str(row["payload"]))["details"] for row in rows]


def refunding() -> Diagram:
    """A job whose input is the amount, unless there is none."""
    diagram = Diagram()
    diagram.start().exclusive("is_it_much", default="no").user("check").end()
    diagram.flow("start", "is_it_much").flow("is_it_much", "check", "=amount > 100")
    return diagram.flow("is_it_much", "end", flow_id="no").flow("check", "end")


def test_a_variable_is_changed_and_the_step_tried_again_at_once(desk: Desk) -> None:
    desk.deploy(refunding())
    desk.start()

    mended(desk, variables={"amount": 500}, reason="The customer named it on the phone.")

    assert desk.open_tasks() == ["check"]
    (why,) = told(desk, "incident_retried")
    assert why["reason"] == "The customer named it on the phone."
    assert told(desk, "variables_set") == [{"names": ["amount"]}]


def test_a_failed_job_has_as_many_tries_as_it_is_given(desk: Desk) -> None:
    desk.deploy(paying())
    desk.start()
    fail(desk)

    mended(desk, retries=7)

    assert [row["retries"] for row in desk.rows("job")] == [7]
    assert waiting(desk) == {"pay"}


def test_retries_where_no_job_has_failed_are_refused_and_change_nothing(desk: Desk) -> None:
    desk.deploy(refunding())
    desk.start()

    with pytest.raises(InvalidInput, match="no job has failed here"):
        mended(desk, variables={"amount": 500}, retries=3)

    assert desk.open_tasks() == []
    assert told(desk, "variables_set") == []


def test_giving_up_cancels_the_caller_too_and_says_why(desk: Desk) -> None:
    caller = Diagram("caller").start().end()
    caller.call("ask", process="process").chain("start", "ask", "end")
    desk.deploy(paying(), caller)
    key = desk.start("caller")
    fail(desk)
    (incident,) = desk.rows("incident")

    assert desk.app.incidents.give_up(OTTO, int(str(incident["key"])), reason="A test.") == key

    assert {row["state"] for row in desk.rows("process_instance")} == {"TERMINATED"}
    assert {row["state"] for row in desk.rows("incident")} == {"RESOLVED"}
    assert told(desk, "cancel_requested") == [{"reason": "A test."}]


def test_only_operators_give_up_what_has_stopped(desk: Desk) -> None:
    desk.deploy(paying())
    key = desk.start()
    fail(desk)
    (incident,) = desk.rows("incident")

    with pytest.raises(Forbidden, match="only operators"):
        desk.app.incidents.give_up(ALICE, int(str(incident["key"])), reason="I may not.")

    assert desk.state(key) == "ACTIVE"
