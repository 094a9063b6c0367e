"""How do decisions use one another, and what is recorded of it?"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.dmn import DecisionFailed, DecisionType, evaluate
from engine.errors import ExpressionError, NotFound
from tests.dmn.building import decision, literal, parse, table

PRIORITY = table(
    ["severity", "amount"],
    {"priority": ""},
    [['"serious"', "-", "1"], ["-", "> 100", "2"], ["-", "-", "3"]],
    hit_policy="FIRST",
)
SEVERITY = table(["type"], {"severity": ""}, [['"attitude"', '"serious"'], ["-", '"general"']],
                 hit_policy="FIRST")  # fmt: skip


def test_required_decisions_are_made_first_and_recorded_in_that_order() -> None:
    model = parse(
        decision("priority", PRIORITY, requires=["severity"]), decision("severity", SEVERITY)
    )

    result = evaluate(model, "priority", {"type": "product", "amount": 150})

    assert result.output == 2
    assert [each.decision_id for each in result.evaluated] == ["severity", "priority"]


def test_the_record_says_inputs_rules_and_outputs() -> None:
    model = parse(
        decision("priority", PRIORITY, requires=["severity"]), decision("severity", SEVERITY)
    )

    record = evaluate(model, "priority", {"type": "product", "amount": 150}).evaluated[-1]

    assert (record.name, record.type) == ("The priority", DecisionType.DECISION_TABLE)
    assert [(each.id, each.name, each.value) for each in record.inputs] == [
        ("in1", "severity", "general"),
        ("in2", "amount", Decimal(150)),
    ]
    (rule,) = record.matched_rules
    assert (rule.rule_id, rule.index) == ("r2", 2)
    assert [(each.id, each.name, each.value) for each in rule.outputs] == [
        ("out_priority", "priority", Decimal(2))
    ]
    assert record.output == 2


def test_a_required_output_is_known_by_the_name_of_its_variable() -> None:
    model = parse(
        decision("total", literal("Net Price * 2"), requires=["net"]),
        decision("net", literal("21"), variable="Net Price"),
    )

    assert evaluate(model, "total", {}).output == 42


def test_a_required_output_hides_a_variable_of_that_name() -> None:
    model = parse(decision("a", literal("b"), requires=["b"]), decision("b", literal("2")))

    assert evaluate(model, "a", {"b": 1}).output == 2


def test_a_decision_required_twice_is_made_once() -> None:
    calls = []
    model = parse(
        decision("top", literal("left + right"), requires=["left", "right"]),
        decision("left", literal("base"), requires=["base"]),
        decision("right", literal("base"), requires=["base"]),
        decision("base", literal("case()")),
    )

    def count() -> int:
        calls.append(1)
        return len(calls)

    result = evaluate(model, "top", {}, functions={"case": count})

    assert result.output == 2
    assert [each.decision_id for each in result.evaluated] == ["base", "left", "right", "top"]


def test_only_what_is_asked_for_is_made() -> None:
    model = parse(
        decision("a", literal("1")), decision("b", literal('assert(1, false, "missing")'))
    )

    assert [each.decision_id for each in evaluate(model, "a", {}).evaluated] == ["a"]


def test_the_time_reaches_the_expressions() -> None:
    now = datetime(2026, 1, 2, 3, tzinfo=UTC)

    assert evaluate(parse(decision("d", literal("now()"))), "d", {}, now=now).output == now


def test_an_unknown_decision_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"test.dmn has no decision 'x'"):
        evaluate(parse(decision("d", literal("1"))), "x", {})


def test_a_failure_names_the_decision_at_fault_and_what_was_made_before() -> None:
    model = parse(
        decision("top", literal("middle"), requires=["base", "middle"]),
        decision("base", literal("1")),
        decision("middle", literal('assert(1, false, "missing")'), requires=["base"]),
    )

    with pytest.raises(DecisionFailed, match=r"'The middle' could not be made.*missing") as caught:
        evaluate(model, "top", {})

    assert isinstance(caught.value, ExpressionError)
    assert caught.value.decision_id == "middle"
    assert [(each.decision_id, each.output) for each in caught.value.evaluated] == [
        ("base", 1),
        ("middle", None),
    ]


def test_all_decisions_together_have_one_budget() -> None:
    work = literal("count(for i in 1..99000 return i + 1)")
    chain = [decision("d0", work)]
    chain += [decision(f"d{i}", work, requires=[f"d{i - 1}"]) for i in range(1, 12)]

    with pytest.raises(DecisionFailed, match="steps"):
        evaluate(parse(*chain), "d11", {})


@pytest.mark.parametrize(
    ("text", "type_ref", "expected"),
    [
        pytest.param('"a"', "string", "a", id="fits"),
        pytest.param('["a"]', "string", "a", id="list-of-one-for-value"),
        pytest.param("7", "integer", Decimal(7), id="camundas-name-for-number"),
        pytest.param("null", "string", None, id="null-fits-all"),
        pytest.param("{a: 1}", "Unheard", {"a": Decimal(1)}, id="a-type-nobody-defined"),
    ],
)
def test_an_output_has_the_declared_type(text: str, type_ref: str, expected: object) -> None:
    model = parse(decision("d", literal(text), type_ref=type_ref))

    assert evaluate(model, "d", {}).output == expected


def test_an_output_of_another_type_is_an_error() -> None:
    model = parse(decision("d", literal('"a"'), type_ref="number"))

    with pytest.raises(DecisionFailed, match="not of the type 'number'"):
        evaluate(model, "d", {})


def test_a_type_defined_in_the_file_is_checked_by_its_parts() -> None:
    types = (
        '<itemDefinition name="person"><itemComponent name="age"><typeRef>number</typeRef>'
        "</itemComponent></itemDefinition>"
        '<itemDefinition name="people" isCollection="true"><typeRef>person</typeRef>'
        "</itemDefinition>"
    )
    model = parse(
        types,
        decision("good", literal("[{age: 1}, {age: 2}]"), type_ref="people"),
        decision("bad", literal('[{age: "one"}, {age: 2}]'), type_ref="people"),
    )

    assert evaluate(model, "good", {}).output == [{"age": 1}, {"age": 2}]
    with pytest.raises(DecisionFailed):
        evaluate(model, "bad", {})
