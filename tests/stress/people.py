"""People, workers and clocks who do at random what they may, at the same time.

Whoever comes too late gets a conflict, finds nothing or a task in other hands; anything else that
is raised is a fault. What was answered with success is noted, to be looked for afterwards.
"""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import Table, select

from engine.bootstrap import Application
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, NotFound
from engine.persistence.schema import incident, job, process_instance, user_task
from engine.services.time_travel import SwitchableClock
from tests.services.conftest import ADAM, ALICE, OTTO, ROOT
from tests.stress import office

HOUR = timedelta(hours=1)
ACTIVE_AT_ONCE = 5
ORDERS = 2
"""Few, so that many messages and cases are about the same."""
VERSIONS = 4
WAITED_IN_A_CIRCLE = "waited for each other"


class People:
    """Nodes on one database, and what is asked of them at random by the seed.

    ``done`` lists the keys of what succeeded, by what it was; ``faults`` what must never be raised.
    """

    def __init__(self, nodes: Sequence[Application], clock: SwitchableClock, seed: int) -> None:
        self._nodes = nodes
        self._clock = clock
        self._seed = seed
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._versions = 1
        self.done: list[tuple[str, int]] = []
        self.tried: Counter[str] = Counter()
        self.faults: list[str] = []
        self._deeds: dict[Callable[[Application, random.Random], None], int] = {
            self._start: 6,
            self._complete: 12,
            self._claim: 5,
            self._draft: 3,
            self._work: 12,
            self._pay: 8,
            self._close: 2,
            self._let_time_pass: 4,
            self._do_what_is_due: 10,
            self._set: 3,
            self._cancel: 1,
            self._deploy: 1,
            self._retry: 4,
        }

    def act(self, *, threads: int, times: int) -> None:
        """Let so many act at once, each so often."""
        office.deploy(self._nodes[0], 1)
        actors = [
            threading.Thread(target=self._act, args=(number, times)) for number in range(threads)
        ]
        for actor in actors:
            actor.start()
        for actor in actors:
            actor.join()

    def _act(self, number: int, times: int) -> None:
        chance = random.Random(f"{self._seed} {number}")  # repeatable, no secret
        node = self._nodes[number % len(self._nodes)]
        for _ in range(times):
            (deed,) = chance.choices(list(self._deeds), list(self._deeds.values()))
            self.tried[deed.__name__] += 1
            try:
                deed(node, chance)
            except (Conflict, Forbidden, NotFound) as late:
                if WAITED_IN_A_CIRCLE in str(late):
                    self.faults.append(f"{deed.__name__}: {late!r}")
            except Exception as fault:
                self.faults.append(f"{deed.__name__}: {fault!r}")

    def _succeeded(self, what: str, key: int) -> None:
        with self._lock:
            self.done.append((what, key))

    def _value(self) -> dict[str, object]:
        return {"said": next(self._numbers)}

    # -- what may be done ------------------------------------------------------------------------

    def _start(self, node: Application, chance: random.Random) -> None:
        if len(_keys(node, process_instance, "ACTIVE")) < 2 * ACTIVE_AT_ONCE:  # the called count
            number = str(chance.randrange(ORDERS))
            made = node.instances.create(ALICE, process_id="office", variables={"number": number})
            self._succeeded("started", made.key)

    def _complete(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, user_task, "CREATED", chance):
            node.user_tasks.complete(_somebody(chance), key, self._value())
            self._succeeded("task_completed", key)

    def _claim(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, user_task, "CREATED", chance):
            who = _somebody(chance)
            if chance.random() < 0.5:
                node.user_tasks.assign(who, key, who.username)
            else:
                node.user_tasks.unassign(ROOT, key)

    def _draft(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, user_task, "CREATED", chance):
            node.task_drafts.put(ROOT, key, self._value())

    def _work(self, node: Application, chance: random.Random) -> None:
        taken = node.jobs.activate(
            ROOT, types=office.JOB_TYPES, worker="w", timeout=HOUR, max_jobs=chance.randint(1, 3)
        )
        for one in taken:
            token = one.row.lease_token if chance.random() < 0.5 else None
            if chance.random() < 0.8:
                node.jobs.complete(ROOT, one.key, self._value(), lease_token=token)
                self._succeeded("job_completed", one.key)
            else:
                left = chance.randint(0, 2)
                node.jobs.fail(ROOT, one.key, retries=left, error_message="no", lease_token=token)

    def _pay(self, node: Application, chance: random.Random) -> None:
        number = str(chance.randrange(ORDERS))
        if chance.random() < 0.5:
            live = HOUR * chance.randrange(2)
            key = node.messages.publish(
                ALICE,
                name="paid",
                correlation_key=number,
                variables=self._value(),
                time_to_live=live,
            )
            self._succeeded("message_published", key)
        else:
            key, _ = node.messages.correlate(
                ALICE, name="paid", correlation_key=number, variables=self._value()
            )
            self._succeeded("message_received", key)

    def _close(self, node: Application, chance: random.Random) -> None:
        del chance
        node.signals.broadcast(ALICE, name="closing", variables=self._value())

    def _let_time_pass(self, node: Application, chance: random.Random) -> None:
        del node
        with self._lock:
            self._clock.pin(self._clock.now() + HOUR * chance.random())

    def _do_what_is_due(self, node: Application, chance: random.Random) -> None:
        del chance
        node.background.run_until_idle()

    def _set(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, process_instance, "ACTIVE", chance):
            node.instances.set_variables(OTTO, key, self._value(), local=chance.random() < 0.5)
            self._succeeded("variables_set", key)

    def _cancel(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, process_instance, "ACTIVE", chance):
            node.instances.cancel(OTTO, key)
            self._succeeded("cancel_requested", key)

    def _deploy(self, node: Application, chance: random.Random) -> None:
        del chance
        with self._lock:
            self._versions += 1
        if self._versions <= VERSIONS:
            office.deploy(node, self._versions)

    def _retry(self, node: Application, chance: random.Random) -> None:
        if key := _one(node, incident, "ACTIVE", chance):
            node.incidents.resolve(OTTO, key)
            self._succeeded("incident_retried", key)

    def finish(self) -> None:
        """Bring every case to its end, one thing after the other; raises if one is stuck."""
        node, chance = self._nodes[0], random.Random(self._seed)
        for _ in range(20):
            for key in _keys(node, incident, "ACTIVE"):
                node.incidents.resolve(OTTO, key)
                self._succeeded("incident_retried", key)
            for key in _keys(node, user_task, "CREATED"):
                if key in _keys(node, user_task, "CREATED"):
                    node.user_tasks.complete(ROOT, key, self._value())
                    self._succeeded("task_completed", key)
            for key in _keys(node, job, "CREATED") + _keys(node, job, "FAILED"):
                if key in _keys(node, job, "CREATED") + _keys(node, job, "FAILED"):
                    node.jobs.complete(ROOT, key, self._value())
                    self._succeeded("job_completed", key)
            self._close(node, chance)
            self._clock.pin(self._clock.now() + 5 * HOUR)
            node.background.run_until_idle()
            if not _keys(node, process_instance, "ACTIVE"):
                return
        raise TimeoutError(f"stuck: {_keys(node, process_instance, 'ACTIVE')}")


def _somebody(chance: random.Random) -> Actor:
    return chance.choice([ALICE, ADAM, ROOT])


def _keys(node: Application, table: Table, state: str) -> list[int]:
    with node.database.read() as connection:
        return list(
            connection.execute(
                select(table.c.key).where(table.c.state == state).order_by(table.c.key)
            ).scalars()
        )


def _one(node: Application, table: Table, state: str, chance: random.Random) -> int | None:
    keys = _keys(node, table, state)
    return chance.choice(keys) if keys else None
