"""Does the server read regular expressions as a browser does, and in bounded time?"""

import pytest

from engine.errors import LimitExceeded
from engine.forms.patterns import PatternError, compile_pattern
from tests.forms.differential.browser import ask
from tests.forms.differential.patterns import PATTERNS


def test_javascript_finds_the_same_texts() -> None:
    questions = [(pattern, text) for pattern, texts in PATTERNS for text in texts]

    ours = [compile_pattern(pattern).found_in(text) for pattern, text in questions]

    theirs = ask({"patterns": questions})["patterns"]
    differing = [
        question
        for question, one, other in zip(questions, ours, theirs, strict=True)
        if one != other
    ]
    assert differing == []


NO_EXPRESSIONS = {
    "an open group": "(a",
    "a closing bracket alone": "a)",
    "an open class": "[a",
    "a backslash at the end": "a\\",
    "nothing to repeat": "*a",
    "nothing to count": "{2}a",
    "repeated twice": "a**",
    "a repeated start": "^*",
    "counting backwards": "a{3,2}",
    "a range backwards": "[z-a]",
}


@pytest.mark.parametrize("pattern", NO_EXPRESSIONS.values(), ids=NO_EXPRESSIONS)
def test_what_is_no_regular_expression_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_javascript_refuses_the_same() -> None:
    questions = [(pattern, "") for pattern in NO_EXPRESSIONS.values()]

    assert set(ask({"patterns": questions})["patterns"]) == {None}


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        pytest.param("(?=a)b", "look-around", id="look-ahead"),
        pytest.param("(?<!a)b", "look-around", id="look-behind"),
        pytest.param("(a)\\1", "back-reference", id="back-reference"),
        pytest.param("(?<n>a)\\k<n>", "\\k is not supported", id="named-back-reference"),
        pytest.param("\\p{L}", "\\p is not supported", id="unicode-classes-need-a-flag"),
        pytest.param("\\u{1F600}", "\\u is not supported", id="code-points-need-a-flag"),
        pytest.param("(?i)a", "a group begins", id="flags-of-other-languages"),
        pytest.param("\\Aa\\Z", "\\A is not supported", id="anchors-of-other-languages"),
        pytest.param("a" * 501, "longer than 500", id="too-long"),
        pytest.param("(" * 30 + ")" * 30, "nested deeper", id="too-deep"),
        pytest.param("a{5000}", "repeats too much", id="too-many-repetitions"),
        pytest.param("((a{50}){50}){50}", "repeats too much", id="repetitions-of-repetitions"),
    ],
)
def test_what_is_not_supported_is_refused_by_name(pattern: str, complaint: str) -> None:
    with pytest.raises(PatternError, match=complaint.replace("\\", "\\\\")):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("^(a+)+$", id="nested-repetition"),
        pytest.param("^(a|a)*$", id="ambiguous-choice"),
        pytest.param("^a*a*a*a*a*b$", id="many-stars"),
        pytest.param("((){999999999}){999999999}b", id="nothing-very-often"),
    ],
)
@pytest.mark.timeout(10)
def test_no_pattern_takes_forever(pattern: str) -> None:
    assert not compile_pattern(pattern).found_in("a" * 10_000 + "!")


def test_a_pattern_of_the_largest_size_works() -> None:
    assert compile_pattern("a" * 500).found_in("a" * 500)


def test_a_text_too_long_for_its_pattern_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="too long"):
        compile_pattern("(a?){400}b").found_in("a" * 100_000)
