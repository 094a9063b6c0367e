"""What every part of the reader needs: the names of the file, its types, and compiling."""

from collections.abc import Mapping
from typing import TypeVar

from lxml import etree

from engine.dmn.issues import Issues
from engine.dmn.types_reader import read_allowed_values, read_types
from engine.dmn.xml import attribute, is_element, local_name
from engine.errors import ExpressionError, LimitExceeded
from engine.feel import (
    Expression,
    TypeName,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    refuse_unknown_functions,
)

_Compiled = TypeVar("_Compiled", Expression, UnaryTests)

_BROKEN = 'assert(null, false, "This expression did not compile.")'
"""Stands where an expression is wrong, so that reading goes on and finds the other faults."""

_NAMED = frozenset(
    {
        "businessKnowledgeModel",
        "column",
        "contextEntry",
        "decision",
        "decisionService",
        "formalParameter",
        "inputData",
        "itemComponent",
        "itemDefinition",
        "output",
        "parameter",
        "variable",
    }
)


class Reading:
    """One file while it is read."""

    def __init__(self, root: etree._Element, issues: Issues) -> None:
        self.issues = issues
        self.types: Mapping[str, TypeName] = read_types(root)
        self.allowed_values = read_allowed_values(root)
        self._language = attribute(root, "expressionLanguage")
        self._names = frozenset(_names(root))

    def expression(self, text: str, element: etree._Element, owner: str) -> Expression:
        """Compile the FEEL of *element*; a fault becomes a finding about *owner*."""
        if self._is_feel(element, owner):
            try:
                expression = compile_expression(text, names=self._names, types=self.types)
                return self._known(expression, owner)
            except (ExpressionError, LimitExceeded) as error:
                self.issues.bad_expression(owner, text, error)
        return compile_expression(_BROKEN)

    def tests(self, text: str, element: etree._Element, owner: str) -> UnaryTests:
        """Compile the tests of a cell; a fault becomes a finding about *owner*."""
        if self._is_feel(element, owner):
            try:
                tests = compile_unary_tests(text, names=self._names, types=self.types)
                return self._known(tests, owner)
            except (ExpressionError, LimitExceeded) as error:
                self.issues.bad_expression(owner, text, error)
        return compile_unary_tests(_BROKEN)

    def _known(self, compiled: _Compiled, owner: str) -> _Compiled:
        """Return *compiled*; a function in it that nobody has becomes a finding about *owner*."""
        try:
            refuse_unknown_functions(compiled, defined=self._names)
        except ExpressionError as error:
            self.issues.bad_expression(owner, compiled.source, error)
        return compiled

    def _is_feel(self, element: etree._Element, owner: str) -> bool:
        language = attribute(element, "expressionLanguage") or self._language
        if not language or "feel" in language.lower():
            return True
        self.issues.unsupported(
            owner, f"The expression language {language!r}", f"表达式语言 {language!r}"
        )
        return False


def _names(root: etree._Element) -> list[str]:
    """Return every name that an expression of the file may use."""
    names = []
    for element in root.iter():
        if is_element(element) and local_name(element) in _NAMED:
            names.append(attribute(element, "name"))
        if is_element(element):
            names.append(attribute(element, "iteratorVariable"))
    return [name for name in names if name]
