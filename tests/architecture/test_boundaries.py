"""Does the source keep the shape that docs/decisions/0001 promises?"""

import ast
import re
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


def _decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {node.id for node in function.decorator_list if isinstance(node, ast.Name)}


def _writes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether it opens a transaction of its own, such as ``with self._database.write()``."""
    opened = [
        ast.unparse(item.context_expr)
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
    ]
    return any(re.fullmatch(r".*(database\.write|self\._write)\(\)", text) for text in opened)


def test_whoever_opens_a_transaction_begins_it_anew_after_a_lost_race() -> None:
    told = [
        f"{path.relative_to(ROOT)}: {function.name}"
        for folder in ("services", "connectors")
        for path in (ROOT / "engine" / folder).rglob("*.py")
        for function in _functions(path)
        if _writes(function) and not _decorators(function) & {"begins_anew", "contextmanager"}
    ]

    assert told == ["engine/services/backup.py: restore"]  # into a database that nobody uses yet
