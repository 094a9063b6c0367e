"""Do several nodes share the work, take over a dead node's, and fence a frozen one?"""

import signal
import time
from collections import Counter

from sqlalchemy import select

from engine.bootstrap import Application
from engine.persistence.schema import history, job, process_instance
from tests.bpmn.build import Diagram, mapping
from tests.nodes.conftest import Nodes, free_port, until
from tests.nodes.provider import Provider
from tests.services.conftest import ALICE, OLIVIA

TAKEN_OVER_WITHIN = 30.0  # seconds
AT_ONCE = 4  # jobs that one node runs at the same time


def refund(app: Application, times: int) -> None:
    """Start instances that pay money back and end."""
    inputs = {
        "order_id": "=case",
        "amount": "=10",
        "currency": '="CNY"',
        "reason": '="broken"',
    }
    diagram = Diagram("refund")
    diagram.start().job("pay", type="redress:refund", settings=mapping(inputs=inputs)).end()
    app.deployments.deploy(OLIVIA, {"refund.bpmn": diagram.chain("start", "pay", "end").xml()})
    for number in range(times):
        app.instances.create(ALICE, process_id="refund", variables={"case": f"O-{number}"})


def states(app: Application) -> Counter[str]:
    with app.database.read() as connection:
        return Counter(connection.execute(select(process_instance.c.state)).scalars())


def workers(app: Application) -> Counter[str]:
    with app.database.read() as connection:
        return Counter(connection.execute(select(job.c.worker)).scalars())


def facts(app: Application, *kinds: str) -> Counter[str]:
    with app.database.read() as connection:
        every = connection.execute(select(history.c.kind).where(history.c.kind.in_(kinds)))
        return Counter(every.scalars())


def test_two_nodes_share_the_work_and_do_each_job_once(
    app: Application, nodes: Nodes, provider: Provider
) -> None:
    nodes.working(2)
    provider.open.clear()

    refund(app, 2 * AT_ONCE)
    until(lambda: len(provider.asked) == 2 * AT_ONCE, "both nodes have their hands full")
    provider.open.set()
    until(lambda: states(app) == {"COMPLETED": 2 * AT_ONCE}, "every refund is paid")

    assert list(workers(app).values()) == [AT_ONCE, AT_ONCE]
    assert set(provider.asked.values()) == {1}


def test_the_work_of_a_killed_and_of_a_frozen_node_goes_on_within_30_s_and_neither_acts_twice(
    app: Application, nodes: Nodes, provider: Provider
) -> None:
    killed, frozen, heir = nodes.working(3)
    heir.signal(signal.SIGSTOP)
    provider.open.clear()
    refund(app, 2 * AT_ONCE)
    until(lambda: len(provider.asked) == 2 * AT_ONCE, "both nodes have their hands full")

    killed.signal(signal.SIGKILL)
    frozen.signal(signal.SIGSTOP)
    since = time.monotonic()
    provider.open.set()
    heir.signal(signal.SIGCONT)
    until(lambda: states(app) == {"COMPLETED": 2 * AT_ONCE}, "the third node takes over")
    took = time.monotonic() - since
    frozen.signal(signal.SIGCONT)
    frozen.until_logged("nobody waits for the job", AT_ONCE)

    assert took <= TAKEN_OVER_WITHIN
    assert list(workers(app).values()) == [2 * AT_ONCE]
    assert set(provider.asked.values()) == {2}
    assert set(provider.paid.values()) == {1}
    assert facts(app, "job_completed", "job_failed") == {"job_completed": 2 * AT_ONCE}


def test_a_node_that_is_stopped_finishes_what_it_has_in_hand(
    app: Application, nodes: Nodes, provider: Provider
) -> None:
    (node,) = nodes.working(1)
    provider.open.clear()
    refund(app, 2 * AT_ONCE)
    until(lambda: len(provider.asked) == AT_ONCE, "the node has its hands full")

    node.signal(signal.SIGTERM)
    time.sleep(0.3)
    provider.open.set()

    assert node.process.wait(timeout=30) == 0
    assert node.events()[-1] == "stopped"
    assert states(app) == {"COMPLETED": AT_ONCE, "ACTIVE": AT_ONCE}


def test_a_node_that_serves_without_working_leaves_the_jobs_to_the_others(
    app: Application, nodes: Nodes, provider: Provider
) -> None:
    serving = nodes.start("serve", "--no-work", "--port", str(free_port()))
    serving.until_logged("serving")
    refund(app, 1)

    time.sleep(2.5)  # sweeps of a node that works
    assert not provider.asked
    nodes.working(1)
    until(lambda: states(app) == {"COMPLETED": 1}, "the node that works pays")
