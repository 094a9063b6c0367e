"""Is a backup the whole installation, and do its cases go on elsewhere?

Each test takes the backup from SQLite or PostgreSQL and restores it into the other one as well.
"""

import hashlib
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from engine.bootstrap import build
from engine.clock import ManualClock
from engine.documents import FileStore
from engine.errors import Conflict, InvalidInput
from engine.persistence.database import Database
from engine.persistence.schema import metadata
from engine.services import backup
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, NOON, Desk
from tests.services.test_history import chain_is_whole

AGENTS = setting("assignmentDefinition", candidateGroups="agent")
PHOTO = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def two_questions() -> Diagram:
    diagram = Diagram()
    diagram.start().user("first", settings=AGENTS).user("second", settings=AGENTS).end()
    return diagram.chain("start", "first", "second", "end")


def take(desk: Desk, target: Path) -> backup.Manifest:
    return backup.take(
        desk.app.database,
        FileStore(desk.app.settings.document_folder),
        target,
        program="test",
        made_at=NOON,
        progress=lambda step: None,
    )


def restore_into(url: str, folder: Path, source: Path) -> backup.Manifest:
    database = Database(url)
    try:
        return backup.restore(
            database, FileStore(folder), source, at=NOON, progress=lambda step: None
        )
    finally:
        database.close()


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.read() as connection:
        return {
            name: [tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key))]
            for name, t in metadata.tables.items()
        }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "shop.backup"


@pytest.fixture
def working(desk: Desk) -> Desk:
    """A desk with one case that waits at its second question, and a photograph."""
    desk.deploy(two_questions())
    key = desk.start(customer="李娜", amounts=[1, 2.50, None], big=12345678901234567890)
    desk.app.documents.upload(
        ALICE, file_name="裂缝.png", content=PHOTO, document_id="photo", process_instance_key=key
    )
    desk.complete("first", answer="yes")
    return desk


@pytest.fixture
def elsewhere(
    working: Desk, archive: Path, empty_database_url: str, tmp_path: Path
) -> Iterator[Desk]:
    """Another installation, restored from a backup of the first one."""
    take(working, archive)
    folder = tmp_path / "restored"
    restore_into(empty_database_url, folder, archive)
    settings = replace(
        working.app.settings, database_url=empty_database_url, document_folder=folder
    )
    made = Desk(build(settings, clock=SwitchableClock(ManualClock(NOON))))
    yield made
    made.app.stop()


def test_a_restored_case_goes_on_where_it_stood(elsewhere: Desk) -> None:
    (key,) = [int(str(row["key"])) for row in elsewhere.rows("process_instance")]

    elsewhere.complete("second", answer="no")

    assert elsewhere.state(key) == "COMPLETED"


def test_every_row_is_restored_as_it_was(working: Desk, elsewhere: Desk) -> None:
    before = everything(working.app.database)
    after = everything(elsewhere.app.database)

    (note,) = set(after.pop("history")) - set(before["history"])
    assert "restored_from_backup" in note
    assert before.pop("history")
    assert after == before


def test_a_restored_file_has_the_same_bytes(elsewhere: Desk) -> None:
    row, stream = elsewhere.app.documents.content(ALICE, "photo")

    with stream:
        assert (row.file_name, stream.read()) == ("裂缝.png", PHOTO)


def test_new_keys_after_a_restore_repeat_none_of_before(working: Desk, elsewhere: Desk) -> None:
    (old,) = [int(str(row["key"])) for row in working.rows("process_instance")]

    assert elsewhere.start() > old


def test_the_history_is_still_one_chain_and_tells_of_the_restore(elsewhere: Desk) -> None:
    (key,) = [int(str(row["key"])) for row in elsewhere.rows("process_instance")]

    system = [row["kind"] for row in elsewhere.rows("history") if row["stream_key"] == 0]
    assert system.count("restored_from_backup") == 1
    assert chain_is_whole(elsewhere, key)
    assert chain_is_whole(elsewhere, 0)


def test_a_backup_under_load_holds_one_moment(desk: Desk, archive: Path, tmp_path: Path) -> None:
    desk.deploy(two_questions())
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            key = desk.start()
            desk.app.user_tasks.complete(ALICE, desk.task("first", key), {})

    worker = threading.Thread(target=work)
    worker.start()
    try:
        while len(desk.open_tasks()) < 5:
            done.wait(0.01)
        take(desk, archive)
    finally:
        done.set()
        worker.join()

    url = f"sqlite:///{tmp_path / 'restored.db'}"
    restore_into(url, tmp_path / "restored", archive)
    restored = Desk(build(replace(desk.app.settings, database_url=url)))
    instances = [int(str(row["key"])) for row in restored.rows("process_instance")]
    waiting = {int(str(r["process_instance_key"])) for r in restored.rows("user_task")}
    whole = [chain_is_whole(restored, key) for key in instances]
    restored.app.stop()
    assert len(instances) >= 5
    assert waiting == set(instances)
    assert all(whole)


def test_a_backup_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    older = tmp_path / "older.backup"
    names = "key definition_key process_id business_id root_key state incident_count tags"
    lines = [
        [*names.split(), "started_at", "started_by", "revision"],
        [1, 1, "return", "C-1", 1, "ACTIVE", 0, "[]", "2026-03-02T12:00:00Z", "alice", 1],
        [2, 1, "return", "C-1", 2, "ACTIVE", 0, "[]", "2026-03-02T12:00:00Z", "alice", 1],
    ]
    _write_archive(older, schema="0001", table="process_instance", lines=lines)
    url = f"sqlite:///{tmp_path / 'restored.db'}"

    restore_into(url, tmp_path / "restored", older)

    restored = Desk(build(Settings(database_url=url)))
    rows = restored.rows("process_instance")
    restored.app.stop()
    assert [row["case_ordinal"] for row in rows] == [1, 2]


def test_a_database_with_tables_is_never_overwritten(working: Desk, archive: Path) -> None:
    take(working, archive)

    with pytest.raises(Conflict, match="not empty"):
        restore_into(working.app.settings.database_url, archive.parent, archive)

    assert working.open_tasks() == ["second"]


def test_a_backup_never_replaces_a_file(working: Desk, archive: Path) -> None:
    archive.write_text("precious")

    with pytest.raises(Conflict, match="already a file"):
        take(working, archive)

    assert archive.read_text() == "precious"


def test_a_backup_that_fails_leaves_no_file(working: Desk, archive: Path) -> None:
    def interrupted(step: str) -> None:
        if step == "history":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.take(
            working.app.database,
            FileStore(working.app.settings.document_folder),
            archive,
            program="test",
            made_at=NOON,
            progress=interrupted,
        )

    assert list(archive.parent.glob("*.backup*")) == []


def test_a_content_that_is_lost_is_named_and_does_not_hinder_the_backup(
    working: Desk, archive: Path
) -> None:
    files = FileStore(working.app.settings.document_folder)
    row, stream = working.app.documents.content(ALICE, "photo")
    stream.close()
    files.delete(row.sha256)

    manifest = take(working, archive)

    assert (manifest.documents, manifest.absent) == ([], [row.sha256])


@pytest.mark.parametrize("harm", ["cut", "changed", "incomplete"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    working: Desk, archive: Path, tmp_path: Path, harm: str
) -> None:
    take(working, archive)
    damaged = tmp_path / "damaged.backup"
    if harm == "cut":
        damaged.write_bytes(archive.read_bytes()[:-500])
    else:
        _rewrite(
            archive,
            damaged,
            lambda name, content: (
                (None if harm == "incomplete" else content.replace(b"second", b"Second"))
                if name == "tables/user_task.jsonl"
                else content
            ),
        )

    with pytest.raises(InvalidInput, match="damaged"):
        restore_into(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new", damaged)

    assert not (tmp_path / "new").exists()


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "letters.zip"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("letter.txt", "Dear customer")

    with pytest.raises(InvalidInput, match="no backup"):
        restore_into(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new", other)


def test_a_backup_of_a_newer_version_is_refused_by_name(
    working: Desk, archive: Path, tmp_path: Path
) -> None:
    manifest = take(working, archive)
    newer = tmp_path / "newer.backup"
    _rewrite(
        archive,
        newer,
        lambda name, content: content.replace(f'"{manifest.schema}"'.encode(), b'"9999"'),
    )

    with pytest.raises(Conflict, match="newer Redress"):
        restore_into(f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "new", newer)


def _rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Copy an archive part by part; a part that *change* returns None for is left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)


def _write_archive(target: Path, *, schema: str, table: str, lines: list[list[object]]) -> None:
    """Write an archive of one table, as the version of that schema would have written it."""
    content = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    part = {"rows": len(lines) - 1, "sha256": hashlib.sha256(content).hexdigest()}
    manifest = {
        "format": backup.FORMAT,
        "program": "0.0.1",
        "schema": schema,
        "made_at": "2026-03-02T12:00:00Z",
        "tables": {table: part},
        "documents": [],
        "absent": [],
    }
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(f"tables/{table}.jsonl", content)
        made.writestr("manifest.json", orjson.dumps(manifest))
