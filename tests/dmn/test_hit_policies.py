"""What does a decision table answer when none, one or several rules match?"""

import pytest

from engine.dmn import DecisionFailed, evaluate
from engine.feel import to_json
from tests.dmn.building import decision, parse, table

RULES = [
    ['"gold"', "-", '"high"', "30"],
    ["-", "> 100", '"low"', "10"],
    ["-", "> 50", '"middle"', "20"],
]
BIG_GOLD = {"segment": "gold", "amount": 200}
BIG = {"segment": "plain", "amount": 200}
SMALL = {"segment": "plain", "amount": 5}


def answer(
    hit_policy: str,
    context: dict[str, object],
    *,
    outputs: dict[str, str] | None = None,
    aggregation: str = "",
    defaults: dict[str, str] | None = None,
) -> object:
    columns = outputs or {"level": '"high", "middle", "low"', "points": ""}
    kept = [rule[:2] + rule[2 : 2 + len(columns)] for rule in RULES]
    if list(columns) == ["points"]:
        kept = [[*rule[:2], rule[3]] for rule in RULES]
    model = parse(
        decision(
            "d",
            table(
                ["segment", "amount"],
                columns,
                kept,
                hit_policy=hit_policy,
                aggregation=aggregation,
                defaults=defaults,
            ),
        )
    )
    return to_json(evaluate(model, "d", context).output)


LEVEL = {"level": '"high", "middle", "low"'}
POINTS = {"points": ""}


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [
        pytest.param("FIRST", "high", id="first-takes-the-first-rule"),
        pytest.param("PRIORITY", "high", id="priority-takes-the-most-important-output"),
        pytest.param("RULE ORDER", ["high", "low", "middle"], id="rule-order-lists-by-rule"),
        pytest.param("OUTPUT ORDER", ["high", "middle", "low"], id="output-order-by-importance"),
        pytest.param("COLLECT", ["high", "low", "middle"], id="collect-lists"),
    ],
)
def test_several_matching_rules(hit_policy: str, expected: object) -> None:
    assert answer(hit_policy, BIG_GOLD, outputs=LEVEL) == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("SUM", 60), ("MIN", 10), ("MAX", 30), ("COUNT", 3)],
)
def test_collect_aggregates(aggregation: str, expected: int) -> None:
    assert answer("COLLECT", BIG_GOLD, outputs=POINTS, aggregation=aggregation) == expected


def test_priority_is_not_the_order_of_the_rules() -> None:
    assert answer("PRIORITY", BIG, outputs=LEVEL) == "middle"


@pytest.mark.parametrize("hit_policy", ["", "UNIQUE"])
def test_unique_with_two_matching_rules_is_an_error_and_no_first_match(hit_policy: str) -> None:
    with pytest.raises(DecisionFailed, match=r"rules 2 and 3 match.*UNIQUE") as caught:
        answer(hit_policy, BIG, outputs=LEVEL)

    assert caught.value.decision_id == "d"
    assert [rule.index for rule in caught.value.evaluated[-1].matched_rules] == [2, 3]


def test_any_with_different_outputs_is_an_error() -> None:
    with pytest.raises(DecisionFailed, match=r"rules 1, 2 and 3 match with different outputs"):
        answer("ANY", BIG_GOLD, outputs=LEVEL)


def test_any_with_equal_outputs_is_that_output() -> None:
    rules = [["> 1", '"yes"'], ["> 2", '"yes"']]
    model = parse(decision("d", table(["x"], {"out": ""}, rules, hit_policy="ANY")))

    assert evaluate(model, "d", {"x": 3}).output == "yes"


def test_aggregating_what_is_no_number_is_an_error() -> None:
    with pytest.raises(DecisionFailed, match="cannot be joined by SUM"):
        answer("COLLECT", BIG_GOLD, outputs=LEVEL, aggregation="SUM")


def test_several_output_columns_make_a_context() -> None:
    assert answer("FIRST", BIG_GOLD) == {"level": "high", "points": 30}
    assert answer("RULE ORDER", BIG) == [
        {"level": "low", "points": 10},
        {"level": "middle", "points": 20},
    ]


@pytest.mark.parametrize("hit_policy", ["UNIQUE", "FIRST", "COLLECT", "RULE ORDER"])
def test_no_matching_rule_is_null(hit_policy: str) -> None:
    assert answer(hit_policy, SMALL, outputs=LEVEL) is None


def test_no_matching_rule_takes_the_defaults() -> None:
    defaults = {"level": '"none"', "points": "amount * 2"}

    assert answer("UNIQUE", SMALL, defaults=defaults) == {"level": "none", "points": 10}
    assert answer("UNIQUE", SMALL, outputs=LEVEL, defaults=defaults) == "none"


def test_missing_variables_match_only_what_null_matches() -> None:
    rules = [["> 5", '"big"'], ["null", '"unknown"']]
    model = parse(decision("d", table(["x"], {"out": ""}, rules)))

    assert evaluate(model, "d", {}).output == "unknown"


def test_outputs_may_calculate_and_be_empty() -> None:
    rules = [["1", "x + 1"], ["2", ""]]
    model = parse(decision("d", table(["x"], {"out": ""}, rules)))

    assert evaluate(model, "d", {"x": 1}).output == 2
    assert evaluate(model, "d", {"x": 2}).output is None
