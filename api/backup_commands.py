"""``redress backup`` and ``redress restore``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from api import __version__
from api.terminal import Installation, pass_installation
from engine.clock import SystemClock
from engine.documents import FileStore
from engine.persistence.database import Database
from engine.services import backup as backups


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@pass_installation
def backup(installation: Installation, file: Path) -> None:
    """Write everything into FILE, while the servers go on working.

    It holds all rows and all uploaded files, in a form that any database takes back.
    """
    with _opened(installation) as (database, files):
        manifest = backups.take(
            database,
            files,
            file,
            program=__version__,
            made_at=SystemClock().now(),
            progress=_say,
        )
    for sha256 in manifest.absent:
        click.echo(f"missing: the folder of documents has no {sha256}", err=True)
    _sum_up(f"{file} holds", manifest)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_installation
def restore(installation: Installation, file: Path) -> None:
    """Fill a new database and the folder of documents from FILE.

    Set REDRESS_DATABASE_URL to an empty database of either kind first.
    """
    with _opened(installation) as (database, files):
        manifest = backups.restore(database, files, file, at=SystemClock().now(), progress=_say)
    _sum_up(f"restored from {file}:", manifest)


@contextmanager
def _opened(installation: Installation) -> Iterator[tuple[Database, FileStore]]:
    settings = installation.settings
    database = Database(settings.database_url, synchronous=settings.sqlite_synchronous)
    try:
        yield database, FileStore(settings.document_folder)
    finally:
        database.close()


def _say(step: str) -> None:
    click.echo(f"  {step}", err=True)


def _sum_up(beginning: str, manifest: backups.Manifest) -> None:
    rows = sum(part.rows for part in manifest.tables.values())
    click.echo(
        f"{beginning} {rows} rows in {len(manifest.tables)} tables, "
        f"{len(manifest.documents)} documents"
    )
