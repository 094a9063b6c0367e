"""Brings a database to the schema of this version, and says whether it is there."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.persistence.database import Database
from engine.persistence.locks import hold

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Apply every migration that the database does not have yet, in one transaction.

    Nodes that start together wait for the one that migrates.
    """
    prepare_place(database)
    with database.write() as connection:
        hold(connection, "migrate")
        upgrade(connection, "head")


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
    script = ScriptDirectory(str(MIGRATIONS))
    return any(step.revision == revision for step in script.walk_revisions())


def is_current(database: Database) -> bool:
    """Tell whether the database has every migration."""
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with database.read() as connection:
        return revision_of(connection) == newest


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


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    write_migration(sys.argv[1])
