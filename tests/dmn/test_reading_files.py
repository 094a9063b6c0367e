"""Which files are read, and what is said about the others?"""

import pytest

from engine.dmn import evaluate, parse_decisions
from engine.errors import DeploymentRefused
from tests.dmn.building import DMN13, decision, definitions, literal, parse, table

GOOD_TABLE = table(["x"], {"out": ""}, [["1", "2"]])


@pytest.mark.parametrize(
    "namespace",
    [
        pytest.param("http://www.omg.org/spec/DMN/20151101/dmn.xsd", id="dmn-1.1"),
        pytest.param("http://www.omg.org/spec/DMN/20180521/MODEL/", id="dmn-1.2"),
        pytest.param(DMN13, id="dmn-1.3"),
        pytest.param("https://www.omg.org/spec/DMN/20211108/MODEL/", id="dmn-1.4"),
        pytest.param("https://www.omg.org/spec/DMN/20230324/MODEL/", id="dmn-1.5"),
    ],
)
def test_all_versions_are_read(namespace: str) -> None:
    file = definitions(decision("d", GOOD_TABLE), namespace=namespace)

    model = parse_decisions(file, resource_name="a.dmn")

    assert evaluate(model, "d", {"x": 1}).output == 2


def test_a_model_knows_what_the_file_says() -> None:
    extension = '<extensionElements><zeebe:versionTag value="v1"/></extensionElements>'
    data = '<inputData id="i" name="Amount"><variable name="amount"/></inputData>'
    required = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
    model = parse(data, decision("d", required + literal("amount"), extension=extension))

    assert (model.id, model.name, model.namespace) == ("drg", "DRG", "http://example.org")
    assert model.decisions["d"].version_tag == "v1"
    assert model.decisions["d"].required_inputs == ("i",)
    assert (model.inputs["i"].name, model.inputs["i"].variable) == ("Amount", "amount")


def test_an_encoding_other_than_utf_8_is_read() -> None:
    text = definitions(decision("d", literal('"é"'))).decode().replace("UTF-8", "ISO-8859-1")

    model = parse_decisions(text.encode("iso-8859-1"), resource_name="a.dmn")

    assert evaluate(model, "d", {}).output == "é"


def refusal(file: bytes) -> list[tuple[str, str | None]]:
    with pytest.raises(DeploymentRefused) as caught:
        parse_decisions(file, resource_name="a.dmn")
    findings = caught.value.findings
    assert all(each.resource == "a.dmn" for each in findings)
    assert all(each.message_en and each.message_zh for each in findings)
    return [(each.rule, each.element_id) for each in findings]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<definitions", id="broken-xml"),
        pytest.param(b"<html/>", id="something-else"),
        pytest.param(definitions(namespace="http://example.org/other"), id="other-namespace"),
        pytest.param(
            b'<!DOCTYPE d [<!ENTITY x "y">]>' + definitions(decision("d", literal("1")))[38:],
            id="document-type",
        ),
        pytest.param(
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', id="entity"
        ),
        pytest.param(definitions(" " * 5_000_000), id="too-large"),
        pytest.param(definitions("<a/>" * 100_001), id="too-many-elements"),
        pytest.param(definitions("<a>" * 1000 + "</a>" * 1000), id="too-deep"),
    ],
)
def test_what_is_no_dmn_is_refused(file: bytes) -> None:
    assert refusal(file) == [("unreadable-file", None)]


@pytest.mark.parametrize(
    ("elements", "finding"),
    [
        pytest.param("", ("no-decision", None), id="no-decision"),
        pytest.param(decision("d", literal("1 +")), ("expression-error", "d"), id="bad-feel"),
        pytest.param(
            decision("d", table(["x"], {"out": ""}, [[">", "1"]])),
            ("expression-error", "r1c1"),
            id="bad-cell",
        ),
        pytest.param(
            decision("d", literal("summ(1)")), ("expression-error", "d"), id="unknown-function"
        ),
        pytest.param(
            decision("d", table(["x"], {"out": ""}, [["begins(?)", "1"]])),
            ("expression-error", "r1c1"),
            id="unknown-function-in-a-cell",
        ),
        pytest.param(decision("d", literal("")), ("missing-expression", "d"), id="empty-literal"),
        pytest.param(
            decision("d", table([""], {"out": ""}, [["-", "1"]])),
            ("missing-expression", "in1"),
            id="empty-input",
        ),
        pytest.param(decision("d", ""), ("missing-logic", "d"), id="no-logic"),
        pytest.param(
            decision("d", literal("1"), requires=["x"]), ("missing-requirement", "d"), id="nowhere"
        ),
        pytest.param(
            decision("d", literal("1")) + decision("d", literal("2")),
            ("element-id", "d"),
            id="twice",
        ),
        pytest.param(
            decision("d", table(["x"], {"out": ""}, [["1"]])), ("rule-shape", "r1"), id="short-rule"
        ),
        pytest.param(
            decision("d", table(["x"], {}, [["1"]])), ("missing-output", "d"), id="no-output"
        ),
        pytest.param(
            decision("d", table(["x"], {"a": ""}, [["1", "2"]], hit_policy="PRIORITY")),
            ("missing-priorities", "d"),
            id="priority-without-values",
        ),
        pytest.param(
            decision("d", table(["x"], {"a": ""}, [["1", "2"]], hit_policy="LAST")),
            ("unsupported-element", "d"),
            id="unknown-hit-policy",
        ),
        pytest.param(
            decision("d", table(["x"], {"a": ""}, [["1", "2"]], aggregation="SUM")),
            ("aggregation", "d"),
            id="aggregation-without-collect",
        ),
        pytest.param(
            decision("d", table(["x"], {"a": "", "": ""}, [["1", "2", "3"]])),
            ("output-name", "d"),
            id="two-outputs-and-one-name",
        ),
        pytest.param(
            decision("d", literal("1"))
            + '<import name="other" namespace="n" importType="x" locationURI="o.dmn"/>',
            ("unsupported-element", None),
            id="import",
        ),
        pytest.param(
            decision("d", literal("1")) + '<decisionService id="s" name="service"/>',
            ("unsupported-element", "s"),
            id="decision-service",
        ),
        pytest.param(
            decision("d", "<literalExpression expressionLanguage='juel'><text>${x}</text>"
                     "</literalExpression>"),
            ("unsupported-element", "d"),
            id="other-expression-language",
        ),
        pytest.param(
            decision("d", f"<functionDefinition kind='Java'>{literal('1')}</functionDefinition>"),
            ("unsupported-element", "d"),
            id="java-function",
        ),
        pytest.param(
            decision("d", "<context><contextEntry/></context>"),
            ("missing-expression", "d"),
            id="empty-context-entry",
        ),
        pytest.param(
            decision("d", f"<relation><column name='a'/><row>{literal('1')}{literal('2')}</row>"
                     "</relation>"),
            ("relation-shape", "d"),
            id="relation-with-a-long-row",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_element(elements: str, finding: tuple[str, str | None]) -> None:
    assert finding in refusal(definitions(elements))


FOREIGN = 'xmlns:x="http://elsewhere"'


@pytest.mark.parametrize(
    ("elements", "finding"),
    [
        pytest.param(
            decision("d", literal("1")) + f'<x:decision {FOREIGN} id="e"/>',
            ("foreign-element", "e"),
            id="a decision of another vocabulary",
        ),
        pytest.param(
            decision(
                "d", GOOD_TABLE.replace("</decisionTable>", f"<x:rule {FOREIGN}/></decisionTable>")
            ),
            ("foreign-element", "d"),
            id="a rule of another vocabulary",
        ),
        pytest.param(
            decision("d", "<literalExpression><text>1<b/> + 1</text></literalExpression>"),
            ("foreign-element", "d"),
            id="a text with foreign markup",
        ),
        pytest.param(
            decision("d", "<literalExpression><text>1<text> + 1</text></text></literalExpression>"),
            ("markup-in-text", "d"),
            id="a text in a text",
        ),
        pytest.param(
            decision("d", "<literalExpression><text>1</text><text>2</text></literalExpression>"),
            ("markup-in-text", "d"),
            id="two texts of one expression",
        ),
        pytest.param(
            decision("d" * 256, literal("1")), ("too-long", "d" * 256), id="an id like a page"
        ),
    ],
)
def test_what_only_looks_like_a_part_is_refused(elements: str, finding: tuple[str, str]) -> None:
    text = definitions(elements).decode().replace("<b/>", f"<x:b {FOREIGN}/>")

    assert finding in refusal(text.encode())


@pytest.mark.parametrize("text", ["1<!-- x --> + 1", "<![CDATA[1 + 1]]>", "1<?x y?> + 1"])
def test_a_text_is_read_past_what_xml_does_not_count_as_text(text: str) -> None:
    file = definitions(decision("d", f"<literalExpression><text>{text}</text></literalExpression>"))

    assert evaluate(parse_decisions(file, resource_name="a.dmn"), "d", {}).output == 2


def test_a_decision_without_id_is_refused() -> None:
    file = definitions(decision("d", literal("1")).replace(' id="d"', ""))

    assert refusal(file) == [("element-id", "The d")]


def test_a_circle_of_requirements_is_refused() -> None:
    circle = [
        decision("a", literal("b"), requires=["b"]),
        decision("b", literal("a"), requires=["a"]),
    ]

    assert ("requirement-circle", "a") in refusal(definitions(*circle))


def test_a_chain_of_requirements_that_is_too_long_is_refused() -> None:
    chain = [decision("d0", literal("1"))]
    chain += [decision(f"d{i}", literal("1"), requires=[f"d{i - 1}"]) for i in range(1, 60)]

    assert ("requirement-circle", "d59") in refusal(definitions(*chain))


def test_all_faults_are_found_at_once() -> None:
    faults = decision("a", literal("1 +")) + decision("b", literal("")) + decision("c", "")

    assert [element for _, element in refusal(definitions(faults))] == ["a", "b", "c"]


def test_a_finding_says_which_character_is_at_fault() -> None:
    with pytest.raises(DeploymentRefused) as caught:
        parse_decisions(definitions(decision("d", literal("1 2"))), resource_name="a.dmn")

    (finding,) = caught.value.findings
    assert "'1 2' is not valid FEEL (character 3)" in finding.message_en
    assert "第 3 个字符" in finding.message_zh


def test_a_function_that_nobody_has_is_named_with_its_place() -> None:
    with pytest.raises(DeploymentRefused) as caught:
        parse_decisions(definitions(decision("d", literal("1 + summ(x)"))), resource_name="a.dmn")

    (finding,) = caught.value.findings
    assert "(character 5): There is no function summ()" in finding.message_en


def test_functions_of_the_file_may_be_called() -> None:
    knowledge = (
        '<businessKnowledgeModel id="k" name="twice"><encapsulatedLogic>'
        f'<formalParameter name="f"/>{literal("f(f(1))")}</encapsulatedLogic>'
        "</businessKnowledgeModel>"
    )
    calls = decision("d", literal("twice(function(x) x + 1)"), knows=["k"])
    loop = (
        f'<for iteratorVariable="each"><in>{literal("[abs]")}</in>'
        f"<return>{literal('each(-1)')}</return></for>"
    )

    assert parse_decisions(
        definitions(knowledge, calls, decision("e", loop)), resource_name="a.dmn"
    ).decisions
