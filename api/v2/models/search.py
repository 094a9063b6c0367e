"""Search requests and pages, and how they become the engine's (engine/domain/search.py)."""

from collections.abc import Sequence
from typing import Any, Generic, Literal, Self, TypeVar

from pydantic import Field, model_validator
from pydantic.alias_generators import to_snake

from api.models import Model
from api.v2.models.common import optional
from api.v2.models.filters import VariableFilter, operators_of
from engine.domain.search import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Condition,
    Operator,
    PageRequest,
    Search,
    SearchResult,
    SortBy,
)

ItemT = TypeVar("ItemT", bound=Model)
PageT = TypeVar("PageT", bound=Model)
CURSOR = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
MAX_CURSOR = 20_000
MAX_START = 1_000_000


class Page(Model):
    """Which part of the result: by number (`from`) or next to a cursor of an earlier page."""

    start: int = Field(default=0, alias="from", ge=0, le=MAX_START)
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    after: str = optional(description="An `endCursor`.", pattern=CURSOR, max_length=MAX_CURSOR)
    before: str = optional(description="A `startCursor`.", pattern=CURSOR, max_length=MAX_CURSOR)

    @model_validator(mode="after")
    def _check_one_way(self) -> Self:
        if len(self.model_fields_set & {"start", "after", "before"}) > 1:
            raise ValueError("use one of from, after and before")
        return self


class Filter(Model):
    """Properties that must all match."""


class Sort(Model):
    """One level of the order; things without a value come last."""

    field: str
    order: Literal["ASC", "DESC"] = "ASC"


class SearchRequest(Model):
    """A search; subclasses add ``filter`` and ``sort``."""

    page: Page = Field(default_factory=Page)


class PageInfo(Model):
    """Where the page is. `totalItems` counts up to 1 000; `hasMoreTotalItems` says if more."""

    total_items: int
    has_more_total_items: bool
    start_cursor: str | None
    end_cursor: str | None


class Found(Model, Generic[ItemT]):
    """One page of a search."""

    items: tuple[ItemT, ...]
    page: PageInfo


def asked(body: SearchRequest | None, *, also: Sequence[Condition] = ()) -> Search:
    """Return the engine's search for a request; *also* holds conditions from the path."""
    if body is None:
        return Search(conditions=also)
    given: Filter | None = getattr(body, "filter", None)
    sort: Sequence[Sort] = getattr(body, "sort", None) or ()
    return Search(
        conditions=[*also, *(_conditions(given) if given else ())],
        alternatives=[_conditions(one) for one in getattr(given, "alternatives", None) or ()],
        sort=[SortBy(field=to_snake(s.field), descending=s.order == "DESC") for s in sort],
        page=PageRequest(
            start=body.page.start,
            limit=body.page.limit,
            after=body.page.after,
            before=body.page.before,
        ),
    )


def found(page: type[PageT], result: SearchResult[object]) -> PageT:
    """Return the response for a result of the engine, whose views are named like its items."""
    info = PageInfo(
        total_items=result.total,
        has_more_total_items=result.has_more_total,
        start_cursor=result.start_cursor,
        end_cursor=result.end_cursor,
    )
    return page.model_validate({"items": result.items, "page": info}, from_attributes=True)


def equal(field: str, value: object) -> Condition:
    """Return the condition that a field has exactly this value."""
    return Condition(field=field, operator=Operator.EQ, value=value)


def _conditions(given: Filter) -> list[Condition]:
    names = [name for name in given.model_fields_set if name != "alternatives"]
    return [c for name in sorted(names) for c in _property(name, getattr(given, name))]


def _property(name: str, value: Any) -> list[Condition]:
    if value == ():
        return []
    if isinstance(value, tuple) and isinstance(value[0], VariableFilter):
        return [
            Condition(field=name, operator=Operator(operator), value=operand, name=variable.name)
            for variable in value
            for operator, operand in operators_of(variable.value)
        ]
    return [
        Condition(field=name, operator=Operator(operator), value=operand)
        for operator, operand in operators_of(value)
    ]
