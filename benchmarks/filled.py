"""A database as a desk leaves it behind after a year: 100 000 open cases, a million ended.

Three cases of a small process are really begun, one of them brought to its end; the database then
copies every row of them under keys, numbers, times, customers and staff of their own. What a fact
of history says stays as it was, so its digest holds. A million whole histories would be most of the
room and of the time: of the ended cases only every so manieth has one, the others say that they
have none. An open copy can be read and listed, but not worked on: its state speaks of the keys of
its source.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Table, func, select, text

from engine.bootstrap import Application
from engine.domain.identity import Actor, Role
from engine.persistence.columns import UtcDateTime
from engine.persistence.database import Connection
from engine.persistence.schema import (
    element_instance,
    history,
    process_instance,
    timer,
    user_task,
    user_task_candidate,
    variable,
)
from tests.bpmn.build import Diagram, setting
from tests.bpmn.build import timer as timer_definition

CLERK = Actor(username="agent-7", groups=frozenset({Role.AGENT}))
OWNER = Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER}))
PROCESS = "matter"
STAFF = 200
CUSTOMERS = 50_000
CLAIMED = 100
APART = timedelta(seconds=30)
"""So long after one case the next one was started."""

AT_ONCE = 50_000
"""So many cases are copied in one transaction."""

FIRST_KEY = 1 << 52
STRIDE = 64
"""Keys that a copy may need."""

_OWNERS = (
    (process_instance, "process_instance.key = {source}"),
    (element_instance, "process_instance_key = {source}"),
    (variable, "process_instance_key = {source}"),
    (user_task, "process_instance_key = {source}"),
    (
        user_task_candidate,
        "user_task_key in (select key from user_task where process_instance_key = {source})",
    ),
    (timer, "process_instance_key = {source}"),
    (history, "stream_key = {source}"),
)
_STAFFED = {
    ("process_instance", "started_by"),
    ("user_task", "assignee"),
    ("user_task", "completed_by"),
}
_OF_HISTORY = {"history_sequence", "history_digest"}
_VALUE = f"""case "variable"."name" when 'customer_id' then '"K-' || (n % {CUSTOMERS}) || '"'
 when 'order_id' then '"O-' || n || '"' when 'case_owner' then '"agent-' || (n % {STAFF}) || '"'
 else {{name}} end"""
_NUMBERS_SQLITE = (
    "with recursive numbers(n) as"
    " (select :first union all select n + 1 from numbers where n < :last)"
)
_NUMBERS_POSTGRESQL = (
    "with numbers as"
    " (select n from generate_series(cast(:first as bigint), cast(:last as bigint)) as n)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The keys of the cases that all others are copies of."""

    open: int
    claimed: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """How many cases there are to be, from the oldest to the newest: ended, claimed, open to all.

    One *open* one of `CLAIMED` is claimed; every *story*-th ended one has its history.
    """

    open: int
    ended: int = 0
    story: int = 10

    def number(self, place: int) -> str:
        """Return the number of the case at a place, from 1."""
        return f"2025-{place:07}"

    @property
    def with_story(self) -> int:
        """Return the place of an ended case in the middle that has its history."""
        return self.ended // 2 // self.story * self.story


def fill(app: Application, filling: Filling) -> Sources:
    """Put the cases into a database that has none.

    PostgreSQL gathers its statistics then, as it does by itself after a while; SQLite never does.
    """
    sources = _live_through(app)
    newest = filling.open + filling.ended
    claimed = filling.ended + filling.open // CLAIMED
    for source, places, story in (
        (sources.ended, range(1, filling.ended + 1), filling.story),
        (sources.claimed, range(filling.ended + 1, claimed + 1), 1),
        (sources.open, range(claimed + 1, newest + 1), 1),
    ):
        for first in places[::AT_ONCE]:
            last = min(first + AT_ONCE - 1, places[-1])
            with app.database.write() as connection:
                copier = _copier(connection, source, newest=newest, story=story)
                for statement in copier.statements():
                    connection.execute(text(statement), {"first": first, "last": last})
    if not app.database.is_sqlite:
        with app.database.write() as connection:
            connection.exec_driver_sql("analyze")
    return sources


def _live_through(app: Application) -> Sources:
    """Start three cases, claim the task of one and complete that of another."""
    app.deployments.deploy(OWNER, {f"{PROCESS}.bpmn": _diagram().xml()})
    given = {"customer_id": "K-0", "order_id": "O-0", "case_owner": "agent-0"}
    opened, claimed, ended = (
        app.instances.create(CLERK, process_id=PROCESS, business_id=number, variables=given).key
        for number in ("2025-open", "2025-claimed", "2025-ended")
    )
    app.user_tasks.assign(CLERK, _task_of(app, claimed), CLERK.username)
    app.user_tasks.complete(CLERK, _task_of(app, ended), {})
    return Sources(open=opened, claimed=claimed, ended=ended)


def _task_of(app: Application, instance: int) -> int:
    statement = select(user_task.c.key).where(user_task.c.process_instance_key == instance)
    with app.database.read() as connection:
        return int(connection.execute(statement).scalar_one())


def _diagram() -> Diagram:
    diagram = Diagram(PROCESS)
    settings = setting("assignmentDefinition", candidateGroups=Role.AGENT) + setting(
        "taskSchedule", dueDate='=now() + duration("PT24H")'
    )
    diagram.start().user("answer", settings=settings).end()
    diagram.boundary("late", "answer", timer_definition("Duration", "P400D"), interrupting=False)
    diagram.end("told").chain("start", "answer", "end").flow("late", "told")
    return diagram


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copier:
    """Writes, in the words of one database, how the rows of an instance become those of a copy.

    ``n`` is the place of the copy; the one at *newest* keeps the times of the source.
    """

    is_sqlite: bool
    source: int
    highest: int
    newest: int
    story: int

    def statements(self) -> Iterator[str]:
        """Yield one for each table; they want to know the ``first`` and the ``last`` place."""
        for table, owned in _OWNERS:
            names = [f'"{column.name}"' for column in table.columns]
            copied = [self._copied(table, column) for column in table.columns]
            told = f" and n % {self.story} = 0" if table is history else ""
            yield (
                f"{_NUMBERS_SQLITE if self.is_sqlite else _NUMBERS_POSTGRESQL}"
                f" insert into {table.name} ({', '.join(names)}) select {', '.join(copied)}"
                f" from numbers cross join {table.name}"
                f" where {owned.format(source=self.source)}{told}"
            )

    def _copied(self, table: Table, column: Column[Any]) -> str:
        name = _quoted(column)
        if (table.name, column.name) in _STAFFED:
            return f"case when {name} is not null then 'agent-' || (n % {STAFF}) end"
        if table is process_instance and column.name in _OF_HISTORY:
            return f"case when n % {self.story} = 0 then {name} else {self._none(column)} end"
        if column is process_instance.c.business_id:
            digits = "printf('%07d', n)" if self.is_sqlite else "lpad(cast(n as text), 7, '0')"
            return f"'2025-' || {digits}"
        if column is variable.c.value:
            return _VALUE.format(name=name)
        if isinstance(column.type, UtcDateTime):
            return self._earlier(name)
        return self._shifted(name) if isinstance(column.type, BigInteger) else name

    def _none(self, column: Column[Any]) -> str:
        if column is process_instance.c.history_sequence:
            return "0"
        return "x''" if self.is_sqlite else "cast('' as bytea)"

    def _earlier(self, name: str) -> str:
        seconds = f"((n - {self.newest}) * {APART.total_seconds():.0f})"
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f000', {name}, {seconds} || ' seconds')"
        return f"{name} + {seconds} * interval '1 second'"

    def _shifted(self, name: str) -> str:
        """Move a key of the source's own; those of definitions are everybody's."""
        is_own = f"{name} between {self.source} and {self.highest}"
        moved = f"{name} - {self.source} + {FIRST_KEY} + n * {STRIDE}"
        return f"case when {is_own} then {moved} else {name} end"


def _copier(connection: Connection, source: int, *, newest: int, story: int) -> _Copier:
    highest = _highest(connection, source)
    if highest - source >= STRIDE:
        raise ValueError(f"a copy needs {highest - source + 1} keys, and may have {STRIDE}")
    return _Copier(
        is_sqlite=connection.dialect.name == "sqlite",
        source=source,
        highest=highest,
        newest=newest,
        story=story,
    )


def _highest(connection: Connection, source: int) -> int:
    """Return the highest of all keys that the instance has used."""
    last = [
        select(func.max(table.c.key)).where(table.c.process_instance_key == source)
        for table in (element_instance, variable, user_task, timer)
    ]
    found = [connection.execute(statement).scalar_one() for statement in last]
    return max(int(key) for key in found if key is not None)


def _quoted(column: Column[Any]) -> str:
    return f'"{column.table.name}"."{column.name}"'
