"""Brings a database to the schema of this version, and says whether it is there."""

import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.errors import Conflict
from engine.persistence.database import Database
from engine.persistence.locks import hold
from engine.persistence.stores import settings

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST_VERSION = "schema.oldest_version"
"""The setting by which a database says what the programs that work on it have to know."""


def migrate(database: Database) -> None:
    """Apply every migration that the database does not have yet, in one transaction.

    Nodes that start together wait for the one that migrates. A database that a newer version has
    migrated is left as it is. Raises Conflict if this version would do harm there.
    """
    prepare_place(database)
    with database.write() as connection:
        hold(connection, "migrate")
        stored = revision_of(connection)
        if stored is not None and not is_known(stored):
            if not _suits_us(connection):
                raise Conflict(
                    f"the database was migrated to step {stored} by a newer version of Redress, "
                    f"and this version, which knows step {_head()}, would do harm to it; "
                    "install the newer version"
                )
            return
        if stored != _head():
            upgrade(connection, "head")
        settings.put(connection, OLDEST_VERSION, oldest_that_may_work(_steps()))


def oldest_that_may_work(steps: Iterable[tuple[str, bool]]) -> str:
    """Return the first step that a program must know to work on the newest schema.

    *steps* are revisions from the newest to the first, each with whether it is ``additive``: a
    program that does not know the step does no harm after it.
    """
    return next(revision for revision, additive in steps if not additive)


def prepare_place(database: Database) -> None:
    """Make the folder that an SQLite file lies in."""
    if database.is_sqlite and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)


def upgrade(connection: Connection, revision: str) -> None:
    """Apply the migrations up to *revision*, inside a transaction that the caller ends."""
    command.upgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str | None:
    """Return the last migration that the database has, None if it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Tell whether this version has that migration; a newer version's it has not."""
    return any(revision == step for step, _ in _steps())


def is_current(database: Database) -> bool:
    """Tell whether the database has every migration of ours, and none that we would do harm to."""
    with database.read() as connection:
        stored = revision_of(connection)
        if stored is not None and not is_known(stored):
            return _suits_us(connection)
        return stored == _head()


def write_migration(message: str) -> None:
    """Write the next step: the difference between the steps so far and the tables of the code."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        migrate(database)
        number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
        with database.write() as connection:
            command.revision(
                _config(connection), message=message, autogenerate=True, rev_id=f"{number:04}"
            )
        database.close()


def _head() -> str:
    return _steps()[0][0]


@cache
def _steps() -> tuple[tuple[str, bool], ...]:
    """Return every step, the newest first, with whether it is additive; its files are read once."""
    script = ScriptDirectory(str(MIGRATIONS))
    return tuple(
        (step.revision, getattr(step.module, "additive", False)) for step in script.walk_revisions()
    )


def _suits_us(connection: Connection) -> bool:
    """Tell whether the newer version that migrated the database lets this one work on it."""
    oldest = settings.get(connection, OLDEST_VERSION)
    return isinstance(oldest, str) and int(oldest) <= int(_head())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    write_migration(sys.argv[1])
