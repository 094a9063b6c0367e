"""A whole Redress on a database of its own, with a clock that the test moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bootstrap import Application, build
from engine.bpmn import Limits
from engine.clock import ManualClock
from engine.domain.identity import Actor, Role
from engine.persistence.schema import history, incident, job, process_instance, user_task, variable
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.bpmn.build import Diagram

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLIVIA = Actor(username="olivia", groups=frozenset({Role.PROCESS_OWNER}))
ALICE = Actor(username="alice", groups=frozenset({Role.AGENT}))
ADAM = Actor(username="adam", groups=frozenset({Role.AGENT}))
WANDA = Actor(username="wanda", groups=frozenset({Role.WAREHOUSE}))
OTTO = Actor(username="otto", groups=frozenset({Role.OPERATOR}))
ROOT = Actor(username="root", groups=frozenset({Role.ADMINISTRATOR}))


@dataclass(frozen=True, slots=True)
class Desk:
    """Drives an application in the words of a test."""

    app: Application
    others: list[Application] = field(default_factory=list)

    def another(self, *, clock: SwitchableClock | None = None, demo: bool = True) -> Application:
        """Return one more application on the same database; closed at the end of the test."""
        settings = replace(self.app.settings, demo=demo)
        self.others.append(build(settings, clock=clock))
        return self.others[-1]

    def deploy(self, *diagrams: Diagram, **files: bytes) -> dict[str, int]:
        """Deploy diagrams and files; return the definition key of each id."""
        resources = {f"{d.process_id}.bpmn": d.xml() for d in diagrams} | {
            name.replace("__", "."): content for name, content in files.items()
        }
        members = self.app.deployments.deploy(OLIVIA, resources).members
        return {m.definition.id: m.definition.key for m in members}

    def start(self, process_id: str = "process", /, **variables: object) -> int:
        """Start the newest version; return the instance's key."""
        return self.app.instances.create(ALICE, process_id=process_id, variables=variables).key

    def task(self, element_id: str, instance_key: int | None = None) -> int:
        """Return the key of the one open task at an element."""
        where = [user_task.c.element_id == element_id, user_task.c.state == "CREATED"]
        if instance_key is not None:
            where.append(user_task.c.process_instance_key == instance_key)
        with self.app.database.read() as connection:
            return connection.execute(select(user_task.c.key).where(*where)).scalar_one()

    def open_tasks(self) -> list[str]:
        """Return the element ids of all open tasks."""
        statement = select(user_task.c.element_id).where(user_task.c.state == "CREATED")
        with self.app.database.read() as connection:
            return sorted(connection.execute(statement).scalars())

    def complete(self, element_id: str, *, actor: Actor = ROOT, **variables: object) -> None:
        """Complete the one open task at an element."""
        self.app.user_tasks.complete(actor, self.task(element_id), variables)

    def state(self, instance_key: int) -> str:
        """Return the state of an instance."""
        statement = select(process_instance.c.state).where(process_instance.c.key == instance_key)
        with self.app.database.read() as connection:
            return str(connection.execute(statement).scalar_one())

    def variables(self, scope_key: int) -> Mapping[str, object]:
        """Return the variables of a scope, as stored."""
        statement = select(variable.c.name, variable.c.value).where(
            variable.c.scope_key == scope_key
        )
        with self.app.database.read() as connection:
            return {name: value for name, value in connection.execute(statement)}

    def rows(self, table: str) -> list[dict[str, object]]:
        """Return every row of a table, in the order of its key."""
        known = {t.name: t for t in (history, incident, job, process_instance, user_task)}
        with self.app.database.read() as connection:
            result = connection.execute(
                select(known[table]).order_by(*known[table].primary_key)
            ).mappings()
            return [dict(row) for row in result]

    def passes(self, time: timedelta) -> None:
        """Let time pass, with everything that is due on the way."""
        self.app.clock_control.pin(ROOT, self.app.clock.now() + time)

    def work(self) -> None:
        """Run all jobs and timers that are due now."""
        self.app.background.run_until_idle()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        sqlite_synchronous="OFF",
        document_folder=tmp_path / "documents",
        demo=True,
    )


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def desk(settings: Settings, limits: Limits) -> Iterator[Desk]:
    made = Desk(build(settings, clock=SwitchableClock(ManualClock(NOON)), limits=limits))
    yield made
    for application in (made.app, *made.others):
        application.stop()


def restarted(desk: Desk) -> Desk:
    """Return a second application on the same database: after a restart, or another node."""
    clock = SwitchableClock(ManualClock(desk.app.clock.now()))
    return replace(desk, app=desk.another(clock=clock))
