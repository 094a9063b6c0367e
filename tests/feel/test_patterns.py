"""Which regular expressions are understood, and which are refused?"""

import pytest

from engine.errors import LimitExceeded
from engine.feel.limits import Budget
from engine.feel.regex import PatternError, UnsupportedPattern, compile_pattern


def found(pattern: str, text: str, flags: str = "") -> str | None:
    match = compile_pattern(pattern, flags).search(text, 0, Budget())
    return None if match is None else text[match.start : match.end]


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "expected"),
    [
        pytest.param("a|ab", "ab", "", "a", id="first-alternative-wins"),
        pytest.param("a+?", "aaa", "", "a", id="lazy"),
        pytest.param("a{2,3}", "aaaa", "", "aaa", id="counted"),
        pytest.param("(a*)*b", "aaab", "", "aaab", id="empty-rounds-end"),
        pytest.param(r"(.)\1", "abccd", "", "cc", id="back-reference"),
        pytest.param(r"(a)\1", "aA", "i", "aA", id="back-reference-in-either-case"),
        pytest.param("[a-c-[b]]+", "bacb", "", "ac", id="class-without-a-part"),
        pytest.param("[^a-c]", "abd", "", "d", id="negated-class"),
        pytest.param("[^Q]", "q", "i", None, id="negated-class-in-either-case"),
        pytest.param(r"[\-\]]+", "a-]", "", "-]", id="escapes-in-a-class"),
        pytest.param(r"[\t\n]+", "a\t\nb", "", "\t\n", id="blanks-in-a-class"),
        pytest.param(r"[\d.]+", "a1.5b", "", "1.5", id="shorthand-in-a-class"),
        pytest.param(r"[a\-c]+", "b-ac", "", "-ac", id="escaped-hyphen-is-no-range"),
        pytest.param("[a-]+", "b-a", "", "-a", id="last-hyphen-is-no-range"),
        pytest.param(r"\p{Lu}\p{L}+", "ab Cd", "", "Cd", id="category"),
        pytest.param(r"\P{IsBasicLatin}", "ab投", "", "投", id="block"),
        pytest.param(r"\i\c*", "1a-2", "", "a-2", id="names-of-XML"),
        pytest.param(r"\d\D\w\W\s\S", "1a_ \tx", "", None, id="underscore-is-no-word"),
        pytest.param("a.c", "a\nc", "", None, id="dot-is-no-line-end"),
        pytest.param("a.c", "a\nc", "s", "a\nc", id="dot-is-all-with-s"),
        pytest.param("^b$", "a\nb\nc", "", None, id="ends-of-the-text"),
        pytest.param("^b$", "a\nb\nc", "m", "b", id="ends-of-lines-with-m"),
        pytest.param("a b [ ] c", "ab c", "x", "ab c", id="blanks-do-not-count-with-x"),
        pytest.param("a.[", "xa.[", "q", "a.[", id="nothing-is-special-with-q"),
        pytest.param("[A-Z]", "ß", "i", None, id="a-sharp-s-is-not-two-letters"),
        pytest.param("K", "\u212a", "i", "\u212a", id="kelvin-is-a-k"),
    ],
)
def test_patterns(pattern: str, text: str, flags: str, expected: str | None) -> None:
    assert found(pattern, text, flags) == expected


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "[]", "[b-a]", "a**", "*a", "a{2,1}", "a{x}", "a{1001}", r"\p{Foo}", r"\y",
     r"\1(a)", r"(a\1)", "[a", "\\", "[[a]]", "]"],
)  # fmt: skip
def test_a_wrong_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="pattern"):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["(?=a)", "(?<!a)b", "(?P<n>a)", r"\ba", r"a\Z"])
def test_what_only_other_languages_have_is_refused_by_name(pattern: str) -> None:
    with pytest.raises(UnsupportedPattern, match=r"FEEL"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("(a+)+$", id="nested-quantifiers"),
        pytest.param("(a|a)*b", id="the-same-alternative-twice"),
        pytest.param("a*a*a*a*a*b", id="many-quantifiers-in-a-row"),
        pytest.param("(a|aa)+$", id="overlapping-alternatives"),
    ],
)
def test_matching_takes_time_in_proportion_to_the_text(pattern: str) -> None:
    short, long = Budget(), Budget()

    compile_pattern(pattern).search("a" * 100 + "!", 0, short)
    compile_pattern(pattern).search("a" * 1000 + "!", 0, long)

    assert Budget().steps_left - long.steps_left < 15 * (Budget().steps_left - short.steps_left)


def test_a_pattern_with_back_references_ends_with_the_budget() -> None:
    with pytest.raises(LimitExceeded, match="steps"):
        found(r"(a*)*\1(a*)*\2b", "a" * 60)


def test_a_pattern_that_unfolds_too_far_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="unfolds"):
        compile_pattern("((a{1000}){1000}){1000}")


def test_a_pattern_that_is_too_long_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="longer than 2000"):
        compile_pattern("a" * 2001)
