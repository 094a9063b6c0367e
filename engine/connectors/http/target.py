"""An http or https address, split into what a connection needs."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to connect to and what to ask for; ``path`` includes the query."""

    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Split an address.

        Raises:
            ValueError: It is no http or https address, names no host, or carries a user name, a
                blank, a control character or a character beyond ASCII.
        """
        if not (url.isascii() and url.isprintable()) or " " in url:
            raise ValueError("an address is printable ASCII without blanks")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address begins with http:// or https:// and a host")
        if "@" in parts.netloc:
            raise ValueError("an address carries no user name or password")
        parts.hostname.encode("idna")
        secure = parts.scheme == "https"
        query = f"?{parts.query}" if parts.query else ""
        return cls(
            secure=secure,
            host=parts.hostname,
            port=parts.port or (443 if secure else 80),
            path=(parts.path or "/") + query,
        )
