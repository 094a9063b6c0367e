"""Can process owners open and save our files with their own tools, without a single warning?"""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.models import geometry
from tests.models.diagram import DIAGRAMS, ROOT, ZEEBE, Box, Diagram
from tests.models.toolchain import lint

Opened = Mapping[str, Mapping[str, Mapping[str, Any]]]

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.path.stem)
each_model = pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param(kind, path.name, id=path.name)
        for kind, folder, suffix in (
            ("diagrams", "workflows/bpmn", ".bpmn"),
            ("decisions", "workflows/dmn", ".dmn"),
            ("forms", "forms", ".form"),
        )
        for path in sorted((ROOT / folder).glob(f"*{suffix}"))
    ],
)


@each_model
def test_a_model_opens_without_a_warning(opened: Opened, kind: str, name: str) -> None:
    assert opened[kind][name]["warnings"] == []


@each_model
def test_the_browser_has_nothing_to_say_about_it(opened: Opened, kind: str, name: str) -> None:
    assert opened[kind][name]["console"] == []


@each_diagram
def test_opening_and_saving_a_diagram_changes_no_byte(opened: Opened, diagram: Diagram) -> None:
    assert opened["diagrams"][diagram.path.name]["saved"] == diagram.path.read_text()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "workflows" / "dmn").glob("*.dmn")), ids=lambda path: path.stem
)
def test_opening_and_saving_a_decision_changes_no_byte(opened: Opened, path: Any) -> None:
    assert opened["decisions"][path.name]["saved"] == path.read_text()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "workflows" / "dmn").glob("*.dmn")), ids=lambda path: path.stem
)
def test_every_decision_table_shows_its_rules(opened: Opened, path: Any) -> None:
    tables = [v for v in opened["decisions"][path.name]["views"] if v["type"] == "decisionTable"]

    assert tables
    assert all(table["rules"] >= 2 for table in tables)


@each_diagram
def test_the_properties_panel_shows_every_element(opened: Opened, diagram: Diagram) -> None:
    groups = opened["diagrams"][diagram.path.name]["panelGroups"]

    assert diagram.nodes.keys() | diagram.flows.keys() <= groups.keys()
    assert all(groups.values())


def test_the_element_templates_are_valid(opened: Opened) -> None:
    assert opened["diagrams"]["complaint.bpmn"]["templateErrors"] == []


@each_diagram
def test_every_job_is_recognised_by_its_element_template(opened: Opened, diagram: Diagram) -> None:
    named = {
        task.get("id"): task.get(f"{ZEEBE}modelerTemplate")
        for task in diagram.all("serviceTask", "sendTask")
    }

    assert opened["diagrams"][diagram.path.name]["templated"] == named


@each_diagram
def test_bpmnlint_recommends_nothing(diagram: Diagram) -> None:
    assert lint(diagram.path).strip() == ""


@each_diagram
def test_texts_fit_into_their_shapes(opened: Opened, diagram: Diagram) -> None:
    upright = {lane.get("id") for lane in diagram.all("lane", "participant")}

    for key, text in opened["diagrams"][diagram.path.name]["texts"].items():
        if not text["isLabel"] and key not in upright:
            assert diagram.shapes[key].contains(_box(text)), key


@each_diagram
def test_labels_as_drawn_stand_clear_of_everything(opened: Opened, diagram: Diagram) -> None:
    texts = opened["diagrams"][diagram.path.name]["texts"]
    drawn = {
        key.removesuffix("_label"): _box(text) for key, text in texts.items() if text["isLabel"]
    }

    assert drawn.keys() == diagram.labels.keys()
    assert list(geometry.covered_labels(diagram, drawn)) == []


def _box(text: Mapping[str, float]) -> Box:
    return Box(left=text["left"], top=text["top"], right=text["right"], bottom=text["bottom"])
