"""The retailer's shops, as the demo knows them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from engine.persistence.retail import store
from engine.persistence.rows import fetch_all, insert_all


class ShopRow(NamedTuple):
    """One shop."""

    id: str
    name: str
    city: str


def insert(connection: Connection, rows: Sequence[ShopRow]) -> None:
    """Store new shops."""
    insert_all(connection, store, [row._asdict() for row in rows])


def every(connection: Connection) -> list[ShopRow]:
    """Return all shops, by id."""
    return fetch_all(connection, store, ShopRow)
