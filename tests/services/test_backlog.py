"""Does whoever watches over an installation see what waits, and since when?"""

from datetime import timedelta

from engine import metrics
from tests.bpmn.build import Diagram, caught, timer
from tests.services.conftest import NOON, OTTO, Desk

HOUR = timedelta(hours=1)


def _pausing() -> Diagram:
    diagram = Diagram("pausing")
    diagram.start().add("intermediateCatchEvent", "pause", timer("Duration", "PT1H")).end()
    return diagram.chain("start", "pause", "end")


def _paying() -> Diagram:
    diagram = Diagram("paying")
    diagram.start().job("pay", type="till:pay").end()
    return diagram.chain("start", "pay", "end")


def _later(desk: Desk, by: timedelta) -> None:
    """Let time pass with nobody there to do what becomes due."""
    desk.app.clock.pin(desk.app.clock.now() + by)


def test_a_timer_waits_from_when_it_is_due(desk: Desk) -> None:
    desk.deploy(_pausing())
    desk.start("pausing")
    assert desk.app.backlog.look().timers == []

    _later(desk, 3 * HOUR)

    (waiting,) = desk.app.backlog.look().timers
    assert (waiting.count, waiting.since) == (1, NOON + HOUR)


def test_a_signal_waits_until_each_receiver_had_it(desk: Desk) -> None:
    diagram = Diagram("listening").signal("closing_time").start().end()
    diagram.add("intermediateCatchEvent", "listen", caught("signal", "closing_time"))
    desk.deploy(diagram.chain("start", "listen", "end"))
    desk.start("listening")
    desk.start("listening")
    desk.app.signals.broadcast(OTTO, name="closing_time", variables={})
    _later(desk, HOUR)

    (waiting,) = desk.app.backlog.look().signals
    assert (waiting.count, waiting.since) == (2, NOON)

    desk.work()
    assert desk.app.backlog.look().signals == []


def test_a_message_is_kept_until_its_time_to_live_is_over(desk: Desk) -> None:
    desk.app.messages.publish(
        OTTO, name="paid", correlation_key="O-1", variables={}, time_to_live=HOUR
    )
    assert desk.app.backlog.look().messages == 1

    _later(desk, HOUR)

    assert desk.app.backlog.look().messages == 0


def test_jobs_wait_by_type_until_somebody_takes_them(desk: Desk) -> None:
    desk.deploy(_paying())
    desk.start("paying")
    _later(desk, HOUR)
    desk.start("paying")

    (waiting,) = desk.app.backlog.look().jobs
    assert (waiting.kind, waiting.count, waiting.since) == ("till:pay", 2, NOON)

    desk.app.jobs.activate(OTTO, types=["till:pay"], worker="w", timeout=HOUR, max_jobs=2)
    assert desk.app.backlog.look().jobs == []


def test_an_open_incident_is_counted_by_what_went_wrong(desk: Desk) -> None:
    desk.deploy(_paying())
    desk.start("paying")
    jobs = desk.app.jobs
    (job,) = jobs.activate(OTTO, types=["till:pay"], worker="w", timeout=HOUR, max_jobs=1)

    jobs.fail(OTTO, job.key, retries=0, error_message="no paper")

    assert desk.app.backlog.look().incidents == {"JOB_NO_RETRIES": 1}
    (opened,) = desk.rows("incident")
    jobs.update(OTTO, job.key, retries=1)
    desk.app.incidents.resolve(OTTO, int(str(opened["key"])))
    assert desk.app.backlog.look().incidents == {}


def test_a_command_is_timed_under_the_name_of_its_service(desk: Desk) -> None:
    timed = metrics.COMMAND_SECONDS.labels("InstanceService.create")
    before = _count(timed)
    desk.deploy(_pausing())

    desk.start("pausing")

    assert _count(timed) == before + 1


def _count(timed: object) -> float:
    samples = timed.collect()[0].samples  # type: ignore[attr-defined]
    return float(next(s.value for s in samples if s.name.endswith("_count")))


def test_a_node_that_works_looks_for_due_work_again_and_again(desk: Desk) -> None:
    assert desk.app.background.seconds_since_look() is None

    desk.app.background._run_due()

    age = desk.app.background.seconds_since_look()
    assert age is not None
    assert 0 <= age < 60
