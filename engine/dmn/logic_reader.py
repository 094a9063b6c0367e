"""Reads boxed expressions: everything that can stand inside a decision."""

from collections.abc import Callable

from lxml import etree

from engine.dmn.model import (
    BoxedContext,
    BoxedList,
    Conditional,
    ContextEntry,
    Filter,
    FormalParameter,
    FunctionDefinition,
    Invocation,
    Iteration,
    IterationKind,
    LiteralExpression,
    Logic,
    Relation,
)
from engine.dmn.reading import Reading
from engine.dmn.table_reader import read_table
from engine.dmn.types_reader import type_reference
from engine.dmn.xml import attribute, child, children, local_name, text_of

_Reader = Callable[[etree._Element, Reading, str], Logic]


def find_logic(element: etree._Element) -> etree._Element | None:
    """Return the boxed expression directly below *element*."""
    return child(element, *_READERS)


def read_logic(element: etree._Element, reading: Reading, owner: str) -> Logic:
    """Read a boxed expression; faults become findings about it or about *owner*."""
    owner = attribute(element, "id") or owner
    return _READERS[local_name(element)](element, reading, owner)


def _required(element: etree._Element | None, reading: Reading, owner: str) -> Logic:
    """Read the boxed expression below *element*, which must be there."""
    logic = None if element is None else find_logic(element)
    if logic is not None:
        return read_logic(logic, reading, owner)
    reading.issues.add(
        "missing-expression",
        owner,
        "A part of the decision has no expression.",
        "决策的某一部分缺少表达式。",
        mend_en="Write the expression, or remove the part.",
        mend_zh="请填写表达式，或删除该部分。",
    )
    anchor = reading.expression("null", etree.Element("none"), owner)
    return LiteralExpression(expression=anchor)


def _literal(element: etree._Element, reading: Reading, owner: str) -> Logic:
    text = text_of(element)
    if not text:
        reading.issues.add(
            "missing-expression",
            owner,
            "A literal expression is empty.",
            "文字表达式为空。",
            mend_en="Write the expression.",
            mend_zh="请填写表达式。",
        )
        text = "null"
    return LiteralExpression(expression=reading.expression(text, element, owner))


def _context(element: etree._Element, reading: Reading, owner: str) -> Logic:
    entries = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        name = None if variable is None else attribute(variable, "name")
        entries.append(ContextEntry(name=name, logic=_required(entry, reading, owner)))
    return BoxedContext(entries=tuple(entries))


def _invocation(element: etree._Element, reading: Reading, owner: str) -> Logic:
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        name = "" if parameter is None else attribute(parameter, "name")
        bindings.append((name, _required(binding, reading, owner)))
    function = _required(element, reading, owner)
    return Invocation(function=function, bindings=tuple(bindings))


def read_function(element: etree._Element, reading: Reading, owner: str) -> FunctionDefinition:
    """Read a ``functionDefinition`` or ``encapsulatedLogic``."""
    kind = attribute(element, "kind")
    if kind not in ("", "FEEL", "F"):
        reading.issues.unsupported(owner, f"A function of kind {kind}", f"{kind} 类型的函数")
    parameters = tuple(
        FormalParameter(
            name=attribute(parameter, "name"),
            type=type_reference(attribute(parameter, "typeRef")),
        )
        for parameter in children(element, "formalParameter")
    )
    body = find_logic(element)
    return FunctionDefinition(
        parameters=parameters,
        body=_required(element, reading, owner),
        result=None if body is None else type_reference(attribute(body, "typeRef")),
    )


def _list(element: etree._Element, reading: Reading, owner: str) -> Logic:
    items = (read_logic(item, reading, owner) for item in children(element, *_READERS))
    return BoxedList(items=tuple(items))


def _relation(element: etree._Element, reading: Reading, owner: str) -> Logic:
    columns = tuple(attribute(column, "name") for column in children(element, "column"))
    rows = []
    for row in children(element, "row"):
        cells = tuple(read_logic(cell, reading, owner) for cell in children(row, *_READERS))
        if len(cells) != len(columns):
            reading.issues.add(
                "relation-shape",
                owner,
                "A row of a relation has not one cell for each column.",
                "关系表的某一行与列数不一致。",
            )
        rows.append(cells)
    return Relation(columns=columns, rows=tuple(rows))


def _conditional(element: etree._Element, reading: Reading, owner: str) -> Logic:
    return Conditional(
        condition=_required(child(element, "if"), reading, owner),
        consequence=_required(child(element, "then"), reading, owner),
        alternative=_required(child(element, "else"), reading, owner),
    )


def _filter(element: etree._Element, reading: Reading, owner: str) -> Logic:
    return Filter(
        source=_required(child(element, "in"), reading, owner),
        match=_required(child(element, "match"), reading, owner),
    )


def _iteration(element: etree._Element, reading: Reading, owner: str) -> Logic:
    return Iteration(
        kind=IterationKind(local_name(element)),
        variable=attribute(element, "iteratorVariable"),
        source=_required(child(element, "in"), reading, owner),
        body=_required(child(element, "return", "satisfies"), reading, owner),
    )


_READERS: dict[str, _Reader] = {
    "literalExpression": _literal,
    "decisionTable": read_table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
}
