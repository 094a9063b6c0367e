"""The foreign settings of one element, taken one by one."""

from collections.abc import Iterator

from engine.importer.draft import Draft
from engine.importer.expressions import as_value
from engine.importer.xml import BPMN, Element, local_name, remove, unset

NAMESPACES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
}
"""Engines whose settings are translated, by namespace."""

_HARMLESS = frozenset(
    {
        "async",
        "asyncBefore",
        "asyncAfter",
        "asyncLeave",
        "exclusive",
        "historyTimeToLive",
        "isStartableInTasklist",
        "startableInTasklist",
        "candidateStarterUsers",
        "candidateStarterGroups",
        "jobPriority",
        "taskPriority",
        "diagramRelationId",
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon",
        "formFieldValidation",
        "sameDeployment",
        "triggerable",
        "businessCalendarName",
        "localScope",
        "processInitiator",
        "allowGuest",
        "useLocalScopeForResultVariable",
    }
)
"""Settings of the machinery elsewhere that change nothing of what the process means."""


class Foreign:
    """What other engines' settings say of one element; each may be taken once."""

    def __init__(self, *, draft: Draft, element: Element) -> None:
        self.draft = draft
        self.element = element
        self.kind = local_name(element)
        self.id = element.get("id")
        self._explained: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Tell whether there are none."""
        return next(self._names(), None) is None

    def peek(self, name: str) -> str | None:
        """Return the attribute *name* of any engine, without taking it."""
        for uri in NAMESPACES:
            value = self.element.get(f"{{{uri}}}{name}")
            if value is not None:
                return value
        return None

    def take(self, name: str) -> str | None:
        """Return the attribute *name* of any engine and remove it."""
        found = self.peek(name)
        for uri in NAMESPACES:
            unset(self.element, f"{{{uri}}}{name}")
        return found

    def value(self, name: str) -> str | None:
        """Take the attribute *name* as one of our values; None if it is not there.

        One that cannot be translated is reported, stays in the file, and gives None too.
        """
        raw = self.peek(name)
        if raw is None or not raw.strip():
            self.take(name)
            return None
        value = as_value(self.draft, self.element, raw, name)
        if value is None:
            self.keep(name)
            return None
        self.take(name)
        self.say("setting-translated", name)
        return value

    def parts(self, name: str) -> list[Element]:
        """Return the extension elements called *name* of any engine."""
        holder = self.element.find(f"{BPMN}extensionElements")
        return [] if holder is None else [p for p in holder if _is(p) and local_name(p) == name]

    def drop(self, part: Element) -> None:
        """Remove an extension element that has been dealt with."""
        remove(part)

    def keep(self, name: str) -> None:
        """Leave the setting *name* in the file without another word: it has been reported."""
        self._explained.add(name)

    def say(self, rule: str, name: str, **parts: object) -> None:
        """Report something about the setting *name*."""
        self.draft.report.add(rule, self.id, what=name, **parts)

    def report_rest(self) -> None:
        """Drop what is harmless, and name the rest, which stays and refuses a deployment."""
        for full, name in list(self._names()):
            if name in self._explained:
                continue
            if name in _HARMLESS:
                self._remove(full, name)
                self.say("setting-dropped", name)
            else:
                self.say("setting-untranslated", name, reason=self._text(full, name))

    def _names(self) -> Iterator[tuple[str, str]]:
        for attribute in self.element.attrib:
            uri, _, name = str(attribute).removeprefix("{").rpartition("}")
            if uri in NAMESPACES:
                yield str(attribute), name
        holder = self.element.find(f"{BPMN}extensionElements")
        for part in () if holder is None else holder:
            if _is(part):
                yield "", local_name(part)

    def _remove(self, full: str, name: str) -> None:
        if full:
            unset(self.element, full)
        for part in self.parts(name):
            remove(part)

    def _text(self, full: str, name: str) -> str:
        if full:
            return str(self.element.get(full))[:200]
        return "; ".join(
            " ".join([*map(str, part.attrib.values()), (part.text or "").strip()]).strip()[:200]
            for part in self.parts(name)
        )


def _is(part: Element) -> bool:
    return str(part.tag).removeprefix("{").partition("}")[0] in NAMESPACES
