"""What can be asked about one kind of thing, and the one function that asks it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Alias,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.visitors import iterate

from engine.domain.search import MAX_EXAMINED, Condition, PageRequest, Search, SearchResult
from engine.errors import FieldProblem, InvalidInput
from engine.persistence.search import cursors
from engine.persistence.search.cursors import Ordering
from engine.persistence.search.predicates import compare

TENANT_ID = "<default>"
TENANT_FIELD = "tenant_id"

View = TypeVar("View")
Match = Callable[[Condition], ColumnElement[bool]]


def on(column: ColumnElement[Any]) -> Match:
    """Return the match for a field that is a column, but not one of the view."""
    return partial(compare, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Rows of another table; ONE of them fulfils all conditions on these fields together."""

    link: ColumnElement[bool]
    columns: Mapping[str, ColumnElement[Any]]

    def where(self, conditions: Sequence[Condition]) -> list[ColumnElement[bool]]:
        """Return the EXISTS for the conditions that are about these fields, if any is."""
        own = [compare(self.columns[c.field], c) for c in conditions if c.field in self.columns]
        return [exists().where(self.link, *own)] if own else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(Generic[View]):
    """How a kind of thing is read, found and sorted.

    ``columns`` are the view's fields by name: what is selected is what can be sorted and
    compared. ``matches`` and ``related`` are for fields that only filters know. ``key`` names
    the unique field that decides ties. Joins to other tables should be outer joins on their
    primary key, so that a count need not do them. ``indexed`` are fields in whose order there is
    an index: sorted by one of them, matches are counted in that order as well, where the page has
    just found them.
    """

    view: Callable[..., View]
    source: FromClause
    key: str
    columns: Mapping[str, ColumnElement[Any]]
    where: ColumnElement[bool] = field(default_factory=true)
    matches: Mapping[str, Match] = field(default_factory=dict)
    related: Sequence[Related] = ()
    indexed: Collection[str] = ()

    def search(
        self,
        connection: Connection,
        asked: Search,
        *,
        visible: ColumnElement[bool],
        ways: Sequence[ColumnElement[bool]] = (),
    ) -> SearchResult[View]:
        """Return the page of the things that are *visible* and match.

        Where there are *ways*, one of them holds as well. Each is asked for by itself, in the order
        of an index of its own: with one condition for all a database finds the few by looking at
        everything.

        Raises:
            InvalidInput: an unknown field, or a cursor of another order.
        """
        matching = and_(self.where, self._matching(asked))
        order = self._order(asked)
        rows = self._page(connection, and_(matching, visible), order, asked.page, ways)
        shown_until = asked.page.start + len(rows)
        if _is_whole(asked.page, len(rows)):
            total, has_more = shown_until, False
        else:
            is_quick = order[0].field in self.indexed
            by = [level.clause(reverse=False) for level in order] if is_quick else []
            total, has_more = self._count(connection, matching, visible, ways, by)
        return SearchResult(
            items=tuple(self.view(**row) for row in rows),
            total=max(total, shown_until) if has_more else total,
            has_more_total=has_more,
            start_cursor=cursors.encode(order, rows[0]) if rows else None,
            end_cursor=cursors.encode(order, rows[-1]) if rows else None,
        )

    def find(
        self, connection: Connection, key: int, *, visible: ColumnElement[bool]
    ) -> View | None:
        """Return the thing with that key, or None where it is not there or not *visible*."""
        statement = self._select().where(self.where, visible, self.columns[self.key] == key)
        row = connection.execute(statement).mappings().first()
        return None if row is None else self.view(**row)

    def _select(self) -> Any:
        labelled = [column.label(name) for name, column in self.columns.items()]
        return select(*labelled).select_from(self.source)

    def _page(
        self,
        connection: Connection,
        where: ColumnElement[bool],
        order: Sequence[Ordering],
        page: PageRequest,
        ways: Sequence[ColumnElement[bool]],
    ) -> list[dict[str, object]]:
        reverse = page.before is not None
        cursor = page.before or page.after
        start = page.start if cursor is None else 0
        by = [level.clause(reverse=reverse) for level in order]
        if cursor is not None:
            where = and_(where, cursors.beyond(order, cursor, reverse=reverse))
        if ways:
            where = self._by_ways(where, ways, start + page.limit, by)
        statement = self._select().where(where).order_by(*by).offset(start).limit(page.limit)
        found = connection.execute(statement).mappings()
        rows = [dict(row) for row in found]
        return rows[::-1] if reverse else rows

    def _count(
        self,
        connection: Connection,
        matching: ColumnElement[bool],
        visible: ColumnElement[bool],
        ways: Sequence[ColumnElement[bool]],
        by: Sequence[ColumnElement[Any]],
    ) -> tuple[int, bool]:
        """Count what is visible among the first matches, and tell whether those were all."""
        if ways:
            found = self._by_ways(and_(matching, visible), ways, MAX_EXAMINED + 1, by)
            own = select(func.count()).select_from(self.columns[self.key].table).where(found)
            count = int(connection.execute(own).scalar_one())
            return min(count, MAX_EXAMINED), count > MAX_EXAMINED
        is_seen = case((visible, 1), else_=0).label("is_seen")
        source = self._needed_for(and_(matching, visible, *by))
        examined = select(is_seen).select_from(source).where(matching).order_by(*by)
        rows = examined.limit(MAX_EXAMINED + 1).subquery()
        counts = select(func.coalesce(func.sum(rows.c.is_seen), 0), func.count())
        seen, all_rows = connection.execute(counts.select_from(rows)).one()
        return min(int(seen), MAX_EXAMINED), all_rows > MAX_EXAMINED

    def _by_ways(
        self,
        where: ColumnElement[bool],
        ways: Sequence[ColumnElement[bool]],
        limit: int,
        by: Sequence[ColumnElement[Any]] = (),
    ) -> ColumnElement[bool]:
        """Say of a thing that it is among the first *limit* of one of the ways."""
        key = self.columns[self.key]
        source = self._needed_for(and_(where, *by))
        first = [
            select(key).select_from(source).where(where, way).order_by(*by).limit(limit).subquery()
            for way in ways
        ]
        return key.in_(union_all(*(select(one) for one in first)))

    def _needed_for(self, where: ColumnElement[bool]) -> FromClause:
        """Return the table of the key alone where no condition looks at a joined one."""
        own: FromClause = self.columns[self.key].table
        joined = {e for e in iterate(self.source) if isinstance(e, Table | Alias)} - {own}
        looked_at = {e.table for e in iterate(where) if isinstance(e, Column)}
        return own if joined.isdisjoint(looked_at) else self.source

    def _matching(self, asked: Search) -> ColumnElement[bool]:
        all_of = self._all(asked.conditions)
        if not asked.alternatives:
            return all_of
        return and_(all_of, or_(*(self._all(one) for one in asked.alternatives)))

    def _all(self, conditions: Sequence[Condition]) -> ColumnElement[bool]:
        parts = [part for one in self.related for part in one.where(conditions)]
        in_related = {name for one in self.related for name in one.columns}
        for condition in conditions:
            if condition.field == TENANT_FIELD:
                parts.append(compare(cast(literal(TENANT_ID), String), condition))
            elif condition.field in self.matches:
                parts.append(self.matches[condition.field](condition))
            elif condition.field not in in_related:
                parts.append(compare(self._column(condition.field, "/filter"), condition))
        return and_(true(), *parts)

    def _order(self, asked: Search) -> list[Ordering]:
        levels: dict[str, Ordering] = {}
        for by in asked.sort:
            if by.field != TENANT_FIELD:  # the same for all
                levels.setdefault(by.field, self._ordering(by.field, descending=by.descending))
        levels.setdefault(self.key, self._ordering(self.key, descending=False))
        return list(levels.values())

    def _ordering(self, name: str, *, descending: bool) -> Ordering:
        column = self._column(name, "/sort")
        own = self.columns[self.key].table
        always = isinstance(column, Column) and column.table is own and not column.nullable
        return Ordering(field=name, column=column, descending=descending, nullable=not always)

    def _column(self, name: str, pointer: str) -> ColumnElement[Any]:
        if name not in self.columns:
            message = f"there is no field {name!r} here"
            problem = FieldProblem(pointer=pointer, code="unknown-field", message=message)
            raise InvalidInput(f"{pointer}: {message}.", [problem])
        return self.columns[name]


def _is_whole(page: PageRequest, row_count: int) -> bool:
    """Tell whether the page shows the end of the matches, so that they need no counting."""
    if page.after is not None or page.before is not None:
        return False
    return row_count < page.limit and (row_count > 0 or page.start == 0)
