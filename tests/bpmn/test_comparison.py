"""Does a comparison of two diagrams name every change, and nothing else?"""

import pytest

from engine.bpmn.comparison import Change, ChangeKind, compare_diagrams
from engine.resources import shipped_models
from engine.xml import NotXml

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><bpmn:process id="p">'
)
WAIT = (
    '<bpmn:intermediateCatchEvent id="wait" name="Two days"><bpmn:timerEventDefinition id="t1">'
    "<bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    "</bpmn:intermediateCatchEvent>"
)
CHECK = (
    '<bpmn:userTask id="check" name="Check"><bpmn:extensionElements><zeebe:properties>'
    '<zeebe:property name="sla" value="PT4H"/></zeebe:properties>'
    '<zeebe:formDefinition formId="claim"/></bpmn:extensionElements></bpmn:userTask>'
)
SHAPE = (
    '<di:BPMNDiagram><di:BPMNPlane><di:BPMNShape bpmnElement="wait">'
    '<dc:Bounds x="{x}" y="8" width="36" height="36"/></di:BPMNShape></di:BPMNPlane>'
    "</di:BPMNDiagram>"
)


def file(*elements: str, x: str = "10") -> bytes:
    shape = SHAPE.format(x=x)
    return f"{HEAD}{''.join(elements)}</bpmn:process>{shape}</bpmn:definitions>".encode()


def only(before: bytes, after: bytes) -> Change:
    (change,) = compare_diagrams(before, after)
    return change


@pytest.mark.parametrize(
    ("was", "now", "what", "before", "after"),
    [
        ("P2D", "P3D", "timerEventDefinition.timeDuration", "P2D", "P3D"),
        ('name="Check"', 'name="Look"', "name", "Check", "Look"),
        ('value="PT4H"', 'value="PT8H"', "property[sla].value", "PT4H", "PT8H"),
        ('formId="claim"', 'formId="other"', "formDefinition.formId", "claim", "other"),
        ("bpmn:userTask", "bpmn:manualTask", "type", "userTask", "manualTask"),
        ('<zeebe:property name="sla" value="PT4H"/>', "", "property[sla].value", "PT4H", None),
    ],
)
def test_a_changed_fact_is_named_with_before_and_after(
    was: str, now: str, what: str, before: str, after: str | None
) -> None:
    old = file(WAIT, CHECK)

    change = only(old, old.decode().replace(was, now).encode())

    assert change.kind is ChangeKind.CHANGED
    (detail,) = change.details
    assert (detail.what, detail.before, detail.after) == (what, before, after)


def test_an_added_and_a_removed_element_are_told_by_name() -> None:
    added, removed = compare_diagrams(file(WAIT), file(CHECK))

    assert (added.kind, added.element_id, added.name) == (ChangeKind.ADDED, "check", "Check")
    assert (removed.kind, removed.element_id, removed.type) == (
        ChangeKind.REMOVED,
        "wait",
        "intermediateCatchEvent",
    )


def test_what_only_stands_elsewhere_is_moved() -> None:
    assert only(file(WAIT), file(WAIT, x="99")).kind is ChangeKind.MOVED


@pytest.mark.parametrize(
    ("was", "now"), [('id="t1"', 'id="t2"'), ("bpmn:", "b:"), (">", ">\n  "), ('"10"', '"10.0"')]
)
def test_ids_of_parts_prefixes_and_spaces_mean_nothing(was: str, now: str) -> None:
    old = file(WAIT, CHECK)
    new = (
        old.decode()
        .replace(was, now)
        .replace("xmlns:bpmn=", "xmlns:b=" if now == "b:" else "xmlns:bpmn=")
    )

    assert compare_diagrams(old, new.encode()) == ()


@pytest.mark.parametrize("name", ["complaint.bpmn", "return.bpmn", "follow_up.bpmn"])
def test_every_attribute_of_a_shipped_diagram_counts_but_ids_of_parts(name: str) -> None:
    text = shipped_models()[name].decode()
    body = text[text.index("<bpmn:process") : text.index("<bpmndi:BPMNDiagram")]
    values = [part for part in body.split('"')[1::2] if part][::23]

    unseen = [
        value
        for value in values
        if not value.endswith("_definition")
        and not compare_diagrams(
            text.encode(), text.replace(f'"{value}"', f'"{value}x"', 1).encode()
        )
    ]

    assert unseen == []


def test_a_file_that_is_no_xml_is_refused() -> None:
    with pytest.raises(NotXml):
        compare_diagrams(b"not xml", file(WAIT))
