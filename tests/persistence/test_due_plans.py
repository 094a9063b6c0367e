"""Does taking what is due look, for each row, at its own receiver and not at all that is due?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event

from engine.persistence.database import Database
from engine.persistence.stores import signals, waits

TAKES = (
    (signals.take_due, "(element_instance_key=?)"),
    (waits.take_due_timers, "(process_instance_key=?"),
)


@pytest.mark.parametrize(("take", "by_its_own"), TAKES)
def test_sqlite_looks_for_earlier_ones_among_those_of_the_same_receiver(
    sqlite_url: str, take: Callable[..., object], by_its_own: str
) -> None:
    plans: list[str] = []

    def explain(connection: Connection, _: object, statement: str, values: Any, *rest: Any) -> None:
        if statement.startswith("SELECT"):
            rows = connection.exec_driver_sql(f"explain query plan {statement}", values)
            plans.extend(row.detail for row in rows)

    database = Database(sqlite_url)
    with database.write() as connection:
        event.listen(connection, "before_cursor_execute", explain)
        take(connection, datetime(2026, 3, 2, tzinfo=UTC), 20, failed=False)
    database.close()

    assert any(by_its_own in plan for plan in plans), plans
