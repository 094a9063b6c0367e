"""Which expressions of other engines are translated, and do they mean the same afterwards?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import compile_expression
from engine.importer.foreign_expressions import Untranslatable, from_juel, from_python, quoted

JUEL = [
    ("${approved}", "approved"),
    ("#{approved}", "approved"),
    ("${ order.total > 1000 }", "order.total > 1000"),
    ("${amount >= 1 && amount <= 5}", "amount >= 1 and amount <= 5"),
    ("${a == 'x' || b != \"y\"}", 'a = "x" or b != "y"'),
    ("${a eq 1 and b ne 2 or c lt 3}", "a = 1 and b != 2 or c < 3"),
    ("${a gt 1 and b le 2 and c ge 3}", "a > 1 and b <= 2 and c >= 3"),
    ("${!approved}", "not(approved)"),
    ("${not approved and a}", "not(approved) and a"),
    ("${empty name}", '(name = null or string(name) in ("", "[]", "{}"))'),
    ("${not empty name}", 'not((name = null or string(name) in ("", "[]", "{}")))'),
    ("${a ? 1 : 2}", "(if a then 1 else 2)"),
    ("${(a + 1) * 2 - b / 4}", "(a + 1) * 2 - b / 4"),
    ("${execution.getVariable('x') == null}", "x = null"),
    ("${a > -1}", "a > -1"),
    (r"${a == 'it\'s'}", 'a = "it\'s"'),
]

PYTHON = [
    ("amount > 500 and status == 'open'", 'amount > 500 and status = "open"'),
    ("not paid", "not(paid)"),
    ("not amount > 5", "not(amount > 5)"),
    ("done == True or reason == None", "done = true or reason = null"),
    ('"text"', '"text"'),
]


@pytest.mark.parametrize(("text", "feel"), JUEL)
def test_simple_juel_is_feel(text: str, feel: str) -> None:
    assert from_juel(text) == feel


@pytest.mark.parametrize(("text", "feel"), PYTHON)
def test_simple_python_is_feel(text: str, feel: str) -> None:
    assert from_python(text) == feel


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("${bean.check(order)}", "function bean.check"),
        ("${a}-${b}", "mixes"),
        ("before ${a}", "mixes"),
        ("${a > }", "ends too early"),
        ("${a b}", "not expected"),
        ("${(a}", "missing"),
        ("${list[0]}", "not understood"),
        ("${1 < a < 5}", "chained"),
        ("${}", "ends too early"),
        ("${" + "(" * 50 + "a" + ")" * 50 + "}", "nested too deep"),
        ("${" + "a + " * 1000 + "a}", "too long"),
        ("${a and}", "ends too early"),
    ],
)
def test_what_is_not_simple_is_refused_with_the_reason(text: str, word: str) -> None:
    with pytest.raises(Untranslatable, match=word) as refused:
        from_juel(text)

    assert not [part for part in re.findall("[A-Za-z.]+", refused.value.zh) if part not in text]


@pytest.mark.parametrize(
    ("value", "empty"), [(None, True), ("", True), ([], True), ("a", False), ([1], False)]
)
def test_empty_means_in_feel_what_it_means_in_juel(value: object, empty: bool) -> None:
    feel = compile_expression(from_juel("${empty name}"))

    assert feel.evaluate({"name": value}) is empty


@given(a=st.booleans(), b=st.booleans(), n=st.integers(-5, 5))
def test_a_translated_condition_decides_as_python_does(a: bool, b: bool, n: int) -> None:
    text = "not a and n > 1 or b and not n == 2"

    expected = (not a and n > 1) or (b and n != 2)
    assert compile_expression(from_python(text)).evaluate({"a": a, "b": b, "n": n}) is expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
def test_a_quoted_text_is_itself(text: str) -> None:
    assert compile_expression(quoted(text)).evaluate({}) == text


@given(st.text("ab.$#{}()'\"!=<>&|+-*/?: 19notemptyand", max_size=60))
def test_any_text_is_translated_or_refused(text: str) -> None:
    try:
        feel = from_juel("${" + text + "}")
    except Untranslatable:
        return
    compile_expression(feel)
