"""FEEL, the one expression language of diagrams, decisions and forms (decision 0006).

A compiler of our own: text -> tokens -> syntax tree -> Python closures. No expression reaches
Python: names are looked up in the context given, properties are those of the FEEL specification,
and every evaluation runs within the bounds of :mod:`engine.feel.limits`.

The language is that of DMN 1.3 to 1.5, as the public compatibility kit checks it, with what
Camunda 8 adds and where it is more lenient: a variable that does not exist is null. Differences
from both on purpose: calling a function that does not exist, or a built-in one with arguments
that can never fit, and a date literal that is none (``@"2024-02-30"``) are errors and not null,
and external (Java) functions are refused. Years are 1 to 9999, fractions of seconds microseconds.

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
from engine.feel.known_functions import refuse_unknown_functions
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
    "refuse_unknown_functions",
    "to_json",
]
