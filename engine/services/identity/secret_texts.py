"""Secrets that a machine makes: long and random, so a plain digest is enough to know them again."""

import hashlib
import secrets


def new() -> str:
    """Return 256 random bits as text that fits in a header."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    """Return what is stored of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
