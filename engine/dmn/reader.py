"""Reads a DMN file into a model, or says by element what is wrong with it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from lxml import etree

from engine.dmn.examples_reader import read_examples
from engine.dmn.issues import Issues
from engine.dmn.logic_reader import find_logic, read_function, read_logic
from engine.dmn.model import (
    Decision,
    DecisionModel,
    FunctionDefinition,
    InputData,
    KnowledgeModel,
    LiteralExpression,
    Logic,
)
from engine.dmn.reading import Reading
from engine.dmn.requirements import check_requirements
from engine.dmn.types_reader import type_reference
from engine.dmn.vocabulary import check_vocabulary
from engine.dmn.xml import UnreadableFile, attribute, child, children, read_definitions
from engine.domain.findings import Finding
from engine.errors import DeploymentRefused

_ZEEBE = "http://camunda.org/schema/zeebe/1.0"

_Element = TypeVar("_Element", Decision, InputData, KnowledgeModel)


def parse_decisions(data: bytes, *, resource_name: str) -> DecisionModel:
    """Read and compile a DMN file (1.1 to 1.5).

    Args:
        data: The file as it was uploaded, in any encoding that its declaration names.
        resource_name: The file's name, for the findings.

    Raises:
        DeploymentRefused: The file is no DMN, an expression does not compile, a requirement
            leads nowhere or in a circle, or something is used that is not executed. The
            findings say what and where.
    """
    model, findings = read_model(data, resource_name=resource_name)
    if findings or model is None:
        raise DeploymentRefused(
            f"{resource_name} cannot be deployed: {findings[0].message_en}", findings
        )
    return model


def read_model(
    data: bytes, *, resource_name: str
) -> tuple[DecisionModel | None, tuple[Finding, ...]]:
    """Read a DMN file as far as it can be read, with all that is wrong with it.

    What does not compile fails when it is evaluated. For editors and for the compatibility kit;
    a deployment goes through :func:`parse_decisions`.
    """
    issues = Issues(resource_name)
    try:
        root = read_definitions(data)
    except UnreadableFile as problem:
        issues.add(
            "unreadable-file",
            None,
            f"The file cannot be read as DMN: {problem}.",
            f"无法将该文件作为 DMN 读取：{problem}。",
            mend_en="Export the decision as DMN 1.3 and upload it again.",
            mend_zh="请将决策导出为 DMN 1.3 后重新上传。",
        )
        return None, tuple(issues.findings)
    check_vocabulary(root, issues)
    model = _model(root, Reading(root, issues), resource_name)
    _refuse_unsupported(root, issues)
    check_requirements(model, issues)
    return model, tuple(issues.findings)


def _refuse_unsupported(root: etree._Element, issues: Issues) -> None:
    for element in children(root, "import"):
        name = attribute(element, "name")
        issues.unsupported(None, f"The import of {name!r}", f"导入 {name!r}")
    for element in children(root, "decisionService"):
        name = attribute(element, "name")
        issues.unsupported(
            attribute(element, "id"), f"The decision service {name!r}", f"决策服务 {name!r}"
        )


def _model(root: etree._Element, reading: Reading, resource_name: str) -> DecisionModel:
    def read(
        name: str, reader: Callable[[etree._Element, Reading], _Element]
    ) -> dict[str, _Element]:
        elements = {}
        for element in children(root, name):
            made = reader(element, reading)
            if not attribute(element, "id") or made.id in elements:
                _report_id(made.name, made.id, reading.issues)
            elements[made.id] = made
        return elements

    decisions = read("decision", _decision)
    if not decisions:
        reading.issues.add(
            "no-decision", None, "The file contains no decision.", "文件中没有决策。"
        )
    return DecisionModel(
        id=attribute(root, "id"),
        name=attribute(root, "name"),
        namespace=attribute(root, "namespace"),
        resource_name=resource_name,
        decisions=decisions,
        inputs=read("inputData", _input_data),
        knowledge=read("businessKnowledgeModel", _knowledge_model),
        types=reading.types,
        examples=tuple(read_examples(root, decisions, reading.issues)),
    )


def _report_id(name: str, element_id: str, issues: Issues) -> None:
    issues.add(
        "element-id",
        element_id,
        f"The element {name!r} has no id of its own.",
        f"元素 {name!r} 没有唯一的标识。",
        mend_en="Give each element an id that no other has.",
        mend_zh="请为每个元素设置唯一的标识。",
    )


def _variable(element: etree._Element, fallback: str) -> tuple[str, str]:
    """Return name and type reference of the element's variable."""
    variable = child(element, "variable")
    if variable is None:
        return fallback, ""
    return attribute(variable, "name") or fallback, attribute(variable, "typeRef")


def _decision(element: etree._Element, reading: Reading) -> Decision:
    name = attribute(element, "name")
    decision_id = attribute(element, "id") or name
    variable, type_ref = _variable(element, decision_id)
    return Decision(
        id=decision_id,
        name=name or decision_id,
        variable=variable,
        type=type_reference(type_ref),
        logic=_decision_logic(element, reading, decision_id),
        required_decisions=tuple(_required(element, "requiredDecision")),
        required_inputs=tuple(_required(element, "requiredInput")),
        required_knowledge=tuple(_required(element, "requiredKnowledge")),
        version_tag=_version_tag(element),
    )


def _decision_logic(element: etree._Element, reading: Reading, decision_id: str) -> Logic:
    logic = find_logic(element)
    if logic is not None:
        return read_logic(logic, reading, decision_id)
    reading.issues.add(
        "missing-logic",
        decision_id,
        "The decision has neither a table nor an expression.",
        "该决策既没有决策表也没有表达式。",
        mend_en="Give the decision a table or an expression.",
        mend_zh="请为该决策添加决策表或表达式。",
    )
    return LiteralExpression(expression=reading.expression("null", element, decision_id))


def _required(element: etree._Element, kind: str) -> Iterator[str]:
    for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
        for reference in children(requirement, kind):
            yield attribute(reference, "href").rpartition("#")[2]


def _version_tag(element: etree._Element) -> str | None:
    tag = element.find(f"*/{{{_ZEEBE}}}versionTag")
    return None if tag is None else attribute(tag, "value") or None


def _input_data(element: etree._Element, reading: Reading) -> InputData:
    name = attribute(element, "name")
    return InputData(id=attribute(element, "id"), name=name, variable=_variable(element, name)[0])


def _knowledge_model(element: etree._Element, reading: Reading) -> KnowledgeModel:
    model_id = attribute(element, "id")
    name = attribute(element, "name")
    variable, type_ref = _variable(element, name)
    return KnowledgeModel(
        id=model_id,
        name=name,
        variable=variable,
        function=_encapsulated(element, reading, model_id, type_ref),
        required_knowledge=tuple(_required(element, "requiredKnowledge")),
    )


def _encapsulated(
    element: etree._Element, reading: Reading, owner: str, type_ref: str
) -> FunctionDefinition:
    logic = child(element, "encapsulatedLogic")
    function = read_function(element if logic is None else logic, reading, owner)
    return FunctionDefinition(
        parameters=function.parameters,
        body=function.body,
        result=type_reference(type_ref) or function.result,
    )
