"""Is everything refused, by name and at its element, that would not run as drawn?"""

import re
from collections.abc import Callable
from typing import TypeVar

import pytest

from engine.bpmn import parse_process
from engine.bpmn.parser import MAX_BYTES
from engine.bpmn.refuse import RULES
from engine.domain.findings import Finding, Severity
from engine.errors import DeploymentRefused
from tests.bpmn.build import (
    TERMINATE,
    Content,
    Diagram,
    caught,
    condition,
    element,
    link,
    loop,
    mapping,
    setting,
    standard_loop,
    timer,
)


def findings_of(data: bytes) -> list[Finding]:
    """Everything that is found in a file, whether it is refused or not."""
    try:
        return list(parse_process(data, resource_name="drawn.bpmn").findings)
    except DeploymentRefused as refusal:
        return [finding for finding in refusal.findings if isinstance(finding, Finding)]


def task(tag: str = "userTask", *parts: str, settings: str = "", **attributes: str) -> Diagram:
    """A process with one task ``work``."""
    own = setting("userTask") + settings if tag == "userTask" else settings
    diagram = Diagram().start().add(tag, "work", *parts, settings=own, **attributes)
    return diagram.chain("start", "work")


def event(tag: str, definition: str) -> Diagram:
    """A process with one event ``it``."""
    return Diagram().start().add(tag, "it", definition).chain("start", "it")


def edge(*parts: str, interrupting: bool = True, host: str = "work", **attributes: str) -> Diagram:
    """A process with one event ``it`` on the edge of a task."""
    diagram = task().error("e").escalation("e").message("m")
    return diagram.boundary("it", host, *parts, interrupting=interrupting, **attributes)


def inside(content: Content, *parts: str, **attributes: str) -> Diagram:
    """A process with one sub-process ``part``."""
    diagram = Diagram().start().sub("part", content, *parts, **attributes)
    return diagram.chain("start", "part")


def plain() -> Content:
    return Content().start("in").end("out").chain("in", "out")


def nested(depth: int) -> Content:
    """Sub-processes inside each other; the innermost is ``sub_0``."""
    content = plain()
    for level in range(depth):
        content = Content().sub(f"sub_{level}", content)
    return content


def two_ways(first: str = "", *, default: str = "") -> Diagram:
    """A process with an exclusive gateway ``which`` and the flows ``one`` and ``two``."""
    attributes = {"default": default} if default else {}
    diagram = Diagram().start().exclusive("which", **attributes).end("a").end("b")
    diagram.flow("start", "which").flow("which", "a", first, flow_id="one")
    return diagram.flow("which", "b", flow_id="two")


def gateway_to(tag: str, *parts: str, more: bool = True, **attributes: str) -> Diagram:
    """A process with an event-based gateway ``first`` that leads to ``it`` and to a timer."""
    diagram = Diagram().message("m").start().add("eventBasedGateway", "first")
    diagram.add(tag, "it", *parts, **attributes).chain("start", "first", "it")
    if more:
        diagram.add("intermediateCatchEvent", "t", timer("Duration", "PT1H")).flow("first", "t")
    return diagram


def raw(diagram: Diagram, *changes: tuple[str, str]) -> bytes:
    """The file with some of its text replaced."""
    text = diagram.xml().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def with_attribute(attribute: str, value: str) -> Diagram:
    return task("serviceTask", settings=setting("taskDefinition", type="t"), **{attribute: value})


ContentT = TypeVar("ContentT", bound=Content)


def compensated(content: ContentT) -> ContentT:
    """Give the task ``work`` a compensation handler."""
    content.user("undo_work", isForCompensation="true").undone_by("work", "undo_work")
    return content


def cancelled(start: str, end: str) -> Content:
    return Content().start(start).end(end, caught("cancel")).chain(start, end)


UNDO_WORK = '<bpmn:compensateEventDefinition activityRef="work"/>'
JOB = setting("taskDefinition", type="t")
FOREIGN = 'xmlns:x="http://elsewhere"'
CAMUNDA_7 = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'

CASES: dict[str, tuple[str, str | None, Diagram | bytes]] = {
    # The file
    "no-xml": ("not-xml", None, b"process: complaint"),
    "nothing": ("not-xml", None, b""),
    "a-document-type": (
        "not-xml",
        None,
        b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>',
    ),
    "entities-that-multiply": (
        "not-xml",
        None,
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><d>&c;</d>',
    ),
    "an-entity-from-a-file": (
        "not-xml",
        None,
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>',
    ),
    "an-encoding-that-hides-markup": (
        "not-xml",
        None,
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-',
    ),
    "an-encoding-that-it-does-not-have": (
        "not-xml",
        None,
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
    ),
    "elements-without-bottom": ("not-xml", None, b"<a>" * 300 + b"</a>" * 300),
    "a-control-character": ("not-xml", None, b'<?xml version="1.1"?><a>&#1;</a>'),
    "too-large": ("not-xml", None, b"<a>" + b" " * MAX_BYTES + b"</a>"),
    "another-xml": ("not-bpmn", None, b"<dmn/>"),
    "nothing-executable": (
        "no-process",
        None,
        raw(task(), ('isExecutable="true"', 'isExecutable="false"')),
    ),
    "a-task-without-id": ("missing-id", None, raw(task(), ('id="work"', 'name="work"'))),
    "an-id-twice": ("duplicate-id", "work", task().user("work")),
    "an-id-with-a-space": (
        "impossible-id",
        "work (iteration)",
        raw(task(), ('id="work"', 'id="work (iteration)"')),
    ),
    "a-name-of-a-page": ("too-long", "work", task(name="n" * 256)),
    # What is not what it seems
    "a-task-of-another-vocabulary": (
        "foreign-element",
        "x1",
        raw(task(), ("</bpmn:process>", f'<x:userTask {FOREIGN} id="x1"/></bpmn:process>')),
    ),
    "a-process-of-another-vocabulary": (
        "foreign-element",
        "x1",
        raw(
            task(),
            ("</bpmn:definitions>", f"<x:process {FOREIGN} id='x1'/></bpmn:definitions>"),
        ),
    ),
    "a-timer-of-another-vocabulary": (
        "foreign-element",
        "it",
        event("intermediateCatchEvent", f"<x:timerEventDefinition {FOREIGN}/>"),
    ),
    "a-setting-outside-of-the-settings": (
        "foreign-element",
        "work",
        task("userTask", setting("assignmentDefinition", assignee="li")),
    ),
    "a-process-among-settings": (
        "hidden-element",
        "p2",
        task(settings=element("process", "p2", isExecutable="true")),
    ),
    "a-task-deep-among-settings": (
        "hidden-element",
        "t2",
        task(settings=f"<x:box {FOREIGN}>{element('userTask', 't2')}</x:box>"),
    ),
    "a-process-in-a-process": (
        "misplaced-element",
        "p2",
        task().add("process", "p2", isExecutable="true"),
    ),
    "a-task-in-a-task": ("misplaced-element", "t2", task("userTask", element("task", "t2"))),
    "a-task-outside-of-a-process": (
        "misplaced-element",
        "t2",
        raw(task(), ("</bpmn:definitions>", f"{element('task', 't2')}</bpmn:definitions>")),
    ),
    "a-message-in-a-process": ("misplaced-element", "m2", task().add("message", "m2", name="m")),
    "a-setting-in-another-vocabulary": (
        "look-alike-setting",
        "work",
        task(settings=f'<x:assignmentDefinition {FOREIGN} assignee="li"/>'),
    ),
    "a-setting-of-a-newer-vocabulary": (
        "look-alike-setting",
        "work",
        task(settings='<z:hint xmlns:z="http://camunda.org/schema/zeebe/2.0"/>'),
    ),
    "a-line-of-a-mapping-in-another-vocabulary": (
        "look-alike-setting",
        "work",
        task(settings=setting("ioMapping", f'<x:input {FOREIGN} source="=1" target="a"/>')),
    ),
    "an-attribute-with-bpmns-prefix": (
        "prefixed-attribute",
        "it",
        raw(
            edge(timer("Duration", "PT1H"), interrupting=False),
            ("cancelActivity", "bpmn:cancelActivity"),
        ),
    ),
    "two-conditions-of-one-flow": (
        "part-twice",
        "one",
        raw(
            two_ways("=true", default="two"),
            (
                "</bpmn:conditionExpression>",
                "</bpmn:conditionExpression>"
                "<bpmn:conditionExpression>=false</bpmn:conditionExpression>",
            ),
        ),
    ),
    "settings-in-two-places": (
        "part-twice",
        "work",
        task("userTask", "<bpmn:extensionElements/>"),
    ),
    "a-condition-with-markup": (
        "markup-in-text",
        "one",
        raw(two_ways("=true", default="two"), ("=true", "=true<b> and false</b>")),
    ),
    # Constructs
    "complex-gateway": ("unsupported-element", "work", task("complexGateway")),
    "ad-hoc-sub-process": ("unsupported-element", "work", task("adHocSubProcess")),
    "unknown-element": ("unsupported-element", "work", task("teleport")),
    "an-event-sub-process-without-an-event": (
        "trigger-missing",
        "in",
        Diagram().start().sub("handler", plain(), triggeredByEvent="true"),
    ),
    "an-event-sub-process-as-a-loop": (
        "unsupported-element",
        "handler",
        Diagram().start().sub("handler", plain(), loop("=[1]"), triggeredByEvent="true"),
    ),
    "a-flow-to-an-event-sub-process": (
        "impossible-flow",
        "f",
        Diagram()
        .start()
        .sub("handler", plain(), triggeredByEvent="true")
        .flow("start", "handler", flow_id="f"),
    ),
    "one-error-of-two-event-sub-processes": (
        "caught-twice",
        "again",
        Diagram()
        .error("e")
        .start()
        .sub("once", Content().start("in", caught("error", "e")), triggeredByEvent="true")
        .sub("again", Content().start("in2", caught("error", "e")), triggeredByEvent="true"),
    ),
    "instantiating-receive-task": (
        "unsupported-element",
        "work",
        task("receiveTask", messageRef="message_m", instantiate="true").message("m"),
    ),
    "standard-loop-without-an-end": (
        "loop-endless",
        "work",
        task("userTask", "<bpmn:standardLoopCharacteristics/>"),
    ),
    "standard-loop-without-an-end-of-a-sub-process": (
        "loop-endless",
        "part",
        inside(plain(), "<bpmn:standardLoopCharacteristics/>"),
    ),
    "standard-loop-of-no-round": (
        "invalid-value",
        "work",
        task("userTask", standard_loop("=true", maximum=0)),
    ),
    "standard-loop-while-a-text": (
        "condition-not-feel",
        "work",
        task("userTask", standard_loop("again")),
    ),
    "two-kinds-of-loop": (
        "settings-clash",
        "work",
        task("userTask", loop("=items"), standard_loop("=again")),
    ),
    "fixed-number-of-iterations": (
        "loop-cardinality",
        "work",
        task(
            "userTask",
            loop("=[1]").replace(
                "</bpmn:multi", "<bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multi"
            ),
        ),
    ),
    "assignment-by-bpmn-roles": (
        "unsupported-element",
        "work",
        task("userTask", "<bpmn:potentialOwner/>"),
    ),
    "script-that-is-not-feel": (
        "unsupported-element",
        "work",
        task("scriptTask", "<bpmn:script>import os</bpmn:script>", settings=JOB),
    ),
    "signal-start": ("signal-missing", "start", Diagram().start("start", caught("signal"))),
    "signal-end": ("signal-missing", "it", event("endEvent", caught("signal"))),
    "signal-throw": ("signal-missing", "it", event("intermediateThrowEvent", caught("signal"))),
    "signal-catch": ("signal-missing", "it", event("intermediateCatchEvent", caught("signal"))),
    "signal-edge": ("signal-missing", "it", edge(caught("signal"))),
    "a-start-by-a-signal-whose-name-is-an-expression": (
        "signal-name-not-static",
        "start",
        Diagram().signal("=name").start("start", caught("signal", "=name")),
    ),
    "one-signal-of-two-starts": (
        "caught-twice",
        "again",
        Diagram()
        .signal("s")
        .start("start", caught("signal", "s"))
        .start("again", caught("signal", "s")),
    ),
    "one-message-of-two-starts": (
        "caught-twice",
        "again",
        Diagram()
        .message("s")
        .start("start", caught("message", "s"))
        .start("again", caught("message", "s")),
    ),
    "one-signal-on-an-edge-twice": (
        "caught-twice",
        "again",
        edge(caught("signal", "s")).signal("s").boundary("again", "work", caught("signal", "s")),
    ),
    "one-signal-behind-a-gateway-twice": (
        "caught-twice",
        "first",
        gateway_to("intermediateCatchEvent", caught("signal", "s"))
        .signal("s")
        .add("intermediateCatchEvent", "again", caught("signal", "s"))
        .flow("first", "again"),
    ),
    "a-link-without-a-name": (
        "setting-missing",
        "it",
        event("intermediateThrowEvent", caught("link")),
    ),
    "a-link-to-nowhere": ("link-unmatched", "it", event("intermediateThrowEvent", link("on"))),
    "a-link-caught-twice": (
        "link-unmatched",
        "b",
        event("intermediateThrowEvent", link("on"))
        .add("intermediateCatchEvent", "a", link("on"))
        .add("intermediateCatchEvent", "b", link("on")),
    ),
    "a-flow-out-of-a-link": (
        "impossible-flow",
        "f",
        event("intermediateThrowEvent", link("on")).end().flow("it", "end", flow_id="f"),
    ),
    "a-flow-into-a-link": (
        "impossible-flow",
        "start_to_it_1",
        event("intermediateCatchEvent", link("on")),
    ),
    "a-condition-without-a-text": (
        "setting-missing",
        "it",
        event("intermediateCatchEvent", caught("conditional")),
    ),
    "a-condition-that-is-not-feel": ("condition-not-feel", "it", edge(condition("x > 1"))),
    "a-condition-that-cannot-be-understood": ("expression-error", "it", edge(condition("=x >"))),
    "a-condition-that-looks-at-deletions": (
        "invalid-value",
        "it",
        edge(condition("=x", variableEvents="create, delete")),
    ),
    "a-condition-with-an-unknown-setting": (
        "unsupported-extension",
        "it",
        edge(
            condition("=x", variableNames="x").replace("conditionalFilter", "sometimes"),
        ),
    ),
    "a-condition-that-starts-a-process": (
        "unsupported-element",
        "start",
        Diagram().start("start", condition("=x")),
    ),
    "a-condition-that-is-thrown": ("unsupported-element", "it", event("endEvent", condition("=x"))),
    "compensation-of-what-nothing-undoes": (
        "compensation-target",
        "it",
        event("endEvent", UNDO_WORK).user("work"),
    ),
    "compensation-of-what-lies-elsewhere": (
        "compensation-target",
        "it",
        event("endEvent", UNDO_WORK).sub("part", compensated(Content().start("in").user("work"))),
    ),
    "compensation-without-a-handler": ("compensation-handler", "it", edge(caught("compensate"))),
    "compensation-by-an-activity-without-the-marker": (
        "compensation-handler",
        "work_undone",
        task().user("undo_work").undone_by("work", "undo_work"),
    ),
    "compensation-by-two-activities": (
        "compensation-handler",
        "work_undone",
        compensated(task()).add("association", "a", sourceRef="work_undone", targetRef="start"),
    ),
    "compensation-with-a-mapping": (
        "unsupported-extension",
        "it",
        edge(caught("compensate"), settings=mapping(outputs={"a": "=1"})),
    ),
    "two-compensations-of-one-activity": (
        "caught-twice",
        "again",
        compensated(task()).boundary("again", "work", caught("compensate")),
    ),
    "an-event-on-the-edge-of-a-handler": (
        "compensation-handler-edge",
        "it",
        compensated(task()).boundary("it", "undo_work", timer("Duration", "PT1H")),
    ),
    "a-flow-into-a-handler": (
        "impossible-flow",
        "f",
        compensated(task()).flow("work", "undo_work", flow_id="f"),
    ),
    "a-flow-out-of-a-handler": (
        "impossible-flow",
        "f",
        compensated(task()).end().flow("undo_work", "end", flow_id="f"),
    ),
    "a-flow-out-of-a-compensation-event": (
        "impossible-flow",
        "f",
        compensated(task()).end().flow("work_undone", "end", flow_id="f"),
    ),
    "compensation-of-a-whole-process": (
        "compensation-start",
        "handler",
        task().sub("handler", Content().start("in", caught("compensate")), triggeredByEvent="true"),
    ),
    "compensation-of-an-event-sub-process": (
        "compensation-start",
        "inner",
        task()
        .message("m")
        .sub(
            "handler",
            Content()
            .start("in", caught("message", "m"))
            .sub("inner", Content().start("in2", caught("compensate")), triggeredByEvent="true"),
            triggeredByEvent="true",
        ),
    ),
    "a-compensation-marker-on-an-event-sub-process": (
        "unsupported-element",
        "handler",
        task()
        .message("m")
        .sub(
            "handler",
            Content().start("in", caught("message", "m")),
            triggeredByEvent="true",
            isForCompensation="true",
        ),
    ),
    "compensation-on-the-way-in": (
        "unsupported-element",
        "it",
        event("intermediateCatchEvent", caught("compensate")),
    ),
    "a-cancel-outside-of-a-transaction": (
        "cancel-misplaced",
        "it",
        event("endEvent", caught("cancel")),
    ),
    "a-cancel-deep-in-a-transaction": (
        "cancel-misplaced",
        "out",
        Diagram()
        .start()
        .transaction("part", Content().start("in").sub("inner", cancelled("in2", "out")))
        .boundary("it", "part", caught("cancel")),
    ),
    "a-cancel-on-the-edge-of-a-task": ("cancel-misplaced", "it", edge(caught("cancel"))),
    "a-cancel-that-does-not-interrupt": (
        "error-not-interrupting",
        "it",
        edge(caught("cancel"), interrupting=False),
    ),
    "a-cancel-without-a-way-out": (
        "cancel-uncaught",
        "part",
        Diagram().start().transaction("part", cancelled("in", "out")),
    ),
    "a-transaction-as-a-loop": (
        "unsupported-element",
        "part",
        Diagram().start().transaction("part", plain(), loop("=[1]")),
    ),
    "error-throw-on-the-way": (
        "unsupported-element",
        "it",
        event("intermediateThrowEvent", caught("error", "e")).error("e"),
    ),
    "escalation-catch-on-the-way": (
        "unsupported-element",
        "it",
        event("intermediateCatchEvent", caught("escalation")),
    ),
    "catch-event-for-nothing": ("unsupported-element", "it", event("intermediateCatchEvent", "")),
    "shared-event-definition": (
        "unsupported-element",
        "it",
        event("endEvent", "<bpmn:eventDefinitionRef>x</bpmn:eventDefinitionRef>"),
    ),
    "sub-processes-without-bottom": ("unsupported-element", "sub_5", inside(nested(25))),
    "data-object": (
        "not-executed",
        "file",
        task().add("dataObjectReference", "file", dataObjectRef="d"),
    ),
    "data-association": (
        "not-executed",
        "work",
        task("userTask", "<bpmn:dataInputAssociation/>"),
    ),
    # Settings
    "execution-listeners": (
        "unsupported-extension",
        "work",
        task(settings=setting("executionListeners")),
    ),
    "task-listeners": ("unsupported-extension", "work", task(settings=setting("taskListeners"))),
    "a-setting-of-another-kind-of-element": (
        "unsupported-extension",
        "work",
        task(settings=JOB),
    ),
    "a-setting-twice": (
        "unsupported-extension",
        "work",
        task(settings=setting("properties") + setting("properties")),
    ),
    "an-attribute-of-camunda-7": (
        "unsupported-extension",
        "work",
        raw(task(), ("<bpmn:userTask ", f'<bpmn:userTask {CAMUNDA_7} camunda:assignee="li" ')),
    ),
    "an-element-of-camunda-7": (
        "unsupported-extension",
        "work",
        task(settings=f"<camunda:formData {CAMUNDA_7}/>"),
    ),
    "an-unknown-attribute-of-camunda-8": (
        "unsupported-extension",
        "work",
        raw(task(), ("<bpmn:userTask ", '<bpmn:userTask zeebe:magic="1" ')),
    ),
    "an-embedded-form-in-the-process": (
        "unsupported-extension",
        "process",
        Diagram(settings=setting("userTaskForm")).start(),
    ),
    "a-job-at-a-plain-end": (
        "unsupported-extension",
        "end",
        Diagram().start().end(settings=JOB).chain("start", "end"),
    ),
    "a-job-at-a-terminate-end": (
        "unsupported-extension",
        "end",
        Diagram().start().end("end", TERMINATE, settings=JOB).chain("start", "end"),
    ),
    "an-input-of-an-event-on-an-edge": (
        "input-not-applied",
        "it",
        edge(timer("Duration", "PT1H"), settings=mapping({"a": "=1"})),
    ),
    "a-listener-on-a-flow": (
        "unsupported-extension",
        "f",
        raw(
            task().end().flow("work", "end", flow_id="f"),
            (
                'targetRef="end">',
                'targetRef="end"><bpmn:extensionElements><zeebe:executionListeners/>'
                "</bpmn:extensionElements>",
            ),
        ),
    ),
    "a-setting-of-a-drawing-program": (
        "foreign-extension",
        "work",
        task(settings='<x:colour xmlns:x="http://draw"/>'),
    ),
    "an-unknown-binding": (
        "invalid-value",
        "work",
        task(settings=setting("formDefinition", formId="f", bindingType="newest")),
    ),
    "a-priority-in-words": (
        "invalid-value",
        "work",
        task(settings=setting("priorityDefinition", priority="high")),
    ),
    "retries-in-words": (
        "invalid-value",
        "work",
        task("serviceTask", settings=setting("taskDefinition", type="t", retries="many")),
    ),
    "a-mapping-to-no-name": ("invalid-value", "work", task(settings=mapping({"a b": "=1"}))),
    "a-mapping-to-half-a-path": ("invalid-value", "work", task(settings=mapping({"a.": "=1"}))),
    "a-flag-that-is-none": (
        "invalid-value",
        "work",
        task(
            "callActivity",
            settings=setting("calledElement", processId="p", propagateAllChildVariables="maybe"),
        ),
    ),
    "a-result-variable-that-is-no-name": (
        "invalid-value",
        "work",
        task("scriptTask", settings=setting("script", expression="=1", resultVariable="a-b")),
    ),
    # Expressions
    "a-condition-that-does-not-compile": ("expression-error", "one", two_ways("=amount >")),
    "a-condition-that-calls-nobody-s-function": (
        "expression-error",
        "one",
        two_ways("=summ(amount) > 1"),
    ),
    "a-script-that-does-not-compile": (
        "expression-error",
        "work",
        task("scriptTask", settings=setting("script", expression="=if", resultVariable="a")),
    ),
    "an-input-that-does-not-compile": (
        "expression-error",
        "work",
        task(settings=mapping({"a": "=(1"})),
    ),
    "a-timer-that-does-not-compile": ("expression-error", "it", edge(timer("Duration", "=("))),
    "a-correlation-key-that-does-not-compile": (
        "expression-error",
        "work",
        task("receiveTask", messageRef="message_m").message("m", key="=("),
    ),
    "an-assignee-that-does-not-compile": (
        "expression-error",
        "work",
        task(settings=setting("assignmentDefinition", assignee="=(")),
    ),
    "a-form-by-expression": (
        "expression-not-allowed",
        "work",
        task(settings=setting("formDefinition", formId="=which")),
    ),
    "a-decision-by-expression": (
        "expression-not-allowed",
        "work",
        task(
            "businessRuleTask",
            settings=setting("calledDecision", decisionId="=which", resultVariable="a"),
        ),
    ),
    "a-process-by-expression": (
        "expression-not-allowed",
        "work",
        task("callActivity", settings=setting("calledElement", processId="=which")),
    ),
    "an-error-caught-by-expression": (
        "expression-not-allowed",
        "it",
        raw(edge(caught("error", "e")), ('errorCode="e"', 'errorCode="=e"')),
    ),
    # Flows
    "a-flow-from-nowhere": ("broken-flow", "f", task().flow("nowhere", "work", flow_id="f")),
    "a-flow-to-nowhere": ("broken-flow", "f", task().flow("work", "nowhere", flow_id="f")),
    "a-flow-into-a-sub-process": (
        "broken-flow",
        "f",
        inside(plain()).flow("start", "in", flow_id="f"),
    ),
    "a-flow-into-the-start": ("impossible-flow", "f", task().flow("work", "start", flow_id="f")),
    "a-flow-out-of-an-end": (
        "impossible-flow",
        "f",
        task().end().chain("work", "end").flow("end", "work", flow_id="f"),
    ),
    "a-flow-to-an-edge": (
        "impossible-flow",
        "f",
        edge(timer("Duration", "PT1H")).flow("work", "it", flow_id="f"),
    ),
    "a-condition-behind-an-event": (
        "condition-not-at-gateway",
        "f",
        event("intermediateCatchEvent", timer("Duration", "PT1H"))
        .end()
        .flow("it", "end", "=true", flow_id="f"),
    ),
    "a-way-without-a-condition": ("condition-missing", "one", two_ways(default="two")),
    "a-condition-in-another-language": ("condition-not-feel", "one", two_ways("${amount > 5}")),
    "a-default-with-a-condition": ("condition-on-default", "one", two_ways("=true", default="one")),
    "an-unknown-default": ("default-unknown", "which", two_ways("=true", default="elsewhere")),
    "an-element-that-nothing-reaches": ("unreachable", "island", task().user("island")),
    # Starts, ends and events
    "no-start": ("start-missing", "process", Diagram().user("work")),
    "two-plain-starts": ("start-ambiguous", "process", Diagram().start("a").start("b")),
    "a-sub-process-without-a-start": ("start-in-subprocess", "part", inside(Content().end("out"))),
    "a-sub-process-with-two-starts": (
        "start-in-subprocess",
        "part",
        inside(plain().start("another")),
    ),
    "a-sub-process-started-by-a-timer": (
        "start-in-subprocess",
        "in",
        inside(Content().start("in", timer("Duration", "PT1H"))),
    ),
    "two-events-in-one": (
        "events-combined",
        "it",
        event("intermediateCatchEvent", timer("Duration", "PT1H") + caught("message", "m")),
    ),
    "an-edge-of-nothing": (
        "boundary-host",
        "it",
        edge(timer("Duration", "PT1H"), host="elsewhere"),
    ),
    "an-edge-of-an-event": ("boundary-host", "it", edge(timer("Duration", "PT1H"), host="start")),
    "an-edge-without-an-event": ("boundary-host", "it", edge()),
    "an-event-gateway-that-leads-to-a-task": ("event-gateway-target", "it", gateway_to("task")),
    "an-event-gateway-that-leads-to-a-receive-task": (
        "event-gateway-target",
        "it",
        gateway_to("receiveTask", messageRef="message_m"),
    ),
    "an-event-behind-a-gateway-reached-otherwise": (
        "event-gateway-target",
        "t",
        gateway_to("intermediateCatchEvent", caught("message", "m")).flow("start", "t"),
    ),
    "an-event-gateway-with-one-way": (
        "event-gateway-ways",
        "first",
        gateway_to("intermediateCatchEvent", caught("message", "m"), more=False),
    ),
    "a-message-that-is-none": ("message-missing", "it", edge(caught("message", "unknown"))),
    "a-receive-task-without-a-message": ("message-missing", "work", task("receiveTask")),
    "a-message-without-a-name": (
        "message-missing",
        "it",
        raw(edge(caught("message", "m")), ('name="m"', 'name=""')),
    ),
    "a-start-message-by-expression": (
        "message-name-not-static",
        "start",
        Diagram().message("=x").start("start", caught("message", "=x")),
    ),
    "a-message-without-a-correlation-key": (
        "correlation-key-missing",
        "it",
        edge(caught("message", "n")).message("n", key=""),
    ),
    "an-error-end-without-a-code": ("code-missing", "it", event("endEvent", caught("error"))),
    "an-escalation-without-a-code": (
        "code-missing",
        "it",
        event("intermediateThrowEvent", caught("escalation")),
    ),
    "an-error-that-does-not-interrupt": (
        "error-not-interrupting",
        "it",
        edge(caught("error", "e"), interrupting=False),
    ),
    "one-error-caught-twice": (
        "caught-twice",
        "again",
        edge(caught("error", "e")).boundary("again", "work", caught("error", "e")),
    ),
    "all-escalations-caught-twice": (
        "caught-twice",
        "again",
        edge(caught("escalation")).boundary("again", "work", caught("escalation")),
    ),
    "one-message-on-an-edge-twice": (
        "caught-twice",
        "again",
        edge(caught("message", "m")).boundary("again", "work", caught("message", "m")),
    ),
    "one-message-behind-a-gateway-twice": (
        "caught-twice",
        "first",
        gateway_to("intermediateCatchEvent", caught("message", "m"))
        .add("intermediateCatchEvent", "again", caught("message", "m"))
        .flow("first", "again"),
    ),
    # Timers
    "a-timer-without-a-time": ("timer-missing", "it", edge(caught("timer"))),
    "a-timer-with-two-times": (
        "timer-missing",
        "it",
        edge(
            timer("Duration", "PT1H").replace(
                "</bpmn:timerE", "<bpmn:timeDate>2026-01-01T00:00:00Z</bpmn:timeDate></bpmn:timerE"
            )
        ),
    ),
    "a-duration-into-the-past": ("timer-backwards", "it", edge(timer("Duration", "-P2D"))),
    "a-duration-in-words": ("timer-invalid", "it", edge(timer("Duration", "one hour"))),
    "a-date-without-a-zone": ("timer-invalid", "it", edge(timer("Date", "2026-01-01T00:00:00"))),
    "a-cron-cycle": (
        "timer-invalid",
        "start",
        Diagram().start("start", timer("Cycle", "0 9 * * *")),
    ),
    "a-due-date-without-a-zone": (
        "timer-invalid",
        "work",
        task(settings=setting("taskSchedule", dueDate="2026-01-01")),
    ),
    "a-start-timer-that-gives-no-time": (
        "expression-error",
        "start",
        Diagram().start("start", timer("Date", '="2036-01-01T08:00:00"')),
    ),
    "a-start-timer-that-waits-for-a-variable": (
        "expression-error",
        "start",
        Diagram().start("start", timer("Date", "=due_date")),
    ),
    "a-cycle-that-interrupts": ("timer-cycle-misplaced", "it", edge(timer("Cycle", "R/PT1H"))),
    "a-cycle-on-the-way": (
        "timer-cycle-misplaced",
        "it",
        event("intermediateCatchEvent", timer("Cycle", "R/PT1H")),
    ),
    # Activities
    "a-user-task-of-the-old-kind": (
        "user-task-not-zeebe",
        "work",
        Diagram().start().add("userTask", "work"),
    ),
    "a-form-by-key": (
        "form-embedded",
        "work",
        task(settings=setting("formDefinition", formKey="camunda-forms:bpmn:x")),
    ),
    "a-form-of-another-program": (
        "form-embedded",
        "work",
        task(settings=setting("formDefinition", externalReference="http://forms/1")),
    ),
    "a-form-without-an-id": ("setting-missing", "work", task(settings=setting("formDefinition"))),
    "a-version-tag-that-is-not-given": (
        "setting-missing",
        "work",
        task(settings=setting("formDefinition", formId="f", bindingType="versionTag")),
    ),
    "a-service-task-without-a-type": ("setting-missing", "work", task("serviceTask")),
    "a-send-task-without-a-type": ("setting-missing", "work", task("sendTask")),
    "a-thrown-message-without-a-type": (
        "setting-missing",
        "it",
        event("endEvent", caught("message", "m")).message("m"),
    ),
    "a-script-task-without-a-script": ("setting-missing", "work", task("scriptTask")),
    "a-script-without-a-result": (
        "setting-missing",
        "work",
        task("scriptTask", settings=setting("script", expression="=1")),
    ),
    "a-rule-task-without-a-decision": ("setting-missing", "work", task("businessRuleTask")),
    "a-call-of-nothing": ("setting-missing", "work", task("callActivity")),
    "a-mapping-without-a-source": (
        "setting-missing",
        "work",
        task(settings=setting("ioMapping", setting("input", target="a"))),
    ),
    "an-output-collection-without-its-element": (
        "setting-missing",
        "work",
        task("userTask", loop("=[1]", outputCollection="all")),
    ),
    "a-script-and-a-job": (
        "settings-clash",
        "work",
        task("scriptTask", settings=setting("script", expression="=1", resultVariable="a") + JOB),
    ),
    "a-decision-and-a-job": (
        "settings-clash",
        "work",
        task(
            "businessRuleTask",
            settings=setting("calledDecision", decisionId="d", resultVariable="a") + JOB,
        ),
    ),
    "a-loop-over-nothing": ("loop-collection-missing", "work", task("userTask", loop(""))),
    "a-loop-over-a-text": ("condition-not-feel", "work", task("userTask", loop("items"))),
    "a-loop-condition-in-another-language": (
        "condition-not-feel",
        "work",
        task("userTask", loop("=[1]", condition="${done}")),
    ),
    "four-eyes-with-nobody": (
        "four-eyes-unknown",
        "work",
        task(
            settings=setting("properties", setting("property", name="fourEyesWith", value="ghost"))
        ),
    ),
    "four-eyes-on-a-service-task": (
        "four-eyes-unknown",
        "pay",
        task().add(
            "serviceTask",
            "pay",
            settings=JOB
            + setting("properties", setting("property", name="fourEyesWith", value="work")),
        ),
    ),
}


@pytest.mark.parametrize(("rule", "element_id", "drawn"), CASES.values(), ids=CASES.keys())
def test_it_is_found(rule: str, element_id: str | None, drawn: Diagram | bytes) -> None:
    found = findings_of(drawn if isinstance(drawn, bytes) else drawn.xml())

    assert (rule, element_id) in {(finding.rule, finding.element_id) for finding in found}


NAMES = {"BPMN", "Camunda", "FEEL", "ID", "ISO", "UTF-8", "XML", "R3", "PT1H"}
SETTINGS = {
    "zeebe:userTask", "zeebe:script", "expression", "zeebe:calledDecision", "zeebe:calledElement",
    "processId", "taskDefinition", "zeebe:taskDefinition", "type", "formId", "resultVariable",
    "outputCollection", "outputElement",
}  # fmt: skip
QUOTING = {"not-xml", "expression-error"}
"""Rules that end with what the reader of XML or FEEL says, in its words."""


@pytest.mark.parametrize(("rule", "element_id", "drawn"), CASES.values(), ids=CASES.keys())
def test_it_is_told_in_chinese_without_english_words(
    rule: str, element_id: str | None, drawn: Diagram | bytes
) -> None:
    file = drawn if isinstance(drawn, bytes) else drawn.xml()
    found = next(each for each in findings_of(file) if each.rule == rule)

    code = file.decode(errors="replace")
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9:._-]*", found.message_zh))
    if rule not in QUOTING:
        english = {word for word in words - NAMES - SETTINGS if word not in code}
        assert english == set(), found.message_zh


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in CASES.values()} == RULES.keys()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_is_so_and_how_to_mend_it_in_both_languages(rule: str) -> None:
    texts = RULES[rule]

    assert re.search("[a-z]", texts.en)
    assert re.search("[\u4e00-\u9fff]", texts.zh)
    assert re.search("[a-z]", texts.mend_en)
    assert re.search("[\u4e00-\u9fff]", texts.mend_zh)


WARNINGS = sorted(rule for rule, texts in RULES.items() if texts.severity is Severity.WARNING)


@pytest.mark.parametrize("rule", WARNINGS)
def test_a_warning_does_not_refuse_the_file(rule: str) -> None:
    drawn = next(drawn for name, _, drawn in CASES.values() if name == rule)
    assert isinstance(drawn, Diagram)

    parsed = parse_process(drawn.xml(), resource_name="drawn.bpmn")

    assert [finding.rule for finding in parsed.findings] == [rule]


def test_all_findings_of_a_file_are_told_at_once() -> None:
    diagram = task("serviceTask").user("island").flow("work", "nowhere", flow_id="f")

    found = {(finding.rule, finding.element_id) for finding in findings_of(diagram.xml())}

    assert found == {
        ("setting-missing", "work"),
        ("unreachable", "island"),
        ("broken-flow", "f"),
    }


def test_nothing_more_is_said_about_a_file_that_is_no_bpmn() -> None:
    assert [finding.rule for finding in findings_of(b"<dmn/>")] == ["not-bpmn"]


def test_a_finding_names_the_file() -> None:
    (finding,) = findings_of(b"no xml")

    assert finding.resource == "drawn.bpmn"


NOTES: dict[str, Callable[[], Diagram]] = {
    "annotations-groups-and-associations": lambda: (
        task()
        .add("textAnnotation", "note")
        .add("group", "around")
        .add("association", "link", sourceRef="work", targetRef="note")
    ),
    "a-way-of-several-elements": lambda: task().user("a").user("b").chain("work", "a", "b"),
    "documentation": lambda: task("userTask", "<bpmn:documentation>why</bpmn:documentation>"),
    "element-templates": lambda: task(
        "serviceTask", settings=JOB, **{"zeebe:modelerTemplate": "redress.email"}
    ),
    "free-properties": lambda: task(
        settings=setting("properties", setting("property", name="sla", value="P2D"))
    ),
}


@pytest.mark.parametrize("drawn", NOTES.values(), ids=NOTES.keys())
def test_nothing_is_wrong_with(drawn: Callable[[], Diagram]) -> None:
    assert findings_of(drawn().xml()) == []


HARMLESS = {
    "a-comment": ("=true", "=tr<!-- x -->ue"),
    "a-section-of-characters": ("=true", "<![CDATA[=true]]>"),
    "an-instruction": ("=true", "=tr<?x y?>ue"),
}


@pytest.mark.parametrize(("old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_an_expression_is_read_past(old: str, new: str) -> None:
    """What XML does not count as text is no part of it, and cuts nothing off."""
    data = raw(two_ways("=true", default="two"), (old, new))

    (process,) = parse_process(data, resource_name="x.bpmn").drawn

    conditions = [flow.condition.text for flow in process.content.flows if flow.condition]
    assert conditions == ["=true"]


def test_markup_in_a_description_is_no_part_of_the_process() -> None:
    page = (
        '<bpmn:documentation><p xmlns="http://www.w3.org/1999/xhtml">why</p></bpmn:documentation>'
    )

    assert findings_of(task("userTask", page).xml()) == []


def test_a_multiplying_entity_in_an_attribute_costs_nothing() -> None:
    doubled = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    data = f'<!DOCTYPE d [<!ENTITY e0 "aaaaaaaaaa">{doubled}]><d a="&e39;"/>'.encode()

    assert [finding.rule for finding in findings_of(data)] == ["not-xml"]


def test_the_encoding_is_the_one_that_the_file_declares() -> None:
    data = task("userTask", name="核对").xml().decode()
    data = data.replace('encoding="UTF-8"', 'encoding="GB18030"')

    (model,) = parse_process(data.encode("gb18030"), resource_name="x.bpmn").processes

    assert model.elements["work"].name == "核对"


def test_several_processes_of_one_file_are_all_read() -> None:
    second = element("process", "other", element("startEvent", "s2"), isExecutable="true")
    data = raw(task(), ("</bpmn:definitions>", f"{second}</bpmn:definitions>"))

    parsed = parse_process(data, resource_name="x.bpmn")

    assert [model.process_id for model in parsed.processes] == ["process", "other"]


def test_a_process_that_is_not_executable_is_left_aside() -> None:
    second = element("process", "other", element("complexGateway", "g2"))
    data = raw(task(), ("</bpmn:definitions>", f"{second}</bpmn:definitions>"))

    parsed = parse_process(data, resource_name="x.bpmn")

    assert [model.process_id for model in parsed.processes] == ["process"]
