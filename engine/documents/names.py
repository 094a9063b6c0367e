"""File names that are safe to store, to show and to hand to any operating system."""

import re
import unicodedata

from engine.documents.media_types import MediaType, ending_of

MAX_NAME_BYTES = 200
"""Of UTF-8; file systems take 255, and a download may get a number appended."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_KNOWN_ENDINGS = frozenset(ending for kind in MediaType for ending in kind.extensions)


def safe_name(declared_name: str, media_type: MediaType) -> str:
    """Make a name out of what the sender called the file.

    Only the last part of a path is kept. Control characters and those that change the direction
    of writing (which can disguise ``gpj.exe``) are removed, blanks of any kind become one space,
    characters that Windows forbids become ``_``, names of Windows devices get a ``_`` in front,
    and the ending is one of *media_type*. The result is never empty, at most
    :data:`MAX_NAME_BYTES` long, and safe_name of it is itself.
    """
    visible = (char for char in declared_name if unicodedata.category(char) not in _INVISIBLE)
    name = " ".join(unicodedata.normalize("NFC", "".join(visible)).split())
    name = _FORBIDDEN.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, ending = _split(name, media_type)
    stem = stem.strip(" .") or "document"
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return _shortened(stem, MAX_NAME_BYTES - len(ending)) + ending


def _split(name: str, media_type: MediaType) -> tuple[str, str]:
    """Split off the ending; a wrong one of a type we know is replaced, any other kept as text."""
    ending = ending_of(name)
    if ending not in _KNOWN_ENDINGS:
        return name, media_type.extensions[0]
    stem = name[: -len(ending)]
    return stem, ending if ending in media_type.extensions else media_type.extensions[0]


def _shortened(stem: str, max_bytes: int) -> str:
    return stem.encode()[:max_bytes].decode(errors="ignore").rstrip(" .")
