"""What a DMN file says, read and compiled: decisions, their requirements and their logic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.feel import Expression, TypeName, UnaryTests


class HitPolicy(StrEnum):
    """How a table answers when several rules match (DMN 1.3, 8.2.10)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """What COLLECT makes of the outputs; without one it lists them."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column of a table that is tested: its id, its label and the value to test.

    ``type``, ``whole`` (declared as integer or long) and ``allowed_values`` say what its author
    expects; they are checked by :mod:`engine.dmn.analysis` and not during an evaluation.
    """

    id: str
    name: str
    expression: Expression
    type: TypeName | None = None
    whole: bool = False
    allowed_values: UnaryTests | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column of a table that is answered; ``values`` are in order of priority.

    ``type`` is checked by :mod:`engine.dmn.analysis` and not during an evaluation; ``label`` is
    what people call it, empty if nobody said.
    """

    id: str
    name: str
    label: str = ""
    type: TypeName | None = None
    values: Expression | None = None
    default: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of a table: one test per input, one expression (None: null) per output."""

    id: str
    index: int
    tests: tuple[UnaryTests, ...]
    outputs: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """A decision table."""

    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralExpression:
    """One FEEL expression."""

    expression: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry:
    """An entry of a boxed context; the one without a name is its result."""

    name: str | None
    logic: "Logic"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedContext:
    """Entries, each seeing those before it."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """A call of a business knowledge model with named parameters."""

    function: "Logic"
    bindings: tuple[tuple[str, "Logic"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalParameter:
    """A parameter of a function with its declared type, if any."""

    name: str
    type: TypeName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionDefinition:
    """A boxed function; ``result`` is the declared type of what it returns."""

    parameters: tuple[FormalParameter, ...]
    body: "Logic"
    result: TypeName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedList:
    """A list of boxed expressions."""

    items: tuple["Logic", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A list of contexts with the same entries, drawn as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple["Logic", ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional:
    """A boxed ``if``."""

    condition: "Logic"
    consequence: "Logic"
    alternative: "Logic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A boxed filter: ``match`` is evaluated with each item."""

    source: "Logic"
    match: "Logic"


class IterationKind(StrEnum):
    """What a boxed iteration makes of its rounds."""

    FOR = "for"
    SOME = "some"
    EVERY = "every"


@dataclass(frozen=True, slots=True, kw_only=True)
class Iteration:
    """A boxed ``for``, ``some`` or ``every``."""

    kind: IterationKind
    variable: str
    source: "Logic"
    body: "Logic"


Logic = (
    LiteralExpression
    | DecisionTable
    | BoxedContext
    | Invocation
    | FunctionDefinition
    | BoxedList
    | Relation
    | Conditional
    | Filter
    | Iteration
)
"""What decides: a literal expression, a table or another boxed expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData:
    """A value that the model expects from outside, under ``variable``."""

    id: str
    name: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeModel:
    """A business knowledge model: a function that decisions may call."""

    id: str
    name: str
    variable: str
    function: FunctionDefinition
    required_knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision; other decisions see its output under ``variable``.

    As in Camunda 8 that is the name of its variable, or its id when it has none.
    """

    id: str
    name: str
    variable: str
    type: TypeName | None
    logic: Logic
    required_decisions: tuple[str, ...] = ()
    required_inputs: tuple[str, ...] = ()
    required_knowledge: tuple[str, ...] = ()
    version_tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Inputs of a decision and the answer that its owner expects, both as JSON values."""

    number: int
    """In the file, from 1."""
    decision: str
    inputs: Mapping[str, object]
    expected: object


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionModel:
    """One DMN file (Camunda: a decision requirements graph), immutable and shared.

    All mappings are by id, in the order of the file.
    """

    id: str
    name: str
    namespace: str
    resource_name: str
    decisions: Mapping[str, Decision]
    inputs: Mapping[str, InputData] = field(default_factory=dict)
    knowledge: Mapping[str, KnowledgeModel] = field(default_factory=dict)
    types: Mapping[str, TypeName] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
