"""The bytes of files, kept in a directory under the hash of their content."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from engine.errors import NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class FileStore:
    """Stores contents once each, durably, and hands them out as streams.

    A file exists completely or not at all: it is written beside its place, flushed to the disk
    and then renamed. Several processes may share one directory. A process killed while writing
    leaves at most a file in ``incoming``, which nothing reads.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    def put(self, content: bytes) -> str:
        """Store *content* and return its SHA-256 in hex; storing it again changes nothing.

        Raises:
            OSError: the directory cannot be written, or the disk is full; nothing was stored.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._path(sha256)
        if target.exists():
            return sha256
        self._incoming.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for directory in (target.parent, target.parent.parent, self._root):
            _flush_directory(directory)
        return sha256

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


def _flush_directory(directory: Path) -> None:
    """Make a rename survive a power cut, where the system lets a directory be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
