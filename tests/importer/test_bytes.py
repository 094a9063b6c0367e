"""Which bytes are read, and what happens to those that are not a model?"""

import pytest

from engine.importer.source import MAX_BYTES
from tests.importer.building import between, element, file_of, found, imported, rules

PLAIN = file_of(between('<userTask id="x" name="核实投诉"/>')).decode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN.encode(), id="utf-8-without-a-declaration"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="utf-8-with-a-mark"),
        pytest.param(PLAIN.encode("utf-16"), id="utf-16-with-a-mark"),
        pytest.param(PLAIN.encode("utf-16-le"), id="utf-16-without-a-mark"),
        pytest.param(
            b'<?xml version="1.0" encoding="GB18030"?>' + PLAIN.encode("gb18030"),
            id="the-encoding-that-is-declared",
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="UTF-16"?>' + PLAIN.encode(),
            id="utf-8-that-claims-to-be-utf-16",
        ),
        pytest.param(b"\n\n  " + PLAIN.encode(), id="space-before-the-declaration"),
    ],
)
def test_any_encoding_is_read(data: bytes) -> None:
    result = imported(data)

    assert result.executable
    assert element(result, "x").get("name") == "核实投诉"


@pytest.mark.parametrize(
    ("data", "rule", "word"),
    [
        pytest.param(b"", "import-not-readable", "empty", id="nothing"),
        pytest.param(b" " * (MAX_BYTES + 1), "import-not-readable", "larger", id="too-much"),
        pytest.param(b"PK\x03\x04zip", "import-not-readable", "not XML", id="a-zip-file"),
        pytest.param(b"<definitions", "import-not-readable", "not XML", id="half-a-file"),
        pytest.param(b"<!DOCTYPE html><html></html>", "import-not-bpmn", "HTML", id="a-page"),
        pytest.param(b"<html></html>", "import-not-bpmn", "HTML", id="a-page-without-doctype"),
        pytest.param(
            b'<svg xmlns="http://www.w3.org/2000/svg"/>', "import-not-bpmn", "SVG", id="a-picture"
        ),
        pytest.param(
            b"<definitions/>", "import-not-bpmn", "another kind", id="a-root-of-no-vocabulary"
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="unicode_escape"?><a/>',
            "import-not-readable",
            "encoding unicode_escape",
            id="an-encoding-that-is-none",
        ),
        pytest.param(
            b'<!-- x --><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
            "import-not-readable",
            "DOCTYPE",
            id="a-document-type",
        ),
        pytest.param(b"<a>" * 200 + b"</a>" * 200, "import-not-readable", "nested", id="too-deep"),
        pytest.param(
            b"<a>" + b"<b/>" * 50_000 + b"</a>", "import-not-readable", "elements", id="too-many"
        ),
        pytest.param(
            b"<a>" + b"x" * 500_001 + b"</a>", "import-not-readable", "longer", id="a-long-text"
        ),
    ],
)
def test_what_is_no_model_is_refused_with_the_reason(data: bytes, rule: str, word: str) -> None:
    result = imported(data)

    *_, finding = result.findings
    assert finding.rule == rule
    assert word in finding.message_en
    assert (result.executable, result.bpmn) == (False, b"")


def test_the_original_bytes_are_kept() -> None:
    assert imported(b"<html/>").original == b"<html/>"


def test_bytes_that_are_not_of_the_encoding_are_counted_and_not_guessed() -> None:
    result = imported(PLAIN.encode().replace("核".encode(), b"\xff"))

    assert "encoding-broken" in rules(result)
    assert element(result, "x").get("name") == "\ufffd实投诉"


@pytest.mark.parametrize("character", ["\x01", "&#1;", "&#x0;", "&#xFFFF;"])
def test_control_characters_are_removed_and_counted(character: str) -> None:
    result = imported(PLAIN.replace("核实", f"核{character}实").encode())

    assert "control-characters" in rules(result)
    assert element(result, "x").get("name") == "核实投诉"


def test_a_model_of_another_vocabulary_inside_a_process_is_removed_and_named() -> None:
    fake = '<f:userTask xmlns:f="http://example.org" id="fake"/>'

    result = imported(file_of(between('<userTask id="x"/>') + fake))

    assert found(result, "look-alike-element") == {"fake"}
    assert b"fake" not in result.bpmn


def test_a_process_hidden_in_settings_is_removed_and_its_nodes_named() -> None:
    hidden = '<process id="h" isExecutable="true"><serviceTask id="job"/></process>'
    task = f'<userTask id="x"><extensionElements>{hidden}</extensionElements></userTask>'

    result = imported(file_of(between(task)))

    assert found(result, "hidden-model") == {"h", "job"}
    assert b'"job"' not in result.bpmn


def test_a_comment_inside_a_condition_is_an_error() -> None:
    text = "<conditionExpression>=amount &gt; 1<!-- never -->00</conditionExpression>"
    gateway = (
        '<startEvent id="s"/><exclusiveGateway id="g" default="g_e"/><endEvent id="e"/>'
        '<endEvent id="f"/>' + flows_with(text)
    )

    result = imported(file_of(gateway))

    assert found(result, "comment-in-text") == {"g_f"}
    assert not result.executable


def flows_with(text: str) -> str:
    return (
        '<sequenceFlow id="s_g" sourceRef="s" targetRef="g"/>'
        '<sequenceFlow id="g_e" sourceRef="g" targetRef="e"/>'
        f'<sequenceFlow id="g_f" sourceRef="g" targetRef="f">{text}</sequenceFlow>'
    )


def test_a_comment_elsewhere_does_no_harm() -> None:
    result = imported(file_of(between('<userTask id="x"/><!-- note -->')))

    assert result.executable
    assert b"note" not in result.bpmn


def test_markup_in_a_name_is_removed_and_named() -> None:
    task = '<userTask id="x" name="Call &lt;img src=x onerror=alert(1)&gt; back"/>'

    result = imported(file_of(between(task)))

    assert found(result, "markup-in-name") == {"x"}
    assert element(result, "x").get("name") == "Call back"


def test_a_name_that_only_compares_is_left_alone() -> None:
    result = imported(file_of(between('<userTask id="x" name="a &lt; b and b &gt; c"/>')))

    assert element(result, "x").get("name") == "a < b and b > c"
