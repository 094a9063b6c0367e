"""Are many deadlines that are due at once fired quickly, each once, in the order of an instance?"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from engine.services.timers import TimerService
from tests.bpmn.build import Diagram, timer
from tests.services.conftest import Desk

HOUR = timedelta(hours=1)
MANY = 60


def twice_reminded() -> Diagram:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    for name, after in (("soon", "PT1H"), ("late", "PT2H")):
        diagram.boundary(name, "answer", timer("Duration", after), interrupting=False)
        diagram.user(f"remind_{name}").flow(name, f"remind_{name}")
    return diagram


def overdue(desk: Desk, instances: int) -> list[int]:
    """Start instances and let both their deadlines pass with nobody there."""
    desk.deploy(twice_reminded())
    keys = [desk.start() for _ in range(instances)]
    desk.app.clock.pin(desk.app.clock.now() + 3 * HOUR)
    return keys


def fired(desk: Desk) -> list[tuple[object, object]]:
    facts = [row for row in desk.rows("history") if row["kind"] == "timer_fired"]
    return [(row["stream_key"], row["element_id"]) for row in facts]


def test_several_at_a_time_each_is_fired_once_and_in_the_order_of_its_instance(
    desk: Desk,
) -> None:
    keys = overdue(desk, MANY)
    timers = TimerService(desk.app.instances._context)

    with ThreadPoolExecutor(4) as pool:
        while timers.fire_some(pool=pool):
            pass

    assert fired(desk) == [(key, name) for key in keys for name in ("soon", "late")]


def test_two_nodes_with_several_threads_each_fire_each_deadline_once(desk: Desk) -> None:
    keys = overdue(desk, MANY)
    other = desk.another()
    other.clock.pin(desk.app.clock.now())
    begin = threading.Barrier(2)

    def work(node: TimerService) -> None:
        with ThreadPoolExecutor(4) as pool:
            begin.wait(10)
            while node.fire_some(pool=pool):
                pass

    nodes = [
        threading.Thread(target=work, args=[TimerService(app.instances._context)])
        for app in (desk.app, other)
    ]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()

    assert sorted(map(str, fired(desk))) == sorted(
        str((key, name)) for key in keys for name in ("soon", "late")
    )


def test_a_node_that_stops_leaves_the_rest_to_others(desk: Desk) -> None:
    keys = overdue(desk, 5)
    asked = iter([True, True, False])
    timers = TimerService(desk.app.instances._context)

    timers.fire_some(may_go_on=lambda: next(asked, False))

    assert len(fired(desk)) == 2
    desk.work()
    assert len(fired(desk)) == 2 * len(keys)
