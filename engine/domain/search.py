"""What a search asks and answers: conditions, order and pages, without a word of SQL.

Field names are those of the views (engine/domain/views.py) and of the contract's filters, in
snake case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

Item = TypeVar("Item", covariant=True)
Other = TypeVar("Other")

DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000
MAX_EXAMINED = 1_000
"""A count looks at no more matches than this, so that no list waits for a number."""


class Operator(StrEnum):
    """How a condition compares; the words are those of the Camunda contract."""

    EQ = "$eq"
    NEQ = "$neq"
    EXISTS = "$exists"
    IN = "$in"
    NOT_IN = "$notIn"
    GT = "$gt"
    GTE = "$gte"
    LT = "$lt"
    LTE = "$lte"
    LIKE = "$like"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that an item must fulfil.

    ``value`` is a text, number, bool or aware datetime; a sequence of them for IN and NOT_IN, a
    bool for EXISTS. ``$neq`` and ``$notIn`` are also true of an item without any value. A
    ``$like`` pattern has ``*`` for any characters, ``?`` for one and ``\\`` before either to mean
    itself, and does not tell capital letters from small ones. ``name`` says which variable is
    meant where the field is about variables.
    """

    field: str
    operator: Operator
    value: object
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SortBy:
    """One level of the order. Items without a value come last, in either direction."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which part of the result: ``start`` items skipped, or those next to a cursor.

    ``after`` and ``before`` are cursors of an earlier page of the same search and order; with
    one of them ``start`` is not used.
    """

    start: int = 0
    limit: int = DEFAULT_LIMIT
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All ``conditions`` hold and, where there are ``alternatives``, all of one of them."""

    conditions: Sequence[Condition] = ()
    alternatives: Sequence[Sequence[Condition]] = ()
    sort: Sequence[SortBy] = ()
    page: PageRequest = field(default_factory=PageRequest)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult(Generic[Item]):
    """One page of what was found.

    ``total`` counts the matches that the reader may see, among the first `MAX_EXAMINED` matches;
    ``has_more_total`` says that there were more of them, so that ``total`` is a lower bound. The
    cursors are None for an empty page.
    """

    items: tuple[Item, ...]
    total: int
    has_more_total: bool = False
    start_cursor: str | None = None
    end_cursor: str | None = None

    def map(self, change: Callable[[Item], Other]) -> "SearchResult[Other]":
        """Return the same page with every item changed."""
        return SearchResult(
            items=tuple(change(item) for item in self.items),
            total=self.total,
            has_more_total=self.has_more_total,
            start_cursor=self.start_cursor,
            end_cursor=self.end_cursor,
        )
