"""Do people, workers and called processes undo what was done, and does history tell?"""

from datetime import timedelta

import pytest

from engine.errors import Conflict
from engine.services.jobs import ActivatedJob
from tests.bpmn.build import Content, Diagram, caught, compensation, mapping
from tests.services.conftest import OTTO, ROOT, Desk, restarted


def sale(*, call: str = "") -> Diagram:
    """A refund and a parcel that are undone; the order is kept in the sub-process ``part``."""
    inner = Content().start("in").user("refund").user("parcel").end("out")
    inner.chain("in", "refund", "parcel", "out")
    inner.job("take_back", type="take back", isForCompensation="true")
    inner.undone_by("refund", "take_back")
    if call:
        inner.call("fetch", process=call, undoes=True)
    else:
        inner.user("fetch", isForCompensation="true")
    inner.undone_by("parcel", "fetch")
    diagram = Diagram().start().sub("part", inner, settings=mapping({"order": '="o-1"'}))
    return diagram.end("end", compensation()).chain("start", "part", "end")


def take(desk: Desk) -> list[ActivatedJob]:
    return desk.app.jobs.activate(
        OTTO, types=["take back"], worker="w", timeout=timedelta(minutes=5), max_jobs=10
    )


def sold(desk: Desk, *diagrams: Diagram) -> int:
    """Do what is undone next; return the instance's key."""
    desk.deploy(*diagrams or (sale(),))
    key = desk.start("process", amount=5)
    desk.complete("refund")
    desk.complete("parcel")
    return key


def test_a_person_and_then_a_worker_undo_the_last_done_first(desk: Desk) -> None:
    key = sold(desk)

    assert desk.open_tasks() == ["fetch"]
    assert take(desk) == []
    desk.complete("fetch")
    assert desk.state(key) == "ACTIVE"
    (job,) = take(desk)
    desk.app.jobs.complete(OTTO, job.row.key, {}, lease_token=job.row.lease_token)
    assert desk.state(key) == "COMPLETED"


def test_after_a_restart_a_worker_still_gets_what_the_sub_process_knew(desk: Desk) -> None:
    sold(desk)

    restarted(desk).complete("fetch")
    (job,) = take(restarted(desk))

    assert job.variables == {"amount": 5, "order": "o-1"}


def test_history_tells_what_was_undone_and_why(desk: Desk) -> None:
    desk.deploy(sale())
    desk.app.instances.create(ROOT, process_id="process", variables={}, business_id="C-1")
    desk.complete("refund")
    desk.complete("parcel")
    desk.complete("fetch")

    told = [
        (e.kind, e.element_id)
        for e in desk.app.cases.story(ROOT, "C-1")
        if e.kind not in ("flow_taken", "variable_changed")
    ]

    assert told[told.index(("element_activated", "end")) :] == [
        ("element_activated", "end"),
        ("element_activated", "parcel_undone"),
        ("element_completed", "parcel_undone"),
        ("element_activated", "fetch"),
        ("user_task_created", "fetch"),
        ("task_completed", "fetch"),
        ("element_completed", "fetch"),
        ("element_activated", "refund_undone"),
        ("element_completed", "refund_undone"),
        ("element_activated", "take_back"),
        ("job_created", "take_back"),
    ]


def test_a_called_process_may_undo(desk: Desk) -> None:
    child = Diagram("fetching").start().user("drive").end().chain("start", "drive", "end")
    key = sold(desk, sale(call="fetching"), child)

    desk.complete("drive", fetched=True)

    assert len(take(desk)) == 1
    assert desk.variables(key)["fetched"] == "true"


def test_a_called_process_is_not_undone_from_outside(desk: Desk) -> None:
    inner = Diagram("child").start().user("pay").user("unpay", isForCompensation="true").end()
    inner.chain("start", "pay", "end").undone_by("pay", "unpay")
    outer = Diagram().start().call("call").end("end", compensation()).chain("start", "call", "end")
    desk.deploy(outer, inner)
    key = desk.start()

    desk.complete("pay")

    assert desk.open_tasks() == []
    assert desk.state(key) == "COMPLETED"


def test_a_cancelled_instance_is_not_undone(desk: Desk) -> None:
    key = sold(desk)

    desk.app.instances.cancel(ROOT, key)

    assert desk.state(key) == "TERMINATED"
    assert desk.open_tasks() == []
    assert take(desk) == []


def test_who_is_second_to_complete_a_handler_is_told(desk: Desk) -> None:
    sold(desk)
    task = desk.task("fetch")
    desk.app.user_tasks.complete(ROOT, task, {})

    with pytest.raises(Conflict):
        restarted(desk).app.user_tasks.complete(ROOT, task, {})

    assert len(take(desk)) == 1


def test_a_handler_that_fails_is_an_incident_and_goes_on_when_retried(desk: Desk) -> None:
    key = sold(desk)
    desk.complete("fetch")
    (job,) = take(desk)

    desk.app.jobs.fail(OTTO, job.row.key, retries=0, error_message="no bank")
    (incident,) = desk.rows("incident")
    assert incident["element_id"] == "take_back"

    desk.app.jobs.update(OTTO, job.row.key, retries=1)
    desk.app.incidents.resolve(OTTO, int(str(incident["key"])))
    (again,) = take(desk)
    desk.app.jobs.complete(OTTO, again.row.key, {})
    assert desk.state(key) == "COMPLETED"


def test_a_cancelled_transaction_voids_what_is_open_and_goes_on_by_its_edge(desk: Desk) -> None:
    inner = Content().start("in").parallel("split").user("book").user("ask").user("other")
    inner.end("out").end("stop", caught("cancel")).chain("in", "split", "book", "ask", "stop")
    inner.chain("split", "other", "out").user("unbook", isForCompensation="true")
    inner.undone_by("book", "unbook")
    diagram = Diagram().start().transaction("part", inner).end().chain("start", "part", "end")
    diagram.boundary("left", "part", caught("cancel")).user("sorry").end("over")
    desk.deploy(diagram.chain("left", "sorry", "over"))
    key = desk.start()
    desk.complete("book")

    desk.complete("ask")

    assert desk.open_tasks() == ["unbook"]
    desk.complete("unbook")
    assert desk.open_tasks() == ["sorry"]
    desk.complete("sorry")
    assert desk.state(key) == "COMPLETED"
