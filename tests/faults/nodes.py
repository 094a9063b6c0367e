"""Nodes that can be killed: each a process of its own, forked from one that has read the program.

``python -m tests.faults.nodes`` reads one `Life` a line, lives it in a child process and says how
the child ended. The parent has no thread and no connection, so that forking it is safe.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from engine.bootstrap import Application, build
from engine.points import Point, watched
from engine.services.connector_jobs import ConnectorJobs
from engine.services.jobs import ActivatedJob
from engine.settings import Settings
from tests.faults import errands

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL
LEASES_RUN_OUT = timedelta(seconds=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where nodes live: one database, one folder of files, one provider."""

    database_url: str
    document_folder: str
    payments_url: str
    smtp_port: int

    def settings(self) -> Settings:
        """Return the settings of a node."""
        return Settings(
            database_url=self.database_url,
            sqlite_synchronous="OFF",  # a killed process loses nothing in either mode
            document_folder=Path(self.document_folder),
            payments_url=self.payments_url,
            connector_token="token",
            smtp_host="127.0.0.1",
            smtp_port=self.smtp_port,
        )

    def application(self, *, lives: int = 0) -> Application:
        """Put a node together, after so many others have lived."""
        return build(self.settings(), clock=errands.LaterClock(lives * LEASES_RUN_OUT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One node's life: it works on the first *rounds* until they are done or it is killed."""

    world: World
    lives: int
    rounds: int
    point: str | None = None
    nth: int = 1
    job_type: str | None = None

    def live(self) -> None:
        """Work; SIGKILL comes when *point* is reached for the *nth* time.

        With *job_type* only those times count at which the thread does such a job.
        """
        lock = threading.Lock()
        left = [self.nth]
        doing = _noted_jobs()

        def kill(point: Point) -> None:
            counts = self.job_type in (None, doing.get(threading.get_ident()))
            with lock:
                left[0] -= point == self.point and counts
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                    signal.pause()  # until it has come, nobody goes on

        with watched(kill):
            app = self.world.application(lives=self.lives)
            app.start()
            errands.work(app, self.rounds)
            app.background.settle()
            app.stop()


def _noted_jobs() -> dict[int, str]:
    """Return what follows the type of the job that each thread does, in this process."""
    doing: dict[int, str] = {}
    run = ConnectorJobs.run

    def run_and_note(jobs: ConnectorJobs, job: ActivatedJob) -> None:
        doing[threading.get_ident()] = job.row.type
        run(jobs, job)

    ConnectorJobs.run = run_and_note  # type: ignore[method-assign]
    return doing


class Nodes:
    """Lives lives, one after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def live(self, life: Life) -> int:
        """Live a life and return the exit status: 0, or `KILLED`."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(life)) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def nodes(log: Path) -> Iterator[Nodes]:
    """Be able to run nodes as long as the block lasts; what they say goes to *log*."""
    with (
        log.open("w") as said,
        subprocess.Popen(  # our own module
            [sys.executable, "-m", "tests.faults.nodes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=ROOT,
        ) as process,
    ):
        try:
            yield Nodes(process)
        finally:
            process.kill()


def _main() -> None:
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _live(Life(**told | {"world": World(**told["world"])}))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _live(life: Life) -> None:
    sys.stdin.close()
    os.dup2(2, 1)  # the parent's answers are the only thing on its standard output
    status = 1
    try:
        life.live()
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _main()
