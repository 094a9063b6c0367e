"""Are the process models well-formed, named in both languages, and within the dialect?"""

import re

import pytest
from lxml import etree

from tests.models.diagram import BPMN, DIAGRAMS, ZEEBE, Diagram, property_of

each_diagram = pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.path.stem)

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
GATEWAYS = {"exclusiveGateway", "parallelGateway"}
RUNNABLE = {
    "collaboration",
    "participant",
    "process",
    "documentation",
    "extensionElements",
    "laneSet",
    "lane",
    "flowNodeRef",
    "incoming",
    "outgoing",
    "sequenceFlow",
    "conditionExpression",
    "subProcess",
    "callActivity",
    "userTask",
    "serviceTask",
    "sendTask",
    "scriptTask",
    "businessRuleTask",
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "messageEventDefinition",
    "timerEventDefinition",
    "timeDate",
    "timeDuration",
    "errorEventDefinition",
    "escalationEventDefinition",
    "terminateEventDefinition",
    "message",
    "error",
    "escalation",
} | GATEWAYS


def test_the_three_processes_are_there() -> None:
    assert [diagram.path.stem for diagram in DIAGRAMS] == ["complaint", "follow_up", "return"]


@each_diagram
def test_the_file_holds_one_executable_process_of_its_own_name(diagram: Diagram) -> None:
    assert diagram.process.get("id") == diagram.path.stem
    assert diagram.process.get("isExecutable") == "true"


@each_diagram
def test_the_file_says_it_is_for_camunda_8(diagram: Diagram) -> None:
    modeler = "{http://camunda.org/schema/modeler/1.0}"

    assert diagram.root.get(f"{modeler}executionPlatform") == "Camunda Cloud"
    assert diagram.root.get(f"{modeler}executionPlatformVersion") == "8.9.0"


@each_diagram
def test_every_id_is_used_once(diagram: Diagram) -> None:
    ids = [element.get("id") for element in diagram.root.iter() if element.get("id")]

    assert sorted(ids) == sorted(set(ids))


@each_diagram
def test_every_id_is_snake_case(diagram: Diagram) -> None:
    assert [key for key in diagram.elements if not SNAKE_CASE.fullmatch(key)] == []


@each_diagram
def test_only_constructs_that_run_are_used(diagram: Diagram) -> None:
    used = {etree.QName(element).localname for element in diagram.process.iter(f"{BPMN}*")}

    assert used - RUNNABLE == set()


@each_diagram
def test_every_named_element_is_named_in_both_languages(diagram: Diagram) -> None:
    for key, element in diagram.elements.items():
        if element.get("name") and not element.tag.endswith(("message", "error", "escalation")):
            assert property_of(element, "name.en") == element.get("name"), key
            assert CHINESE.search(property_of(element, "name.zh") or ""), key


@each_diagram
def test_every_node_but_a_joining_or_parallel_gateway_is_named(diagram: Diagram) -> None:
    unnamed = {key for key, node in diagram.nodes.items() if not node.get("name")}

    for key in unnamed:
        node = diagram.nodes[key]
        assert etree.QName(node).localname in GATEWAYS, key
        is_join = len(node.findall(f"{BPMN}outgoing")) == 1
        assert is_join or node.tag == f"{BPMN}parallelGateway", key


@each_diagram
def test_every_milestone_is_written_in_both_languages(diagram: Diagram) -> None:
    for key, element in diagram.elements.items():
        english, chinese = (property_of(element, f"milestone.{code}") for code in ("en", "zh"))
        assert bool(english) == bool(chinese), key


@each_diagram
def test_every_exclusive_split_has_conditions_and_one_default(diagram: Diagram) -> None:
    for gateway in diagram.all("exclusiveGateway"):
        leaving = [
            flow for flow in diagram.flows.values() if flow.get("sourceRef") == gateway.get("id")
        ]
        if len(leaving) == 1:
            continue
        bare = [
            flow.get("id") for flow in leaving if flow.find(f"{BPMN}conditionExpression") is None
        ]
        assert bare == [gateway.get("default")], gateway.get("id")
        assert all(flow.get("name") for flow in leaving), gateway.get("id")


@each_diagram
def test_flows_out_of_anything_but_an_exclusive_gateway_have_no_condition(
    diagram: Diagram,
) -> None:
    for flow in diagram.flows.values():
        source = diagram.elements[flow.get("sourceRef")]
        if flow.find(f"{BPMN}conditionExpression") is not None:
            assert source.tag == f"{BPMN}exclusiveGateway", flow.get("id")


@each_diagram
def test_every_condition_and_timer_is_an_expression(diagram: Diagram) -> None:
    for element in diagram.all("conditionExpression", "timeDate", "timeDuration"):
        assert element.text.startswith("="), element.getparent().get("id")


@each_diagram
def test_no_limit_hides_in_a_diagram(diagram: Diagram) -> None:
    """Durations are rows of decision tables; a diagram only names them."""
    literal = re.compile(r'"P(T?\d+[A-Z])+"')
    timers = [element.text for element in diagram.all("timeDate", "timeDuration")]
    due = [task.get("dueDate") for task in diagram.root.iter(f"{ZEEBE}taskSchedule")]

    assert [text for text in timers + due if literal.search(text)] == []


@each_diagram
def test_every_user_task_says_who_may_do_it_and_by_which_form(diagram: Diagram) -> None:
    for task in diagram.all("userTask"):
        extensions = task.find(f"{BPMN}extensionElements")
        assert extensions.find(f"{ZEEBE}userTask") is not None, task.get("id")
        form = extensions.find(f"{ZEEBE}formDefinition")
        assert form.get("formId"), task.get("id")
        assert extensions.find(f"{ZEEBE}assignmentDefinition").get("candidateGroups")


@each_diagram
def test_a_task_stands_in_the_band_of_the_group_that_does_it(diagram: Diagram) -> None:
    bands = {lane.get("id"): diagram.shapes[lane.get("id")] for lane in diagram.all("lane")}

    for task in diagram.all("userTask"):
        group = task.find(f".//{ZEEBE}assignmentDefinition").get("candidateGroups")
        assert bands[group].contains(diagram.shapes[task.get("id")]), task.get("id")


@each_diagram
def test_four_eyes_names_another_user_task(diagram: Diagram) -> None:
    tasks = {task.get("id") for task in diagram.all("userTask")}

    for task in diagram.all("userTask"):
        other = property_of(task, "fourEyesWith")
        assert other is None or other in tasks - {task.get("id")}
