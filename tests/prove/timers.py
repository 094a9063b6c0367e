"""Many timers, fired by two nodes on one PostgreSQL: each once, how fast, and how late.

``python -m tests.prove.timers 100000`` starts so many instances with a timer, starts two
``redress work``, lets all timers be due since yesterday and counts what is fired. Every second
timer is an hourly cycle, of which the missed times must be one.
``python -m tests.prove.timers 10000 60`` lets them become due one after the other within so many
seconds; the 99th percentile of their lateness must not be above a second.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

from sqlalchemy import bindparam, func, select, update

from engine.bootstrap import Application, build
from engine.persistence.schema import history, timer
from engine.services.recorder import details_of
from engine.settings import Settings
from tests.bpmn.build import Diagram
from tests.bpmn.build import timer as timer_definition
from tests.databases import PostgreSQL, get_server
from tests.nodes.conftest import Nodes
from tests.nodes.provider import Provider
from tests.services.conftest import ALICE, OLIVIA

LATEST_SECONDS = 1.0
SOON = timedelta(seconds=10)
"""Until the first timer is due; the others have to be told their time before."""


def main(count: int, over: float = 0) -> int:
    """Return 0 if every timer was fired exactly once and, spread *over* seconds, in time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = PostgreSQL(get_server(folder / "postgresql", cleanup_mode="delete"))
        provider = Provider()
        try:
            return _prove(server.create("timers"), folder, provider, count, over)
        finally:
            provider.close()
            server.close()


def _prove(url: str, folder: Path, provider: Provider, count: int, over: float) -> int:
    app = build(Settings(database_url=url, document_folder=folder / "documents"))
    nodes = Nodes(folder, url, provider)
    try:
        seconds, lateness = fire(app, count, over, lambda: nodes.working(2))
    finally:
        nodes.close()
    app.stop()
    wrong = sum(len(late) != 1 for late in lateness.values()) + count - len(lateness)
    outcome = "each fired once" if not wrong else f"{wrong} not fired exactly once"
    if not over:
        speed = f"{seconds:.1f} s, {count / seconds:.0f}/s"
        sys.stdout.write(f"{count} timers due at once, two nodes: {speed}; {outcome}\n")
        return int(wrong != 0)
    p99 = latest(lateness)
    told = f"late by {p99:.2f} s (99th percentile)"
    sys.stdout.write(f"{count} timers over {over:.0f} s, two nodes: {told}; {outcome}\n")
    return int(wrong != 0 or p99 > LATEST_SECONDS)


def fire(
    app: Application, count: int, over: float, work: Callable[[], object]
) -> tuple[float, dict[int, list[float]]]:
    """Let so many timers be due while those *work* that it starts.

    Return the seconds until none was due, and by instance how many seconds late its timer was.
    """
    _start(app, count)
    work()
    _let_be_due(app, over)
    return _until_none_is_due(app, count), _lateness(app)


def latest(lateness: Mapping[int, Sequence[float]]) -> float:
    """Return the 99th percentile of all."""
    return quantiles([late for each in lateness.values() for late in each], n=100)[-1]


def _let_be_due(app: Application, over: float) -> None:
    """Let the timers be due yesterday or, in turn, from a few seconds on."""
    with app.database.write() as connection:
        if not over:
            past = app.clock.now() - timedelta(days=1)
            connection.execute(update(timer).values(due_at=past))
            return
        keys = list(connection.execute(select(timer.c.key)).scalars())
        first, step = app.clock.now() + SOON, timedelta(seconds=over) / len(keys)
        connection.execute(
            update(timer).where(timer.c.key == bindparam("its")).values(due_at=bindparam("due")),
            [{"its": key, "due": first + step * place} for place, key in enumerate(keys)],
        )


def _start(app: Application, count: int) -> None:
    once, hourly = _late("late", "Duration", "P1D"), _late("nagging", "Cycle", "R/PT1H")
    app.deployments.deploy(OLIVIA, {"late.bpmn": once.xml(), "nagging.bpmn": hourly.xml()})
    for number in range(count):
        process = (once, hourly)[number % 2].process_id
        app.instances.create(ALICE, process_id=process, variables={})


def _late(process_id: str, kind: str, when: str) -> Diagram:
    diagram = Diagram(process_id)
    diagram.start().user("answer").end().chain("start", "answer", "end")
    diagram.boundary("too_late", "answer", timer_definition(kind, when), interrupting=False)
    diagram.user("escalate").flow("too_late", "escalate")
    return diagram


def _until_none_is_due(app: Application, count: int) -> float:
    """Wait until every timer was fired at least once, and nothing is due; return the seconds."""
    began = time.monotonic()
    fired = select(func.count()).select_from(history).where(history.c.kind == "timer_fired")
    while True:
        due = select(func.count()).select_from(timer).where(timer.c.due_at <= app.clock.now())
        with app.database.read() as connection:
            left = connection.execute(due).scalar_one()
            if not left and connection.execute(fired).scalar_one() >= count:
                return time.monotonic() - began
        time.sleep(0.1)


def _lateness(app: Application) -> dict[int, list[float]]:
    """Return by instance the seconds between the due time of each timer and its firing."""
    statement = select(history.c.stream_key, history.c.at, history.c.payload).where(
        history.c.kind == "timer_fired"
    )
    found: dict[int, list[float]] = defaultdict(list)
    with app.database.read() as connection:
        for instance, at, payload in connection.execute(statement):
            due = datetime.fromisoformat(details_of(payload)["due_at"])
            found[instance].append((at - due).total_seconds())
    return found


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *map(float, sys.argv[2:])))
