"""Locks on things that have no row of their own, held until the transaction ends."""

from sqlalchemy import Connection, func, select


def hold(connection: Connection, name: str) -> None:
    """Wait until no other transaction holds *name*, then hold it.

    What is read afterwards is what the others have committed. SQLite has one writer at a time,
    who holds everything.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def wait_at_most(connection: Connection, milliseconds: int) -> None:
    """Let this transaction wait so long for what others hold, then raise RevisionConflict.

    On SQLite nobody else holds anything.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("lock_timeout", f"{milliseconds}ms", True)))
