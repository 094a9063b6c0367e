"""Does the source keep the shape that docs/decisions/0001 promises?"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import api
import engine
import forms
import workflows

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for package in ("engine", "api") for path in (ROOT / package).rglob("*.py"))
LONGEST_FILE = 600
LONGEST_FUNCTION = 60
MIGRATIONS = ROOT / "engine" / "persistence" / "migrations" / "versions"


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_import_contract_is_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    checked = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("package", [api, engine, forms, workflows], ids=lambda p: p.__name__)
def test_our_generic_names_mean_this_checkout(package: object) -> None:
    assert Path(str(package.__file__)).is_relative_to(ROOT)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["api", "engine", "forms", "workflows"])
def test_no_dependency_claims_one_of_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"redress"}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    too_long = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.parent != MIGRATIONS  # a migration lists tables; nobody reads it top to bottom
        and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]

    assert too_long == []


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {f.name}"
        for path in SOURCES
        if path.parent != MIGRATIONS
        for f in _functions(path)
        if (f.end_lineno or f.lineno) - f.lineno > LONGEST_FUNCTION
    ]

    assert too_long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []
