"""Does the page about connectors say what the element templates and the connectors say?"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine.connectors.registry import build_connectors
from engine.persistence.database import Database
from engine.services.publish_message import PUBLISH_MESSAGE
from engine.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "connectors.md").read_text(encoding="utf-8")
ROWS = {
    cells[1].strip(" `"): cells[2:-1]
    for line in PAGE.splitlines()
    if (cells := line.split("|"))[1:] and cells[1].strip().startswith("`redress:")
}
WORDS = re.compile(r"`([^`]+)`")


def properties(job_type: str) -> list[dict[str, Any]]:
    """Return the properties of the element template of a job type."""
    name = job_type.removeprefix("redress:").replace("-", "_")
    path = ROOT / "workflows" / "templates" / f"{name}.json"
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["properties"]
    return found


def test_every_connector_has_its_row(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/redress.db")

    assert ROWS.keys() == build_connectors(Settings(), database).keys() | {PUBLISH_MESSAGE}


@pytest.mark.parametrize("job_type", ROWS)
def test_its_inputs_are_those_of_its_element_template(job_type: str) -> None:
    offered = [
        entry["binding"]["name"]
        for entry in properties(job_type)
        if entry["binding"]["type"] == "zeebe:input"
    ]

    assert WORDS.findall(ROWS[job_type][0]) == offered


@pytest.mark.parametrize("job_type", ROWS)
def test_its_result_is_what_its_element_template_promises(job_type: str) -> None:
    promised = [
        re.findall(r"\w+", entry["description"].removeprefix("Receives "))
        for entry in properties(job_type)
        if entry["id"] == "resultVariable"
    ]

    assert WORDS.findall(ROWS[job_type][1]) == [
        word for words in promised for word in words if word != "and"
    ]


@pytest.mark.parametrize("job_type", ROWS)
def test_its_settings_exist(job_type: str) -> None:
    known = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}

    assert set(WORDS.findall(ROWS[job_type][3])) <= known
