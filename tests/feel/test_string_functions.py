"""What do the functions of strings give?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.evaluating import assert_value, value_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('substring("foobar", 3)', '"obar"', id="substring-from"),
        pytest.param('substring("foobar", 3, 3)', '"oba"', id="substring-of-a-length"),
        pytest.param('substring("foobar", -2, 1)', '"a"', id="substring-from-the-end"),
        pytest.param('substring("foobar", 0)', "null", id="there-is-no-place-0"),
        pytest.param('substring("😀b", 2)', '"b"', id="an-emoji-is-one-character"),
        pytest.param('substring("abc", 1, null)', '"abc"', id="no-length-given"),
        pytest.param('string length("投诉😀")', "3", id="string-length"),
        pytest.param('upper case("aßé")', '"ASSÉ"', id="upper-case"),
        pytest.param('lower case("ABC4")', '"abc4"', id="lower-case"),
        pytest.param('substring before("foobar", "bar")', '"foo"', id="before"),
        pytest.param('substring before("foobar", "xyz")', '""', id="before-what-is-not-there"),
        pytest.param('substring before("foobar", "")', '""', id="before-nothing"),
        pytest.param('substring after("foobar", "ob")', '"ar"', id="after"),
        pytest.param('substring after("foobar", "xyz")', '""', id="after-what-is-not-there"),
        pytest.param('substring after("foobar", "")', '"foobar"', id="after-nothing"),
        pytest.param('contains("foobar", "of")', "false", id="contains"),
        pytest.param('starts with("foobar", "fo")', "true", id="starts-with"),
        pytest.param('ends with("foobar", "r")', "true", id="ends-with"),
        pytest.param('contains(null, "a")', "null", id="null-spreads"),
        pytest.param('contains(["foobar"], "foo")', "true", id="list-of-one-for-value"),
        pytest.param('contains(1, "1")', "null", id="a-number-is-no-string"),
        pytest.param('matches("foobar", "^fo*b")', "true", id="matches-anywhere"),
        pytest.param('matches("FOO", "o{2}$", "i")', "true", id="matches-with-flag"),
        pytest.param('matches("a", "[")', "null", id="a-wrong-pattern-is-null"),
        pytest.param('matches("a", "a", "z")', "null", id="a-wrong-flag-is-null"),
        pytest.param('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"', id="groups"),
        pytest.param('replace("aaa", "a", "$0\\$")', '"a$a$a$"', id="whole-match-and-dollar"),
        pytest.param('replace("abc", "x*", "-")', '"-a-b-c-"', id="empty-matches"),
        pytest.param('replace("abc", "b", "$")', "null", id="a-wrong-replacement-is-null"),
        pytest.param('split("a;b;;", ";")', '["a", "b", "", ""]', id="split"),
        pytest.param('split("John Doe", "\\s")', '["John", "Doe"]', id="split-by-a-pattern"),
        pytest.param('split("abc", "")', '["abc"]', id="nothing-splits-nothing"),
        pytest.param('extract("refs #12, #345", "#[0-9]+")', '["#12", "#345"]', id="extract"),
        pytest.param('trim("  a b\n")', '"a b"', id="trim"),
        pytest.param('is blank(" \t")', "true", id="is-blank"),
        pytest.param('to base64("FEEL")', '"RkVFTA=="', id="to-base64"),
        pytest.param('from base64("RkVFTA==")', '"FEEL"', id="from-base64"),
        pytest.param('from base64("!")', "null", id="no-base64"),
        pytest.param('string join(["a", null, "b"], "-")', '"a-b"', id="join-skips-null"),
        pytest.param('string join(["a", "b"])', '"ab"', id="join-without-delimiter"),
        pytest.param('string join(["a"], null)', '"a"', id="join-with-null-delimiter"),
        pytest.param('string join(["a", "b"], "-", "<", ">")', '"<a-b>"', id="join-in-brackets"),
        pytest.param('string join(["a", 1], "-")', "null", id="join-of-a-number"),
        pytest.param("string length(uuid())", "36", id="uuid"),
    ],
)
def test_string_functions(source: str, expected: str) -> None:
    assert_value(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("string(1.50)", '"1.50"', id="number"),
        pytest.param("string(1e3)", '"1000"', id="no-exponent"),
        pytest.param("string(0 * -1)", '"0"', id="no-negative-zero"),
        pytest.param('string("a")', '"a"', id="string"),
        pytest.param("string(null)", "null", id="null"),
        pytest.param("string(true)", '"true"', id="boolean"),
        pytest.param('string([1, "a", null])', r'"[1, \"a\", null]"', id="list"),
        pytest.param('string({a: "x"})', r'"{a: \"x\"}"', id="context"),
        pytest.param("string([1..3))", '"[1..3)"', id="range"),
        pytest.param("string(function(a) a)", "null", id="function"),
        pytest.param('number("1,000.5", ",", ".")', "1000.5", id="number-with-separators"),
        pytest.param('number("1.000,5", ".", ",")', "1000.5", id="number-with-a-comma"),
        pytest.param('number("1 000", " ")', "1000", id="number-with-blanks"),
        pytest.param('number("-.5e2")', "-50", id="number-with-exponent"),
        pytest.param('number("1,0")', "null", id="a-comma-is-no-point"),
        pytest.param('number("1.500", ".")', "1500", id="a-point-may-separate-groups"),
        pytest.param('number("1.0", ".", ".")', "null", id="one-sign-for-two-things"),
        pytest.param('number("1", "x", ".")', "null", id="wrong-separator"),
        pytest.param('number("NaN")', "null", id="not-a-number"),
        pytest.param('number("٣")', "null", id="other-digits"),
        pytest.param("number(7)", "7", id="number-of-a-number"),
        pytest.param('from json("{\\"a\\": [1.50, null]}")', "{a: [1.50, null]}", id="from-json"),
        pytest.param('from json("{")', "null", id="from-no-json"),
        pytest.param('from json("NaN")', "null", id="from-nan"),
        pytest.param(
            'to json({a: [1, 0.5, null, @"2024-01-01"]})',
            '"{\\"a\\":[1,0.5,null,\\"2024-01-01\\"]}"',
            id="to-json",
        ),
        pytest.param("to json([1..2])", "null", id="a-range-has-no-json"),
    ],
)
def test_conversions(source: str, expected: str) -> None:
    assert_value(source, expected)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_string_written_with_escapes_comes_back(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')

    assert value_of(f'"{escaped}"') == text


@given(st.text(alphabet="ab-", max_size=8), st.text(alphabet="ab-", min_size=1, max_size=3))
def test_before_match_and_after_make_up_the_text(text: str, match: str) -> None:
    context = {"t": text, "m": match}

    if value_of("contains(t, m)", context):
        assert value_of("substring before(t, m) + m + substring after(t, m)", context) == text


@given(st.lists(st.text(alphabet="abc", max_size=3), min_size=1))
def test_split_undoes_join(parts: list[str]) -> None:
    assert value_of('split(string join(parts, ";"), ";")', {"parts": parts}) == parts


@given(
    st.text(alphabet="aAb\n ", max_size=10),
    st.lists(
        st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\s", "(a|b)", "(ab)", "^", "$", "A"]),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["", "*", "+", "?", "*?", "+?", "{1,2}", "{2}"]),
)
def test_patterns_match_as_those_of_python(text: str, atoms: list[str], quantifier: str) -> None:
    pattern = "".join(atoms[:-1]) + (f"(?:{atoms[-1]}){quantifier}")
    # XPath's $ is the very end, as Python's \Z; its dot excludes both kinds of line end.
    oracle = re.search(pattern.replace("$", r"\Z"), text)

    found = value_of("extract(t, p)", {"t": text, "p": pattern})

    assert isinstance(found, list)
    assert (found[0] if found else None) == (oracle[0] if oracle else None)
