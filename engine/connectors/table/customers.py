"""A customer directory in our own tables."""

from engine.connectors.customer import Customer, LastSurvey, SurveyNote
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import customers


class TableCustomers:
    """Reads and keeps the customer table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, customer_id: str) -> Customer | None:
        """Return the customer, or None; see `engine.connectors.customer.CustomerDirectory`."""
        with self._database.read() as connection:
            row = customers.find(connection, customer_id)
        return None if row is None else Customer(customer_id=row.id, **row._asdict())

    @begins_anew
    def note_survey(self, note: SurveyNote) -> LastSurvey | None:
        """Keep the later time; see `engine.connectors.customer.CustomerDirectory`."""
        with self._database.write() as connection:
            row = customers.find(connection, note.customer_id, lock=True)
            if row is None:
                return None
            last = max(row.last_surveyed_at or note.surveyed_at, note.surveyed_at)
            customers.set_last_surveyed(connection, row.id, last)
        return LastSurvey(last_surveyed_at=last)
