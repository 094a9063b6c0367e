"""What does ``redress import`` say, and what does it write?"""

from pathlib import Path

from click.testing import CliRunner

from api.cli import main
from tests.importer.building import between, file_of


def test_the_diagram_and_its_added_forms_are_written(tmp_path: Path) -> None:
    ways = (
        '<startEvent id="s"/><exclusiveGateway id="g"/><endEvent id="e"/><endEvent id="f"/>'
        '<sequenceFlow id="a" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="b" sourceRef="g" targetRef="e"/>'
        '<sequenceFlow id="c" sourceRef="g" targetRef="f"/>'
    )
    (tmp_path / "old.bpmn").write_bytes(file_of(ways))
    new = tmp_path / "new.bpmn"

    result = CliRunner().invoke(main, ["import", str(tmp_path / "old.bpmn"), "--output", str(new)])

    assert result.exit_code == 0
    assert "old.bpmn can be deployed." in result.output
    assert "old.bpmn:g: warning: The gateway does not say" in result.output
    files = [str(new), str(tmp_path / "decide_g.form")]
    assert CliRunner().invoke(main, ["lint", *files]).exit_code == 0


def test_a_diagram_with_an_error_is_written_but_not_called_deployable(tmp_path: Path) -> None:
    task = '<userTask id="x" flowable:assignee="${find(it)}"/>'
    (tmp_path / "old.bpmn").write_bytes(file_of(between(task)))
    new = tmp_path / "new.bpmn"

    result = CliRunner().invoke(main, ["import", str(tmp_path / "old.bpmn"), "--output", str(new)])

    assert result.exit_code == 1
    assert "can be drawn, but not deployed yet" in result.output
    assert new.exists()


def test_what_is_no_diagram_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.bpmn").write_bytes(b"<html/>")
    new = tmp_path / "new.bpmn"

    result = CliRunner().invoke(main, ["import", str(tmp_path / "page.bpmn"), "--output", str(new)])

    assert result.exit_code == 1
    assert not new.exists()
