"""How does a template become a letter?"""

import re
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from engine.connectors.letter import Letter, render_letter
from engine.errors import ConnectorRejected
from engine.feel import compile_expression
from engine.resources import shipped_message

SHIPPED = sorted(
    file.name.removesuffix(".txt")
    for file in (files("workflows") / "messages").iterdir()
    if file.name.endswith(".txt")
)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def body_of(text: str, **values: object) -> str:
    return render_letter(f"Subject\n\n{text}", values, now=NOW).body


def test_the_first_line_is_the_subject_and_the_rest_the_body() -> None:
    letter = render_letter("Case {{id}}\n\nHello\n\nBye {{id}}\n", {"id": "K-7"}, now=NOW)

    assert letter == Letter(subject="Case K-7", body="Hello\n\nBye K-7\n")


@pytest.mark.parametrize(
    ("text", "values", "written"),
    [
        pytest.param("{{name}}", {"name": "李娜"}, "李娜", id="text"),
        pytest.param("{{ name }}", {"name": "Li"}, "Li", id="blanks-around"),
        pytest.param("{{a.b}}", {"a": {"b": "c"}}, "c", id="path"),
        pytest.param("{{n}}", {"n": 12}, "12", id="whole-number"),
        pytest.param("{{n}}", {"n": 12.5}, "12.5", id="number-with-decimals"),
        pytest.param("{{n}}", {"n": 10**21}, "1" + "0" * 21, id="large-number-without-exponent"),
        pytest.param("{{decimal(n, 2)}}", {"n": 12.5}, "12.50", id="decimals-that-feel-keeps"),
        pytest.param("{{n + 1}}", {"n": 1}, "2", id="expression"),
        pytest.param("{{date(d)}}", {"d": "2026-03-09"}, "2026-03-09", id="date"),
        pytest.param("{{duration(d)}}", {"d": "P2D"}, "P2D", id="duration"),
        pytest.param("{{now()}}", {}, "2026-03-02T12:00:00Z", id="the-engines-time"),
        pytest.param('{{if n = null then "" else n}}', {"n": None}, "", id="empty-on-purpose"),
        pytest.param("{a} }}", {}, "{a} }}", id="single-braces-are-text"),
        pytest.param("{{a}}{{b}}", {"a": "1", "b": "2"}, "12", id="one-after-the-other"),
    ],
)
def test_placeholders_are_replaced(text: str, values: dict[str, object], written: str) -> None:
    assert body_of(text, **values) == written


def test_what_a_customer_typed_is_not_read_as_a_template() -> None:
    assert body_of("{{a}}", a="{{b}}", b="secret") == "{{b}}"


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        pytest.param("{{name}}", {}, r"\{\{name\}\} has no value", id="missing"),
        pytest.param("{{a.b}}", {"a": {}}, r"\{\{a.b\}\} has no value", id="missing-in-a-path"),
        pytest.param("{{a}}", {"a": None}, r"\{\{a\}\} has no value", id="null"),
        pytest.param("{{a}}", {"a": True}, "neither text nor", id="truth-value"),
        pytest.param("{{a}}", {"a": ["b"]}, "neither text nor", id="list"),
        pytest.param("{{a}}", {"a": {"b": "c"}}, "neither text nor", id="context"),
        pytest.param("{{1 +}}", {}, r"\{\{1 \+\}\} fails", id="does-not-compile"),
        pytest.param("{{}}", {}, r"\{\{\}\} fails", id="empty"),
        pytest.param("{{name", {"name": "Li"}, "has no", id="never-closed"),
    ],
)
def test_a_placeholder_without_a_text_is_refused_by_name(
    text: str, values: dict[str, object], message: str
) -> None:
    with pytest.raises(ConnectorRejected, match=message):
        body_of(text, **values)


def test_a_missing_value_in_the_subject_is_refused_too() -> None:
    with pytest.raises(ConnectorRejected, match="id"):
        render_letter("Case {{id}}\n\nHello", {}, now=NOW)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("", id="nothing"),
        pytest.param("Subject", id="subject-only"),
        pytest.param("Subject\n\n \n", id="no-body"),
        pytest.param("\n\nBody", id="no-subject"),
        pytest.param("Subject\nBody\nmore", id="no-blank-line"),
    ],
)
def test_a_template_of_another_form_is_refused(template: str) -> None:
    with pytest.raises(ConnectorRejected, match="subject in its first line"):
        render_letter(template, {}, now=NOW)


def test_the_subject_stays_one_line() -> None:
    letter = render_letter("A {{b}}\n\nBody", {"b": "b\r\n\tc\x00\x85d\u2028e"}, now=NOW)

    assert letter.subject == "A b c d e"


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_template_becomes_a_letter(name: str) -> None:
    template = shipped_message(*name.split(".")) or ""
    expressions = [text.strip() for text in re.findall(r"\{\{(.*?)\}\}", template, re.DOTALL)]
    names = frozenset().union(*(compile_expression(text).names for text in expressions))

    letter = render_letter(template, dict.fromkeys(names, "<value>"), now=NOW)

    assert "<value>" in letter.body


@pytest.mark.parametrize("name", sorted({name.partition(".")[0] for name in SHIPPED}))
def test_each_shipped_template_is_there_in_both_languages(name: str) -> None:
    assert {f"{name}.en", f"{name}.zh"} <= set(SHIPPED)
