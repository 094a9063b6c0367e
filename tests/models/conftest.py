"""Opens all models once per test process, in the modelers themselves."""

import json

import pytest

from tests.models.diagram import ROOT
from tests.models.toolchain import open_everything


@pytest.fixture(scope="session")
def opened() -> dict[str, dict[str, dict[str, object]]]:
    """What bpmn-js, dmn-js and form-js said about each model, by kind and file name."""
    workflows = ROOT / "workflows"
    return open_everything(
        {
            "diagrams": {p.name: p.read_text() for p in (workflows / "bpmn").glob("*.bpmn")},
            "decisions": {p.name: p.read_text() for p in (workflows / "dmn").glob("*.dmn")},
            "forms": {p.name: json.loads(p.read_text()) for p in (ROOT / "forms").glob("*.form")},
            "templates": [
                json.loads(p.read_text()) for p in (workflows / "templates").glob("*.json")
            ],
        }
    )
