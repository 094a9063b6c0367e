"""Random stress: `make prove`. ``python -m tests.prove.stress [SEEDS] [FIRST]``.

Each seed is one shift of `tests.stress` on SQLite and one on PostgreSQL with two nodes. What is
wrong is printed with its seed, and the exit status is 1.
"""

import sys
import tempfile
from pathlib import Path

import click

from tests.databases import migrated, start_postgresql
from tests.stress import shift

SEEDS = 100


def main(seeds: int = SEEDS, first: int = 1) -> int:
    """Return 0 if no shift of so many seeds left anything wrong."""
    wrong = 0
    server = start_postgresql("stress")
    try:
        for seed in range(first, first + seeds):
            with tempfile.TemporaryDirectory() as name, migrated(server, "stress") as url:
                folder = Path(name)
                for each in (f"sqlite:///{folder}/redress.db", url):
                    wrong += _said(seed, each, shift.faults(each, folder, seed))
    finally:
        server.close()
    click.echo(f"{seeds} shifts on each database, {shift.THREADS} threads: {wrong} faults")
    return int(wrong > 0)


def _said(seed: int, url: str, faults: list[str]) -> int:
    for fault in faults:
        click.echo(f"seed {seed}, {url.partition(':')[0]}: {fault}")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
