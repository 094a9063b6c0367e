"""The syntax tree of an expression.

Every node knows the offset of its first character in the source (``position``), which lint
findings and the "why" of a decision point at. Nodes carry no behaviour.
"""

from dataclasses import dataclass, fields
from typing import Literal as OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part of an expression; ``position`` is its offset in the source."""

    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A value written out: null, boolean, number, string or ``@"..."``."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A variable, or ``?``, the value under test."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Node):
    """``base.name``."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """``base[condition]``: items that satisfy it, or the item at that place."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedArgument(Node):
    """``name: value`` in a call."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """``function(arguments)``, with arguments by position or by name, never both."""

    function: Node
    arguments: tuple[Node, ...] = ()
    named_arguments: tuple[NamedArgument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation(Node):
    """``-operand``."""

    operand: Node


ArithmeticOperator = OneOf["+", "-", "*", "/", "**"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    """``left operator right`` on numbers, strings, dates and durations."""

    operator: ArithmeticOperator
    left: Node
    right: Node


ComparisonOperator = OneOf["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Node):
    """``left operator right``, true, false or null."""

    operator: ComparisonOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjunction(Node):
    """``a and b and ...``."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disjunction(Node):
    """``a or b or ...``."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Node):
    """``value between low and high``, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Node):
    """``value in test`` or ``value in (test, test)``."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeName(Node):
    """A type as written: its name, and for lists, ranges, contexts and functions its parts.

    ``names`` are the keys of a context; the last of ``parts`` of a function is its result.
    """

    name: str
    names: tuple[str, ...] = ()
    parts: tuple["TypeName", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Node):
    """``if condition then ... else ...``."""

    condition: Node
    consequence: Node
    alternative: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Iterator(Node):
    """``name in source`` or ``name in source..end`` of a loop."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class For(Node):
    """``for a in x, b in y return body``."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified(Node):
    """``some`` or ``every`` ``a in x satisfies condition``."""

    quantifier: OneOf["some", "every"]
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLiteral(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Node):
    """``key: value`` of a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextLiteral(Node):
    """``{key: value}``; later entries see earlier ones."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Node):
    """``[start..end]`` with either end included or not."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaryComparison(Node):
    """``< operand`` as a test or in brackets: the range of all values that satisfy it."""

    operator: ComparisonOperator
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Node):
    """A parameter of a function; without a declared type it takes anything."""

    name: str
    type: TypeName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionDefinition(Node):
    """``function(a, b) body``."""

    parameters: tuple[Parameter, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests(Node):
    """The tests of one cell; none at all is ``-``, which everything passes."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> list[Node]:
    """Return the nodes directly below *node*, in the order of the source."""
    below: list[Node] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            below.append(value)
        elif isinstance(value, tuple):
            below.extend(item for item in value if isinstance(item, Node))
    return below
