"""Are stored bytes there, whole, and the same?"""

import hashlib
import os
from pathlib import Path

import pytest

from engine.documents import FileStore, sha256_of
from engine.errors import NotFound, StorageFull

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 100
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def put(store: FileStore) -> str:
    coming = store.announce(SHA256)
    try:
        store.put(CONTENT, coming)
    finally:
        store.settle(coming)
    return SHA256


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_was_put_can_be_read(store: FileStore) -> None:
    with store.open(put(store)) as stream:
        assert stream.read() == CONTENT


def test_a_content_is_kept_under_its_hash(store: FileStore) -> None:
    assert sha256_of(CONTENT) == SHA256


def test_a_change_under_way_is_announced(store: FileStore) -> None:
    coming = store.announce(SHA256)
    store.put(CONTENT, coming)

    assert store.announcements() == [coming]


def test_nothing_but_the_file_is_left_of_a_change_that_is_done(
    store: FileStore, tmp_path: Path
) -> None:
    put(store)

    assert [path.name for path in files_in(tmp_path)] == [SHA256]
    assert store.announcements() == []


def test_the_same_content_is_stored_once(store: FileStore, tmp_path: Path) -> None:
    put(store)
    put(store)

    assert len(files_in(tmp_path)) == 1


def test_a_second_put_does_not_touch_the_first(store: FileStore, tmp_path: Path) -> None:
    put(store)
    written = files_in(tmp_path)[0].stat()

    put(store)

    assert files_in(tmp_path)[0].stat().st_ino == written.st_ino


def test_bytes_reach_the_disk_before_they_get_their_name(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    coming = store.announce(SHA256)
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (steps.append("flush"), fsync(fd)))
    monkeypatch.setattr(os, "replace", lambda a, b: (steps.append("rename"), replace(a, b)))

    store.put(CONTENT, coming)

    assert steps[:3] == ["flush", "rename", "flush"]


@pytest.mark.parametrize("flushes", [0, 1], ids=["announcing", "writing"])
def test_a_full_disk_leaves_nothing_behind(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flushes: int
) -> None:
    fsync = os.fsync
    left = [flushes]

    def full(descriptor: int) -> None:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StorageFull, match="full"):
        put(store)
    assert files_in(tmp_path) == []


def test_a_deleted_content_is_gone(store: FileStore) -> None:
    store.delete(put(store))

    with pytest.raises(NotFound, match=SHA256):
        store.open(SHA256)


def test_deleting_what_is_not_there_is_no_error(store: FileStore) -> None:
    store.delete(SHA256)


@pytest.mark.parametrize("key", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n", "ab"])
def test_only_a_hash_names_a_content(store: FileStore, key: str) -> None:
    with pytest.raises(NotFound, match="no SHA-256"):
        store.open(key)
