"""Pictures for the demo: small PNG files of one colour each, made on the spot."""

import struct
import zlib

SIDE = 64
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 2


def photo(name: str) -> bytes:
    """Return a PNG (W3C PNG specification) whose colour depends on *name* only."""
    colour = zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    row = b"\x00" + colour * SIDE
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, _RGB, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * SIDE)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
