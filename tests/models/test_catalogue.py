"""Does the catalogue of processes say what the files say?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.diagram import BPMN, DIAGRAMS, ROOT, ZEEBE, Diagram
from tests.models.test_decisions import FILES, tables
from tests.models.test_forms import FORMS, components

PAGE = (ROOT / "docs" / "reference" / "processes.md").read_text()
OVERVIEW = (ROOT / "workflows" / "README.md").read_text()

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.path.stem)


def section(*headings: str) -> str:
    """Return the text under a heading, and under a heading within that, and so on."""
    text = PAGE
    for heading in headings:
        level = heading.split(" ")[0]
        start = re.search(rf"^{re.escape(heading)}.*$", text, re.MULTILINE)
        assert start, heading
        rest = text[start.end() :]
        end = re.search(rf"^#{{1,{len(level)}}} ", rest, re.MULTILINE)
        text = rest[: end.start()] if end else rest
    return text


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table's rows, without its head and without back-ticks."""
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [
        [cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines
    ]


def process_rows(diagram: Diagram, heading: str) -> list[list[str]]:
    """Return a table of the section about one process."""
    return rows(section(f"## `{diagram.path.stem}`", f"### {heading}"))


@each_diagram
def test_user_tasks_are_listed_with_group_form_and_due_date(diagram: Diagram) -> None:
    def facts() -> Iterator[list[str]]:
        for task in diagram.all("userTask"):
            schedule = task.find(f".//{ZEEBE}taskSchedule")
            yield [
                task.get("id"),
                task.find(f".//{ZEEBE}assignmentDefinition").get("candidateGroups"),
                task.find(f".//{ZEEBE}formDefinition").get("formId"),
                "" if schedule is None else schedule.get("dueDate").removeprefix("="),
            ]

    assert [row[:4] for row in process_rows(diagram, "User tasks")] == list(facts())


@each_diagram
def test_timers_are_listed_with_their_limit(diagram: Diagram) -> None:
    listed = {row[0]: row[1].partition("`")[0] for row in process_rows(diagram, "Timers")}
    drawn = {
        timer.getparent().getparent().get("id"): timer.text.removeprefix("=")
        for timer in diagram.all("timeDate", "timeDuration")
    }

    assert listed == drawn


@each_diagram
def test_jobs_are_listed_with_their_type(diagram: Diagram) -> None:
    jobs = {
        task.get("id"): task.find(f".//{ZEEBE}taskDefinition").get("type")
        for task in diagram.all("serviceTask", "sendTask")
    }

    assert {row[0]: row[1] for row in process_rows(diagram, "Jobs")} == jobs


@each_diagram
def test_decisions_are_listed_with_their_result(diagram: Diagram) -> None:
    called = [task.find(f".//{ZEEBE}calledDecision") for task in diagram.all("businessRuleTask")]

    assert [row[1:] for row in process_rows(diagram, "Decisions")] == [
        [decision.get("decisionId"), decision.get("resultVariable")] for decision in called
    ]


@each_diagram
def test_every_branch_is_listed_with_its_condition(diagram: Diagram) -> None:
    listed = {(row[0], row[4]): row[3] for row in process_rows(diagram, "Every branch")}
    drawn = {
        (flow.get("sourceRef"), flow.get("targetRef")): (
            flow.findtext(f"{BPMN}conditionExpression") or "otherwise"
        ).removeprefix("=")
        for flow in diagram.flows.values()
        if flow.get("name")
    }

    assert listed == drawn


@each_diagram
def test_every_end_is_listed(diagram: Diagram) -> None:
    ends = [event.get("id") for event in diagram.process.findall(f"{BPMN}endEvent")]

    assert [row[0] for row in process_rows(diagram, "How it ends")] == ends


@each_diagram
def test_every_message_is_described(diagram: Diagram) -> None:
    described = section(f"## `{diagram.path.stem}`", "### How it starts")

    for message in diagram.all("message"):
        assert f"`{message.get('name')}`" in described


@each_diagram
def test_the_overview_lists_every_process(diagram: Diagram) -> None:
    assert f"[`{diagram.path.stem}`](bpmn/{diagram.path.name})" in OVERVIEW


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_overview_lists_every_decision(path: Path) -> None:
    assert f"| `{path.stem}` |" in OVERVIEW


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_listed_with_whether_it_is_required(name: str) -> None:
    listed = {
        row[0].rpartition(".")[2]: row[2] == "yes"
        for row in rows(section("## Forms", f"### `{name}`"))
    }
    fields = {
        component["key"]: component.get("validate", {}).get("required", False)
        for component in components(FORMS[name])
        if "key" in component
    }

    assert listed == fields


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_of_every_decision_is_listed(path: Path) -> None:
    for table in tables(path):
        text = section("## Decisions", f"### `{table.getparent().get('id')}`")
        for cell in table.findall("{*}rule/{*}outputEntry/{*}text"):
            assert f"`{cell.text}`" in text
