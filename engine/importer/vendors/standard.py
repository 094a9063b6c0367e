"""BPMN's own ways to say what our dialect says in its extensions."""

import re

from engine.importer.draft import Draft, setting, setting_of
from engine.importer.expressions import as_expression, translated
from engine.importer.foreign_expressions import Untranslatable, from_python, is_juel
from engine.importer.xml import BPMN, Element, local_name, remove, text_of, unset

_OWNERS = ("potentialOwner", "humanPerformer", "performer")
_OWNER = re.compile(
    r"\s*(?:(?P<kind>user|group)\(\s*(?P<name>[^()]+?)\s*\)|(?P<plain>[^,()\s][^,()]*))"
)
_ASSIGNMENT = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*=(?!=)\s*(?P<value>.+?)\s*", re.DOTALL)
_FEEL = frozenset({"feel", "http://www.omg.org/spec/feel/20140401", "text/feel"})
_PYTHON = frozenset({"", "python", "text/python"})


def translate(draft: Draft, element: Element) -> None:
    """Translate what BPMN itself says of one element."""
    kind = local_name(element)
    if kind == "callActivity":
        _call(draft, element)
    elif kind == "multiInstanceLoopCharacteristics":
        _loop(draft, element)
    elif kind == "scriptTask":
        _script(draft, element)
    elif kind == "userTask":
        _owners(draft, element)
    unset(element, "implementation")


def _call(draft: Draft, element: Element) -> None:
    target = (element.get("calledElement") or "").strip()
    if target and not is_juel(target) and setting_of(element, "calledElement") is None:
        del element.attrib["calledElement"]
        setting(element, "calledElement", processId=target.rpartition(":")[2])
        draft.report.add("setting-translated", element.get("id"), what="calledElement")


def _loop(draft: Draft, element: Element) -> None:
    if setting_of(element, "loopCharacteristics") is None:
        collection = _collection(draft, element)
        if collection is None:
            return
        setting(element, "loopCharacteristics", inputCollection=collection)
    for tag in ("loopCardinality", "loopDataInputRef"):
        for part in element.findall(BPMN + tag):
            remove(part)
    for tag, attribute in (
        ("inputDataItem", "inputElement"),
        ("loopDataOutputRef", "outputCollection"),
    ):
        for part in element.findall(BPMN + tag):
            name = part.get("name") or part.get("id") or text_of(part)
            setting(element, "loopCharacteristics", **{attribute: name})
            remove(part)
    for part in element.findall(f"{BPMN}outputDataItem"):
        name = part.get("name") or part.get("id") or ""
        setting(element, "loopCharacteristics", outputElement=f"={name}")
        remove(part)


def _collection(draft: Draft, element: Element) -> str | None:
    reference = text_of(element.find(f"{BPMN}loopDataInputRef"))
    if reference:
        return as_expression(draft, element, reference, "loopDataInputRef")
    number = text_of(element.find(f"{BPMN}loopCardinality"))
    if not number:
        return None
    count = number.removeprefix("=") if not is_juel(number) else None
    count = count or translated(draft, element, number, "loopCardinality")
    return None if count is None else f"=for i in 1..({count}) return i"


def _script(draft: Draft, element: Element) -> None:
    script = element.find(f"{BPMN}script")
    text = text_of(script)
    language = (element.get("scriptFormat") or "").strip().lower()
    if script is None:
        unset(element, "scriptFormat")
        return
    found = _ASSIGNMENT.fullmatch(text)
    settings = setting_of(element, "script")
    variable = None if settings is None else settings.get("resultVariable")
    if language in _FEEL and variable:
        _set_script(element, script, text.removeprefix("="), variable)
    elif language == "juel" and variable:
        feel = translated(draft, element, text, "script")
        if feel is not None:
            _set_script(element, script, feel, variable)
    elif found and (language in _PYTHON) and draft.python_conditions:
        try:
            _set_script(element, script, from_python(found["value"]), found["name"])
        except Untranslatable as reason:
            draft.report.add(
                "setting-question",
                element.get("id"),
                what="script",
                reason=f"{text[:200]} ({reason})",
            )
        else:
            draft.report.add(
                "expression-translated", element.get("id"), old=text[:200], new=found["name"]
            )
    elif text:
        draft.report.add("setting-question", element.get("id"), what="script", reason=text[:500])


def _set_script(element: Element, script: Element, feel: str, variable: str) -> None:
    setting(element, "script", expression=f"={feel}", resultVariable=variable)
    remove(script)
    unset(element, "scriptFormat")


def _owners(draft: Draft, element: Element) -> None:
    users: list[str] = []
    groups: list[str] = []
    for tag in _OWNERS:
        for part in element.findall(BPMN + tag):
            text = text_of(part.find(f"{BPMN}resourceAssignmentExpression"))
            for found in _OWNER.finditer(text):
                name = (found["name"] or found["plain"] or "").strip()
                people = users if found["kind"] == "user" or tag == "humanPerformer" else groups
                if name and not is_juel(text):
                    people.append(name)
            shown = text or text_of(part) or part.get("name", "")
            draft.report.add("setting-question", element.get("id"), what=tag, reason=shown[:200])
            remove(part)
    for attribute, names in (("candidateUsers", users), ("candidateGroups", groups)):
        if names:
            setting(element, "assignmentDefinition", **{attribute: ", ".join(names)})
