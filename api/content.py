"""Bodies that are not JSON: downloads out, multipart uploads in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes to send as they are, e.g. a BPMN file; ``body`` may be a stream of chunks."""

    body: bytes | Iterable[bytes]
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named part that a multipart operation accepts, for parsing and for OpenAPI.

    ``is_file`` parts carry bytes, the others text; ``many`` allows the name more than once.
    """

    name: str
    description: str
    is_file: bool = True
    many: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """One file of a request; ``file_name`` is what the sender calls it and not to be trusted."""

    part: str
    file_name: str
    content_type: str
    stream: IO[bytes]

    def read(self) -> bytes:
        """Return the whole content; the request's size is bounded before."""
        return self.stream.read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Multipart:
    """The parts of a ``multipart/form-data`` request, checked against the declared ones."""

    files: tuple[UploadedFile, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def file(self, part: str) -> UploadedFile | None:
        """Return the first file of that part, or None."""
        return next((f for f in self.files if f.part == part), None)
