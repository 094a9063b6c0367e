"""What one input may be: its sample values, and which of them its author expects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from engine.dmn.analysis.constants import NotConstant, constants_of, empty_scope
from engine.dmn.analysis.samples import Kind, kind_of_sample, samples
from engine.dmn.model import Input
from engine.errors import ExpressionError, LimitExceeded
from engine.feel import TypeName, UnaryTests
from engine.feel.limits import Budget
from engine.feel.types import conforms

_ODD: dict[str, object] = {}
"""Stands for every value of a type that no cell speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """The samples of one input; sets of them are bits, the first sample being the lowest.

    ``expected`` are those of the declared type and among the allowed values. Null is expected
    only where a cell speaks of it.
    """

    samples: tuple[object, ...]
    expected: int
    starts: frozenset[int]
    """The places at which the samples of another type begin."""
    places: Mapping[object, int]
    """The place of each sample, by its type and value."""

    @property
    def everything(self) -> int:
        """The set of all samples."""
        return (1 << len(self.samples)) - 1


def build_domain(
    column: Input, constants: Iterable[object], types: Mapping[str, TypeName]
) -> Domain | None:
    """Return the samples of an input whose cells compare it with *constants*.

    None when its values cannot be sampled: times of day with a zone.
    """
    known = [*constants, *_allowed_constants(column)]
    found: list[object] = []
    starts = set()
    for kind, members in _by_kind(known, column, types).items():
        values = samples(kind, members, whole=column.whole)
        if values is None:
            return None
        starts.add(len(found))
        found += values
    speaks_of_null = any(value is None for value in known)
    expected = [is_expected(value, column, types) for value in found]
    return Domain(
        samples=(*found, None, _ODD),
        expected=sum(1 << i for i, each in enumerate([*expected, speaks_of_null]) if each),
        starts=frozenset({*starts, len(found), len(found) + 1}),
        places={(kind_of_sample(value), value): place for place, value in enumerate(found)},
    )


def split(domain: Domain, constants: Iterable[object]) -> list[range]:
    """Return runs of samples on which a cell that compares with *constants* cannot change."""
    cuts = set(domain.starts)
    for value in constants:
        if value is not None:
            place = domain.places[kind_of_sample(value), value]
            cuts |= {place, place + 1}
    ends = sorted({*cuts, len(domain.samples)})
    return [range(start, end) for start, end in pairwise(ends)]


def is_expected(value: object, column: Input, types: Mapping[str, TypeName]) -> bool:
    """Say whether a value that is not null has the column's type and is among those allowed."""
    if column.whole and isinstance(value, Decimal) and value != value.to_integral_value():
        return False
    allowed = column.allowed_values
    return has_type(value, column.type, types) and (allowed is None or is_allowed(value, allowed))


def has_type(value: object, type_name: TypeName | None, types: Mapping[str, TypeName]) -> bool:
    """Say whether a value has a type; where nobody declared or defined one, it has."""
    try:
        return type_name is None or conforms(value, type_name, types, Budget()) is not False
    except RecursionError:
        return True  # a type defined by itself says nothing


def is_allowed(value: object, allowed: UnaryTests) -> bool:
    """Say whether a value passes the tests; where they cannot be decided alone, it does."""
    try:
        return allowed.accept_in(value, empty_scope())
    except (ExpressionError, LimitExceeded, RecursionError):
        return True


def _allowed_constants(column: Input) -> Sequence[object]:
    if column.allowed_values is None:
        return ()
    try:
        return constants_of(column.allowed_values)
    except NotConstant:
        return ()


def _by_kind(
    constants: Iterable[object], column: Input, types: Mapping[str, TypeName]
) -> dict[Kind, list[object]]:
    """Group the constants, each once; the declared type is there even without any."""
    kinds: dict[Kind, dict[object, None]] = {}
    for value in constants:
        if value is not None:
            kinds.setdefault(kind_of_sample(value), {})[value] = None
    declared = _base_name(column.type, types)
    if declared is not None and not any(name == declared for name, _ in kinds):
        kinds[declared, declared == "date and time"] = {}
    return {kind: list(values) for kind, values in (kinds or {("string", False): {}}).items()}


_SAMPLED = frozenset(
    {
        "string",
        "number",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def _base_name(type_name: TypeName | None, types: Mapping[str, TypeName]) -> str | None:
    """Return the FEEL type that a type of the model stands for, if it is one of scalars."""
    seen: set[str] = set()
    while type_name is not None and type_name.name in types and type_name.name not in seen:
        seen.add(type_name.name)
        type_name = types[type_name.name]
    return type_name.name if type_name is not None and type_name.name in _SAMPLED else None
