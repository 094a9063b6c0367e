"""Does everything that a model names exist, and is everything that exists named?"""

import json
import re
from collections.abc import Iterator

import pytest
from lxml import etree

from tests.models.diagram import BPMN, DIAGRAMS, ROOT, ZEEBE, Diagram

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.path.stem)

WORKFLOWS = ROOT / "workflows"
FORMS = {path.stem for path in (ROOT / "forms").glob("*.form")}
LETTERS = {path.name for path in (WORKFLOWS / "messages").iterdir()}
TEMPLATES = {
    template["id"]: template
    for path in (WORKFLOWS / "templates").glob("*.json")
    if (template := json.loads(path.read_text()))
}
DECISIONS = {
    decision.get("id")
    for path in (WORKFLOWS / "dmn").glob("*.dmn")
    for decision in etree.parse(path).getroot().iter("{*}decision")
}
JOB_TYPES = {
    "redress:publish-message",
    "redress:refund",
    "redress:email",
    "redress:webhook",
    "redress:customer",
    "redress:survey-sent",
    "redress:order",
    "redress:loyalty",
}
PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def references(tag: str, attribute: str) -> set[str]:
    """Return what the extension elements of this name refer to, over all diagrams."""
    return {
        element.get(attribute)
        for diagram in DIAGRAMS
        for element in diagram.root.iter(f"{ZEEBE}{tag}")
    }


def letters_sent() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each e-mail task's template name and input mappings."""
    for diagram in DIAGRAMS:
        for task in diagram.all("serviceTask"):
            if task.find(f".//{ZEEBE}taskDefinition").get("type") == "redress:email":
                inputs = {
                    entry.get("target"): entry.get("source") for entry in task.iter(f"{ZEEBE}input")
                }
                yield task.get("id"), inputs


def test_every_form_is_there_and_used() -> None:
    assert references("formDefinition", "formId") == FORMS


def test_every_decision_that_is_called_is_there() -> None:
    assert references("calledDecision", "decisionId") <= DECISIONS


def test_every_decision_file_is_called_by_its_own_name() -> None:
    assert {path.stem for path in (WORKFLOWS / "dmn").glob("*.dmn")} == references(
        "calledDecision", "decisionId"
    )


def test_every_called_process_is_there() -> None:
    assert references("calledElement", "processId") <= {d.path.stem for d in DIAGRAMS}


@pytest.mark.parametrize("tag", ["formDefinition", "calledDecision", "calledElement"])
def test_everything_is_bound_to_its_deployment(tag: str) -> None:
    assert references(tag, "bindingType") == {"deployment"}


def test_every_job_type_is_one_of_the_built_in_connectors() -> None:
    assert references("taskDefinition", "type") <= JOB_TYPES


def test_every_built_in_connector_has_an_element_template() -> None:
    assert {f"redress:{key.removeprefix('redress.')}" for key in TEMPLATES} == JOB_TYPES


@each_diagram
def test_every_job_names_the_template_of_its_type(diagram: Diagram) -> None:
    for task in diagram.all("serviceTask", "sendTask"):
        job_type = task.find(f".//{ZEEBE}taskDefinition").get("type")
        assert task.get(f"{ZEEBE}modelerTemplate") == job_type.replace(":", "."), task.get("id")


@each_diagram
def test_every_job_gets_what_its_template_asks_for_and_nothing_else(diagram: Diagram) -> None:
    for task in diagram.all("serviceTask", "sendTask"):
        inputs = {
            entry["binding"]["name"]: entry
            for entry in TEMPLATES[task.get(f"{ZEEBE}modelerTemplate")]["properties"]
            if entry["binding"]["type"] == "zeebe:input"
        }
        needed = {name for name, entry in inputs.items() if not entry.get("optional")}
        given = {entry.get("target") for entry in task.iter(f"{ZEEBE}input")}
        assert needed <= given <= inputs.keys(), task.get("id")


@each_diagram
def test_every_message_that_is_waited_for_has_a_correlation_key(diagram: Diagram) -> None:
    for event in diagram.all("boundaryEvent", "intermediateCatchEvent"):
        waits = event.find(f"{BPMN}messageEventDefinition")
        if waits is not None:
            message = diagram.elements[waits.get("messageRef")]
            key = message.find(f".//{ZEEBE}subscription").get("correlationKey")
            assert key.startswith("="), event.get("id")


def test_every_message_that_is_sent_starts_a_process_of_ours() -> None:
    sent = {
        entry.get("source")
        for diagram in DIAGRAMS
        for task in diagram.all("sendTask")
        for entry in task.iter(f"{ZEEBE}input")
        if entry.get("target") == "message_name"
    }
    started_by = {
        diagram.elements[definition.get("messageRef")].get("name")
        for diagram in DIAGRAMS
        for definition in diagram.process.findall(f"{BPMN}startEvent/{BPMN}messageEventDefinition")
    }

    assert sent <= started_by


@each_diagram
def test_every_caught_error_can_be_thrown(diagram: Diagram) -> None:
    business_errors = {"customer_unknown", "order_unknown", "refund_rejected"}
    thrown = {
        diagram.elements[definition.get("errorRef")].get("errorCode")
        for definition in diagram.root.iterfind(f".//{BPMN}endEvent/{BPMN}errorEventDefinition")
    }
    caught = {
        diagram.elements[definition.get("errorRef")].get("errorCode")
        for definition in diagram.root.iterfind(
            f".//{BPMN}boundaryEvent/{BPMN}errorEventDefinition"
        )
    }

    assert caught <= business_errors | thrown


def test_every_letter_is_written_in_both_languages() -> None:
    names = {name.removesuffix(".en.txt").removesuffix(".zh.txt") for name in LETTERS}

    assert {f"{name}.{code}.txt" for name in names for code in ("en", "zh")} == LETTERS


def test_every_letter_that_is_sent_is_written() -> None:
    for task, inputs in letters_sent():
        template = inputs["template"]
        if template == '="return_" + return_outcome':
            continue  # one letter per outcome: the next test
        assert f"{template}.en.txt" in LETTERS, task


def test_every_outcome_that_closes_a_return_has_its_letter() -> None:
    (diagram,) = (d for d in DIAGRAMS if d.path.stem == "return")
    condition = diagram.elements["return_outcome_to_send_closing_letter"]
    outcomes = re.findall(r'"(\w+)"', condition.findtext(f"{BPMN}conditionExpression"))

    assert len(outcomes) == 3
    assert {f"return_{outcome}.en.txt" for outcome in outcomes} <= LETTERS


def test_every_placeholder_of_a_letter_is_given_by_the_task_that_sends_it() -> None:
    for task, inputs in letters_sent():
        given = set(re.findall(r"(\w+):", inputs["values"]))
        for name in LETTERS:
            if re.fullmatch(rf"{inputs['template'].lstrip('=')}\.\w+\.txt", name):
                used = PLACEHOLDER.findall((WORKFLOWS / "messages" / name).read_text())
                words = {word for text in used for word in re.findall(r"[a-z_]+", _code(text))}
                assert words - {"if", "then", "else"} <= given, f"{task} sends {name}"


def _code(expression: str) -> str:
    return re.sub(r'"[^"]*"', "", expression)


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_has_a_subject_a_blank_line_and_a_body(name: str) -> None:
    subject, blank, *body = (WORKFLOWS / "messages" / name).read_text().splitlines()

    assert subject
    assert not blank
    assert body[0]
