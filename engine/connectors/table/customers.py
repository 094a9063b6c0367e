"""A customer directory in our own tables."""

from dataclasses import asdict

from engine.connectors.customer import Customer
from engine.persistence.database import Database
from engine.persistence.stores import customers


class TableCustomers:
    """Reads the customer table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, customer_id: str) -> Customer | None:
        """Return the customer, or None; see `engine.connectors.customer.CustomerDirectory`."""
        with self._database.read() as connection:
            row = customers.find(connection, customer_id)
        return None if row is None else Customer(customer_id=row.id, **asdict(row))
