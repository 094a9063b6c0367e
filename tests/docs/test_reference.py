"""Do the reference pages say what the code does?"""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import api.errors
import engine.dmn  # noqa: F401  # defines an error of its own
from api.problems import status_of
from engine.bpmn.incidents import ErrorType
from engine.errors import RedressError
from engine.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "workflows" / "README.md"]


def _table(page: str) -> dict[str, list[str]]:
    """Return the cells of each row of a page's first table, by the word in its first cell."""
    lines = (REFERENCE / page).read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| `")]
    return {row[0].strip(" `"): [cell.strip(" `") for cell in row[1:]] for row in rows}


def _all_errors(base: type[RedressError] = RedressError) -> Iterator[type[RedressError]]:
    yield base
    for derived in base.__subclasses__():
        yield from _all_errors(derived)


def test_every_setting_is_documented_with_its_default() -> None:
    described = {name: row[0] for name, row in _table("settings.md").items()}

    expected = {}
    for field in fields(Settings):
        default = field.default
        text = {True: "yes", False: "no"}[default] if isinstance(default, bool) else str(default)
        expected[PREFIX + field.name.upper()] = text or "(empty)"
    assert described == expected


def test_every_error_is_documented_with_its_status() -> None:
    described = {code: row[0] for code, row in _table("errors.md").items()}

    expected = {error.code: str(int(status_of(error))) for error in _all_errors()}
    assert described == expected


def test_every_kind_of_incident_is_explained_to_the_operator() -> None:
    page = ROOT / "docs" / "how-to" / "operate.md"
    explained = set(re.findall(r"^\| `([A-Z_]+)`", page.read_text(encoding="utf-8"), re.M))

    sources = (ROOT / "engine" / "services").glob("*.py")
    by_services = {
        word
        for source in sources
        for word in re.findall(r'(?:error_type=|RUNAWAY = )"(\w+)"', source.read_text("utf-8"))
    }
    assert explained == {str(kind) for kind in ErrorType} | by_services


def test_errors_of_the_api_are_among_them() -> None:
    assert api.errors.BadRequest in set(_all_errors())


@pytest.mark.parametrize(
    "page",
    sorted([*PAGES, *(ROOT / "docs").rglob("*.md")]),
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


def test_the_confirmation_of_every_decision_exists() -> None:
    missing = [
        f"{page.name}: {path}"
        for page in sorted((ROOT / "docs" / "decisions").glob("0*.md"))
        for path in re.findall(r"`(tests/[^`]+)`", page.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]

    assert missing == []
