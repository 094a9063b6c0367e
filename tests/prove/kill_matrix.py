"""Kill nodes at every point, again and again, in a run of 1 000 effects: `make prove`.

    python -m tests.prove.kill_matrix [EFFECTS]

An effect is a refund that is paid or a letter that is sent, at a provider that is a process of its
own. On SQLite and on PostgreSQL; ends with exit status 1 at the first thing that is not true.
"""

import random
import sys
import tempfile
from pathlib import Path

import click

from engine.points import Point
from tests.databases import PostgreSQL, migrated, start_postgresql
from tests.faults.matrix import Death, survive

EFFECTS = 1_000
EFFECTS_PER_LIFE = 6  # two cases, each with one refund and two letters
LATEST = 6
TYPES = ("redress:refund", "redress:email")


def main() -> None:
    """Run the matrix on both databases."""
    effects = int(sys.argv[1]) if len(sys.argv) > 1 else EFFECTS
    deaths = _deaths(lives=-(-effects // EFFECTS_PER_LIFE))
    with tempfile.TemporaryDirectory() as folder:
        _report("SQLite", deaths, f"sqlite:///{folder}/redress.db", Path(folder))
    server = start_postgresql("prove")
    try:
        _prove_on(server, deaths)
    finally:
        server.close()


def _prove_on(server: PostgreSQL, deaths: list[Death]) -> None:
    with tempfile.TemporaryDirectory() as folder, migrated(server, "kill_matrix") as url:
        _report("PostgreSQL", deaths, url, Path(folder))


def _deaths(lives: int) -> list[Death]:
    """Return every point for the first time, then points at random, the n-th time at random.

    Every third life ends when a refund or a letter is out and nobody has noted it.
    """
    chance = random.Random(4)  # repeatable, no secret
    # What happens once in a life is not waited for a second time.
    often = [point for point in Point if point is not Point.KEYS_TAKEN]
    unnoted = [Death(Point.JOB_CALLED, job_type=type) for type in TYPES]
    deaths = [Death(point) for point in Point]
    while len(deaths) < lives:
        deaths.append(unnoted[len(deaths) % 2])
        deaths += [Death(chance.choice(often), chance.randint(1, LATEST)) for _ in range(2)]
    return deaths


def _report(system: str, deaths: list[Death], url: str, folder: Path) -> None:
    ledger = survive(deaths, url, folder)
    effects = len(ledger["refunds"]) + len(ledger["letters"])
    asked = ledger["requests"] + sum(ledger["letters"].values())
    click.echo(
        f"{system}: {len(deaths)} lives, {effects} effects, asked for {asked} times, each once"
    )


if __name__ == "__main__":
    main()
