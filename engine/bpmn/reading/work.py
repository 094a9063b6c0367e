"""What an activity does, from its settings."""

from engine.bpmn.expressions import Value, as_moment
from engine.bpmn.nodes import (
    CallWork,
    DecisionWork,
    JobWork,
    Loop,
    ScriptWork,
    StandardLoop,
    UserTaskWork,
)
from engine.bpmn.reading.context import Reading
from engine.bpmn.reading.extensions import Extensions, read_headers, read_reference
from engine.bpmn.reading.xml import BPMN, ZEEBE, Element, child, text_of
from engine.bpmn.timers import EXPECTED, EXPECTED_ZH, TimerKind
from engine.domain.events import Reference

_DEFAULT_PRIORITY = "50"
_DEFAULT_RETRIES = "3"


def read_user_task(
    reading: Reading, extensions: Extensions, element_id: str, lane_group: str | None
) -> UserTaskWork:
    """Read who is asked, until when, and with which form."""
    if "userTask" not in extensions:
        reading.findings.add("user-task-not-zeebe", element_id)
    assignment = extensions.get("assignmentDefinition")
    schedule = extensions.get("taskSchedule")
    priority = extensions.get("priorityDefinition")

    def value(element: Element | None, attribute: str) -> Value | None:
        text = None if element is None else element.get(attribute)
        return reading.optional_value(element_id, text)

    due_date, follow_up_date = value(schedule, "dueDate"), value(schedule, "followUpDate")
    for date in (due_date, follow_up_date):
        if date is not None and date.is_static and as_moment(date.text.strip()) is None:
            reading.findings.add(
                "timer-invalid",
                element_id,
                value=date.text,
                expected=EXPECTED[TimerKind.DATE],
                expected_zh=EXPECTED_ZH[TimerKind.DATE],
            )
    return UserTaskWork(
        assignee=value(assignment, "assignee"),
        candidate_groups=value(assignment, "candidateGroups"),
        candidate_users=value(assignment, "candidateUsers"),
        lane_group=lane_group,
        due_date=due_date,
        follow_up_date=follow_up_date,
        priority=_number(reading, element_id, priority, "priority", _DEFAULT_PRIORITY),
        form=read_form(reading, extensions, element_id),
    )


def read_job(reading: Reading, extensions: Extensions, element_id: str) -> JobWork:
    """Read the job of a task or a throwing message event."""
    definition = extensions.get("taskDefinition")
    job_type = "" if definition is None else (definition.get("type") or "").strip()
    if not job_type:
        reading.findings.add("setting-missing", element_id, what="taskDefinition type")
    return JobWork(
        type=reading.value(element_id, job_type),
        retries=_number(reading, element_id, definition, "retries", _DEFAULT_RETRIES),
        headers=read_headers(extensions),
    )


def read_script_task(
    reading: Reading, extensions: Extensions, element_id: str
) -> ScriptWork | JobWork:
    """Read a FEEL script, or the job that runs one elsewhere."""
    if _clash(reading, extensions, element_id, "script", "taskDefinition"):
        return read_job(reading, extensions, element_id)
    script = extensions.get("script")
    if script is None and "taskDefinition" in extensions:
        return read_job(reading, extensions, element_id)
    expression = (script.get("expression") or "").strip() if script is not None else ""
    if not expression:
        reading.findings.add("setting-missing", element_id, what="zeebe:script expression")
    elif not expression.startswith("="):
        expression = f"={expression}"
    variable = None if script is None else script.get("resultVariable")
    return ScriptWork(
        expression=reading.value(element_id, expression),
        result_variable=reading.variable(element_id, "resultVariable", variable),
    )


def read_business_rule_task(
    reading: Reading, extensions: Extensions, element_id: str
) -> DecisionWork | JobWork:
    """Read the decision that is called, or the job that stands for it."""
    if _clash(reading, extensions, element_id, "calledDecision", "taskDefinition"):
        return read_job(reading, extensions, element_id)
    called = extensions.get("calledDecision")
    if called is None:
        if "taskDefinition" not in extensions:
            reading.findings.add("setting-missing", element_id, what="zeebe:calledDecision")
        return read_job(reading, extensions, element_id)
    return DecisionWork(
        decision=read_reference(reading, called, element_id, "decisionId"),
        result_variable=reading.variable(
            element_id, "resultVariable", called.get("resultVariable")
        ),
    )


def read_call_activity(reading: Reading, extensions: Extensions, element_id: str) -> CallWork:
    """Read which process is called."""
    called = extensions.get("calledElement")
    if called is None:
        reading.findings.add("setting-missing", element_id, what="zeebe:calledElement processId")
        return CallWork(process=Reference(id=""))
    return CallWork(
        process=read_reference(reading, called, element_id, "processId"),
        propagate_all_parent_variables=reading.flag(
            called, element_id, "propagateAllParentVariables", default=True
        ),
        propagate_all_child_variables=reading.flag(
            called, element_id, "propagateAllChildVariables", default=True
        ),
    )


def read_loop(reading: Reading, element: Element, element_id: str) -> Loop | StandardLoop | None:
    """Read the loop of an activity, if it has one: over a collection, or while it is true."""
    loop = child(element, "multiInstanceLoopCharacteristics")
    rounds = child(element, "standardLoopCharacteristics")
    if loop is not None and rounds is not None:
        reading.findings.add(
            "settings-clash",
            element_id,
            what="Multi-instance and standard loop characteristics",
            what_zh="多实例和标准循环",
        )
    if loop is None:
        return None if rounds is None else _read_rounds(reading, rounds, element_id)
    settings = loop.find(f"{BPMN}extensionElements/{ZEEBE}loopCharacteristics")
    collection = None if settings is None else settings.get("inputCollection")
    if settings is None or not (collection or "").strip():
        reading.findings.add("loop-collection-missing", element_id)
        return None
    output = settings.get("outputCollection")
    output_element = reading.optional_value(element_id, settings.get("outputElement"))
    if bool(output) != (output_element is not None):
        reading.findings.add("setting-missing", element_id, what="outputCollection/outputElement")
    condition = reading.optional_value(element_id, text_of(child(loop, "completionCondition")))
    if condition is not None and condition.is_static:
        reading.findings.add("condition-not-feel", element_id, condition=condition.text)
    item = settings.get("inputElement")
    return Loop(
        sequential=reading.flag(loop, element_id, "isSequential", default=False),
        input_collection=_expression(reading, element_id, collection or ""),
        input_element=reading.variable(element_id, "inputElement", item) if item else None,
        output_collection=reading.variable(element_id, "outputCollection", output)
        if output
        else None,
        output_element=output_element,
        completion_condition=condition,
    )


def _read_rounds(reading: Reading, loop: Element, element_id: str) -> StandardLoop | None:
    condition = reading.optional_value(element_id, text_of(child(loop, "loopCondition")))
    if condition is not None and condition.is_static:
        reading.findings.add("condition-not-feel", element_id, condition=condition.text)
    maximum = loop.get("loopMaximum", "").strip()
    if maximum and not (maximum.isascii() and maximum.isdigit() and int(maximum) > 0):
        reading.findings.add("invalid-value", element_id, what="loopMaximum", value=maximum)
        return None
    if condition is None and not maximum:
        reading.findings.add("loop-endless", element_id)
        return None
    return StandardLoop(
        condition=condition,
        maximum=int(maximum) if maximum else None,
        test_before=reading.flag(loop, element_id, "testBefore", default=False),
    )


def read_form(reading: Reading, extensions: Extensions, element_id: str) -> Reference | None:
    """Read the link to a form, if there is one."""
    definition = extensions.get("formDefinition")
    if definition is None:
        return None
    for attribute in ("formKey", "externalReference"):
        if definition.get(attribute):
            reading.findings.add("form-embedded", element_id, what=attribute)
            return None
    return read_reference(reading, definition, element_id, "formId")


def _number(
    reading: Reading, element_id: str, element: Element | None, attribute: str, default: str
) -> Value:
    text = (element.get(attribute) if element is not None else None) or default
    value = reading.value(element_id, text)
    if value.is_static and not (text.strip().isascii() and text.strip().isdecimal()):
        reading.findings.add("invalid-value", element_id, value=text, what=attribute)
    return value


def _expression(reading: Reading, element_id: str, text: str) -> Value:
    value = reading.value(element_id, text)
    if value.is_static:
        reading.findings.add("condition-not-feel", element_id, condition=text)
    return value


def _clash(reading: Reading, extensions: Extensions, element_id: str, one: str, other: str) -> bool:
    both = one in extensions and other in extensions
    if both:
        reading.findings.add(
            "settings-clash",
            element_id,
            what=f"zeebe:{one} and zeebe:{other}",
            what_zh=f"zeebe:{one} 和 zeebe:{other}",
        )
    return both
