"""FEEL, the one expression language of diagrams, decisions and forms (DESIGN section 1).

A compiler of our own: text -> tokens -> syntax tree -> Python closures. No expression reaches
Python: names are looked up in the context given, properties are those of the FEEL specification,
and every evaluation runs within the bounds of :mod:`engine.feel.limits`.

The language is that of DMN 1.3 to 1.5 with the additions of Camunda 8. Where the two differ,
Camunda's meaning is taken; a variable that does not exist is null. Two differences on purpose:
calling a function that does not exist is an error and not null, and external (Java) functions
are refused.

>>> compile_expression('amount > 500 and status = "done"').evaluate(
...     {"amount": 501, "status": "done"}
... )
True
"""

from engine.feel.expression import (
    Expression,
    Literal,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    parse_value,
)
from engine.feel.json_values import to_json
from engine.feel.nodes import TypeName
from engine.feel.runtime import HostFunction, Run, Scope
from engine.feel.values import Function, YearsMonths

__all__ = [
    "Expression",
    "Function",
    "HostFunction",
    "Literal",
    "Run",
    "Scope",
    "TypeName",
    "UnaryTests",
    "YearsMonths",
    "compile_expression",
    "compile_unary_tests",
    "parse_value",
    "to_json",
]
