"""Many processes on one PostgreSQL: forms of the complaint, and bare commits, at the same time.

``python -m benchmarks.processes forms|commits URL`` is one of them: it reads as JSON what to do,
gets ready, says so, and begins when it is told to.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bare, complaint
from benchmarks.report import ROOT
from engine.bootstrap import Application, build
from engine.settings import Settings

WARMING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What all processes did in a second."""

    name: str
    forms: float
    commits: float


def measure(app: Application, plain: str, *, processes: int, forms: int) -> Together:
    """Let *processes* submit *forms* each, and commit ten times as often; sum them up.

    Each submits `WARMING` before it is timed: it has read the models then, as a server at work has.
    The complaint is deployed on *app*'s database; *plain* is that of the bare commits.
    """
    element_id, _ = complaint.COMPLETIONS[0]
    opened = [complaint.open_complaint(app) for _ in range(processes * (WARMING + forms))]
    tasks = [complaint.task_of(app, key, element_id) for key in opened]
    url = app.database.url.render_as_string(hide_password=False)
    shares = [tasks[place::processes] for place in range(processes)]
    return Together(
        name=f"PostgreSQL, {processes} processes",
        forms=_all("forms", url, shares),
        commits=_all("commits", plain, [list(range(WARMING + forms * 10))] * processes),
    )


def _all(what: str, url: str, shares: Sequence[Sequence[int]]) -> float:
    """Return what was done per second, from the first to the last."""
    arguments = [sys.executable, "-m", "benchmarks.processes", what, url]
    started = [
        subprocess.Popen(
            arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in shares
    ]
    for process, share in zip(started, shares, strict=True):
        _tell(process, json.dumps(share))
    for process in started:
        _hear(process, "ready")
    began = time.perf_counter()
    for process in started:
        _tell(process, "go")
    for process in started:
        _hear(process, "done")
    seconds = time.perf_counter() - began
    if any([process.wait() for process in started]):
        raise RuntimeError(f"a process for {what} failed")
    return sum(len(share) - WARMING for share in shares) / seconds


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    if process.stdin is None:
        raise RuntimeError("the process has no input")
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _hear(process: "subprocess.Popen[str]", word: str) -> None:
    if process.stdout is None or process.stdout.readline() != f"{word}\n":
        raise RuntimeError(f"a process ended before it was {word}")


def _forms(url: str) -> Callable[[Sequence[int]], None]:
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(database_url=url, document_folder=Path(folder)))
    _, entered = complaint.COMPLETIONS[0]

    def submit(tasks: Sequence[int]) -> None:
        for task in tasks:
            app.user_tasks.complete(complaint.AGENT, task, entered)

    return submit


def _commits(url: str) -> Callable[[Sequence[int]], None]:
    commit = bare.on_postgresql(url)

    def commit_all(share: Sequence[int]) -> None:
        for _ in share:
            commit()

    return commit_all


def main(what: str, url: str) -> None:
    """Be one of the processes."""
    share = json.loads(sys.stdin.readline())
    work = {"forms": _forms, "commits": _commits}[what](url)
    work(share[:WARMING])
    print("ready", flush=True)
    sys.stdin.readline()
    work(share[WARMING:])
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
