"""What is said about decision tables before anybody runs them?"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from engine.dmn import parse_decisions
from engine.dmn.analysis import analyse
from engine.domain.findings import Finding, Severity
from tests.dmn.building import decision, definitions, literal, parse, table

SHIPPED = sorted((Path(__file__).parents[2] / "workflows" / "dmn").glob("*.dmn"))


def findings(
    inputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    hit_policy: str = "UNIQUE",
    *,
    outputs: Mapping[str, str] | None = None,
    aggregation: str = "",
    defaults: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
    allowed: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    logic = table(
        inputs,
        outputs or {"out": ""},
        rules,
        hit_policy=hit_policy,
        aggregation=aggregation,
        defaults=defaults,
        types=types,
        allowed=allowed,
    )
    return analyse(parse(decision("d", logic)))


def kinds(found: Sequence[Finding]) -> list[str]:
    return sorted({finding.rule for finding in found})


def only(found: Sequence[Finding]) -> Finding:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("type_ref", "cells", "example"),
    [
        pytest.param("number", ["< 10", "> 10"], "x = 10", id="the-point-between-open-ends"),
        pytest.param("number", ["<= 10", "[11..20]", "> 20"], "x = 10.5", id="fractions-count"),
        pytest.param("number", [">= 0"], "x = -1", id="below-the-lowest-end"),
        pytest.param("number", ["<= 0"], "x = 1", id="above-the-highest-end"),
        pytest.param("number", ["(? < 5 or ? > 9)", "[5..7]"], "x = 8", id="conditions-about-it"),
        pytest.param("number", ["not(7)"], "x = 7", id="what-a-negation-leaves-out"),
        pytest.param("integer", ["<= 10", "> 11"], "x = 11", id="whole-numbers"),
        pytest.param("boolean", ["true"], "x = false", id="the-other-boolean"),
        pytest.param("string", ['"a", "b"'], 'x = "other"', id="any-other-string"),
        pytest.param("string", ['"a", "other"'], 'x = "other1"', id="a-string-that-no-cell-has"),
        pytest.param(
            "date",
            ['< date("2026-03-01")', '> date("2026-03-01")'],
            'x = @"2026-03-01"',
            id="dates",
        ),
        pytest.param(
            "dateTime",
            ['<= @"2026-03-01T12:00:00Z"', '>= @"2026-03-01T14:00:00Z"'],
            'x = @"2026-03-01T13:00:00Z"',
            id="dates-and-times",
        ),
        pytest.param(
            "time", ['>= @"08:00:00"'], 'x = @"04:00:00"', id="times-of-day-begin-at-midnight"
        ),
        pytest.param(
            "dayTimeDuration",
            ['<= duration("P1D")', '>= duration("P3D")'],
            'x = @"P2D"',
            id="durations",
        ),
        pytest.param(
            "yearMonthDuration",
            ['< duration("P1Y")', '> duration("P1Y")'],
            'x = @"P1Y"',
            id="months",
        ),
        pytest.param("", ["null", '"a"'], 'x = "other"', id="null-and-a-string"),
        pytest.param("string", ['"a"', 'not("a", null)'], "x = null", id="null-where-it-is-named"),
    ],
)
def test_a_gap_is_shown_by_a_value(type_ref: str, cells: list[str], example: str) -> None:
    found = findings(["x"], [[cell, "1"] for cell in cells], types={"x": type_ref})

    assert f"No rule matches {example}: " in only(found).message_en


@pytest.mark.parametrize(
    ("type_ref", "cells"),
    [
        pytest.param("number", ["<= 10", "> 10"], id="half-lines"),
        pytest.param("integer", ["<= 10", ">= 11"], id="neighbouring-whole-numbers"),
        pytest.param("date", ['<= date("2026-03-01")', '>= date("2026-03-02")'], id="next-days"),
        pytest.param("boolean", ["true", "false"], id="both-booleans"),
        pytest.param("string", ['"a"', 'not("a")'], id="a-value-and-all-others"),
        pytest.param("string", ["-"], id="no-condition"),
        pytest.param(
            "time",
            ['< @"00:00:00"', '[@"00:00:00"..@"23:59:59.999999"]'],
            id="nothing-before-midnight-or-after-the-last-moment",
        ),
    ],
)
def test_a_table_without_gap_has_no_finding(type_ref: str, cells: list[str]) -> None:
    found = findings(["x"], [[cell, "1"] for cell in cells], types={"x": type_ref})

    assert "dmn-gap" not in kinds(found)


def test_an_unknown_input_is_no_gap_where_no_cell_speaks_of_null() -> None:
    assert findings(["x"], [['"a"', "1"]], allowed={"x": '"a"'}) == ()


def test_values_that_are_not_allowed_are_no_gap() -> None:
    assert findings(["x"], [["[0..9]", "1"]], types={"x": "number"}, allowed={"x": "[0..9]"}) == ()


def test_allowed_values_of_the_type_count_as_those_of_the_input() -> None:
    logic = table(["x"], {"out": ""}, [['"a"', "1"]], types={"x": "tLetter"})
    letter = (
        '<itemDefinition name="tLetter"><typeRef>string</typeRef>'
        '<allowedValues><text>"a","b"</text></allowedValues></itemDefinition>'
    )

    assert 'x = "b"' in only(analyse(parse(letter, decision("d", logic)))).message_en


def test_a_gap_names_all_inputs_and_entries_of_them() -> None:
    rules = [["true", "> 5", "1"], ["false", "-", "1"]]
    found = findings(["order.paid", "sum"], rules, types={"order.paid": "boolean"})

    assert "No rule matches order.paid = true, sum = " in only(found).message_en


def test_a_gap_is_no_fault_where_the_outputs_have_defaults() -> None:
    assert findings(["x"], [["> 5", "1"]], defaults={"out": "0"}) == ()


def test_a_default_of_one_output_is_an_answer() -> None:
    columns = {"out": "", "other": ""}

    assert findings(["x"], [["> 5", "1", "2"]], outputs=columns, defaults={"out": "0"}) == ()


@pytest.mark.parametrize(
    ("hit_policy", "severity"),
    [
        ("UNIQUE", Severity.WARNING),
        ("FIRST", Severity.WARNING),
        ("COLLECT", Severity.INFO),
        ("RULE ORDER", Severity.INFO),
    ],
)
def test_a_gap_only_informs_where_answers_are_collected(
    hit_policy: str, severity: Severity
) -> None:
    assert only(findings(["x"], [["> 5", "1"]], hit_policy)).severity is severity


def test_a_gap_of_a_table_without_rules_is_any_input() -> None:
    assert "No rule matches any input" in only(findings(["x"], [])).message_en


def test_an_overlap_under_unique_names_both_rules_and_an_input() -> None:
    found = only(findings(["x"], [["<= 10", "1"], [">= 10", "2"]]))

    assert (found.rule, found.element_id, found.severity) == (
        "dmn-overlap",
        "r2",
        Severity.WARNING,
    )
    assert "rules 1 and 2 both match x = 10;" in found.message_en


def test_an_overlap_under_any_counts_where_outputs_differ() -> None:
    rules = [["<= 10", "1"], [">= 10", "1.0"], ["> 20", "2"]]
    found = only(findings(["x"], rules, "ANY"))

    assert "rules 2 and 3 both match x = 21;" in found.message_en


@pytest.mark.parametrize("hit_policy", ["FIRST", "RULE ORDER", "COLLECT"])
def test_an_overlap_is_meant_under_other_policies(hit_policy: str) -> None:
    assert findings(["x"], [["<= 10", "1"], [">= 10", "2"]], hit_policy) == ()


def test_an_overlap_at_values_that_are_not_allowed_does_not_count() -> None:
    rules = [['!= "a"', "1"], ['= "a"', "2"]]
    beyond = [['not("a")', "1"], ['not("b")', "2"]]

    assert findings(["x"], rules, types={"x": "string"}) == ()
    assert findings(["x"], beyond, allowed={"x": '"a","b"'}) == ()


def test_rules_that_differ_in_one_input_do_not_overlap() -> None:
    rules = [["true", "-", "1"], ["false", "-", "2"]]

    assert findings(["paid", "x"], rules, types={"paid": "boolean"}) == ()


def test_a_rule_behind_a_wider_one_is_unreachable_under_first() -> None:
    found = only(findings(["x"], [["-", "1"], ["> 5", "2"]], "FIRST"))

    assert (found.rule, found.element_id) == ("dmn-unreachable-rule", "r2")
    assert "For x = 6 rule 1 does" in found.message_en


def test_a_rule_is_unreachable_behind_several_that_cover_it_together() -> None:
    rules = [["<= 5", "1"], ["> 4", "2"], ["[3..9]", "3"]]

    assert kinds(findings(["x"], rules, "FIRST")) == ["dmn-unreachable-rule"]


def test_a_last_rule_for_missing_values_is_reachable() -> None:
    rules = [["true", "1"], ["false", "2"], ["-", "3"]]

    assert findings(["x"], rules, "FIRST", types={"x": "boolean"}) == ()


def test_the_example_of_an_unreachable_rule_is_an_allowed_value() -> None:
    rules = [["-", "1"], ['not("a")', "2"], ['"b"', "3"]]
    found = findings(["x"], rules, "FIRST", allowed={"x": '"c"'})

    messages = [f.message_en for f in found if f.rule == "dmn-unreachable-rule"]
    assert 'For x = "c" rule 1 does' in messages[0]


def test_priority_goes_before_the_order_of_rules() -> None:
    rules = [["> 5", '"low"'], ["-", '"high"']]
    found = only(findings(["x"], rules, "PRIORITY", outputs={"out": '"high","low"'}))

    assert (found.rule, found.element_id) == ("dmn-unreachable-rule", "r1")


def test_a_less_important_wider_rule_is_reachable() -> None:
    rules = [["> 5", '"high"'], ["-", '"low"']]

    assert findings(["x"], rules, "PRIORITY", outputs={"out": '"high","low"'}) == ()


@pytest.mark.parametrize("cell", ["[9..1]", "(5..5)", "(? > 5 and ? < 5)"])
def test_a_rule_that_nothing_can_match_is_unreachable(cell: str) -> None:
    found = findings(["x"], [[cell, "1"], ["-", "2"]])

    assert "Rule 1 never matches" in only(found).message_en


@pytest.mark.parametrize("hit_policy", ["UNIQUE", "FIRST", "COLLECT"])
def test_a_duplicate_is_one_that_matches_and_answers_the_same(hit_policy: str) -> None:
    rules = [["[1..5]", "2"], ["not([1..5])", "3"], ["(? >= 1 and ? <= 5)", "1 + 1"]]
    found = [f for f in findings(["x"], rules, hit_policy) if f.rule == "dmn-duplicate-rule"]

    assert only(found).element_id == "r3"
    assert "Rule 3 says the same as rule 1: both match x = 1 " in found[0].message_en


def test_a_duplicate_is_not_called_unreachable_as_well() -> None:
    assert kinds(findings(["x"], [["-", "1"], ["-", "1"]], "FIRST")) == ["dmn-duplicate-rule"]


def test_the_same_conditions_with_other_outputs_are_no_duplicate() -> None:
    assert findings(["x"], [["-", "1"], ["-", "2"]], "COLLECT") == ()


@pytest.mark.parametrize(
    ("cell", "rule", "word"),
    [
        pytest.param("5", "dmn-cell-type", "has 5 in", id="a-number-among-strings"),
        pytest.param('"a", 7', "dmn-cell-type", "has 7 in", id="one-of-several"),
        pytest.param('"b"', "dmn-cell-value", 'has "b" in', id="a-value-that-is-not-allowed"),
        pytest.param('not("b")', "dmn-cell-value", 'has "b" in', id="in-a-negation"),
    ],
)
def test_a_cell_must_suit_its_input(cell: str, rule: str, word: str) -> None:
    rules = [[cell, "1"], ["-", "2"]]
    found = findings(["x"], rules, "FIRST", types={"x": "string"}, allowed={"x": '"a"'})

    first = next(finding for finding in found if finding.rule == rule)
    assert (first.element_id, word in first.message_en) == ("r1", True)


@pytest.mark.parametrize(
    ("cell", "rule"), [("5", "dmn-cell-type"), ('"c"', "dmn-cell-value"), ('"b"', None)]
)
def test_a_cell_must_suit_its_output(cell: str, rule: str | None) -> None:
    found = findings(["x"], [["-", cell]], outputs={"out": '"a","b"'}, types={"out": "string"})

    assert kinds(found) == ([rule] if rule else [])


def test_an_output_of_another_type_is_not_among_the_listed_values() -> None:
    assert kinds(findings(["x"], [["-", "5"]], outputs={"out": '"a","b"'})) == ["dmn-cell-value"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        pytest.param("x", "> limit", id="another-variable"),
        pytest.param("x", "today()", id="the-time"),
        pytest.param("x", "> random number()", id="chance"),
        pytest.param("x", '> "m"', id="order-of-strings"),
        pytest.param("x", 'starts with(?, "a")', id="a-function-of-the-value"),
        pytest.param("x + 1", "5", id="a-computed-input"),
        pytest.param("x", '> @"10:00:00Z"', id="times-with-a-zone"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_claimed(column: str, cell: str) -> None:
    found = only(findings([column], [[cell, "1"], [cell, "2"]]))

    assert (found.rule, found.severity) == ("dmn-not-analysed", Severity.INFO)
    assert f"1, {column!r}: {cell}" in found.message_en


def test_a_rule_that_is_not_understood_may_fill_a_gap() -> None:
    assert kinds(findings(["x"], [["> 5", "1"], ["<= limit", "2"]])) == ["dmn-not-analysed"]


def test_a_rule_that_is_not_understood_makes_no_other_useless() -> None:
    rules = [["> limit", "1"], ["5", "2"], ["-", "3"]]

    assert kinds(findings(["x"], rules, "FIRST")) == ["dmn-not-analysed"]


def test_rules_that_are_not_understood_are_no_duplicates() -> None:
    rules = [["> low", "1"], ["> high", "1"]]

    assert kinds(findings(["x"], rules, "COLLECT")) == ["dmn-not-analysed"]


def test_a_gap_beside_what_is_not_understood_is_found() -> None:
    rules = [["> 5", "-", "1"], ["<= 4", "limit", "2"]]

    assert kinds(findings(["x", "y"], rules)) == ["dmn-gap", "dmn-not-analysed"]


def test_a_context_that_is_tested_beside_its_entries_is_not_understood() -> None:
    rules = [["null", "-", "1"], ["-", "> 5", "2"]]

    assert "dmn-not-analysed" in kinds(findings(["order", "order.sum"], rules))


def test_two_columns_about_one_variable_are_one_input() -> None:
    assert findings(["x", "x"], [["> 5", "< 9", "1"], ["-", "<= 5", "2"], [">= 9", "-", "3"]]) == ()


def test_many_findings_of_a_kind_are_cut_short_and_it_is_said() -> None:
    found = findings(["x"], [[f"> {i}", str(i)] for i in range(20)], allowed={"x": "> 0"})

    assert [f.rule for f in found].count("dmn-overlap") == 10
    assert kinds(found) == ["dmn-more-findings", "dmn-overlap"]


def test_that_there_are_more_is_said_once() -> None:
    rules = [[str(i), "1"] for i in range(15)]
    found = findings(["x"], rules, "COLLECT", types={"x": "string"})

    assert [f.rule for f in found].count("dmn-cell-type") == 10
    assert [f.rule for f in found].count("dmn-more-findings") == 1


def test_a_large_table_is_checked() -> None:
    rules = [[f"[{i}..{i + 1})", "true", f"{i}"] for i in range(1000)]
    found = findings(["x", "paid"], [*rules, ["-", "false", "0"]], allowed={"x": "[0..1000)"})

    assert found == ()


def decision_puzzle() -> str:
    """Return a table for which finding a gap is a search without a clue."""
    puzzle = random.Random(1)
    names = [f"x{i}" for i in range(40)]
    rules = []
    for _ in range(184):
        chosen = {name: puzzle.choice(["true", "false"]) for name in puzzle.sample(names, 3)}
        rules.append([*(chosen.get(name, "-") for name in names), "1"])
    return table(names, {"out": ""}, rules, hit_policy="COLLECT")


def test_a_puzzle_beyond_the_bound_is_said_to_be_too_large() -> None:
    found = analyse(parse(decision("d", decision_puzzle())))

    assert "too large" in only(found).message_en


def test_many_puzzles_in_one_file_share_one_bound() -> None:
    hard = decision_puzzle()
    puzzles = [decision(f"d{i}", hard) for i in range(5)]

    found = analyse(parse(*puzzles, decision("last", table(["x"], {"out": ""}, [["5", "1"]]))))

    assert [f.rule for f in found if f.element_id == "last"] == ["dmn-not-analysed"]


def test_tables_inside_other_logic_are_checked_as_well() -> None:
    inner = table(["x"], {"out": ""}, [["> 5", "1"]])
    boxed = f'<context><contextEntry><variable name="a"/>{inner}</contextEntry></context>'
    function = f"<encapsulatedLogic>{inner}</encapsulatedLogic>"
    knowledge = f'<businessKnowledgeModel id="k" name="k">{function}</businessKnowledgeModel>'

    found = analyse(parse(decision("d", boxed), knowledge))

    assert [(f.rule, f.element_id) for f in found] == [("dmn-gap", "d"), ("dmn-gap", "k")]


def test_a_decision_without_table_has_nothing_to_check() -> None:
    assert (
        analyse(parse_decisions(definitions(decision("d", literal("1"))), resource_name="x")) == ()
    )


def test_findings_speak_both_languages_and_say_what_to_do() -> None:
    found = findings(["x"], [["<= 10", "1"], [">= 10", "2"]])

    assert "规则 1 和 2 同时匹配x = 10" in found[0].message_zh
    assert found[0].mend_en
    assert found[0].mend_zh


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_decision_has_no_finding(path: Path) -> None:
    assert analyse(parse_decisions(path.read_bytes(), resource_name=path.name)) == ()
