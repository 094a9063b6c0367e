"""The retailer's shops, as the demo knows them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from engine.persistence.retail import store
from engine.persistence.rows import fetch_all, insert_all


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRow:
    """One shop."""

    id: str
    name: str
    city: str


def insert(connection: Connection, rows: Sequence[ShopRow]) -> None:
    """Store new shops."""
    insert_all(connection, store, [asdict(row) for row in rows])


def every(connection: Connection) -> list[ShopRow]:
    """Return all shops, by id."""
    return fetch_all(connection, store, ShopRow)
