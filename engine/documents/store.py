"""The bytes of files, kept in a directory under the hash of their content."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.documents.disk import explained
from engine.errors import NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A note on the disk that a content is about to come or to go.

    Whoever finds it after a crash looks whether the content still belongs to somebody.
    """

    sha256: str
    path: Path


class FileStore:
    """Stores contents once each, durably, and hands them out as streams.

    A file exists completely or not at all: it is written beside its place, flushed to the disk
    and then renamed. Several processes may share one directory. Every change is announced first,
    so that a crash leaves a note (`announcements`) rather than a file that nobody knows of.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    def announce(self, sha256: str) -> Announcement:
        """Leave a note that this content is about to be put or deleted.

        Raises:
            StorageFull: there is no space for it.
        """
        with explained():
            self._incoming.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=f"{sha256}.", dir=self._incoming)
            os.close(descriptor)
            announcement = Announcement(sha256, Path(name))
            try:
                _flush_directory(self._incoming)
            except BaseException:
                self.settle(announcement)
                raise
        return announcement

    def announcements(self) -> list[Announcement]:
        """Return the notes that are there: of changes under way, or cut short by a crash."""
        notes = self._incoming.glob("*.*") if self._incoming.is_dir() else ()
        return [
            Announcement(note.name.partition(".")[0], note)
            for note in notes
            if note.suffix != _PART and _SHA256.match(note.name)
        ]

    def settle(self, announcement: Announcement) -> None:
        """Take the note away: what it announced is done, or undone."""
        _part_of(announcement).unlink(missing_ok=True)
        announcement.path.unlink(missing_ok=True)

    def put(self, content: bytes, announcement: Announcement) -> None:
        """Store the announced content; storing it again changes nothing.

        Raises:
            StorageFull: there is no space for it; nothing was stored.
            OSError: the directory cannot be written; nothing was stored.
        """
        target = self._path(announcement.sha256)
        if target.exists():
            return
        part = _part_of(announcement)
        try:
            with explained():
                target.parent.mkdir(parents=True, exist_ok=True)
                with part.open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        for directory in (target.parent, target.parent.parent, self._root):
            _flush_directory(directory)

    def open(self, sha256: str) -> BinaryIO:
        """Open a stored content for reading; the caller closes it.

        Raises:
            NotFound: there is no such content.
        """
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound(f"no file with the content {sha256}") from None

    def delete(self, sha256: str) -> None:
        """Remove a content; one that is not there is no error. Others may have stored it too."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise NotFound(f"{sha256!r} is no SHA-256 in hex")
        return self._root / sha256[:2] / sha256[2:4] / sha256


def sha256_of(content: bytes) -> str:
    """Return the name under which a content is stored: its SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def _part_of(announcement: Announcement) -> Path:
    return announcement.path.with_name(announcement.path.name + _PART)


def _flush_directory(directory: Path) -> None:
    """Make a rename survive a power cut, where the system lets a directory be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
