"""Reads decision tables."""

from lxml import etree

from engine.dmn.model import Aggregation, DecisionTable, HitPolicy, Input, Output, Rule
from engine.dmn.reading import Reading
from engine.dmn.types_reader import is_whole, type_reference
from engine.dmn.xml import attribute, child, children, text_of

_PRIORITISED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def read_table(element: etree._Element, reading: Reading, owner: str) -> DecisionTable:
    """Read a ``decisionTable``; faults become findings about its parts or about *owner*."""
    inputs = tuple(_input(each, reading, owner) for each in children(element, "input"))
    outputs = tuple(_output(each, reading) for each in children(element, "output"))
    rules = tuple(
        _rule(each, index, reading, owner)
        for index, each in enumerate(children(element, "rule"), 1)
    )
    table = DecisionTable(
        hit_policy=_hit_policy(element, reading, owner),
        aggregation=_aggregation(element, reading, owner),
        inputs=inputs,
        outputs=outputs,
        rules=rules,
    )
    _check_shape(table, reading, owner)
    return table


def _hit_policy(element: etree._Element, reading: Reading, owner: str) -> HitPolicy:
    text = attribute(element, "hitPolicy") or HitPolicy.UNIQUE
    try:
        return HitPolicy(text)
    except ValueError:
        reading.issues.unsupported(owner, f"The hit policy {text!r}", f"命中策略 {text!r}")
        return HitPolicy.UNIQUE


def _aggregation(element: etree._Element, reading: Reading, owner: str) -> Aggregation | None:
    text = attribute(element, "aggregation")
    if not text:
        return None
    try:
        return Aggregation(text)
    except ValueError:
        reading.issues.unsupported(owner, f"The aggregation {text!r}", f"聚合方式 {text!r}")
        return None


def _input(element: etree._Element, reading: Reading, owner: str) -> Input:
    expression = child(element, "inputExpression")
    text = text_of(expression)
    input_id = attribute(element, "id") or owner
    if expression is None or not text:
        reading.issues.add(
            "missing-expression",
            input_id,
            "An input column of the table does not say which value it tests.",
            "决策表的某个输入列没有说明要检验的值。",
            mend_en="Give the column an expression, or remove it.",
            mend_zh="请为该列填写表达式，或删除该列。",
        )
    type_ref = "" if expression is None else attribute(expression, "typeRef")
    allowed = text_of(child(element, "inputValues")) or reading.allowed_values.get(type_ref, "")
    return Input(
        id=attribute(element, "id"),
        name=attribute(element, "label") or text,
        expression=reading.expression(text or "null", _or(expression, element), input_id),
        type=type_reference(type_ref),
        whole=is_whole(type_ref),
        allowed_values=reading.tests(allowed, element, input_id) if allowed else None,
    )


def _or(first: etree._Element | None, second: etree._Element) -> etree._Element:
    return second if first is None else first


def _output(element: etree._Element, reading: Reading) -> Output:
    output_id = attribute(element, "id")
    values = text_of(child(element, "outputValues"))
    default = text_of(child(element, "defaultOutputEntry"))
    return Output(
        id=output_id,
        name=attribute(element, "name"),
        label=attribute(element, "label"),
        type=type_reference(attribute(element, "typeRef")),
        values=reading.expression(f"[{values}]", element, output_id) if values else None,
        default=reading.expression(default, element, output_id) if default else None,
    )


def _rule(element: etree._Element, index: int, reading: Reading, owner: str) -> Rule:
    rule_id = attribute(element, "id")
    tests = []
    for entry in children(element, "inputEntry"):
        tests.append(reading.tests(text_of(entry), entry, attribute(entry, "id") or owner))
    outputs = []
    for entry in children(element, "outputEntry"):
        text = text_of(entry)
        entry_id = attribute(entry, "id") or owner
        outputs.append(reading.expression(text, entry, entry_id) if text else None)
    return Rule(id=rule_id, index=index, tests=tuple(tests), outputs=tuple(outputs))


def _check_shape(table: DecisionTable, reading: Reading, owner: str) -> None:
    issues = reading.issues
    if not table.outputs:
        issues.add("missing-output", owner, "The table has no output column.", "决策表没有输出列。")
    names = [output.name for output in table.outputs]
    if len(names) > 1 and (not all(names) or len(set(names)) < len(names)):
        issues.add(
            "output-name",
            owner,
            "Of several output columns each needs a name of its own.",
            "有多个输出列时，每一列都需要各不相同的名称。",
            mend_en="Name the output columns.",
            mend_zh="请为输出列命名。",
        )
    for rule in table.rules:
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            issues.add(
                "rule-shape",
                rule.id or owner,
                f"Rule {rule.index} has not one entry for each column.",
                f"规则 {rule.index} 的条目数与列数不一致。",
            )
    _check_policy(table, reading, owner)


def _check_policy(table: DecisionTable, reading: Reading, owner: str) -> None:
    issues = reading.issues
    if table.hit_policy in _PRIORITISED and not any(each.values for each in table.outputs):
        issues.add(
            "missing-priorities",
            owner,
            f"The hit policy {table.hit_policy} needs output values in order of priority.",
            f"命中策略 {table.hit_policy} 需要按优先级列出输出值。",
            mend_en="List the values of the output column, the most important first.",
            mend_zh="请在输出列中按重要性从高到低列出取值。",
        )
    if table.aggregation is None:
        return
    if table.hit_policy is not HitPolicy.COLLECT or len(table.outputs) > 1:
        issues.add(
            "aggregation",
            owner,
            "An aggregation needs the hit policy COLLECT and exactly one output column.",
            "聚合方式要求命中策略为 COLLECT 且只有一个输出列。",
        )
