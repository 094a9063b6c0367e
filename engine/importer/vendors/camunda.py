"""Camunda 7, Operaton, Flowable and Activiti: one vocabulary, four namespaces.

Sources: the BPMN extension references of Camunda 7 and of Flowable.
"""

import re

from engine.importer.draft import setting, setting_of
from engine.importer.expressions import as_expression, as_value
from engine.importer.foreign_expressions import is_juel
from engine.importer.vendors.foreign import Foreign
from engine.importer.vendors.mappings import translate_called_mappings, translate_mappings
from engine.importer.xml import ZEEBE, Element, local_name

_FORM_ID = re.compile(r"[^\W\d][\w\-]*")
_RETRIES = re.compile(r"R(\d{1,3})/.*")
_BEAN = re.compile(r"\s*[$#]\{\s*([^\W\d][\w.]*)\s*(?:\([^{}]*\))?\s*\}\s*")
_BINDINGS = {"latest": "latest", "deployment": "deployment", "versionTag": "versionTag"}
_ASSIGNMENT = {
    "assignee": "assignmentDefinition",
    "candidateGroups": "assignmentDefinition",
    "candidateUsers": "assignmentDefinition",
    "dueDate": "taskSchedule",
    "followUpDate": "taskSchedule",
    "priority": "priorityDefinition",
}
_JOB_KINDS = frozenset({"serviceTask", "sendTask", "businessRuleTask", "messageEventDefinition"})


def translate(foreign: Foreign) -> None:
    """Translate the settings of one element."""
    _properties(foreign)
    translate_mappings(foreign)
    kind = foreign.kind
    if kind in ("userTask", "startEvent"):
        _form(foreign)
    if kind == "userTask":
        _assignment(foreign)
    elif kind in _JOB_KINDS:
        _job(foreign)
    elif kind == "callActivity":
        _call(foreign)
    elif kind == "process":
        version_tag = foreign.value("versionTag")
        if version_tag is not None:
            setting(foreign.element, "versionTag", value=version_tag)
    elif kind == "multiInstanceLoopCharacteristics":
        _loop(foreign)
    elif kind == "scriptTask":
        _script(foreign)


def _assignment(foreign: Foreign) -> None:
    for name, holder in _ASSIGNMENT.items():
        value = foreign.value(name)
        if value is not None:
            setting(foreign.element, holder, **{name: value})


def _form(foreign: Foreign) -> None:
    key = foreign.take("formKey") or foreign.take("formRef")
    binding = foreign.take("formRefBinding")
    foreign.take("formRefVersion")
    if key and _FORM_ID.fullmatch(key):
        definition = setting(foreign.element, "formDefinition", formId=key)
        foreign.say("setting-translated", "formKey")
        _bind(foreign, definition, binding, "formRefBinding")
    elif key:
        foreign.say("setting-question", "formKey", reason=f"{key[:200]} → –")
    for name in ("formData", "formProperty"):
        for part in foreign.parts(name):
            fields = [str(f.get("id")) for f in (part, *part) if f.get("id")]
            foreign.say("setting-question", name, reason=", ".join(fields)[:500] + " → –")
            foreign.drop(part)


def _bind(foreign: Foreign, definition: Element, binding: str | None, name: str) -> None:
    if binding in _BINDINGS:
        definition.set("bindingType", _BINDINGS[binding])
    elif binding:
        foreign.say("setting-question", name, reason=f"{binding} → latest")


def _job(foreign: Foreign) -> None:
    if foreign.kind == "businessRuleTask" and _decision(foreign):
        return
    target = _event_of(foreign)
    job_type = _job_type(foreign)
    if job_type and setting_of(target, "taskDefinition") is None:
        setting(target, "taskDefinition", type=job_type)
    _result_variable(foreign)
    _fields(foreign, target)
    for part in foreign.parts("failedJobRetryTimeCycle"):
        found = _RETRIES.fullmatch((part.text or "").strip())
        if found and setting_of(target, "taskDefinition") is not None:
            setting(target, "taskDefinition", retries=found[1])
            foreign.say("setting-translated", "failedJobRetryTimeCycle")
            foreign.drop(part)


def _event_of(foreign: Foreign) -> Element:
    """Return the element that carries the job: the event around its definition, or the task."""
    parent = foreign.element.getparent()
    is_definition = foreign.kind == "messageEventDefinition" and parent is not None
    return parent if is_definition and parent is not None else foreign.element


def _job_type(foreign: Foreign) -> str | None:
    topic = foreign.take("topic")
    kind = foreign.take("type")
    if topic:
        foreign.say("setting-translated", "topic")
        return as_value(foreign.draft, foreign.element, topic, "topic")
    if kind and kind != "external":
        foreign.say("setting-translated", "type")
        return kind
    for name in ("delegateExpression", "class", "expression"):
        text = foreign.peek(name)
        if not text:
            continue
        bean = _BEAN.fullmatch(text)
        if bean is None and is_juel(text):
            return None
        foreign.take(name)
        job_type = bean[1] if bean else text.strip()
        foreign.say("setting-question", name, reason=f"{text[:200]} → taskDefinition {job_type}")
        return job_type
    return None


def _result_variable(foreign: Foreign) -> None:
    for name in ("resultVariable", "resultVariableName"):
        variable = foreign.take(name)
        if variable:
            foreign.say("setting-question", name, reason=f"{variable} ← job")


def _fields(foreign: Foreign, target: Element) -> None:
    """Flowable's and Activiti's fields become headers of the job."""
    for part in foreign.parts("field"):
        value = part.get("stringValue") or "".join(
            str(inner.text or "") for inner in part if local_name(inner) == "string"
        )
        name = part.get("name", "")
        if value and name and not is_juel(value):
            headers = setting(target, "taskHeaders")
            headers.append(headers.makeelement(f"{ZEEBE}header", key=name, value=value.strip()))
            foreign.say("setting-translated", f"field {name}")
            foreign.drop(part)


def _decision(foreign: Foreign) -> bool:
    decision = foreign.take("decisionRef")
    if not decision or is_juel(decision):
        return False
    variable = foreign.take("resultVariable") or f"{foreign.id}_result"
    called = setting(
        foreign.element, "calledDecision", decisionId=decision, resultVariable=variable
    )
    _bind(foreign, called, foreign.take("decisionRefBinding"), "decisionRefBinding")
    foreign.take("decisionRefVersion")
    foreign.say("setting-translated", "decisionRef")
    shape = foreign.take("mapDecisionResult")
    if shape:
        foreign.say("setting-question", "mapDecisionResult", reason=f"{shape} → {variable}")
    return True


def _call(foreign: Foreign) -> None:
    element = foreign.element
    target = (element.get("calledElement") or "").strip()
    if target:
        process = as_value(foreign.draft, element, target, "calledElement")
        if process is None:
            return
        del element.attrib["calledElement"]
        called = setting(element, "calledElement", processId=process)
        _bind(foreign, called, foreign.take("calledElementBinding"), "calledElementBinding")
        tag = foreign.take("calledElementVersionTag")
        if tag:
            called.set("versionTag", tag)
    translate_called_mappings(foreign)


def _loop(foreign: Foreign) -> None:
    collection = foreign.peek("collection")
    if not collection:
        return
    text = as_expression(foreign.draft, foreign.element, collection, "collection")
    if text is None:
        foreign.keep("collection")
        return
    foreign.take("collection")
    item = foreign.take("elementVariable")
    loop = setting(foreign.element, "loopCharacteristics", inputCollection=text)
    if item:
        loop.set("inputElement", item)
    foreign.say("setting-translated", "collection")


def _script(foreign: Foreign) -> None:
    """A script's own words are dealt with as BPMN's; only its variable is foreign."""
    for name in ("resultVariable", "resultVariableName"):
        variable = foreign.take(name)
        if variable:
            setting(foreign.element, "script", resultVariable=variable)
    for name in ("resource", "autoStoreVariables"):
        value = foreign.take(name)
        if value:
            foreign.say("setting-question", name, reason=f"{value[:200]} → –")


def _properties(foreign: Foreign) -> None:
    for part in foreign.parts("properties"):
        entries = [e for e in part if e.get("name") and e.get("value") is not None]
        if len(entries) != len(part) or _is_spiff(part):
            continue
        holder = setting(foreign.element, "properties")
        for entry in entries:
            holder.append(
                holder.makeelement(
                    f"{ZEEBE}property", name=str(entry.get("name")), value=str(entry.get("value"))
                )
            )
        foreign.say("setting-translated", "properties")
        foreign.drop(part)


def _is_spiff(part: Element) -> bool:
    return "spiffworkflow.org" in str(part.tag)
