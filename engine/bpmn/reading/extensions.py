"""The Camunda 8 settings of an element (``zeebe:`` extension elements and attributes)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.bpmn.names import is_variable_name
from engine.bpmn.nodes import VariableMapping
from engine.bpmn.reading.context import Reading
from engine.bpmn.reading.xml import BPMN, ZEEBE, Element, child, local_name, tag
from engine.domain.events import Binding, Reference

_TEMPLATE_ATTRIBUTES = frozenset(
    {"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon"}
)
_EXECUTED_ELSEWHERE = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
}
"""Namespaces of settings that change what a process does on some other engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The settings of one element that its kind may have, by name without ``zeebe:``."""

    found: Mapping[str, Element] = field(default_factory=dict)

    def get(self, name: str) -> Element | None:
        """Return the setting *name*, if it is there."""
        return self.found.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self.found


def read_extensions(
    reading: Reading, element: Element, element_id: str, allowed: frozenset[str]
) -> Extensions:
    """Take the settings in *allowed*; any other that would change what runs is a finding."""
    _check_attributes(reading, element, element_id)
    found: dict[str, Element] = {}
    holder = child(element, "extensionElements")
    for extension in () if holder is None else holder:
        name = local_name(extension)
        if tag(extension).startswith(ZEEBE):
            if name in allowed and name not in found:
                found[name] = extension
            else:
                reading.findings.add("unsupported-extension", element_id, what=f"zeebe:{name}")
        else:
            _foreign(reading, element_id, tag(extension))
    return Extensions(found=found)


def read_properties(extensions: Extensions) -> dict[str, str]:
    """Return the free keys of the diagram (``zeebe:properties``)."""
    holder = extensions.get("properties")
    return {
        item.get("name", ""): item.get("value", "")
        for item in (() if holder is None else holder)
        if item.get("name")
    }


def read_headers(extensions: Extensions) -> dict[str, str]:
    """Return the headers of a job (``zeebe:taskHeaders``)."""
    holder = extensions.get("taskHeaders")
    return {
        item.get("key", ""): item.get("value", "")
        for item in (() if holder is None else holder)
        if item.get("key")
    }


def read_mappings(
    reading: Reading, extensions: Extensions, element_id: str, direction: str
) -> tuple[VariableMapping, ...]:
    """Return the ``input`` or the ``output`` lines of the mapping."""
    holder = extensions.get("ioMapping")
    lines = () if holder is None else holder.iterchildren(ZEEBE + direction)
    return tuple(_mapping(reading, line, element_id, direction) for line in lines)


def read_reference(
    reading: Reading, element: Element, element_id: str, attribute: str
) -> Reference:
    """Return the link in *attribute*, with its binding."""
    name = reading.static(element_id, attribute, element.get(attribute))
    text = element.get("bindingType", Binding.LATEST.value)
    if text not in {member.value for member in Binding}:
        reading.findings.add("invalid-value", element_id, value=text, what="bindingType")
        return Reference(id=name)
    binding = Binding(text)
    if binding is not Binding.VERSION_TAG:
        return Reference(id=name, binding=binding)
    version_tag = reading.static(element_id, "versionTag", element.get("versionTag"))
    return Reference(id=name, binding=binding, version_tag=version_tag)


_DIRECTION_ZH = {"input": "输入", "output": "输出"}


def _mapping(reading: Reading, line: Element, element_id: str, direction: str) -> VariableMapping:
    target = (line.get("target") or "").strip()
    path = tuple(target.split("."))
    if not all(is_variable_name(part) for part in path):
        reading.findings.add(
            "invalid-value",
            element_id,
            value=target,
            what=f"{direction} mapping target",
            what_zh=f"{_DIRECTION_ZH[direction]}映射目标",
        )
    source = line.get("source")
    if source is None or not source.strip():
        reading.findings.add(
            "setting-missing",
            element_id,
            what=f'source of the {direction} mapping "{target}"',
            what_zh=f"{_DIRECTION_ZH[direction]}映射“{target}”的来源",
        )
    return VariableMapping(source=reading.value(element_id, source or ""), target=path)


def _check_attributes(reading: Reading, element: Element, element_id: str) -> None:
    for name in element.keys():  # noqa: SIM118  an lxml element iterates over its children
        text = str(name)
        if text.startswith(ZEEBE) and text.removeprefix(ZEEBE) not in _TEMPLATE_ATTRIBUTES:
            reading.findings.add(
                "unsupported-extension", element_id, what=f"zeebe:{text.removeprefix(ZEEBE)}"
            )
        elif text.startswith("{") and not text.startswith((ZEEBE, BPMN)):
            _foreign(reading, element_id, text, silent=True)


def _foreign(reading: Reading, element_id: str, name: str, *, silent: bool = False) -> None:
    """Refuse settings of other engines; those of drawing programs do no harm."""
    namespace, _, local = name.removeprefix("{").rpartition("}")
    if namespace in _EXECUTED_ELSEWHERE:
        what = f"{_EXECUTED_ELSEWHERE[namespace]}:{local}"
        reading.findings.add("unsupported-extension", element_id, what=what)
    elif not silent:
        reading.findings.add("foreign-extension", element_id, what=local)
