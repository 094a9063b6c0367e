"""SpiffWorkflow's own settings (``spiffworkflow:``)."""

import re

from lxml import etree

from engine.importer.draft import setting, setting_of
from engine.importer.foreign_expressions import Untranslatable, from_python
from engine.importer.vendors.foreign import Foreign
from engine.importer.xml import BPMN, ZEEBE, Element, local_name

_FORM = re.compile(r"(?P<stem>[^\W\d][\w\-]*?)(?:-schema|-form)?(?:\.schema)?\.json")
_DESCRIBING = ("instructionsForEndUser", "taskMetadataValues", "guestConfirmation")


def translate(foreign: Foreign) -> None:
    """Translate the settings of one element."""
    _decision(foreign)
    _form(foreign)
    _operator(foreign)
    for name in _DESCRIBING:
        for part in foreign.parts(name):
            _describe(foreign, part)


def _decision(foreign: Foreign) -> None:
    for part in foreign.parts("calledDecisionId"):
        decision = (part.text or "").strip()
        if not decision or foreign.kind != "businessRuleTask":
            continue
        variable = f"{foreign.id}_result"
        setting(foreign.element, "calledDecision", decisionId=decision, resultVariable=variable)
        foreign.say("setting-question", "calledDecisionId", reason=f"{decision} → {variable}")
        foreign.drop(part)


def _form(foreign: Foreign) -> None:
    for part in foreign.parts("properties"):
        for entry in list(part):
            if local_name(entry) != "property":
                continue
            name, value = entry.get("name", ""), entry.get("value", "")
            form = _FORM.fullmatch(value) if name == "formJsonSchemaFilename" else None
            if form and foreign.kind == "userTask":
                setting(foreign.element, "formDefinition", formId=form["stem"])
            foreign.say(
                "setting-question", name, reason=f"{value} → {form['stem'] if form else '–'}"
            )
            part.remove(entry)
        if len(part) == 0:
            foreign.drop(part)


def _operator(foreign: Foreign) -> None:
    for part in foreign.parts("serviceTaskOperator"):
        job_type = part.get("id", "").strip()
        lines = _parameters(part)
        if not job_type or lines is None or foreign.kind != "serviceTask":
            continue
        if setting_of(foreign.element, "taskDefinition") is None:
            setting(foreign.element, "taskDefinition", type=job_type)
        for name, source in lines:
            mapping = setting(foreign.element, "ioMapping")
            etree.SubElement(mapping, f"{ZEEBE}input", source=f"={source}", target=name)
        foreign.say("setting-question", "serviceTaskOperator", reason=f"→ {job_type}")
        foreign.drop(part)


def _parameters(part: Element) -> list[tuple[str, str]] | None:
    lines = []
    for parameter in part.iter("{*}parameter"):
        try:
            lines.append((parameter.get("id", ""), from_python(parameter.get("value") or "None")))
        except Untranslatable:
            return None
    return lines


def _describe(foreign: Foreign, part: Element) -> None:
    """Texts for people become the documentation of the step."""
    text = "".join(str(piece) for piece in part.itertext()).strip()
    if text:
        documentation = etree.Element(f"{BPMN}documentation")
        documentation.text = text
        foreign.element.insert(0, documentation)
    foreign.say("setting-translated", local_name(part))
    foreign.drop(part)
