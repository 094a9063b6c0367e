"""Customers and their loyalty points, behind the built-in connectors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, func, select, update

from engine.domain.classification import Classification
from engine.persistence.protection import seal, unseal
from engine.persistence.retail import customer, loyalty_entry
from engine.persistence.rows import columns_of, insert_all

_CONTACT = ("name", "email", "phone")


class CustomerRow(NamedTuple):
    """One customer file; ``channels`` are the ways he or she wants to be reached."""

    id: str
    name: str
    email: str | None
    phone: str | None
    language: str
    segment: str
    channels: list[str]
    consent: bool
    last_surveyed_at: datetime | None


class LoyaltyEntryRow(NamedTuple):
    """One booking of points; ``balance`` is the customer's after it."""

    idempotency_key: str
    id: str
    customer_id: str
    points: int
    reason: str
    balance: int
    booked_at: datetime


def insert(connection: Connection, rows: Sequence[CustomerRow]) -> None:
    """Store new customers."""
    insert_all(connection, customer, [_stored_customer(row) for row in rows])


def find(connection: Connection, customer_id: str, *, lock: bool = False) -> CustomerRow | None:
    """Return the customer with that id; *lock* keeps others from changing it meanwhile."""
    statement = select(customer).where(customer.c.id == customer_id)
    if lock:
        statement = statement.with_for_update()
    row = connection.execute(statement).mappings().first()
    return None if row is None else _customer(row)


def ids_matching(connection: Connection, text: str, *, limit: int) -> list[str]:
    """Return the ids of customers with the text in name, e-mail address or telephone number.

    What people are called is sealed, so the rows are opened one by one: our own table is small.
    """
    wanted = text.casefold()
    found: list[str] = []
    for row in connection.execute(select(customer.c.id, customer.c.contact)):
        contact: Any = unseal(row.contact)
        if any(wanted in str(contact[name] or "").casefold() for name in _CONTACT):
            found.append(row.id)
            if len(found) == limit:
                break
    return found


def set_last_surveyed(connection: Connection, customer_id: str, at: datetime) -> None:
    """Store when the customer was last asked for an opinion."""
    connection.execute(
        update(customer).where(customer.c.id == customer_id).values(last_surveyed_at=at)
    )


def insert_loyalty_entry(connection: Connection, row: LoyaltyEntryRow) -> None:
    """Store a booking of points."""
    values = row._asdict() | {"reason": seal(row.reason, Classification.PERSONAL)}
    connection.execute(loyalty_entry.insert().values(values))


def find_loyalty_entry(connection: Connection, idempotency_key: str) -> LoyaltyEntryRow | None:
    """Return what was booked under that key."""
    statement = select(*columns_of(loyalty_entry, LoyaltyEntryRow)).where(
        loyalty_entry.c.idempotency_key == idempotency_key
    )
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return LoyaltyEntryRow(**(dict(row) | {"reason": unseal(row["reason"])}))


def loyalty_balance(connection: Connection, customer_id: str) -> int:
    """Add up the customer's points."""
    statement = select(func.coalesce(func.sum(loyalty_entry.c.points), 0)).where(
        loyalty_entry.c.customer_id == customer_id
    )
    return int(connection.execute(statement).scalar_one())


def _stored_customer(row: CustomerRow) -> dict[str, object]:
    values = row._asdict()
    contact = {name: values.pop(name) for name in _CONTACT}
    return values | {"contact": seal(contact, Classification.PERSONAL)}


def _customer(row: RowMapping) -> CustomerRow:
    values: dict[str, Any] = dict(row)
    contact = unseal(values.pop("contact"))
    return CustomerRow(**values, **contact)  # type: ignore[arg-type]  # sealed as a dict above
