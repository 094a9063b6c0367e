"""What grows with an instance: the rounds of a loop. `benchmarks.past` is about all the others."""

import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.engines import ROOT_ACTOR, application
from benchmarks.report import Section, Verdict
from engine.bootstrap import Application
from tests.bpmn.build import Diagram

FLAT = 1.2


def measure(folder: Path, *, quick: bool) -> list[Section]:
    """Return the table of everything that grows."""
    rounds = 500 if quick else 10_000
    with ExitStack() as stack:
        loop = _loop(application(stack, folder / "growth.db"), rounds)
    ratio = loop[1] / loop[0]
    return [
        Section(
            title="What grows",
            text="CPU milliseconds of one round, however many there are.",
            head=("what", "small", "large", "ratio"),
            rows=[
                (f"one round of a loop: 100 rounds, {rounds} rounds", *loop, ratio),
            ],
            verdicts=[
                Verdict(
                    what=f"a round of a loop, {rounds} against 100 rounds",
                    target="≤ 1.2 ×",
                    measured=f"{ratio:.2f} ×",
                    is_met=ratio <= FLAT,
                ),
            ],
        )
    ]


def _loop(app: Application, rounds: int) -> tuple[float, float]:
    """Return the milliseconds of one round in a short and in a long loop."""
    diagram = Diagram("going_round")
    diagram.start().script("count", "=n + 1", "n").exclusive("again", default="enough").end()
    diagram.exclusive("merge").chain("start", "merge", "count", "again")
    diagram.flow("again", "merge", "=n < limit").flow("again", "end", flow_id="enough")
    app.deployments.deploy(ROOT_ACTOR, {"going_round.bpmn": diagram.xml()})

    def run(limit: int) -> float:
        began = time.process_time()
        app.instances.create(
            ROOT_ACTOR, process_id="going_round", variables={"n": 0, "limit": limit}
        )
        return (time.process_time() - began) * 1000 / limit

    run(100)
    return min(run(100) for _ in range(5)), min(run(rounds) for _ in range(2))
