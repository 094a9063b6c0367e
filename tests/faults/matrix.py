"""Life after life of a node, each but the last killed at a point of the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.points import Point
from tests.faults import errands, truth
from tests.faults.nodes import KILLED, Life, World, nodes
from tests.faults.provider import provider


@dataclass(frozen=True, slots=True)
class Death:
    """Where a life ends: when the point is reached for the n-th time in it.

    With a job type, only the times that a job of that type reaches it count.
    """

    point: Point
    nth: int = 1
    job_type: str | None = None


def survive(deaths: Sequence[Death], database_url: str, folder: Path) -> dict[str, Any]:
    """Live and die so, live once more, assert what must be true; return the provider's ledger.

    Each life has a round of work of its own, and what the ones before it left.
    """
    with provider() as outside, nodes(folder / "log") as alive:
        world = World(
            database_url=database_url,
            document_folder=str(folder / "documents"),
            payments_url=outside.payments_url,
            smtp_port=outside.smtp_port,
        )
        app = world.application()
        errands.prepare(app)
        app.stop()
        for lives, death in enumerate(deaths, start=1):
            life = Life(
                world=world,
                lives=lives,
                rounds=lives,
                point=death.point,
                nth=death.nth,
                job_type=death.job_type,
            )
            end = alive.live(life)
            # A rare point may not be reached that often before the work is done.
            done_before = end == 0 and death.nth > 1
            assert end == KILLED or done_before, f"{death}: {(folder / 'log').read_text()}"
        rounds = len(deaths)
        last = alive.live(Life(world=world, lives=rounds + 1, rounds=rounds))
        assert last == 0, (folder / "log").read_text()
        ledger = outside.ledger()
        truth.check(world, rounds, ledger)
        return ledger
