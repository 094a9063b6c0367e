"""Pages of our own lists: bounded, by cursor, in the query of a GET."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, StringConstraints
from pydantic.alias_generators import to_snake

from api.models import Model
from api.v2.models.search import CURSOR, MAX_CURSOR, PageInfo
from engine.domain.search import Condition, Operator, PageRequest, Search, SearchResult, SortBy

DEFAULT_LIMIT = 50
MAX_LIMIT = 500

ItemT = TypeVar("ItemT", bound=Model)

Word = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=255)]
"""Text in a query that every database can compare with."""


class PageQuery(Model):
    """Which page; subclasses add what is looked for."""

    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="Items at most.")
    after: str | None = Field(
        default=None,
        pattern=CURSOR,
        max_length=MAX_CURSOR,
        description="`page.endCursor` of the page before.",
    )
    before: str | None = Field(
        default=None,
        pattern=CURSOR,
        max_length=MAX_CURSOR,
        description="`page.startCursor` of the page after.",
    )


class PageOf(Model, Generic[ItemT]):
    """One page of a list."""

    items: list[ItemT]
    page: PageInfo


def search_of(
    query: PageQuery,
    *,
    conditions: Sequence[Condition | None] = (),
    alternatives: Sequence[Sequence[Condition]] = (),
    sort: str = "",
) -> Search:
    """Return the engine's search; *sort* is a field as in a request, descending with a minus."""
    field = to_snake(sort.lstrip("-"))
    by = [SortBy(field=field, descending=sort.startswith("-"))] if sort else []
    return Search(
        conditions=[condition for condition in conditions if condition is not None],
        alternatives=alternatives,
        sort=by,
        page=PageRequest(limit=query.limit, after=query.after, before=query.before),
    )


def where(field: str, operator: Operator, value: object) -> Condition | None:
    """Return a condition, or None where nothing was asked."""
    if value is None or value == "":
        return None
    return Condition(field=field, operator=operator, value=value)


def matching(part: str, *fields: str) -> list[list[Condition]]:
    """Return the alternatives that *part* is in one of the fields; none for an empty part."""
    if not part:
        return []
    for special in "\\*?":
        part = part.replace(special, f"\\{special}")
    return [[Condition(field=field, operator=Operator.LIKE, value=f"*{part}*")] for field in fields]


def info_of(result: SearchResult[Any]) -> PageInfo:
    """Return where the page is."""
    return PageInfo(
        total_items=result.total,
        has_more_total_items=result.has_more_total,
        start_cursor=result.start_cursor,
        end_cursor=result.end_cursor,
    )
