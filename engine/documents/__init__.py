"""Files that people upload: what they are, what they may be called, where their bytes lie.

No HTTP and no tables: the API receives and sends the bytes, the database keeps the facts.
"""

from engine.documents.disk import explained
from engine.documents.headers import content_disposition, download_headers
from engine.documents.media_types import MediaType, sniff
from engine.documents.names import safe_name
from engine.documents.store import Announcement, FileStore, sha256_of
from engine.documents.uploads import DEFAULT_MAX_BYTES, FileFacts, examine

__all__ = [
    "DEFAULT_MAX_BYTES",
    "Announcement",
    "FileFacts",
    "FileStore",
    "MediaType",
    "content_disposition",
    "download_headers",
    "examine",
    "explained",
    "safe_name",
    "sha256_of",
    "sniff",
]
