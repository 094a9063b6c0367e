"""How many rows a database touches to answer: the same on every machine, unlike its time."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, event

STEP = 10
"""SQLite is asked after so many instructions of its virtual machine."""


def work_of(connection: Connection, ask: Callable[[], object]) -> int:
    """Return what it takes to ask: rows read on PostgreSQL, instructions on SQLite."""
    if connection.dialect.name == "sqlite":
        return _instructions(connection, ask)
    return sum(_rows(plan) for plan in _plans(connection, ask))


def _instructions(connection: Connection, ask: Callable[[], object]) -> int:
    driver: Any = connection.connection.driver_connection
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += STEP
        return 0

    ask()  # what is prepared and compiled once does not count
    driver.set_progress_handler(count, STEP)
    try:
        ask()
    finally:
        driver.set_progress_handler(None, 0)
    return steps


def _plans(connection: Connection, ask: Callable[[], object]) -> Iterator[Mapping[str, Any]]:
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    for statement, parameters in asked:
        text = f"explain (analyze, timing off, format json) {statement}"
        (answer,) = connection.exec_driver_sql(text, parameters).scalars()
        found = answer if isinstance(answer, list) else orjson.loads(answer)
        yield found[0]["Plan"]


def _rows(plan: Mapping[str, Any]) -> int:
    """Return the rows that a part of a plan read, thrown away or passed on, with its parts."""
    removed = sum(count for name, count in plan.items() if name.startswith("Rows Removed"))
    own = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
    return round(own) + sum(_rows(part) for part in plan.get("Plans", ()))
