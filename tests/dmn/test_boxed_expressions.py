"""What do boxed expressions and business knowledge models give?"""

import pytest

from engine.dmn import DecisionFailed, DecisionType, evaluate
from engine.feel import to_json
from tests.dmn.building import decision, literal, parse, table


def entry(name: str, logic: str) -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def knowledge(model_id: str, parameters: str, logic: str, *, knows: str = "") -> str:
    required = (
        f'<knowledgeRequirement><requiredKnowledge href="#{knows}"/></knowledgeRequirement>'
        if knows
        else ""
    )
    formal = "".join(
        f'<formalParameter name="{each}"/>' for each in parameters.split(",") if parameters
    )
    return (
        f'<businessKnowledgeModel id="{model_id}" name="{model_id}">'
        f"<variable name='{model_id}'/><encapsulatedLogic>{formal}{logic}</encapsulatedLogic>"
        f"{required}</businessKnowledgeModel>"
    )


def output(logic: str, context: dict[str, object] | None = None) -> object:
    return to_json(evaluate(parse(decision("d", logic)), "d", context or {}).output)


def test_a_context_sees_its_earlier_entries() -> None:
    logic = f"<context>{entry('unit price', literal('2'))}{entry('t', literal('unit price * 3'))}"

    assert output(logic + "</context>") == {"unit price": 2, "t": 6}


def test_the_last_entry_without_a_name_is_the_result() -> None:
    logic = f"<context>{entry('a', literal('2'))}{entry('', literal('a + 1'))}</context>"

    assert output(logic) == 3


def test_a_list_and_a_relation_are_lists() -> None:
    relation = (
        '<relation><column name="a"/><column name="b"/>'
        f"<row>{literal('1')}{literal('x')}</row><row>{literal('3')}{literal('4')}</row></relation>"
    )

    assert output(f"<list>{literal('1')}{literal('x')}</list>", {"x": 2}) == [1, 2]
    assert output(relation, {"x": 2}) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


@pytest.mark.parametrize(("x", "expected"), [(5, "B"), (1, "S"), (None, "S")])
def test_a_conditional_chooses(x: object, expected: str) -> None:
    branches = f"<then>{literal('big')}</then><else>{literal('small')}</else>"
    logic = f"<conditional><if>{literal('x > 3')}</if>{branches}</conditional>"

    assert output(logic, {"x": x, "big": "B", "small": "S"}) == expected


def test_a_filter_keeps_what_matches() -> None:
    logic = f"<filter><in>{literal('xs')}</in><match>{literal('item > 1')}</match></filter>"

    assert output(logic, {"xs": [1, 2, 3]}) == [2, 3]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        pytest.param("for", "x + count(partial)", [1, 3, 5], id="for-with-partial"),
        pytest.param("some", "x > 2", True, id="some"),
        pytest.param("every", "x > 2", False, id="every"),
        pytest.param("every", "null", None, id="every-undecided"),
    ],
)
def test_iterations(kind: str, body: str, expected: object) -> None:
    inner = "return" if kind == "for" else "satisfies"
    logic = (
        f'<{kind} iteratorVariable="x"><in>{literal("xs")}</in>'
        f"<{inner}>{literal(body)}</{inner}></{kind}>"
    )

    assert output(logic, {"xs": [1, 2, 3]}) == expected


def test_a_knowledge_model_is_called_from_an_expression() -> None:
    model = parse(
        knowledge("double", "n", literal("n * 2")),
        decision("d", literal("double(21)"), knows=["double"]),
    )

    assert evaluate(model, "d", {}).output == 42


def test_a_knowledge_model_is_called_by_an_invocation() -> None:
    invocation = (
        f"<invocation>{literal('rate')}<binding><parameter name='segment'/>"
        f"{literal('customer.segment')}</binding></invocation>"
    )
    rates = table(["segment"], {"rate": ""}, [['"gold"', "0.2"], ["-", "0.1"]], hit_policy="FIRST")
    model = parse(knowledge("rate", "segment", rates), decision("d", invocation, knows=["rate"]))

    result = evaluate(model, "d", {"customer": {"segment": "gold"}})

    assert to_json(result.output) == 0.2
    assert result.evaluated[0].type is DecisionType.UNKNOWN


def test_a_knowledge_model_uses_another_one() -> None:
    model = parse(
        knowledge("inner", "n", literal("n + 1")),
        knowledge("outer", "n", literal("inner(n) * 2"), knows="inner"),
        decision("d", literal("outer(1)"), knows=["outer"]),
    )

    assert evaluate(model, "d", {}).output == 4


def test_a_knowledge_model_called_like_a_built_in_function_hides_it() -> None:
    model = parse(
        knowledge("trim", "a,b", literal("a + b")),
        decision("d", literal("trim(1, 2)"), knows=["trim"]),
    )

    assert evaluate(model, "d", {}).output == 3


@pytest.mark.parametrize(
    ("function", "message"),
    [
        pytest.param("missing", "is no function", id="nothing-to-invoke"),
        pytest.param("f", "no parameter 'wrong'", id="unknown-parameter"),
    ],
)
def test_a_wrong_invocation_is_an_error(function: str, message: str) -> None:
    invocation = (
        f"<invocation>{literal(function)}<binding><parameter name='wrong'/>{literal('1')}"
        "</binding></invocation>"
    )
    model = parse(knowledge("f", "n", literal("n")), decision("d", invocation, knows=["f"]))

    with pytest.raises(DecisionFailed, match=message):
        evaluate(model, "d", {})


def test_a_boxed_function_is_a_value() -> None:
    function = (
        f"<functionDefinition><formalParameter name='n'/>{literal('n * 2')}</functionDefinition>"
    )
    logic = f"<context>{entry('f', function)}{entry('', literal('f(4)'))}</context>"

    assert output(logic) == 8
