"""What a file really is, judged by its content; a name is only a claim.

Accepted are photographs and office documents that a customer or a clerk sends. Whatever a browser
or an operating system could execute (HTML, SVG, other XML, scripts, programs, macros) is refused.
"""

import re
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from engine.errors import FieldProblem, InvalidInput


class MediaType(StrEnum):
    """The accepted types, by their names in the IANA registry."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    PDF = "application/pdf"
    TEXT = "text/plain"
    CSV = "text/csv"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def extensions(self) -> tuple[str, ...]:
        """File name endings of this type, the usual one first."""
        return _EXTENSIONS[self]


_EXTENSIONS = {
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.WEBP: (".webp",),
    MediaType.GIF: (".gif",),
    MediaType.HEIC: (".heic", ".heif"),
    MediaType.PDF: (".pdf",),
    MediaType.TEXT: (".txt", ".text", ".log", ".md"),
    MediaType.CSV: (".csv",),
    MediaType.DOCX: (".docx",),
    MediaType.XLSX: (".xlsx",),
}

_MAGIC = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"GIF87a", MediaType.GIF),
    (b"GIF89a", MediaType.GIF),
    (b"%PDF-", MediaType.PDF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OFFICE_PARTS = (("word/document.xml", MediaType.DOCX), ("xl/workbook.xml", MediaType.XLSX))
_MAX_ZIP_ENTRIES = 5_000
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def sniff(content: bytes, declared_name: str) -> MediaType:
    """Tell what *content* is.

    Only between plain text, CSV and "some other text" the ending of *declared_name* decides, since
    the bytes cannot. Text may be UTF-8 or GB 18030 (what a Chinese Excel writes).

    Raises:
        InvalidInput: the content is of no accepted type.
    """
    found = _by_magic(content) or _office_document(content) or _text(content, declared_name)
    if found is None:
        raise InvalidInput(
            "This kind of file is not accepted.",
            [
                FieldProblem(
                    pointer="/file",
                    code="media-type",
                    message="Only photographs, PDF, text, CSV, DOCX and XLSX files are accepted.",
                    params={"accepted": [str(media_type) for media_type in MediaType]},
                )
            ],
        )
    return found


def ending_of(name: str) -> str:
    """Return the ending of a file name in lower case, dot included, or an empty string."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _by_magic(content: bytes) -> MediaType | None:
    for magic, media_type in _MAGIC:
        if content.startswith(magic):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return MediaType.HEIC
    return None


def _office_document(content: bytes) -> MediaType | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError):
        return None
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_macros or len(names) > _MAX_ZIP_ENTRIES or "[Content_Types].xml" not in names:
        return None
    return next((found for part, found in _OFFICE_PARTS if part in names), None)


def _text(content: bytes, declared_name: str) -> MediaType | None:
    ending = ending_of(declared_name)
    candidates = (MediaType.TEXT, MediaType.CSV)
    claimed = next((kind for kind in candidates if ending in ("", *kind.extensions)), None)
    if claimed is None or not any(_is_harmless_text(content, name) for name in _TEXT_ENCODINGS):
        return None
    return claimed


def _is_harmless_text(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    is_markup_or_script = text.lstrip().startswith(("<", "#!"))
    return bool(text) and not is_markup_or_script and _CONTROL.search(text) is None
