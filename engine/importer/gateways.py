"""Puts right what gateways say: defaults, conditions without effect, missing conditions."""

import json
from collections import defaultdict

from lxml import etree

from engine.importer import flows
from engine.importer.draft import Draft, make_user_task, setting
from engine.importer.foreign_expressions import is_juel, quoted
from engine.importer.xml import (
    BPMN,
    GATEWAYS,
    Element,
    containers,
    flows_in,
    local_name,
    name_of,
    nodes_in,
    text_of,
)

_DECIDING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def mend_gateways(draft: Draft) -> None:
    """Correct every gateway, and ask a person where the file does not say how to decide."""
    for container in containers(draft.root):
        leaving: dict[str, list[Element]] = defaultdict(list)
        for flow in flows_in(container):
            leaving[flow.get("sourceRef", "")].append(flow)
        for node in nodes_in(container):
            outgoing = leaving[node.get("id", "")]
            _mend_default(draft, node, outgoing)
            if local_name(node) in GATEWAYS - _DECIDING:
                _drop_conditions(draft, outgoing)
            elif local_name(node) in _DECIDING and len(outgoing) > 1:
                _decide(draft, node, outgoing)


def condition_of(flow: Element) -> str:
    """Return the condition of *flow*, empty if it has none."""
    return text_of(flow.find(f"{BPMN}conditionExpression"))


def _mend_default(draft: Draft, node: Element, outgoing: list[Element]) -> None:
    default = node.get("default")
    if default is None:
        return
    chosen = next((flow for flow in outgoing if flow.get("id") == default), None)
    if chosen is None or local_name(node) in GATEWAYS - _DECIDING:
        del node.attrib["default"]
        draft.report.add("default-corrected", node.get("id"), what=f"{default} → –")
    elif condition_of(chosen):
        what = f"{default}: {condition_of(chosen)[:200]} → –"
        draft.report.add("default-corrected", node.get("id"), what=what)
        _remove_condition(chosen)


def _drop_conditions(draft: Draft, outgoing: list[Element]) -> None:
    for flow in outgoing:
        if condition_of(flow):
            draft.report.add(
                "condition-without-effect", flow.get("id"), condition=condition_of(flow)[:200]
            )
            _remove_condition(flow)


def _remove_condition(flow: Element) -> None:
    for old in list(flow.iterchildren(f"{BPMN}conditionExpression")):
        flow.remove(old)


def _decide(draft: Draft, gateway: Element, outgoing: list[Element]) -> None:
    """Give every way out of a deciding gateway a condition or make it the default."""
    default = gateway.get("default")
    open_ways = [f for f in outgoing if f.get("id") != default and not _is_decided(f)]
    if not open_ways:
        return
    exclusive = local_name(gateway) == "exclusiveGateway"
    if exclusive and len(open_ways) == 1 and default is None and not condition_of(open_ways[0]):
        gateway.set("default", open_ways[0].get("id", ""))
        draft.report.add("implicit-default", open_ways[0].get("id"))
        return
    _ask(draft, gateway, [f for f in outgoing if f in open_ways or f.get("id") == default])


def _is_decided(flow: Element) -> bool:
    """Tell whether a flow has a condition in a language for machines."""
    return condition_of(flow).startswith("=") or is_juel(condition_of(flow))


def _ask(draft: Draft, gateway: Element, ways: list[Element]) -> None:
    gateway_id = gateway.get("id", "")
    task_id = draft.new_id(f"decide_{gateway_id}")
    variable = _variable(task_id)
    task = etree.Element(f"{BPMN}userTask", id=task_id, name=name_of(gateway) or "?")
    make_user_task(task)
    setting(task, "formDefinition", formId=task_id, bindingType="deployment")
    exclusive = local_name(gateway) == "exclusiveGateway"
    kind = "radio" if exclusive else "checklist"
    draft.forms[f"{task_id}.form"] = _form(task_id, variable, name_of(gateway), ways, kind)
    labels = " / ".join(_label(way) for way in ways)
    flows.insert_before(draft, gateway, task)
    for way in ways:
        if way.get("id") != gateway.get("default"):
            way_id = quoted(way.get("id", ""))
            chosen = (
                f"{variable} = {way_id}" if exclusive else f"list contains({variable}, {way_id})"
            )
            flows.set_condition(way, f"={chosen}")
    draft.report.add("human-decision", gateway_id, ways=labels, id=task_id)


def _variable(task_id: str) -> str:
    return "".join(c if c.isalnum() or c == "_" else "_" for c in task_id) + "_way"


def _label(way: Element) -> str:
    plain = condition_of(way)
    return (way.get("name") or "").strip() or plain[:200] or way.get("targetRef", "")


def _form(form_id: str, variable: str, question: str, ways: list[Element], kind: str) -> bytes:
    schema = {
        "type": "default",
        "id": form_id,
        "schemaVersion": 19,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.9.0",
        "components": [
            {
                "type": kind,
                "id": f"{form_id}_choice",
                "key": variable,
                "label": question or form_id,
                "values": [{"label": _label(way), "value": way.get("id", "")} for way in ways],
                "validate": {"required": True},
                "properties": {"classification": "internal"},
            }
        ],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2).encode()
