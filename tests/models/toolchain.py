"""Brings the modelers that process owners use to the tests: npm packages, Node and Chromium.

The packages come by `tests.node`; only Chromium must be on the machine.
"""

import html
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.node import node, workbench

SOURCES = Path(__file__).parent / "toolchain"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LOADERS = [f"--loader:.{kind}=dataurl" for kind in ("woff", "woff2", "ttf", "eot", "svg")]
REPORT = re.compile(r'<pre id="report">(.*)</pre>', re.DOTALL)


def installed() -> Path:
    """Return the folder with the packages and the built page, made if it is not there yet."""
    return workbench(SOURCES, "model-toolchain", prepare=_build)


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
    linter = folder / "node_modules" / "bpmnlint" / "bin" / "bpmnlint.js"
    return node([str(linter), str(path)], folder)


def _build(place: Path) -> None:
    bundler = place / "node_modules" / "esbuild" / "bin" / "esbuild"
    build = ["page.js", "--bundle", "--format=esm", "--outfile=page.bundle.js", *LOADERS]
    node([str(bundler), *build, "--log-level=error"], place)


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
