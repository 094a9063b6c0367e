"""Saved views: filters and order of a list under a name, one's own and those of one's groups."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, or_, select

from engine.persistence.rows import columns_of, read_as, upsert
from engine.persistence.schema import saved_view


class SavedViewRow(NamedTuple):
    """One view; ``query`` is the address's part that it stands for, ``shared_with`` a group."""

    owner: str
    page: str
    name: str
    query: Mapping[str, str | bool]
    shared_with: str | None
    position: int
    saved_at: datetime


def offered(
    connection: Connection, page: str, username: str, groups: Collection[str]
) -> list[SavedViewRow]:
    """Return the person's views of a page in the own order, then those shared with the groups."""
    is_others = saved_view.c.owner != username
    statement = (
        select(*columns_of(saved_view, SavedViewRow))
        .where(
            saved_view.c.page == page,
            or_(~is_others, saved_view.c.shared_with.in_(sorted(groups))),
        )
        .order_by(is_others, saved_view.c.position, saved_view.c.name, saved_view.c.owner)
    )
    return list(read_as(connection, statement, SavedViewRow))


def positions(connection: Connection, page: str, owner: str) -> tuple[int, int, int]:
    """Return how many views a person has of a page, and the first and last position."""
    position = saved_view.c.position
    statement = select(
        func.count(), func.coalesce(func.min(position), 0), func.coalesce(func.max(position), 0)
    ).where(saved_view.c.page == page, saved_view.c.owner == owner)
    count, first, last = connection.execute(statement).one()
    return count, first, last


def find(connection: Connection, page: str, owner: str, name: str) -> SavedViewRow | None:
    """Return a person's view of a page by its name."""
    statement = select(*columns_of(saved_view, SavedViewRow)).where(
        saved_view.c.page == page, saved_view.c.owner == owner, saved_view.c.name == name
    )
    return next(read_as(connection, statement, SavedViewRow), None)


def put(connection: Connection, row: SavedViewRow) -> None:
    """Store a view, in place of the owner's one of that name."""
    statement = upsert(connection, saved_view).values(row._asdict())
    changed = ("query", "shared_with", "position", "saved_at")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(saved_view.primary_key.columns),
            set_={name: statement.excluded[name] for name in changed},
        )
    )


def remove(connection: Connection, page: str, owner: str, name: str) -> bool:
    """Remove a view; tell whether there was one."""
    removed = connection.execute(
        delete(saved_view).where(
            saved_view.c.page == page, saved_view.c.owner == owner, saved_view.c.name == name
        )
    )
    return removed.rowcount == 1
