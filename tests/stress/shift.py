"""One shift: nodes on one database, people who do anything at once, and the truth afterwards."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.points import Point, Watcher, watched
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.services.conftest import NOON
from tests.stress.people import People
from tests.stress.truth import Truth

THREADS = 6
TIMES = 40
LINGERS = 0.1
LINGERING_SECONDS = 0.01


def faults(url: str, folder: Path, seed: int) -> list[str]:
    """Let people act by the seed, look, finish every case and look again; return what is wrong."""
    clock = SwitchableClock(ManualClock(NOON))
    with _nodes(url, folder, clock) as nodes:
        people = People(nodes, clock, seed)
        with watched(_lingering(seed)):
            people.act(threads=THREADS, times=TIMES)
        found = Truth(nodes[0]).faults(people.done)
        people.finish()
        return people.faults + found + Truth(nodes[0]).faults_at_the_end(people.done)


def _lingering(seed: int) -> Watcher:
    """Let whoever comes to a point stay there now and then, so that more of the others meet him."""
    chance = random.Random(seed)  # repeatable, no secret

    def linger(point: Point) -> None:
        del point
        if chance.random() < LINGERS:
            threading.Event().wait(LINGERING_SECONDS)

    return linger


@contextmanager
def _nodes(url: str, folder: Path, clock: SwitchableClock) -> Iterator[list[Application]]:
    """Two nodes with one clock; one on SQLite, which has but one."""
    settings = Settings(
        database_url=url, sqlite_synchronous="OFF", document_folder=folder, demo=True
    )
    made = [build(settings, clock=clock) for _ in range(1 if "sqlite" in url else 2)]
    try:
        yield made
    finally:
        for node in made:
            node.stop()
