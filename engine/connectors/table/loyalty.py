"""A loyalty programme in our own tables."""

from engine.connectors.loyalty import PointsEntry, PointsRequest
from engine.connectors.table.effects import effect_id, require_same
from engine.errors import ConnectorRejected
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import customers


class TableLoyalty:
    """Keeps one ledger entry per idempotency key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @begins_anew
    def book(self, request: PointsRequest) -> PointsEntry:
        """Book once per key; see `engine.connectors.loyalty.LoyaltyLedger`."""
        with self._database.write() as connection:
            if customers.find(connection, request.customer_id, lock=True) is None:
                raise ConnectorRejected(f"loyalty knows no customer {request.customer_id!r}")
            entry = customers.find_loyalty_entry(connection, request.idempotency_key)
            if entry is None:
                before = customers.loyalty_balance(connection, request.customer_id)
                entry = _entry_row(request, before)
                customers.insert_loyalty_entry(connection, entry)
        require_same(
            (entry.customer_id, entry.points), (request.customer_id, request.points), "booking"
        )
        return PointsEntry(entry_id=entry.id, balance=entry.balance)


def _entry_row(request: PointsRequest, before: int) -> customers.LoyaltyEntryRow:
    balance = before + request.points
    if balance < 0:
        raise ConnectorRejected(
            f"customer {request.customer_id!r} has {before} points, {-request.points} were to go"
        )
    return customers.LoyaltyEntryRow(
        idempotency_key=request.idempotency_key,
        id=effect_id("points", request.idempotency_key),
        customer_id=request.customer_id,
        points=request.points,
        reason=request.reason,
        balance=balance,
        booked_at=request.requested_at,
    )
