"""Writes small DMN files for tests."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from engine.dmn import DecisionModel, parse_decisions

DMN13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def definitions(*elements: str, namespace: str = DMN13, attributes: str = "") -> bytes:
    """Return a DMN file with the given elements."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<definitions xmlns="{namespace}" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
        f'id="drg" name="DRG" namespace="http://example.org" {attributes}>'
        f"{''.join(elements)}</definitions>"
    ).encode()


def decision(
    decision_id: str,
    logic: str,
    *,
    variable: str | None = None,
    type_ref: str | None = None,
    requires: Sequence[str] = (),
    knows: Sequence[str] = (),
    extension: str = "",
) -> str:
    """Return a decision with the given logic and requirements."""
    type_attribute = f' typeRef="{type_ref}"' if type_ref else ""
    variable_element = (
        f"<variable name={quoteattr(variable or decision_id)}{type_attribute}/>"
        if variable or type_ref
        else ""
    )
    required = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>'
        for each in requires
    )
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in knows
    )
    return (
        f'<decision id="{decision_id}" name="The {decision_id}">{extension}{variable_element}'
        f"{required}{known}{logic}</decision>"
    )


def literal(text: str) -> str:
    """Return a literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def table(
    inputs: Sequence[str],
    outputs: Mapping[str, str],
    rules: Sequence[Sequence[str]],
    *,
    hit_policy: str = "",
    aggregation: str = "",
    defaults: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
    allowed: Mapping[str, str] | None = None,
) -> str:
    """Return a decision table.

    *outputs* are columns with their values in order of priority (empty: none); a rule is the
    texts of its tests and then of its outputs. *types* are the ``typeRef`` of inputs and outputs
    and *allowed* the ``inputValues`` of inputs, by their texts and names.
    """
    types, allowed = types or {}, allowed or {}
    attributes = f' hitPolicy="{hit_policy}"' if hit_policy else ""
    attributes += f' aggregation="{aggregation}"' if aggregation else ""
    columns = "".join(
        f'<input id="in{i}"><inputExpression{_type(types.get(text))}><text>{escape(text)}</text>'
        f"</inputExpression>{_values('inputValues', allowed.get(text, ''))}</input>"
        for i, text in enumerate(inputs, 1)
    )
    for name, values in outputs.items():
        listed = _values("outputValues", values)
        default = (defaults or {}).get(name)
        if default is not None:
            listed += f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>"
        columns += (
            f'<output id="out_{name}" name="{name}"{_type(types.get(name))}>{listed}</output>'
        )
    rows = "".join(_rule(i, rule, len(inputs)) for i, rule in enumerate(rules, 1))
    return f"<decisionTable{attributes}>{columns}{rows}</decisionTable>"


def _type(type_ref: str | None) -> str:
    return f' typeRef="{type_ref}"' if type_ref else ""


def _values(element: str, texts: str) -> str:
    return f"<{element}><text>{escape(texts)}</text></{element}>" if texts else ""


def _rule(index: int, texts: Sequence[str], inputs: int) -> str:
    entries = "".join(
        f"<{kind} id='r{index}c{i}'><text>{escape(text)}</text></{kind}>"
        for i, text in enumerate(texts, 1)
        for kind in ("inputEntry" if i <= inputs else "outputEntry",)
    )
    return f'<rule id="r{index}">{entries}</rule>'


def parse(*elements: str) -> DecisionModel:
    """Return the model of a file with the given elements."""
    return parse_decisions(definitions(*elements), resource_name="test.dmn")
