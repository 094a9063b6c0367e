"""Headers under which a browser saves an uploaded file and never runs it."""

import unicodedata
from urllib.parse import quote

_ATTR_CHAR = "!#$&+-.^_`|~"
"""Characters besides letters and digits that RFC 8187 lets stand unencoded."""


def content_disposition(name: str) -> str:
    """Return ``Content-Disposition`` for a download called *name* (RFC 6266).

    The plain ``filename`` is for old clients: ASCII only, without quotes, backslashes and percent
    signs, which they read in different ways (RFC 6266, appendix D).

    >>> content_disposition("发票.pdf")
    'attachment; filename="__.pdf"; filename*=UTF-8\\'\\'%E5%8F%91%E7%A5%A8.pdf'
    """
    plain = "".join(
        letter if " " <= letter <= "~" and letter not in '"\\%' else "_"
        for letter in unicodedata.normalize("NFC", name)
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_ATTR_CHAR)}"


def download_headers(name: str, media_type: str) -> dict[str, str]:
    """Return all headers of a download: saved, not shown, not guessed at, not run, not cached."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": content_disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
