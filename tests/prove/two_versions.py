"""Two releases side by side on one PostgreSQL, as in an upgrade without a pause: `make prove`.

    python -m tests.prove.two_versions PATH [CASES]

PATH is a checkout of an older release in which ``make .venv/.ready`` was run. Its node has cases in
hand, which people go on to work on all the time. This version's node is started beside it and
migrates the database. Both deploy, and both answer forms, race for the same task, fire timers, hear
messages and signals and pay refunds, for the cases of either. Then the old node is stopped, and the
new one ends what is left. The exit status is 1 if anything was lost, doubled or refused.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from engine.persistence.database import Database
from tests import complaint
from tests.databases import PostgreSQL, get_server
from tests.nodes.conftest import REDRESS, until
from tests.nodes.provider import Provider
from tests.prove.upgrade_shop import Crew, Node, Release, Shop, trip
from tests.prove.upgrade_truth import ended, faults, workers

CASES = 30
ROOT = Path(__file__).parents[2]


def main(old: str, cases: int = CASES) -> int:
    """Return 0 if nothing was lost or doubled between the release at *old* and this one."""
    checkout = Path(old).absolute()
    releases = (
        Release(checkout, (str(checkout / ".venv/bin/python"), *REDRESS[1:])),
        Release(ROOT, tuple(REDRESS)),
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = PostgreSQL(get_server(folder / "postgresql", cleanup_mode="delete"))
        provider = Provider()
        try:
            shop = Shop(folder, server.create("two_versions"), provider.url)
            upgrade = Upgrade(shop, *releases, third=max(cases // 3, 1))
            wrong = upgrade.run() + _paid(provider, upgrade.cases)
        finally:
            provider.close()
            server.close()
    for line in wrong:
        click.echo(line)
    click.echo(f"{upgrade.cases} complaints and trips on two releases: {len(wrong)} faults")
    return int(bool(wrong))


def _paid(provider: Provider, cases: int) -> list[str]:
    times = sorted(provider.paid.values())
    return [] if times == [1] * cases else [f"refunds: {len(times)}, paid {times} times"]


class Upgrade:
    """One upgrade of a shop at work; each *third* of its cases begins in another stage of it."""

    def __init__(self, shop: Shop, older: Release, newer: Release, *, third: int) -> None:
        self._shop = shop
        self._older = older
        self._newer = newer
        self._third = third
        self._crew = Crew()
        self._database = Database(shop.database_url)
        self._wrong: list[str] = []
        self.cases = 3 * third

    def run(self) -> list[str]:
        """Live through it and return what was wrong."""
        self._shop.open(self._older)
        complaint.furnish(self._database)
        try:
            with ExitStack() as people:
                self._live_through(people)
        finally:
            self._shop.close()
        click.echo(f"forms {sorted(self._crew.answered.values())}, lost {self._crew.lost} races")
        click.echo(f"jobs {dict(workers(self._database))}")
        wrong = self._wrong + self._crew.complaints + faults(self._database, self.cases)
        self._database.close()
        return wrong

    def _live_through(self, people: ExitStack) -> None:
        old = self._shop.serve(self._older)
        with self._crew.at(old):
            self._begin(old, stage=0)
            until(lambda: self._crew.answered[old] >= self._third, "the old node has work in hand")
            new = self._shop.serve(self._newer)  # migrates, while somebody works on the old one
            people.enter_context(self._crew.at(new))
            self._shop.deploy(self._newer, self._newer.shipped())
            self._begin(new, stage=1)
            self._until_ended(stages=1)
            self._begin(old, stage=2)
            self._expect(old.is_ready, "the old node is not ready beside the new one")
        self._expect(self._shop.stop(old) == 0, "the old node did not stop")
        self._until_ended(stages=3)
        self._expect(new.is_ready, "the new node is not ready")
        for node in (old, new):
            self._expect(self._crew.answered[node] > 0, "one of the nodes took no form")

    def _begin(self, node: Node, *, stage: int) -> None:
        """Deploy a new version of the trip by the node's release, and begin the stage's cases."""
        release = self._newer if stage == 1 else self._older
        self._shop.deploy(release, trip(self._shop.folder, stage + 1))
        self._crew.begin(node, range(stage * self._third, (stage + 1) * self._third))

    def _until_ended(self, *, stages: int) -> None:
        wanted = stages * self._third
        until(lambda: ended(self._database) >= wanted, f"{wanted} cases have ended")

    def _expect(self, true: bool, otherwise: str) -> None:
        if not true:
            self._wrong.append(otherwise)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
