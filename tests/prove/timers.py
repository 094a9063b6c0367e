"""Many timers that are due at once, fired by two nodes: each once, and how fast.

``python -m tests.prove.timers 100000`` starts so many instances with a timer in a new PostgreSQL,
lets them become due while nobody works, starts two ``redress work`` and counts what they fire.
"""

import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from engine.bootstrap import Application, build
from engine.persistence.schema import history, timer
from engine.settings import Settings
from tests.bpmn.build import Diagram
from tests.bpmn.build import timer as timer_definition
from tests.databases import PostgreSQL, get_server
from tests.nodes.conftest import Nodes
from tests.nodes.provider import Provider
from tests.services.conftest import ALICE, OLIVIA


def main(count: int) -> int:
    """Return 0 if every timer was fired exactly once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = PostgreSQL(get_server(folder / "postgresql", cleanup_mode="delete"))
        provider = Provider()
        try:
            return _prove(server.create("timers"), folder, provider, count)
        finally:
            provider.close()
            server.close()


def _prove(url: str, folder: Path, provider: Provider, count: int) -> int:
    app = build(Settings(database_url=url, document_folder=folder / "documents"))
    _start(app, count)
    nodes = Nodes(folder, url, provider)
    try:
        nodes.working(2)
        with app.database.write() as connection:
            past = app.clock.now() - timedelta(days=1)
            connection.execute(update(timer).values(due_at=past))
        seconds = _until_none_is_left(app)
    finally:
        nodes.close()
    fired = _fired(app)
    app.stop()
    wrong = sum(times != 1 for times in fired.values()) + count - len(fired)
    outcome = "each fired once" if not wrong else f"{wrong} not fired exactly once"
    speed = f"{seconds:.1f} s, {count / seconds:.0f}/s"
    sys.stdout.write(f"{count} timers due at once, two nodes: {speed}; {outcome}\n")
    return int(wrong != 0)


def _start(app: Application, count: int) -> None:
    diagram = Diagram("late")
    diagram.start().user("answer").end().chain("start", "answer", "end")
    diagram.boundary("too_late", "answer", timer_definition("Duration", "P1D"), interrupting=False)
    diagram.user("escalate").flow("too_late", "escalate")
    app.deployments.deploy(OLIVIA, {"late.bpmn": diagram.xml()})
    for _ in range(count):
        app.instances.create(ALICE, process_id="late", variables={})


def _until_none_is_left(app: Application) -> float:
    began = time.monotonic()
    while True:
        with app.database.read() as connection:
            left = connection.execute(select(func.count()).select_from(timer)).scalar_one()
        if not left:
            return time.monotonic() - began
        time.sleep(0.1)


def _fired(app: Application) -> Counter[int]:
    statement = select(history.c.stream_key).where(history.c.kind == "timer_fired")
    with app.database.read() as connection:
        return Counter(connection.execute(statement).scalars())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
