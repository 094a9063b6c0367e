"""How long does it take to submit a form of the complaint, against a bare commit?

In process and durable: the task is found beforehand, the completion is committed. Medians of
interleaved rounds for SQLite FULL and NORMAL and for PostgreSQL, with one client and with eight
processes: forms per second, their share of bare commits in the same mode, the CPU of one form.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import bare, complaint, processes, profile
from benchmarks.measure import Prepare, Round, interleaved
from benchmarks.report import Section, Verdict
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
def contests(folder: Path, postgresql: tuple[str, str]) -> Iterator[dict[str, Contest]]:
    """Every mode, each with a database of its own."""
    with ExitStack() as stack:
        made = {
            f"SQLite {mode}": Contest(
                app=_application(stack, f"sqlite:///{folder}/{mode}.db", folder, mode),
                commit=bare.on_sqlite(folder / f"bare-{mode}.db", synchronous=mode),
            )
            for mode in ("FULL", "NORMAL")
        }
        made["PostgreSQL"] = Contest(
            app=_application(stack, postgresql[0], folder, "FULL"),
            commit=bare.on_postgresql(postgresql[1]),
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


def measure(folder: Path, postgresql: tuple[str, str], *, quick: bool) -> list[Section]:
    """Let forms and bare commits take turns in every mode; then eight processes on PostgreSQL."""
    with contests(folder, postgresql) as made:
        contestants: dict[str, Prepare] = {}
        for name, contest in made.items():
            contestants[f"{name}: bare"] = contest.bare_commits
            contestants[f"{name}: form"] = contest.forms
        costs = interleaved(contestants, repeat=2 if quick else 7)
        together = processes.measure(
            made["PostgreSQL"].app,
            postgresql[1],
            processes=2 if quick else 8,
            forms=4 if quick else 100,
        )
        parts = profile.measure(
            {name: made[name].forms for name in ("SQLite NORMAL", "PostgreSQL")},
            rounds=3 if quick else 60,
        )
    rows, verdicts = [], []
    for name in made:
        plain, form = costs[f"{name}: bare"], costs[f"{name}: form"]
        share = plain.wall / form.wall
        rows.append((name, plain.per_second, form.per_second, f"{share:.1%}", form.cpu * 1000))
        verdicts.append(_verdict(f"durable completions against bare commits, {name}", share, name))
    share = together.forms / together.commits
    rows.append((together.name, together.commits, together.forms, f"{share:.1%}", ""))
    verdicts.append(_verdict(f"the same, {together.name}", share, _MANY))
    cpu = costs["SQLite NORMAL: form"].cpu * 1000
    verdicts.append(
        Verdict(
            what="CPU of a completion in process (aspiration)",
            target="≤ 1.0 ms",
            measured=f"{cpu:.2f} ms",
            is_met=cpu <= 1.0,
        )
    )
    return [
        Section(
            title="Durable completions",
            text="The first form of the complaint, completed in process and committed, beside one "
            f"bare insert of {bare.BYTES:,} bytes and its commit: the values that the form's "
            "statements write. On SQLite a form touches about 35 pages of tables and indexes "
            "where the bare insert touches three.",
            head=("database", "bare/s", "forms/s", "share", "CPU ms of a form"),
            rows=rows,
            verdicts=verdicts,
            costs={
                "cpu_ms_of_a_form": costs["PostgreSQL: form"].cpu * 1000,
                "forms_per_second_of_a_database": together.forms,
                "commits_per_second_of_a_database": together.commits,
            },
        ),
        parts,
    ]


_MANY = "PostgreSQL, many processes"
_SHARES = {"SQLite FULL": 0.5, "SQLite NORMAL": 0.07, "PostgreSQL": 0.4, _MANY: 0.5}


def _verdict(what: str, share: float, name: str) -> Verdict:
    target = _SHARES[name]
    return Verdict(
        what=what, target=f"≥ {target:.0%}", measured=f"{share:.1%}", is_met=share >= target
    )
