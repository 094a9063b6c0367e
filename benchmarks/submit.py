"""How long does it take to submit a form of the complaint, against a bare commit?

    python -m benchmarks.submit [libpq URL of an empty PostgreSQL database]

In process and durable: the task is found beforehand, the completion is committed. Prints the
median of interleaved rounds for SQLite FULL and NORMAL and, with a URL, for PostgreSQL: forms per
second, the share of bare commits of as many bytes in the same mode, and the CPU of one form.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from benchmarks import bare, complaint
from benchmarks.measure import Prepare, Round, interleaved
from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings

FORMS_PER_ROUND = 25
COMMITS_PER_ROUND = 200
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One database in one mode: Redress on it, and bare commits to it."""

    app: Application
    commit: bare.Commit

    def forms(self) -> Round:
        """Open some complaints, and return the round that submits the first form of each."""
        element_id, entered = complaint.COMPLETIONS[0]
        opened = [complaint.open_complaint(self.app) for _ in range(FORMS_PER_ROUND)]
        tasks = [complaint.task_of(self.app, key, element_id) for key in opened]

        def submit_all() -> int:
            for task in tasks:
                self.app.user_tasks.complete(complaint.AGENT, task, entered)
            return len(tasks)

        return submit_all

    def bare_commits(self) -> Round:
        """Return the round that commits some rows."""

        def commit_all() -> int:
            for _ in range(COMMITS_PER_ROUND):
                self.commit()
            return COMMITS_PER_ROUND

        return commit_all


@contextmanager
def contests(folder: Path, postgresql: str | None) -> Iterator[dict[str, Contest]]:
    """Every mode, each with a database of its own."""
    with ExitStack() as stack:
        made = {
            f"SQLite {mode}": Contest(
                app=_application(stack, f"sqlite:///{folder}/{mode}.db", folder, mode),
                commit=bare.on_sqlite(folder / f"bare-{mode}.db", synchronous=mode),
            )
            for mode in ("FULL", "NORMAL")
        }
        if postgresql:
            url = make_url(postgresql).set(drivername="postgresql+psycopg")
            shown = url.render_as_string(hide_password=False)
            made["PostgreSQL"] = Contest(
                app=_application(stack, shown, folder, "FULL"),
                commit=bare.on_postgresql(postgresql),
            )
        yield made


def _application(stack: ExitStack, url: str, folder: Path, mode: str) -> Application:
    settings = Settings(
        database_url=url,
        sqlite_synchronous=mode,
        document_folder=folder / "documents",
        demo=True,
    )
    app = build(settings, clock=SwitchableClock(ManualClock(MONDAY)))
    stack.callback(app.stop)
    complaint.prepare(app)
    return app


def main() -> None:
    """Measure and print."""
    postgresql = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, contests(Path(folder), postgresql) as made:
        contestants: dict[str, Prepare] = {}
        for name, contest in made.items():
            contestants[f"{name}: bare commit"] = contest.bare_commits
            contestants[f"{name}: form"] = contest.forms
        costs = interleaved(contestants)
    print(f"{'':14}{'bare/s':>9}{'forms/s':>9}{'share':>8}{'CPU ms':>9}   a form of the complaint")
    for name in made:
        plain, form = costs[f"{name}: bare commit"], costs[f"{name}: form"]
        print(
            f"{name:14}{plain.per_second:9.0f}{form.per_second:9.0f}"
            f"{plain.wall / form.wall:8.1%}{form.cpu * 1000:9.2f}"
        )


if __name__ == "__main__":
    main()
