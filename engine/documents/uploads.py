"""The checks that every uploaded file passes before it is stored."""

import hashlib
from dataclasses import dataclass

from engine.documents.media_types import MediaType, sniff
from engine.documents.names import safe_name
from engine.errors import FieldProblem, InvalidInput

DEFAULT_MAX_BYTES = 10 * 1024 * 1024
"""Ten mebibytes: a photograph of a current telephone, with room to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of an accepted file; ``size`` in bytes, ``sha256`` as 64 hex digits."""

    name: str
    media_type: MediaType
    size: int
    sha256: str


def examine(content: bytes, declared_name: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> FileFacts:
    """Judge an uploaded file and return its facts.

    Raises:
        InvalidInput: the file is empty, larger than *max_bytes* or of no accepted type.
    """
    if not content:
        raise _refused("empty", "The file is empty.")
    if len(content) > max_bytes:
        raise _refused("too-large", f"The file is larger than {max_bytes} bytes.", max=max_bytes)
    media_type = sniff(content, declared_name)
    return FileFacts(
        name=safe_name(declared_name, media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _refused(code: str, message: str, **params: object) -> InvalidInput:
    problem = FieldProblem(pointer="/file", code=code, message=message, params=params)
    return InvalidInput(message, [problem])
