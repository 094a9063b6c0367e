"""What the built-in stand-ins share: ids that follow from the key, and the guard against reuse."""

import hashlib

from engine.errors import ConnectorRejected


def effect_id(prefix: str, idempotency_key: str) -> str:
    """Return an id that looks like one of an outside system's and is the same for the same key."""
    return f"{prefix}-{hashlib.sha256(idempotency_key.encode()).hexdigest()[:16]}"


def require_same(before: tuple[object, ...], asked: tuple[object, ...], what: str) -> None:
    """Refuse a key that was used for another effect.

    Raises:
        ConnectorRejected: *asked* is not what the key did *before*.
    """
    if before != asked:
        raise ConnectorRejected(f"the idempotency key was used before, for another {what}")
