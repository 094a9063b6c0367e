"""What the past costs: a desk with a million ended cases beside one that has just opened.

Two databases of each system, a small and a large one, are asked the same questions in turn, so
that whatever else the machine does hits both. SQLite is not told to gather statistics: nothing in
Redress does so.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks import servers
from benchmarks.filled import CLERK, PROCESS, Filling, fill
from benchmarks.report import Cell, Section, Verdict
from benchmarks.statements import traced
from engine.bootstrap import Application, build
from engine.domain.identity import Actor, Role
from engine.domain.search import PageRequest, Search, SortBy
from engine.services.queries.cases import CaseFilter
from engine.services.queries.work_list import Whose
from engine.settings import Settings

WORK_LIST = "first page of the work list"
MOST = 1.5
AUDITOR = Actor(username="audrey", groups=frozenset({Role.AUDITOR}))
STARTS = 3
_ROUNDS = 40
_PATIENCE = 15.0
"""So many seconds one question may take in all, however often that is."""

Question = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A small and a large database of one system."""

    name: str
    small: str
    large: str


def measure(folder: Path, postgresql: tuple[str, str], *, quick: bool) -> list[Section]:
    """Fill the databases and ask them; *postgresql* are two empty ones."""
    small = Filling(open=200 if quick else 1_000)
    large = Filling(open=2_000, ended=5_000) if quick else Filling(open=100_000, ended=1_000_000)
    pairs = [
        Pair(
            name="SQLite",
            small=f"sqlite:///{folder}/small.db",
            large=f"sqlite:///{folder}/large.db",
        ),
        Pair(name="PostgreSQL", small=postgresql[0], large=postgresql[1]),
    ]
    asked: list[tuple[Cell, ...]] = []
    verdicts: list[Verdict] = []
    started: list[tuple[Cell, ...]] = []
    for pair in pairs:
        rows, lists, sweep = _ask(folder, pair, small, large, rounds=3 if quick else _ROUNDS)
        asked += rows
        verdicts += [*_promised(pair, small, large, lists), _idle(pair, large, sweep)]
        started.append(_start(folder, pair, starts=1 if quick else STARTS))
    return [
        Section(
            title="What the past costs",
            text=f"Milliseconds, p95, with {small.open:,} open cases, and with {large.open:,} open "
            f"and {large.ended:,} ended ones, asked in turn. Each case has its task, its offers, "
            f"variables and elements; of the ended ones every {large.story}th has its history, "
            "which is read in the last lines.",
            head=("database", "what", "small", "large", "ratio"),
            rows=asked,
            verdicts=verdicts,
        ),
        Section(
            title="Starting on a large database",
            text="Seconds from the command to /health/ready, on the same databases.",
            head=("database", "small", "large"),
            rows=started,
        ),
    ]


def _ask(
    folder: Path, pair: Pair, small: Filling, large: Filling, *, rounds: int
) -> tuple[list[tuple[Cell, ...]], tuple[float, float], int]:
    """Return the rows of the table, what the work list takes, and the statements of a sweep."""
    with ExitStack() as stack:
        asked = []
        for url, filling in ((pair.small, small), (pair.large, large)):
            app = _application(folder, url)
            stack.callback(app.stop)
            began = time.perf_counter()
            fill(app, filling)
            print(f"{pair.name}: {filling} in {time.perf_counter() - began:.0f} s", flush=True)
            asked.append(questions(app, filling))
        found = {name: _in_turn(asked[0][name], asked[1][name], rounds) for name in asked[0]}
        sweep = _statements_of_a_sweep(app)
    rows: list[tuple[Cell, ...]] = [
        (pair.name, name, *both, both[1] / both[0]) for name, both in found.items()
    ]
    return rows, found[WORK_LIST], sweep


def _application(folder: Path, url: str) -> Application:
    settings = Settings(
        database_url=url, sqlite_synchronous="NORMAL", document_folder=folder / "documents"
    )
    return build(settings)


def questions(app: Application, filling: Filling) -> Mapping[str, Question]:
    """Return what people of a desk ask all day."""
    page = PageRequest(limit=50)
    soonest = Search(sort=[SortBy(field="due_date")], page=page)
    newest = Search(sort=[SortBy(field="started_at", descending=True)], page=page)
    place = filling.with_story or 1
    number = filling.number(place)

    def work(whose: Whose) -> Question:
        return lambda: app.queries.work.search(CLERK, soonest, whose=whose)

    def cases(**wanted: str) -> Question:
        return lambda: app.queries.cases.search(CLERK, newest, CaseFilter(**wanted))  # type: ignore[arg-type]

    return {
        WORK_LIST: work(Whose.TODO),
        "what the agent has, with its total": work(Whose.MINE),
        "everybody's tasks": work(Whose.ALL),
        "the newest cases": cases(),
        "a case by its number": cases(number=number),
        "cases by a part of a number": cases(number=number[-6:]),
        "cases of a customer": cases(customer=f"K-{place % 1_000}"),
        "the case of an order": cases(customer=f"O-{place}"),
        "cases of one of the staff": cases(person=CLERK.username),
        "cases of somebody without any": cases(person="nobody"),
        "active cases": cases(state="ACTIVE"),
        "ended cases": cases(state="ENDED"),
        "active cases of a process": cases(state="ACTIVE", process=PROCESS),
        "cases of a process without any": cases(process="complaint"),
        "the page of a case": lambda: app.queries.case_pages.get(CLERK, number),
        "the story of a case": lambda: app.cases.story(CLERK, number),
        "the newest facts, for auditors": lambda: app.queries.audit.search(
            AUDITOR, Search(page=page)
        ),
    }


def _in_turn(small: Question, large: Question, rounds: int) -> tuple[float, float]:
    """Return the milliseconds, p95, of both."""
    seen: tuple[list[float], list[float]] = ([], [])
    began = time.perf_counter()
    small(), large()
    while len(seen[0]) < 3 or (len(seen[0]) < rounds and time.perf_counter() - began < _PATIENCE):
        for question, taken in zip((small, large), seen, strict=True):
            start = time.perf_counter()
            question()
            taken.append((time.perf_counter() - start) * 1000)
    p95 = [quantiles(taken, n=20, method="inclusive")[-1] for taken in seen]
    return p95[0], p95[1]


def _statements_of_a_sweep(app: Application) -> int:
    app.background.run_until_idle()
    with traced(app.database) as traffic:
        app.background._run_due()
    return sum(
        not s.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK")) for s in traffic.statements
    )


def _start(folder: Path, pair: Pair, *, starts: int) -> tuple[str, float, float]:
    """Return the seconds that a server takes to be ready on the small and on the large one."""
    seen: tuple[list[float], list[float]] = ([], [])
    for _ in range(starts):
        for url, taken in zip((pair.small, pair.large), seen, strict=True):
            with servers.redress(folder, url=url, mode="NORMAL", prepare=None) as served:
                taken.append(served.started_in)
    return pair.name, median(seen[0]), median(seen[1])


def _promised(
    pair: Pair, small: Filling, large: Filling, lists: tuple[float, float]
) -> list[Verdict]:
    ratio = lists[1] / lists[0]
    return [
        Verdict(
            what=f"work list with {large.open:,} open tasks and {large.ended:,} ended cases "
            f"against {small.open:,} open ones, p95, {pair.name}",
            target="≤ 1.5 ×",
            measured=f"{ratio:.2f} ×",
            is_met=ratio <= MOST,
        )
    ]


def _idle(pair: Pair, large: Filling, sweep: int) -> Verdict:
    return Verdict(
        what=f"statements of an idle sweep with {large.open:,} open cases, {pair.name}",
        target="≤ 1",
        measured=str(sweep),
        is_met=sweep <= 1,
    )
