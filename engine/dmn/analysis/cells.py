"""Checks the constants of a table's cells against the types and values of their columns."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from engine.dmn.analysis.constants import NotConstant, constant_value, constants_of
from engine.dmn.analysis.domains import has_type, is_allowed
from engine.dmn.model import DecisionTable, Input, Output, Rule
from engine.feel import Expression, TypeName, UnaryTests
from engine.feel.comparison import member
from engine.feel.limits import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """A value of a cell that does not suit its column; ``wanted`` is the type, if it is that."""

    rule: Rule
    column: str
    value: object
    wanted: str | None


def cell_faults(table: DecisionTable, types: Mapping[str, TypeName]) -> Iterator[CellFault]:
    """Yield at most one fault of each cell."""
    for rule in table.rules:
        for column, tests in zip(table.inputs, rule.tests, strict=True):
            yield from _input_faults(rule, column, tests, types)
        for output, expression in zip(table.outputs, rule.outputs, strict=True):
            if expression is not None:
                yield from _output_faults(rule, output, expression, types)


def _input_faults(
    rule: Rule, column: Input, tests: UnaryTests, types: Mapping[str, TypeName]
) -> Iterator[CellFault]:
    with suppress(NotConstant):
        for value in constants_of(tests):
            if value is None:
                continue
            if column.type is not None and not has_type(value, column.type, types):
                yield _fault(rule, column.name, value, column.type)
                return
            # Strings only: of other types the constant may be the end of a range.
            allowed = column.allowed_values
            if isinstance(value, str) and allowed is not None and not is_allowed(value, allowed):
                yield _fault(rule, column.name, value)
                return


def _output_faults(
    rule: Rule, output: Output, expression: Expression, types: Mapping[str, TypeName]
) -> Iterator[CellFault]:
    with suppress(NotConstant):
        value = constant_value(expression.tree)
        if value is None:
            return
        if output.type is not None and not has_type(value, output.type, types):
            yield _fault(rule, output.name, value, output.type)
        elif output.values is not None:
            listed = constant_value(output.values.tree)
            if member(value, listed, Budget()) is not True:
                yield _fault(rule, output.name, value)


def _fault(rule: Rule, column: str, value: object, wanted: TypeName | None = None) -> CellFault:
    return CellFault(
        rule=rule, column=column, value=value, wanted=None if wanted is None else wanted.name
    )
