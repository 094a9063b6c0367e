"""Do the examples that an owner keeps in a file say when a decision answers otherwise?"""

import json

import pytest

from engine.dmn import DecisionModel
from engine.dmn.examples import check_examples, same_answer
from engine.dmn.examples_reader import MAX_EXAMPLES
from engine.domain.findings import Finding, Severity
from engine.errors import DeploymentRefused
from tests.dmn.building import decision, literal, parse, table

RULES = [["< 100", '"small"'], [">= 100", '"big"']]
LIMIT = decision("limit", table(["amount"], {"out": ""}, RULES))


def example(inputs: object, expected: object, *, of: str = "limit") -> str:
    given, wanted = json.dumps(inputs), json.dumps(expected)
    return f"<e:example decision='{of}' inputs='{given}' expected='{wanted}'/>"


def model(*examples: str, logic: str = LIMIT) -> DecisionModel:
    kept = "".join(examples)
    return parse(
        f'<extensionElements xmlns:e="urn:redress:decision-examples">{kept}</extensionElements>',
        logic,
    )


def only(found: tuple[Finding, ...]) -> Finding:
    assert len(found) == 1, found
    return found[0]


def test_an_example_that_comes_out_as_expected_says_nothing() -> None:
    assert not check_examples(model(example({"amount": 99}, "small")))


def test_an_example_that_comes_out_otherwise_is_a_warning_with_both_answers() -> None:
    found = only(check_examples(model(example({"amount": 100}, "small"))))

    assert (found.rule, found.severity) == ("dmn-example-differs", Severity.WARNING)
    assert found.element_id == "limit"
    assert 'Example 1 (amount = 100) expects "small", but the decision answers "big"' in (
        found.message_en
    )


def test_a_decision_that_fails_is_no_expected_answer() -> None:
    strict = decision(
        "limit", table(["amount"], {"out": ""}, [["-", "1"], ["-", "2"]], hit_policy="UNIQUE")
    )
    found = only(check_examples(model(example({"amount": 1}, None), logic=strict)))

    assert found.rule == "dmn-example-fails"


@pytest.mark.parametrize(
    "expression", ["now()", "today()", "case()", 'working time(x, duration("PT1H"), "shop")']
)
def test_what_only_a_server_knows_is_left_to_the_editor(expression: str) -> None:
    timely = decision("limit", literal(f"if {expression} = null then 1 else 2"))
    found = only(check_examples(model(example({}, 1), logic=timely)))

    assert (found.rule, found.severity) == ("dmn-example-not-checked", Severity.INFO)


@pytest.mark.parametrize(
    ("kept", "reason"),
    [
        (example({}, 1, of="nobody"), "no decision 'nobody'"),
        (example([], 1), "no JSON object"),
        ("<e:example decision='limit' inputs='{' expected='1'/>", "'inputs' is no JSON"),
        ("<e:example decision='limit' inputs='{}'/>", "'expected' is no JSON"),
        (example({}, 1) * (MAX_EXAMPLES + 1), f"{MAX_EXAMPLES} examples at most"),
    ],
)
def test_an_example_that_cannot_be_read_stands_in_the_way(kept: str, reason: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        model(kept)

    assert refused.value.findings[0].rule == "dmn-example-unreadable"
    assert reason in refused.value.findings[0].message_en


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        ({"a": 1, "b": [0]}, {"b": [0], "a": 1}, True),
        ([1, 2], [2, 1], False),
        ({"a": None}, {}, False),
        ([True], [1], False),
    ],
)
def test_answers_are_the_same_as_json(one: object, other: object, same: bool) -> None:
    assert same_answer(one, other) is same
