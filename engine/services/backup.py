"""Takes a whole installation out into one file, and puts it back: rows and uploaded files.

The archive is a ZIP: ``manifest.json``, ``tables/<name>.jsonl`` (engine.persistence.dump) and
``documents/<sha256>``. It depends on no kind of database, so it is also the way from SQLite to
PostgreSQL. Rows are read in one transaction, beside which the server goes on working.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import orjson

from engine.documents import FileStore
from engine.errors import Conflict, InvalidInput, NotFound
from engine.persistence import dump, migrate
from engine.persistence.database import Connection, Database
from engine.persistence.stores import documents
from engine.services import recorder

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table of an archive: how many rows, and the SHA-256 of its lines in hex."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive holds. ``schema`` is the last migration that its rows have.

    ``absent`` are contents that rows speak of and that the folder of documents did not have.
    """

    format: int
    program: str
    schema: str
    made_at: datetime
    tables: dict[str, Part]
    documents: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def take(
    database: Database,
    files: FileStore,
    target: Path,
    *,
    program: str,
    made_at: datetime,
    progress: Progress,
) -> Manifest:
    """Write the archive; it appears under its name only when it is complete and on the disk.

    *progress* is called with what comes next. Raises Conflict if there is such a file, or if the
    database waits for a migration.
    """
    if target.exists():
        raise Conflict(f"there is already a file {target}; a backup never replaces one")
    if not migrate.is_current(database):
        raise Conflict(
            "the database is of an older version; back it up with that version, "
            "or bring it up to date first: redress migrate"
        )
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with unfinished.open("wb") as stream:
            with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
                manifest = _write(archive, database, files, program, made_at, progress)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(
    database: Database, files: FileStore, source: Path, *, at: datetime, progress: Progress
) -> Manifest:
    """Fill an empty database and the folder of documents from an archive, and note it in history.

    The archive is read through and checked before anything is written; all rows then go in with
    one transaction, and the migrations that they lack. Raises InvalidInput for a file that is no
    archive or is damaged, Conflict for one of a newer version or a database that has tables.
    """
    try:
        with ZipFile(source) as archive:
            manifest = _manifest_of(archive)
            progress("checking the archive")
            _check(archive, manifest)
            migrate.prepare_place(database)
            with database.write() as connection:
                if not dump.is_empty(connection):
                    raise Conflict("the database is not empty; restore into a new one")
                announced = [files.announce(sha256) for sha256 in manifest.documents]
                for announcement in announced:
                    files.put(archive.read(_document(announcement.sha256)), announcement)
                _load(archive, manifest, connection, progress)
                _note(connection, manifest, at)
            for announcement in announced:
                files.settle(announcement)
    except BadZipFile:
        raise InvalidInput(f"{source} is no backup of Redress, or it is damaged") from None
    return manifest


def _write(
    archive: ZipFile,
    database: Database,
    files: FileStore,
    program: str,
    made_at: datetime,
    progress: Progress,
) -> Manifest:
    with database.read() as connection:
        schema = cast("str", migrate.revision_of(connection))
        tables = {}
        for name in dump.table_names():
            progress(name)
            with archive.open(_table(name), "w", force_zip64=True) as part:
                tables[name] = _copy(dump.read_table(connection, name), part)
        contents = documents.contents(connection)
    progress("documents")
    absent = [sha256 for sha256 in contents if not _copy_document(archive, files, sha256)]
    manifest = Manifest(
        format=FORMAT,
        program=program,
        schema=schema,
        made_at=made_at,
        tables=tables,
        documents=[sha256 for sha256 in contents if sha256 not in absent],
        absent=absent,
    )
    archive.writestr(_MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
    return manifest


def _copy(lines: Iterator[bytes], part: IO[bytes]) -> Part:
    digest = hashlib.sha256()
    count = -1  # the first line names the columns
    for line in lines:
        part.write(line)
        digest.update(line)
        count += 1
    return Part(rows=count, sha256=digest.hexdigest())


def _copy_document(archive: ZipFile, files: FileStore, sha256: str) -> bool:
    try:
        stream = files.open(sha256)
    except NotFound:
        return False
    with stream, archive.open(_document(sha256), "w") as part:
        while chunk := stream.read(_CHUNK):
            part.write(chunk)
    return True


def _manifest_of(archive: ZipFile) -> Manifest:
    try:
        found = orjson.loads(archive.read(_MANIFEST))
        if found["format"] != FORMAT:
            raise Conflict(f"the backup has format {found['format']}; this version reads {FORMAT}")
        parts = {name: Part(**part) for name, part in found.pop("tables").items()}
        made_at = datetime.fromisoformat(found.pop("made_at"))
        manifest = Manifest(**found, tables=parts, made_at=made_at)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidInput("this is no backup of Redress: its manifest cannot be read") from None
    if not migrate.is_known(manifest.schema):
        raise Conflict(
            f"the backup was made by a newer Redress ({manifest.program}); restore it with that one"
        )
    return manifest


def _check(archive: ZipFile, manifest: Manifest) -> None:
    """Compare everything with its digest."""
    expected = {_table(name): part.sha256 for name, part in manifest.tables.items()}
    expected |= {_document(sha256): sha256 for sha256 in manifest.documents}
    for name, sha256 in expected.items():
        digest = hashlib.sha256()
        try:
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    digest.update(chunk)
        except (KeyError, BadZipFile):
            raise InvalidInput(f"the backup is damaged: {name} cannot be read") from None
        if digest.hexdigest() != sha256:
            raise InvalidInput(f"the backup is damaged: {name} is not what its manifest says")


def _load(archive: ZipFile, manifest: Manifest, connection: Connection, progress: Progress) -> None:
    migrate.upgrade(connection, manifest.schema)
    for name in manifest.tables:
        progress(name)
        with archive.open(_table(name)) as lines:
            dump.load_table(connection, name, lines)
    migrate.upgrade(connection, "head")


def _note(connection: Connection, manifest: Manifest, at: datetime) -> None:
    rows = {name: part.rows for name, part in manifest.tables.items()}
    details = {"made_at": manifest.made_at, "program": manifest.program, "rows": rows}
    recorder.record_system(connection, at, "redress:command", "restored_from_backup", details)


def _table(name: str) -> str:
    return f"tables/{name}.jsonl"


def _document(sha256: str) -> str:
    return f"documents/{sha256}"
